"""What is said to people in Slack, found in the source: every wording module, every sentence, every catalog."""

import ast
import importlib
import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SIDES = {"desk": "desk.domain.wording.speech", "webhook_server": "webhook_server.speech"}
SAYING = {"say": (0,), "say_many": (1, 2)}
"""The functions that say something, and which of their arguments are sentences."""
FOR_OPERATORS = "operators"
"""Stands in the path of modules whose sentences are for operators, who read English."""

_MARKUP = re.compile(r"`[^`]*`|<[^>]*>|\{[^}]*\}|%-?[A-Za-z]|\b[A-Z]{2,}\b|/sk\b|![a-z]+")
"""What is no word in any language: code, Slack's markup, formats of times."""
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True)
class Said:
    """A sentence, and where it stands."""

    sentence: str
    where: str


class Module:
    """A module of the product, and what it says."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.parents = {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}

    def says(self) -> bool:
        """Whether it speaks to people: it imports the functions that do."""
        imports = (node for node in ast.walk(self.tree) if isinstance(node, ast.ImportFrom))
        return any(
            node.module in SIDES.values() and {each.name for each in node.names} & {*SAYING, "SPEECH"}
            for node in imports
        )

    def calls(self) -> list[ast.Call]:
        calls = (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))
        return [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in SAYING]

    def sentences(self) -> list[Said]:
        """What it says. Raises AssertionError where a sentence is no literal: nobody could find its translation."""
        found = [Said(sentence, self.name) for sentence in self.reasons()]
        for call in self.calls():
            for number in SAYING[call.func.id]:
                argument = call.args[number]
                where = f"{self.path.relative_to(ROOT)}:{call.lineno}"
                assert isinstance(argument, ast.Constant), f"{where} says something that is no literal"
                assert isinstance(argument.value, str), where
                found.append(Said(argument.value, where))
        return found

    def reasons(self) -> tuple[str, ...]:
        """What it keeps in English and says later."""
        return getattr(importlib.import_module(self.name), "REASONS", ())

    def unsaid(self) -> list[str]:
        """Words that are said to people as they stand, in English in every language."""
        texts = (node for node in ast.walk(self.tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
        spoken = [node for node in texts if _WORD.search(_MARKUP.sub("", node.value)) and not self._excused(node)]
        return [f"{self.path.relative_to(ROOT)}:{node.lineno}: {node.value!r}" for node in spoken]

    def _excused(self, node: ast.Constant) -> bool:
        """Whether a text is said, or nothing that anybody reads: a docstring, a name, a kept reason."""
        if node.value in self.reasons():
            return True
        parent = self.parents[node]
        while not isinstance(parent, ast.Module):
            verdict = _verdict(parent, node)
            if verdict is not None:
                return verdict
            parent = self.parents[parent]
        return True  # a constant of the module: names, examples of commands


def _verdict(above: ast.AST, node: ast.Constant) -> bool | None:  # noqa: PLR0911 - a table
    """Whether what stands `above` a text excuses it; None: it says nothing about it."""
    match above:
        case ast.Call(func=ast.Name(id=name)) if name in SAYING:
            return node in [above.args[number] for number in SAYING[name]]
        case ast.Call(func=ast.Attribute(attr=name)):
            return name in {"strftime", "in_all"}
        case ast.match_case():
            return True if node in set(ast.walk(above.pattern)) else None
        case ast.Dict():
            return True if node in above.keys else None
        case ast.Compare() | ast.Subscript() | ast.FormattedValue():
            return True
        case ast.Expr():
            return above.value is node  # a docstring
        case _:
            return None


def modules(side: str) -> list[Module]:
    """One side's modules that speak to people."""
    found = (Module(path) for path in sorted((ROOT / side).rglob("*.py")) if FOR_OPERATORS not in str(path))
    return [module for module in found if module.says()]


def catalogs(side: str) -> dict[str, dict[str, str]]:
    """One side's catalogs: language by language, each sentence under its English one."""
    return importlib.import_module(SIDES[side]).SPEECH._catalogs
