"""What an operator reads about the rules that route conversations: what is wrong with them, which one hits, why."""

from collections.abc import Iterable, Sequence
from typing import Any

# --- what is wrong


def rules_wrong(where: str, problems: Sequence[str]) -> str:
    """All that is wrong with the file of rules, in one message."""
    return "\n".join([f"The rules in {where} (SK_ROUTING) are wrong:", *(f"  {problem}" for problem in problems)])


def not_readable(where: str, reason: str) -> str:
    """The file of rules cannot be read."""
    return f"The rules in {where} (SK_ROUTING) cannot be read: {reason}. Name a file that this user may read"


def not_text() -> str:
    """The file of rules holds bytes that are no text."""
    return "it is not UTF-8: save the file as UTF-8 text"


def not_toml(reason: str) -> str:
    """The file of rules is no TOML."""
    return f"it is not TOML: {reason}"


def stray(key: str) -> str:
    """Something stands outside of all rules."""
    return f"{key} stands outside of a rule: begin each rule with a line [[rule]]"


def not_a_table() -> str:
    """`rule` is something else than a list of tables."""
    return "rule is no list of rules: begin each rule with a line [[rule]], in double brackets"


def nameless_rule(rule: str) -> str:
    """A rule has no name."""
    return f'{rule}: has no name; give it one, such as name = "paying customers"'


def name_twice(rule: str) -> str:
    """Two rules have one name."""
    return f"{rule}: an earlier rule has this name, too; give each its own"


def unknown_key(rule: str, key: str, nearest: str | None) -> str:
    """A rule says something that nobody understands."""
    meant = f"did you mean {nearest}?" if nearest else "a rule has name, language, source, properties.NAME,"
    rest = "" if nearest else " dispatch, invite and private"
    return f"{rule}: {key} is no part of a rule; {meant}{rest}"


def not_properties(rule: str) -> str:
    """`properties` is no table."""
    return f'{rule}: properties needs the name of one, such as properties.plan = "pro"'


def nested_property(rule: str, key: str, inner: str) -> str:
    """A property's name was read as the path to a nested one."""
    return f'{rule}: {key} has no inner values; if the name has a dot in it, quote it: properties."{inner}"'


def not_a_value(rule: str, key: str) -> str:
    """A condition compares with something that no property is."""
    return f"{rule}: {key} needs a text, a number, true or false, or a list of these"


def not_a_language(rule: str, value: object) -> str:
    """A condition names no language."""
    return f'{rule}: language {shown(value)} is none; give a code such as "de" or "pt-BR", or a list of codes'


def not_a_source(rule: str, value: object, sources: Iterable[str]) -> str:
    """A condition names no source."""
    return f"{rule}: source {shown(value)} is none; give one of {', '.join(sources)}, or a list of them"


def not_a_channel(rule: str) -> str:
    """A rule's dispatch channel cannot be one."""
    return f'{rule}: dispatch needs a channel\'s name or ID, such as dispatch = "support"'


def not_people(rule: str) -> str:
    """A rule invites something that is nobody."""
    return f'{rule}: invite needs a list of Slack user IDs, such as invite = ["U0123456789"]'


def not_a_flag(rule: str) -> str:
    """A rule is not clear about whether channels are private."""
    return f"{rule}: private needs true or false"


def never_reached(rule: str, before: str) -> str:
    """A rule stands after one that everybody hits."""
    return f"{rule}: is never reached, since {before} has no conditions and hits everybody; let that one be the last"


def rule_called(number: int, name: str | None) -> str:
    """How a rule is called: by its place in the file, and its name if it has one."""
    return f'rule {number} "{name}"' if name else f"rule {number}"


# --- what an app user has to be, for trying the rules


def user_not_json(reason: str) -> str:
    """The app user to try is no JSON."""
    return f'The app user is not JSON: {reason}. Give e.g. {{"properties": {{"plan": "pro"}}, "language": "de"}}'


def user_wrong(problem: str) -> str:
    """The app user to try is not described as one."""
    return f"The app user is not described as one: {problem}. It may have properties, language and source"


def user_not_readable(where: str, reason: str) -> str:
    """The file with the app user to try cannot be read."""
    return f"The app user in {where} cannot be read: {reason}"


# --- which rule hits


def no_file() -> str:
    """There are no rules."""
    return "No rules: SK_ROUTING is not set. Every conversation goes as the settings say."


def rules_fine(where: str, count: int) -> str:
    """The file of rules has no mistakes."""
    return f"{where}: {count} rule{'' if count == 1 else 's'}, no mistakes."


def missed(rule: str, reasons: Sequence[str]) -> str:
    """A rule does not hit, and why."""
    return f"  {rule} does not hit: {'; '.join(reasons)}"


def hit(rule: str, conditions: Sequence[str]) -> str:
    """A rule hits, by these conditions."""
    return f"→ {rule} hits: {'; '.join(conditions) if conditions else 'it has no conditions'}"


def not_asked(rule: str) -> str:
    """A rule stands after the one that hits."""
    return f"  {rule} is not asked any more"


def no_hit() -> str:
    """No rule hits."""
    return "→ no rule hits: the conversation goes as the settings say"


def absent(key: str, wanted: str) -> str:
    """An app user has nothing of what a condition asks for."""
    return f"{key} is not known, and has to be {wanted}"


def differs(key: str, actual: object, wanted: str) -> str:
    """An app user has something else than a condition asks for."""
    return f"{key} is {shown(actual)}, and has to be {wanted}"


def fits(key: str, actual: object) -> str:
    """An app user has what a condition asks for."""
    return f"{key} is {shown(actual)}"


def one_of(values: Sequence[object]) -> str:
    """What a condition asks for."""
    return " or ".join(shown(value) for value in values)


def outcome(dispatch: str, invite: Sequence[str], *, private: bool) -> str:
    """What happens with the conversation."""
    people = ", ".join(invite) or "nobody"
    kind = "private" if private else "public"
    return f"The conversation is announced in {dispatch}; its channel is {kind}; {people} will be invited."


def shown(value: Any) -> str:
    """A value as it is written in the file of rules."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value}"' if isinstance(value, str) else str(value)
