"""Webhooks: create, list, get, update, delete. Only for the app's backend."""

import contextlib
from dataclasses import replace
from typing import Annotated

import structlog
from flask import Response
from pydantic import AfterValidator, Field

from webhook_server import outcomes, wording
from webhook_server.api import shapes
from webhook_server.api.answers import answer, dump
from webhook_server.api.bodies import Body, read
from webhook_server.api.house import Effect, House
from webhook_server.api.models import fields
from webhook_server.domain import triggers
from webhook_server.domain.errands import Errands
from webhook_server.domain.targets import BadTargetError, host_and_port
from webhook_server.domain.values import Webhook, WebhookId
from webhook_server.errors import InvalidRequestError, TooManyWebhooksError, WebhookNotFoundError
from webhook_server.ledger import Answer, Books
from webhook_server.outbound import PrivateAddressError, permitted
from webhook_server.webhooks import new_secret

LIMIT = 10

_log = structlog.get_logger()


def _target(given: str) -> str:
    try:
        host_and_port(given)
    except BadTargetError as error:
        raise ValueError(wording.target_wrong()) from error
    return given


def _triggers(given: list[str]) -> list[str]:
    if strange := triggers.unknown(given):
        raise ValueError(wording.triggers_unknown(strange))
    return list(dict.fromkeys(given))


Target = Annotated[str, AfterValidator(_target), fields.HTTP_URL]
Triggers = Annotated[list[Annotated[str, fields.TRIGGER]], Field(max_length=100), AfterValidator(_triggers)]


class WebhookBody(Body):
    """A new webhook."""

    target: Target = Field(description="Where we `POST` to.", examples=["https://example.org/smooch"])
    triggers: Triggers | None = Field(
        None, description="What we tell of. Without it: `message`.", examples=[["message", "conversation:start"]]
    )


class WebhookUpdateBody(Body):
    """What shall change about a webhook."""

    target: Target | None = Field(None, description="Where we `POST` to.", examples=["https://example.org/smooch"])
    triggers: Triggers | None = Field(None, description="What we tell of.", examples=[["*"]])


class WebhooksApi:
    """Webhooks over HTTP."""

    def __init__(self, house: House) -> None:
        self._house = house

    def create(self) -> Response:
        """POST /webhooks."""
        caller = self._house.caller()
        caller.require_app()
        body = read(WebhookBody)
        self._check_address(body.target)
        wanted = tuple(body.triggers or triggers.DEFAULT)
        webhook = Webhook(WebhookId(self._house.new_id()), body.target, wanted, new_secret())

        def effect(books: Books) -> Effect:
            if len(books.webhooks.all()) >= LIMIT:
                raise TooManyWebhooksError(LIMIT)
            books.webhooks.add(webhook)
            details = {"webhook_id": webhook.id, "triggers": wanted}
            return Effect(
                Answer(201, dump({"webhook": shapes.webhook(webhook)})), event="webhook_created", details=details
            )

        return self._house.change(caller, effect)

    def list(self) -> Response:
        """GET /webhooks."""
        self._house.caller().require_app()
        found = self._house.ledger.read(lambda books: books.webhooks.all())
        return answer({"webhooks": [shapes.webhook(webhook) for webhook in found]})

    def get(self, webhook_id: str) -> Response:
        """GET /webhooks/{webhookId}."""
        self._house.caller().require_app()
        webhook = self._house.ledger.read(lambda books: _find(books, webhook_id))
        return answer({"webhook": shapes.webhook(webhook)})

    def update(self, webhook_id: str) -> Response:
        """PUT /webhooks/{webhookId}."""
        caller = self._house.caller()
        caller.require_app()
        body = read(WebhookUpdateBody)
        if body.target is not None:
            self._check_address(body.target)

        def effect(books: Books) -> Effect:
            known = _find(books, webhook_id)
            changed = replace(
                known, target=body.target or known.target, triggers=tuple(body.triggers or known.triggers)
            )
            books.webhooks.save(changed)
            return Effect(Answer(200, dump({"webhook": shapes.webhook(changed)})))

        return self._house.change(caller, effect)

    def delete(self, webhook_id: str) -> Response:
        """DELETE /webhooks/{webhookId}."""
        self._house.caller().require_app()

        now = self._house.clock.now()

        def job(books: Books) -> Errands:
            _find(books, webhook_id)
            return outcomes.remove_webhook(books, WebhookId(webhook_id), now)

        self._house.courier.run(self._house.ledger.write(job))
        self._house.courier.forget(WebhookId(webhook_id))
        _log.info("webhook_deleted", webhook_id=webhook_id)
        return answer({})

    def _check_address(self, target: str) -> None:
        """Refuse private addresses. A name without an address may get one before the first message."""
        host, port = host_and_port(target)
        allowed = self._house.settings.sk_allow_private_targets
        with contextlib.suppress(OSError, UnicodeError):
            try:
                permitted(host, port, allow_private=allowed, resolve=self._house.resolve)
            except PrivateAddressError as error:
                raise InvalidRequestError(wording.target_private()) from error


def _find(books: Books, webhook_id: str) -> Webhook:
    webhook = books.webhooks.find(WebhookId(webhook_id))
    if webhook is None:
        raise WebhookNotFoundError
    return webhook
