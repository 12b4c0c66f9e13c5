"""What the bot calls, and the operator's command: signed over their raw bytes."""

from typing import TypeVar

import structlog
from flask import Flask, Response, request
from pydantic import ValidationError

from webhook_server import intake, outcomes, recent, wording
from webhook_server.administration import deliveries, erasures, export, keys
from webhook_server.api.answers import answer
from webhook_server.api.bodies import JSON_BYTES
from webhook_server.api.house import House
from webhook_server.domain.keys import KeyId
from webhook_server.domain.receipts import Standing
from webhook_server.errors import (
    BadDoorSignatureError,
    InvalidRequestError,
    MessageNotFoundError,
    UserNotFoundError,
)
from webhook_server.media import files
from webhook_server.outbound import Outbound
from wire import cases
from wire import messages as wire
from wire.ids import MessageId
from wire.signature import SIGNATURE_HEADER, TIMESTAMP_HEADER, BadSignatureError, verify

Said = TypeVar("Said", bound=wire.Said)

_log = structlog.get_logger()


def install(app: Flask, house: House, outbound: Outbound) -> None:
    """Let `app` answer the bot."""
    door = Door(house, outbound)
    for path, view in (
        (wire.REPLIES, door.reply),
        (wire.PROFILE, door.profile),
        (wire.RECENT, door.recent),
        (wire.RETRY, door.retry),
        (wire.MEDIA, door.media),
        (cases.AWAY, door.away),
        (wire.DELIVERIES, door.deliveries),
        (wire.REPLAY, door.replay),
        (wire.ERASURE, door.erasure),
        (wire.EXPORT, door.export),
        (wire.KEYS, door.keys),
        (wire.ADD_KEY, door.add_key),
        (wire.REVOKE_KEY, door.revoke_key),
    ):
        app.add_url_rule(path, f"POST {path}", view, methods=["POST"])


class Door:
    """The internal API. Whoever signs correctly is the bot, which then is there, or our operator."""

    def __init__(self, house: House, outbound: Outbound) -> None:
        self._house = house
        self._outbound = outbound

    def reply(self) -> Response:
        """An agent replied."""
        reply = self._heard_bot(wire.Reply)
        if not reply.text.strip():
            raise InvalidRequestError(wording.text_needed())
        now = self._house.clock.now()
        accepted = self._house.ledger.write(lambda books: intake.accept_reply(books, reply, now))
        self._house.courier.run(accepted.errands)
        ids = {"message_id": reply.message_id, "app_user_id": accepted.app_user_id}
        _log.info("reply_accepted", **ids, repeated=accepted.repeated)
        return _accepted(reply.message_id, accepted.standing, repeated=accepted.repeated)

    def profile(self) -> Response:
        """An app user as they are now."""
        asked = self._heard_bot(wire.ProfileRequest)
        user = self._house.ledger.read(lambda books: books.app_users.by_id(asked.app_user_id))
        if user is None:
            raise UserNotFoundError
        profile = wire.Profile(
            app_user_id=user.id,
            user_id=user.user_id,
            given_name=user.profile.given_name,
            surname=user.profile.surname,
            email=user.profile.email,
            signed_up_at=user.profile.signed_up_at,
            conversation_started=user.conversation.started,
            typing=self._house.typing.types(user.id, self._house.clock.monotonic()),
            properties=dict(user.profile.properties),
        )
        return _said(profile)

    def recent(self) -> Response:
        """What was said last in a conversation that goes on in another channel."""
        asked = self._heard_bot(wire.RecentRequest)
        said = self._house.ledger.read(lambda books: recent.messages(books, asked))
        if said is None:
            raise UserNotFoundError
        return _said(said)

    def retry(self) -> Response:
        """An agent wants a failed reply to be delivered again."""
        asked = self._heard_bot(wire.RetryRequest)
        now = self._house.clock.now()
        retried = self._house.ledger.write(lambda books: outcomes.retry(books, asked.message_id, now))
        self._house.courier.run(retried.errands)
        _log.info("reply_retried", message_id=asked.message_id, state=retried.standing.state)
        return _accepted(asked.message_id, retried.standing, repeated=retried.in_vain)

    def media(self) -> Response:
        """The file of a message: an upload, or what lies at the address that the message tells."""
        asked = self._heard_bot(wire.MediaRequest)
        message = self._house.ledger.read(lambda books: books.messages.find(asked.message_id))
        if message is None:
            raise MessageNotFoundError
        return files.answer(message.draft, self._house.media, self._outbound)

    def away(self) -> Response:
        """An agent asks whether the team is there, or says so."""
        asked = self._heard_bot(cases.AwayRequest)
        attendance = self._house.attendances.ask(asked)
        if asked.agent is not None:
            _log.info("attendance_changed", agent_id=asked.agent.agent_id, away=not asked.back)
        return _said(attendance)

    def deliveries(self) -> Response:
        """The operator wants to see what waits, or what was given up."""
        asked = self._heard(wire.ListRequest)
        return _said(self._house.ledger.read(lambda books: deliveries.listing(books, asked)))

    def replay(self) -> Response:
        """The operator wants given-up deliveries to be tried again."""
        asked = self._heard(wire.ReplayRequest)
        now = self._house.clock.now()
        replayed = self._house.ledger.write(lambda books: deliveries.replay(books, asked, now))
        self._house.courier.run(replayed.errands)
        _log.info("deliveries_replayed", count=len(replayed.ids))
        return _said(deliveries.replayed(replayed))

    def erasure(self) -> Response:
        """The operator wants an app user to be erased, or to see what that means or how far it is."""
        asked = self._heard(wire.ErasureRequest)
        if not asked.erase:
            return _said(self._house.ledger.read(lambda books: erasures.report(books, asked)))
        now = self._house.clock.now()
        erasure = self._house.ledger.write(lambda books: erasures.erase(books, asked, now))
        self._house.stream.close(erasure.app_user_id)
        self._house.typing.stop(erasure.app_user_id)
        self._house.courier.erase(erasure.app_user_id)
        self._house.media.sweep()
        self._house.scrub()
        _log.info("app_user_erased", app_user_id=erasure.app_user_id)
        return _said(erasure)

    def export(self) -> Response:
        """The operator wants to see what is kept of an app user."""
        asked = self._heard(wire.ExportRequest)
        return _said(self._house.ledger.read(lambda books: export.page(books, asked)))

    def keys(self) -> Response:
        """The operator wants to see the keys."""
        self._heard(wire.KeysRequest)
        own = KeyId(self._house.settings.sk_key_id)
        return _said(self._house.ledger.read(lambda books: keys.listing(books, own)))

    def add_key(self) -> Response:
        """The operator wants another key."""
        self._heard(wire.KeysRequest)
        key = keys.new_key(self._house.clock.now())
        added = self._house.ledger.write(lambda books: keys.add(books, key))
        self._house.authenticator.keys.reload()
        _log.info("key_added", key_id=key.id)
        return _said(added)

    def revoke_key(self) -> Response:
        """The operator wants an end to a key. Listening clients come back, and show what they have."""
        asked = self._heard(wire.RevokeKeyRequest)
        key_id, own, now = KeyId(asked.key_id), KeyId(self._house.settings.sk_key_id), self._house.clock.now()
        left = self._house.ledger.write(lambda books: keys.revoke(books, key_id, own, now))
        self._house.authenticator.keys.reload()
        self._house.stream.close_all()
        _log.info("key_revoked", key_id=key_id)
        return _said(left)

    def _heard_bot(self, kind: type[Said]) -> Said:
        """The request's body; whoever said it can hear us too."""
        said = self._heard(kind)
        self._house.courier.bot_is_there()
        return said

    def _heard(self, kind: type[Said]) -> Said:
        """The request's body, if somebody said it who knows our secret.

        Raises:
            BadDoorSignatureError: somebody else did.
            InvalidRequestError: it makes no sense.
        """
        request.max_content_length = JSON_BYTES
        body = request.get_data(cache=False)
        timestamp, signature = request.headers.get(TIMESTAMP_HEADER), request.headers.get(SIGNATURE_HEADER)
        secret, now = self._house.settings.sk_internal_secret, self._house.clock.now()
        try:
            verify(secret, request.method, request.path, body, timestamp=timestamp, signature=signature, now=now)
        except BadSignatureError as error:
            raise BadDoorSignatureError(str(error)) from error
        try:
            return kind.model_validate_json(body)
        except ValidationError as error:
            raise InvalidRequestError(wording.json_unreadable()) from error


def _accepted(message_id: MessageId, standing: Standing, *, repeated: bool) -> Response:
    return _said(wire.ReplyAccepted(message_id=message_id, state=standing.state, repeated=repeated))


def _said(answered: wire.Said) -> Response:
    return answer(answered.model_dump_json(exclude_none=True))
