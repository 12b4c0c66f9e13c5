"""The file of rules, read: every mistake in it is named, with its rule and what to do."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from desk.domain.routing import ANYTHING, LANGUAGE, PROPERTIES, SOURCE, Condition, Rule, Value
from desk.domain.wording.operators import routing as wording
from wire.ids import AgentId
from wire.messages import SOURCES

_KEYS = ("name", LANGUAGE, SOURCE, PROPERTIES, "dispatch", "invite", "private")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")
_CHANNEL = re.compile(r"#?[^\s#,<>]{1,80}")
_PERSON = re.compile(r"[UW][A-Z0-9]{5,}")


class RulesError(Exception):
    """The rules are wrong. The text names the file, each rule, and what to do."""


def read(content: bytes, where: str) -> tuple[Rule, ...]:
    """The rules in `content`, in their order. `where` is the file's name.

    Raises:
        RulesError: they are wrong; all mistakes are named at once.
    """
    try:
        tables = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise RulesError(wording.rules_wrong(where, [wording.not_text()])) from None
    except tomllib.TOMLDecodeError as error:
        raise RulesError(wording.rules_wrong(where, [wording.not_toml(str(error))])) from error
    problems = [wording.stray(key) for key in tables if key != "rule"]
    rules = _rules(tables.get("rule", []), problems)
    if problems:
        raise RulesError(wording.rules_wrong(where, problems))
    return rules


def _rules(tables: Any, problems: list[str]) -> tuple[Rule, ...]:
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        problems.append(wording.not_a_table())
        return ()
    readers = [_Reader(number, table) for number, table in enumerate(tables, 1)]
    rules = tuple(reader.rule() for reader in readers)
    names: set[str] = set()
    everybody = None
    for reader, rule in zip(readers, rules, strict=True):
        problems += reader.problems
        if rule.name and rule.name in names:
            problems.append(wording.name_twice(reader.called))
        if everybody:
            problems.append(wording.never_reached(reader.called, everybody))
        names.add(rule.name)
        if not rule.conditions and not reader.problems and not everybody:
            everybody = reader.called
    return rules


class _Reader:
    """Reads one rule. `problems` are what is wrong with it; the rule is good for nothing then."""

    def __init__(self, number: int, table: Mapping[str, Any]) -> None:
        name = table.get("name")
        self._name = name.strip() if isinstance(name, str) else ""
        self._table = table
        self.called = wording.rule_called(number, self._name or None)
        self.problems: list[str] = []

    def rule(self) -> Rule:
        if not self._name:
            self.problems.append(wording.nameless_rule(self.called))
        for key in self._table:
            if key not in _KEYS:
                nearest = get_close_matches(key.lower(), _KEYS, 1)
                self.problems.append(wording.unknown_key(self.called, key, nearest[0] if nearest else None))
        return Rule(self._name, tuple(self._conditions()), self._dispatch(), self._invite(), self._private())

    def _conditions(self) -> Iterable[Condition]:
        if LANGUAGE in self._table:
            yield Condition(LANGUAGE, self._values(LANGUAGE, self._table[LANGUAGE], self._language_problem))
        if SOURCE in self._table:
            yield Condition(SOURCE, self._values(SOURCE, self._table[SOURCE], self._source_problem))
        properties = self._table.get(PROPERTIES, {})
        if not isinstance(properties, dict) or (PROPERTIES in self._table and not properties):
            self.problems.append(wording.not_properties(self.called))
            return
        for key, wanted in properties.items():
            called = f"{PROPERTIES}.{key}"
            if isinstance(wanted, dict):
                inner = next(iter(wanted), "")
                self.problems.append(wording.nested_property(self.called, called, f"{key}.{inner}"))
            else:
                yield Condition(key, self._values(called, wanted), of=PROPERTIES)

    def _values(self, key: str, wanted: Any, problem: Any = None) -> tuple[Value, ...]:
        values = tuple(wanted) if isinstance(wanted, list) else (wanted,)
        if not values or not all(isinstance(value, Value) for value in values):
            self.problems.append(wording.not_a_value(self.called, key))
            return ()
        self.problems += [found for value in values if problem and (found := problem(value))]
        return values

    def _language_problem(self, value: Value) -> str | None:
        good = isinstance(value, str) and (value == ANYTHING or _LANGUAGE.fullmatch(value))
        return None if good else wording.not_a_language(self.called, value)

    def _source_problem(self, value: Value) -> str | None:
        return None if value in SOURCES else wording.not_a_source(self.called, value, SOURCES)

    # --- what shall happen

    def _dispatch(self) -> str | None:
        channel = self._table.get("dispatch")
        if channel is None:
            return None
        if isinstance(channel, str) and _CHANNEL.fullmatch(channel):
            return channel.removeprefix("#")
        self.problems.append(wording.not_a_channel(self.called))
        return None

    def _invite(self) -> tuple[AgentId, ...] | None:
        people = self._table.get("invite")
        if people is None:
            return None
        if isinstance(people, list) and all(isinstance(each, str) and _PERSON.fullmatch(each) for each in people):
            return tuple(AgentId(each) for each in dict.fromkeys(people))
        self.problems.append(wording.not_people(self.called))
        return None

    def _private(self) -> bool | None:
        private = self._table.get("private")
        if private is None or isinstance(private, bool):
            return private
        self.problems.append(wording.not_a_flag(self.called))
        return None
