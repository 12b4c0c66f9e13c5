"""Routing: which rule decides about an app user's new conversation, and why others do not. The first that hits counts.

A text ending with `*` stands for all that begin so, `*` alone for whatever there is. Languages are compared as codes:
`de` stands for `de-AT` as well. Properties are compared exactly: the text "7" is not the number 7.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wire.ids import AgentId

Value = str | int | float | bool
LANGUAGE = "language"
SOURCE = "source"
PROPERTIES = "properties"
ANYTHING = "*"


@dataclass(frozen=True)
class Traits:
    """What of an app user rules look at. `source` is one of `wire.messages.SOURCES`; None: nobody knows."""

    properties: Mapping[str, Any] = field(default_factory=dict)
    language: str | None = None
    source: str | None = None


@dataclass(frozen=True)
class Condition:
    """One of `values` is what the app user's `key` has to be: LANGUAGE, SOURCE, or a property's name with `of`."""

    key: str
    values: tuple[Value, ...]
    of: str | None = None

    @property
    def called(self) -> str:
        """As it is written in the file of rules."""
        return f"{self.of}.{self.key}" if self.of else self.key

    def actual(self, traits: Traits) -> Any:
        """What it looks at; None where there is nothing."""
        if self.of == PROPERTIES:
            return traits.properties.get(self.key)
        return traits.language if self.key == LANGUAGE else traits.source

    def holds(self, traits: Traits) -> bool:
        """Whether the app user is as it asks."""
        actual = self.actual(traits)
        if actual is None:
            return False
        compare = _same_language if self.key == LANGUAGE and not self.of else _same
        return any(compare(wanted, actual) for wanted in self.values)


@dataclass(frozen=True)
class Rule:
    """What shall happen with new conversations of app users of whom all `conditions` hold.

    `dispatch` is the dispatch channel's name or ID. What is None is as the settings say.
    """

    name: str
    conditions: tuple[Condition, ...] = ()
    dispatch: str | None = None
    invite: tuple[AgentId, ...] | None = None
    private: bool | None = None

    def missed(self, traits: Traits) -> tuple[Condition, ...]:
        """The conditions that do not hold."""
        return tuple(condition for condition in self.conditions if not condition.holds(traits))


@dataclass(frozen=True)
class Route:
    """What was decided about a conversation. `dispatch` is empty for the dispatch channel of the settings."""

    dispatch: str = ""
    invite: tuple[AgentId, ...] = ()
    private: bool = False


def deciding(rules: Sequence[Rule], traits: Traits) -> Rule | None:
    """The first rule that hits."""
    return next((rule for rule in rules if not rule.missed(traits)), None)


def routed(rule: Rule | None, fallback: Route) -> Route:
    """What `rule` says; what it leaves out, and everything where there is none, is as `fallback`."""
    if rule is None:
        return fallback
    return Route(
        dispatch=fallback.dispatch if rule.dispatch is None else rule.dispatch,
        invite=fallback.invite if rule.invite is None else rule.invite,
        private=fallback.private if rule.private is None else rule.private,
    )


def dispatch_channels(rules: Sequence[Rule]) -> tuple[str, ...]:
    """The dispatch channels that rules name, each once."""
    return tuple(dict.fromkeys(rule.dispatch for rule in rules if rule.dispatch))


def _same(wanted: Value, actual: Any) -> bool:
    if wanted == ANYTHING:
        return True
    if isinstance(wanted, str):
        if not isinstance(actual, str):
            return False
        return actual.startswith(wanted[:-1]) if wanted.endswith(ANYTHING) else actual == wanted
    # in Python True is 1, in an app's properties it is not
    return isinstance(actual, bool) == isinstance(wanted, bool) and bool(actual == wanted)


def _same_language(wanted: Value, actual: Any) -> bool:
    code, other = _code(wanted), _code(actual)
    return code in (ANYTHING, other) or other.startswith(f"{code}-")


def _code(language: object) -> str:
    return str(language).strip().lower().replace("_", "-")
