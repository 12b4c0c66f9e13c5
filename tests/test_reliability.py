"""Each half-sentence of the promise names tests that exist."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROMISE = (ROOT / "docs" / "reliability.md").read_text()
NAMED = sorted(set(re.findall(r"`(tests/[\w/.]+\.py)::(\w+)`", PROMISE)))
SECTIONS = re.split(r"^## ", PROMISE, flags=re.MULTILINE)[1:]


@cache
def names_in(path):
    tree = ast.parse((ROOT / path).read_text())
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_a_named_test_exists(path, name):
    assert name in names_in(path)


def test_every_line_is_proved_and_every_section_says_what_it_does_not_cover():
    numbers = [section.partition(".")[0] for section in SECTIONS]
    assert numbers == [str(number) for number in range(1, len(SECTIONS) + 1)]
    for section in SECTIONS:
        lines = [line for line in section.splitlines() if line.startswith("| ")][1:]
        assert lines
        assert all("::" in line for line in lines), section[:40]
        assert "*Not covered.*" in section


def test_the_readme_leads_to_the_promise():
    assert "(docs/reliability.md)" in (ROOT / "README.md").read_text()
