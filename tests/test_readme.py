"""The README's tables say what the code does."""

import re
from pathlib import Path

import pytest

from desk.domain import commands
from settings import Settings

README = (Path(__file__).parents[1] / "README.md").read_text()

NOT_LITERAL = {
    "\N{EN DASH}": (None, ()),
    "generated": ("",),
    "SQLite file in the data dir": ("",),
    "`0`": (False,),
    "`0` (`1` with the local workspace)": (False,),
}


def settings_rows():
    return {
        name: (default, meaning)
        for name, default, meaning in re.findall(
            r"^\| `((?:SK|SLACK)_[A-Z_]+)` \| (.*?) \| (.*) \|$", README, re.MULTILINE
        )
    }


def test_the_settings_table_names_every_setting_in_order():
    assert list(settings_rows()) == [name.upper() for name in Settings.model_fields]


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_a_settings_row_tells_meaning_and_default(name):
    field = Settings.model_fields[name]
    default, meaning = settings_rows()[name.upper()]
    assert meaning == field.description
    derived = name.endswith("_url") and name != "slack_api_url"
    if not derived:
        assert field.default in NOT_LITERAL.get(default, ()) or f"`{field.default}`" == default


def test_the_commands_table_names_every_command():
    guide = (Path(__file__).parents[1] / "docs" / "agents.md").read_text()
    documented = set(re.findall(r"^\| `/sk (!\w+)", guide, re.MULTILINE))
    assert documented == set(commands.COMMANDS)


def test_every_room_in_the_map_exists():
    root = Path(__file__).parents[1]
    for target in re.findall(r"\]\((?!http|docs/images)([^)]+)\)", README):
        assert (root / target).exists(), target
