"""What the bot calls, and the operator's command: one module a concept, each telling its paths."""

from collections.abc import Callable

from flask import Flask

from webhook_server.api.house import House
from webhook_server.door import app_users, away, cases, files, numbers, operators, replies, talk
from webhook_server.door.ear import Ear, Views
from webhook_server.outbound import Outbound

_CONCEPTS: tuple[Callable[[House, Ear], Views], ...] = (
    replies.views,
    app_users.views,
    cases.views,
    talk.views,
    numbers.views,
    away.views,
    operators.views,
)


def install(app: Flask, house: House, outbound: Outbound) -> None:
    """Let `app` answer at the paths of every concept."""
    ear = Ear(house)
    for concept in (*(concept(house, ear) for concept in _CONCEPTS), files.views(house, ear, outbound)):
        for path, view in concept.items():
            app.add_url_rule(path, f"POST {path}", view, methods=["POST"])
