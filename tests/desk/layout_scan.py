"""Which functions of the desk make what Slack shows, and which of them were called."""

import ast
import re
import sys
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
_RETURNED = re.compile(r"\b(Blocks?|View|Post)\b")
_KINDS = {
    *("section", "context", "actions", "header", "divider", "image", "input", "rich_text", "markdown", "table"),
    *("plain_text", "mrkdwn", "button", "modal", "home", "text", "channel", "date", "user", "link"),
}


def layouts() -> set[str]:
    """All functions that return or make blocks, views or posts, or a part: as in `desk/domain/notices.py:plain`."""
    found = set()
    for file in sorted((ROOT / "desk").rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        found |= {f"{file.relative_to(ROOT).as_posix()}:{name}" for name, each in _functions(tree) if _makes(each)}
    return found


@contextmanager
def calls():
    """The functions of the desk that are called within, named in the same way."""
    called, prefix = set(), f"{ROOT / 'desk'}/"

    def note(frame, _event, _what) -> None:
        if frame.f_code.co_filename.startswith(prefix):
            called.add(frame.f_code)

    named = set()
    sys.setprofile(note)
    try:
        yield named
    finally:
        sys.setprofile(None)
        named |= {f"{Path(code.co_filename).relative_to(ROOT).as_posix()}:{code.co_qualname}" for code in called}


def _functions(tree, within=""):
    """Functions of modules and classes, by their qualified names; what stands in a function belongs to it."""
    for each in ast.iter_child_nodes(tree):
        if isinstance(each, ast.ClassDef):
            yield from _functions(each, f"{within}{each.name}.")
        elif isinstance(each, ast.FunctionDef):
            yield f"{within}{each.name}", each


def _makes(function) -> bool:
    if _is_abstract(function):
        return False
    returned = ast.unparse(function.returns) if function.returns else ""
    return bool(_RETURNED.search(returned)) or any(map(_is_part, ast.walk(function)))


def _is_abstract(function) -> bool:
    """Whether there is nothing in it but its description, as in a port."""
    return all(isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant) for each in function.body)


def _is_part(node) -> bool:
    """Whether it is a dictionary such as `{"type": "section", …}`, or makes a post."""
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id == "Post"
    if not isinstance(node, ast.Dict):
        return False
    pairs = zip(node.keys, node.values, strict=True)
    return any(
        isinstance(key, ast.Constant)
        and key.value == "type"
        and isinstance(value, ast.Constant)
        and value.value in _KINDS
        for key, value in pairs
    )
