"""What every resource of the App API needs: the ledger, the courier, the clock, and who calls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

import structlog
from flask import Response, request

from settings import Settings
from webhook_server import wording
from webhook_server.api.answers import answer
from webhook_server.api.auth import Authenticator, Caller
from webhook_server.api.limits import Limits
from webhook_server.attendance import Attendances
from webhook_server.clock import Clock, NewId
from webhook_server.courier import Courier
from webhook_server.domain.errands import NOTHING, Errands
from webhook_server.domain.typing import TypingNow
from webhook_server.domain.values import AppUser
from webhook_server.errors import InvalidRequestError
from webhook_server.ledger import Answer, Books, Ledger
from webhook_server.media.links import Links
from webhook_server.media.room import MediaRoom
from webhook_server.names import Resolve
from webhook_server.stream import Hub

REMEMBERED_SECONDS = 86_400.0
KEY_CHARACTERS = 255

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Effect:
    """What a request did: its answer, what is left to do for others, and the line that the log gets."""

    answer: Answer
    errands: Errands = NOTHING
    event: str | None = None
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class House:
    """The collaborators of the App API."""

    settings: Settings
    ledger: Ledger
    courier: Courier
    clock: Clock
    new_id: NewId
    resolve: Resolve
    authenticator: Authenticator
    limits: Limits
    links: Links
    media: MediaRoom
    stream: Hub
    attendances: Attendances
    typing: TypingNow = field(default_factory=TypingNow)

    def caller(self) -> Caller:
        """Who makes the current request, if they do not ask too often."""
        caller = self.authenticator.caller()
        self.limits.check(caller)
        _check_idempotency_key()
        return caller

    def scrub(self) -> None:
        """Something was deleted: leave nothing of it in the ledger's files."""
        if not self.ledger.scrub():
            _log.warning("ledger_not_scrubbed")

    def open(self, books: Books, caller: Caller, ref: str) -> AppUser:
        """The app user called `ref`, if `caller` may act for them; notes that they proved who they are.

        For use where `books` may be written.
        """
        return self.admit(books, caller, ref, books.app_users.find(ref))

    def admit(self, books: Books, caller: Caller, ref: str, found: AppUser | None) -> AppUser:
        """Like `open`, for an app user who was looked up already.

        Streams that the app token opened hear of it as they hear of everything, and so before anything that happens
        afterwards: they end.
        """
        user = caller.require_user(found, ref)
        if caller.kind == "app_user" and not user.seen_with_jwt:
            books.app_users.note_jwt(user.id)
            books.stream_events.add(user.id, "locked", self.clock.now())
            return replace(user, seen_with_jwt=True)
        return user

    def read_user(self, caller: Caller, ref: str) -> AppUser:
        """The app user called `ref`, if `caller` may act for them."""
        user = caller.require_user(self.ledger.read(lambda books: books.app_users.find(ref)), ref)
        if caller.kind == "app_user" and not user.seen_with_jwt:
            return self.ledger.write(lambda books: self.open(books, caller, ref))
        return user

    def change(
        self,
        caller: Caller,
        effect: Callable[[Books], Effect],
        *,
        allow: Callable[[Books], object] = lambda _: None,
        about: str = "",
    ) -> Response:
        """Answer the current request with `effect`, carried out in one transaction; once per Idempotency-Key.

        `allow` raises when `caller` may not: a remembered answer is for those alone who might ask again. `about` is
        whom the request is about where neither credential nor path says so: many clients share the public token, and
        two of them may choose the same key.
        """
        key, now = _idempotency_key(caller, about), self.clock.now()

        def job(books: Books) -> Effect:
            if key is None:
                return effect(books)
            allow(books)
            known = books.answers.find(key, now - REMEMBERED_SECONDS)
            if known:
                return Effect(known)
            done = effect(books)
            books.answers.remember(key, done.answer, now, now - REMEMBERED_SECONDS)
            return done

        done = self.ledger.write(job)
        self.courier.run(done.errands)
        for moved in done.errands.moved:
            self.stream.close(moved.loser)
        if done.event:
            _log.info(done.event, **done.details)
        return answer(done.answer.body, done.answer.status)


def _check_idempotency_key() -> None:
    """Refuse a key of the wrong size, whether or not the request needs it.

    Raises:
        InvalidRequestError: it is empty or too long.
    """
    if request.method == "POST" and not 0 < len(request.headers.get("Idempotency-Key", "-")) <= KEY_CHARACTERS:
        raise InvalidRequestError(wording.idempotency_key_size(KEY_CHARACTERS))


def _idempotency_key(caller: Caller, about: str) -> str | None:
    """Stands for credential, path and the key that the client chose."""
    given = request.headers.get("Idempotency-Key")
    if given is None or request.method != "POST":
        return None
    return sha256(f"{caller.name}\0{request.path}\0{given}\0{about}".encode()).hexdigest()
