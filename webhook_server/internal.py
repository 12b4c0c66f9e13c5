"""What the bot calls, and the operator's command: signed over their raw bytes."""

import structlog
from flask import Flask, Response

from webhook_server import door as cases_door
from webhook_server import intake, outcomes, profiles, recent, wording
from webhook_server.administration import deliveries, erasures, export, keys
from webhook_server.api.house import House
from webhook_server.domain.keys import KeyId
from webhook_server.domain.receipts import Standing
from webhook_server.door.ear import Ear, said
from webhook_server.errors import (
    InvalidRequestError,
    MessageNotFoundError,
    UserNotFoundError,
)
from webhook_server.ledger import Books
from webhook_server.media import files
from webhook_server.outbound import Outbound
from wire import messages as wire
from wire.ids import MessageId

_log = structlog.get_logger()


def install(app: Flask, house: House, outbound: Outbound) -> None:
    """Let `app` answer the bot."""
    ear = Ear(house)
    door = Door(house, outbound, ear)
    for path, view in (
        (wire.REPLIES, door.reply),
        (wire.PROFILE, door.profile),
        (wire.RECENT, door.recent),
        (wire.RETRY, door.retry),
        (wire.MEDIA, door.media),
        (wire.DELIVERIES, door.deliveries),
        (wire.REPLAY, door.replay),
        (wire.ERASURE, door.erasure),
        (wire.EXPORT, door.export),
        (wire.KEYS, door.keys),
        (wire.ADD_KEY, door.add_key),
        (wire.REVOKE_KEY, door.revoke_key),
    ):
        app.add_url_rule(path, f"POST {path}", view, methods=["POST"])
    cases_door.install(app, house, ear)


class Door:
    """What the bot asks for one app user's sake, and what the operator's command does."""

    def __init__(self, house: House, outbound: Outbound, ear: Ear) -> None:
        self._house = house
        self._outbound = outbound
        self._ear = ear

    def reply(self) -> Response:
        """An agent replied."""
        reply = self._ear.bot(wire.Reply)
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
        asked = self._ear.bot(wire.ProfileRequest)

        def profile(books: Books) -> wire.Profile:
            user = books.app_users.by_id(asked.app_user_id)
            if user is None:
                raise UserNotFoundError
            return profiles.told(books, user, typing=self._house.typing.types(user.id, self._house.clock.monotonic()))

        return said(self._house.ledger.read(profile))

    def recent(self) -> Response:
        """What was said last in a conversation that goes on in another channel."""
        asked = self._ear.bot(wire.RecentRequest)
        found = self._house.ledger.read(lambda books: recent.messages(books, asked))
        if found is None:
            raise UserNotFoundError
        return said(found)

    def retry(self) -> Response:
        """An agent wants a failed reply to be delivered again."""
        asked = self._ear.bot(wire.RetryRequest)
        now = self._house.clock.now()
        retried = self._house.ledger.write(lambda books: outcomes.retry(books, asked.message_id, now))
        self._house.courier.run(retried.errands)
        _log.info("reply_retried", message_id=asked.message_id, state=retried.standing.state)
        return _accepted(asked.message_id, retried.standing, repeated=retried.in_vain)

    def media(self) -> Response:
        """The file of a message: an upload, or what lies at the address that the message tells."""
        asked = self._ear.bot(wire.MediaRequest)
        message = self._house.ledger.read(lambda books: books.messages.find(asked.message_id))
        if message is None:
            raise MessageNotFoundError
        return files.answer(message.draft, self._house.media, self._outbound)

    def deliveries(self) -> Response:
        """The operator wants to see what waits, or what was given up."""
        asked = self._ear.anybody(wire.ListRequest)
        return said(self._house.ledger.read(lambda books: deliveries.listing(books, asked)))

    def replay(self) -> Response:
        """The operator wants given-up deliveries to be tried again."""
        asked = self._ear.anybody(wire.ReplayRequest)
        now = self._house.clock.now()
        replayed = self._house.ledger.write(lambda books: deliveries.replay(books, asked, now))
        self._house.courier.run(replayed.errands)
        _log.info("deliveries_replayed", count=len(replayed.ids))
        return said(deliveries.replayed(replayed))

    def erasure(self) -> Response:
        """The operator wants an app user to be erased, or to see what that means or how far it is."""
        asked = self._ear.anybody(wire.ErasureRequest)
        if not asked.erase:
            return said(self._house.ledger.read(lambda books: erasures.report(books, asked)))
        now = self._house.clock.now()
        erasure = self._house.ledger.write(lambda books: erasures.erase(books, asked, now))
        self._house.stream.close(erasure.app_user_id)
        self._house.typing.stop(erasure.app_user_id)
        self._house.courier.erase(erasure.app_user_id)
        self._house.media.sweep()
        self._house.scrub()
        _log.info("app_user_erased", app_user_id=erasure.app_user_id)
        return said(erasure)

    def export(self) -> Response:
        """The operator wants to see what is kept of an app user."""
        asked = self._ear.anybody(wire.ExportRequest)
        return said(self._house.ledger.read(lambda books: export.page(books, asked)))

    def keys(self) -> Response:
        """The operator wants to see the keys."""
        self._ear.anybody(wire.KeysRequest)
        own = KeyId(self._house.settings.sk_key_id)
        return said(self._house.ledger.read(lambda books: keys.listing(books, own)))

    def add_key(self) -> Response:
        """The operator wants another key."""
        self._ear.anybody(wire.KeysRequest)
        key = keys.new_key(self._house.clock.now())
        added = self._house.ledger.write(lambda books: keys.add(books, key))
        self._house.authenticator.keys.reload()
        _log.info("key_added", key_id=key.id)
        return said(added)

    def revoke_key(self) -> Response:
        """The operator wants an end to a key. Listening clients come back, and show what they have."""
        asked = self._ear.anybody(wire.RevokeKeyRequest)
        key_id, own, now = KeyId(asked.key_id), KeyId(self._house.settings.sk_key_id), self._house.clock.now()
        left = self._house.ledger.write(lambda books: keys.revoke(books, key_id, own, now))
        self._house.authenticator.keys.reload()
        self._house.stream.close_all()
        _log.info("key_revoked", key_id=key_id)
        return said(left)


def _accepted(message_id: MessageId, standing: Standing, *, repeated: bool) -> Response:
    return said(wire.ReplyAccepted(message_id=message_id, state=standing.state, repeated=repeated))
