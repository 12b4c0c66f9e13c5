"""What the bot asks about cases, and whatever goes with them: one module a concept, each telling its paths."""

from collections.abc import Callable

from flask import Flask

from webhook_server.api.house import House
from webhook_server.door import away, cases, finding, numbers, talk
from webhook_server.door.ear import Ear, Views

_CONCEPTS: tuple[Callable[[House, Ear], Views], ...] = (
    cases.views,
    away.views,
    finding.views,
    numbers.views,
    talk.views,
)


def install(app: Flask, house: House, ear: Ear) -> None:
    """Let `app` answer at the paths of every concept."""
    for concept in _CONCEPTS:
        for path, view in concept(house, ear).items():
            app.add_url_rule(path, f"POST {path}", view, methods=["POST"])
