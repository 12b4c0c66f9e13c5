"""`python -m desk.check_rules`: which rule an app user's new conversation would hit, and why. Asks nobody."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from desk.dispatch.routing_file import load
from desk.domain.routing import LANGUAGE, PROPERTIES, SOURCE, Condition, Route, Rule, Traits, deciding, routed
from desk.domain.rules import RulesError
from desk.domain.wording.operators import routing as wording
from settings import Settings, SettingsError, load_without_secrets
from wire.ids import AgentId
from wire.messages import SOURCES


class UserError(Exception):
    """The app user to try is not described as one. The text says what to give."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the file of rules, and, if there is an app user, tell which rule they hit. The status is 1 if not."""
    parser = argparse.ArgumentParser(prog="python -m desk.check_rules", description="Which rule would hit.")
    parser.add_argument("--user", help='the app user as JSON: {"properties": {…}, "language": "de", "source": "ios"}')
    parser.add_argument("--file", type=Path, help="a file with the app user as JSON")
    given = parser.parse_args(arguments)
    try:
        settings = load_without_secrets()
        rules = load(settings.sk_routing)
        traits = _traits(given.user, given.file)
    except (SettingsError, RulesError, UserError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    where = settings.sk_routing
    lines = [wording.rules_fine(str(where), len(rules)) if where else wording.no_file()]
    if traits is not None:
        lines += explained(rules, traits)
        lines.append(_outcome(deciding(rules, traits), settings))
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def explained(rules: Sequence[Rule], traits: Traits) -> list[str]:
    """A line each: why earlier rules do not hit, which one does, and which are not asked any more."""
    lines = []
    found = deciding(rules, traits)
    asked = True
    for number, rule in enumerate(rules, 1):
        called = wording.rule_called(number, rule.name)
        if not asked:
            lines.append(wording.not_asked(called))
        elif rule is found:
            held = [wording.fits(each.called, each.actual(traits)) for each in rule.conditions]
            lines.append(wording.hit(called, held))
            asked = False
        else:
            lines.append(wording.missed(called, [_why(each, traits) for each in rule.missed(traits)]))
    return lines if found else [*lines, wording.no_hit()]


def _why(condition: Condition, traits: Traits) -> str:
    wanted, actual = wording.one_of(condition.values), condition.actual(traits)
    if actual is None:
        return wording.absent(condition.called, wanted)
    return wording.differs(condition.called, actual, wanted)


def _outcome(rule: Rule | None, settings: Settings) -> str:
    people = tuple(map(AgentId, settings.sk_invite))
    fallback = Route(settings.sk_dispatch_channel.removeprefix("#"), people, settings.sk_private_channels)
    route = routed(rule, fallback)
    return wording.outcome(route.dispatch, route.invite, private=route.private)


def _traits(text: str | None, path: Path | None) -> Traits | None:
    if path is not None:
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UserError(wording.user_not_readable(str(path), str(error))) from error
    if text is None:
        return None
    try:
        content = json.loads(text)
    except ValueError as error:
        raise UserError(wording.user_not_json(str(error))) from error
    return _described(content)


def _described(content: Any) -> Traits:
    if not isinstance(content, dict):
        raise UserError(wording.user_wrong("it is no object"))
    unknown = [key for key in content if key not in (PROPERTIES, LANGUAGE, SOURCE)]
    if unknown:
        raise UserError(wording.user_wrong(f"nothing is known of {', '.join(unknown)}"))
    properties = content.get(PROPERTIES) or {}
    if not isinstance(properties, dict):
        raise UserError(wording.user_wrong("properties is no object"))
    language, source = content.get(LANGUAGE), content.get(SOURCE)
    if language is not None and not isinstance(language, str):
        raise UserError(wording.user_wrong("language is no text"))
    if source is not None and source not in SOURCES:
        raise UserError(wording.user_wrong(f"source is none of {', '.join(SOURCES)}"))
    return Traits(properties, language or properties.get(LANGUAGE), source)


if __name__ == "__main__":
    sys.exit(main())
