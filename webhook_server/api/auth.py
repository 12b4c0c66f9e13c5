"""Who calls, and what they may do."""

import hmac
import math
import secrets
import time
from dataclasses import dataclass
from typing import Any, Literal

import jwt
from flask import request

from settings import Settings
from webhook_server import wording
from webhook_server.domain.values import USER_ID_BYTES, AppUser, UserId
from webhook_server.errors import ForbiddenError, UnauthorizedError, UserNotFoundError
from webhook_server.keyring import Keyring

LEEWAY_SECONDS = 60
"""Clients' clocks may be so far off."""
TOKENS_KNOWN = 4096
"""JWTs that are known again without looking at their signature anew."""
_KNOWN_CHARACTERS = 1000
_AGES = 10**12
"""A time so late that it makes no difference, though JWTs may name later ones."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever holds a credential: the app's backend, one app user, or anybody with the public app token.

    `until`: when the credential has expired (monotonic), for what goes on after the request.
    """

    kind: Literal["app", "app_user", "app_token"]
    user_id: UserId | None = None
    until: float = math.inf

    @property
    def name(self) -> str:
        """Distinguishes this credential from all others."""
        return f"{self.kind}:{self.user_id or ''}"

    def require_app(self) -> None:
        """Let only the app's backend pass.

        Raises:
            ForbiddenError: somebody else calls.
        """
        if self.kind != "app":
            raise ForbiddenError(wording.app_scope_needed())

    def require_jwt(self) -> None:
        """Let only those pass who prove who they are: the app's backend, or an app user.

        Raises:
            ForbiddenError: it is the app token, which everybody may have.
        """
        if self.kind == "app_token":
            raise ForbiddenError(wording.jwt_needed())

    def require_user(self, user: AppUser | None, ref: str) -> AppUser:
        """Let only those pass who may act for `user`, who was looked up as `ref`.

        Raises:
            ForbiddenError: the JWT is another app user's.
            UnauthorizedError: the app token no longer opens this app user.
            UserNotFoundError: there is no such app user.
        """
        if self.kind == "app_user" and self.user_id not in (ref, user and user.user_id):
            raise ForbiddenError(wording.not_that_user())
        if user is None:
            raise UserNotFoundError
        if self.kind == "app_user" and self.user_id != user.user_id:
            raise ForbiddenError(wording.not_that_user())
        if self.kind == "app_token" and user.locked:
            raise UnauthorizedError(wording.app_user_locked())
        return user


class Authenticator:
    """Tells from a request's headers who calls. `keys` are those that are good at this moment.

    `_known` holds JWTs that were good and say nothing of their end, each with the secret that signed it and its caller:
    an app's backend sends the same one with every message. They are good as long as their key has that secret. Beyond
    `TOKENS_KNOWN` it begins anew. Threads may replace each other's entries: that costs a look at a signature.
    """

    def __init__(self, settings: Settings, keys: Keyring) -> None:
        self.keys = keys
        self._app_token = settings.sk_app_token.encode()
        self._nobodys_secret = secrets.token_urlsafe(32)
        self._known: dict[str, tuple[str, str, Caller]] = {}

    def caller(self) -> Caller:
        """Who makes the current request.

        Raises:
            UnauthorizedError: nobody who may.
        """
        authorization = request.headers.get("Authorization")
        if authorization is not None:
            return self._from_jwt(_bearer(authorization))
        app_token = request.headers.get("app-token")
        if app_token is None:
            raise UnauthorizedError(wording.credentials_missing())
        if not hmac.compare_digest(app_token.encode(), self._app_token):
            raise UnauthorizedError(wording.app_token_wrong())
        return Caller("app_token")

    def _from_jwt(self, token: str) -> Caller:
        known = self._known.get(token)
        if known is not None and self.keys.secret(known[0]) == known[1]:
            return known[2]
        key_id = _key_id(token)
        secret = self.keys.secret(key_id)
        caller, lasting = self._proved(token, secret)
        if lasting and secret is not None and len(token) <= _KNOWN_CHARACTERS:
            if len(self._known) >= TOKENS_KNOWN:
                self._known = {}
            self._known[token] = (key_id, secret, caller)
        return caller

    def _proved(self, token: str, secret: str | None) -> tuple[Caller, bool]:
        """Who holds a JWT, and whether time changes nothing about that."""
        try:
            claims = _decode(token, self._nobodys_secret if secret is None else secret)
        except jwt.InvalidSignatureError as error:  # an unknown key costs the same time, and tells no more than its ID
            problem = wording.jwt_key_unknown() if secret is None else wording.jwt_signature_wrong()
            raise UnauthorizedError(problem) from error
        scope, user_id = claims.get("scope"), claims.get("userId")
        lasting = "exp" not in claims and "nbf" not in claims
        if scope == "app":
            return Caller("app", until=_until(claims)), lasting
        if scope != "appUser":
            raise UnauthorizedError(wording.jwt_scope_wrong())
        if not isinstance(user_id, str) or not is_user_id(user_id):
            raise UnauthorizedError(wording.jwt_user_id_wrong())
        return Caller("app_user", UserId(user_id), _until(claims)), lasting


def is_user_id(text: str) -> bool:
    """Whether `text` may be a `userId`."""
    try:
        return 0 < len(text.encode()) <= USER_ID_BYTES and "\0" not in text
    except UnicodeEncodeError:
        return False


def app_jwt(settings: Settings) -> str:
    """A JWT with the scope `app`, without an end."""
    return jwt.encode({"scope": "app"}, settings.sk_secret, algorithm="HS256", headers={"kid": settings.sk_key_id})


def _bearer(authorization: str) -> str:
    scheme, _, token = authorization.strip().partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise UnauthorizedError(wording.bearer_expected())
    return token.strip()


def _key_id(token: str) -> str:
    """The `kid` that a JWT names; an empty one where it names none."""
    try:
        key_id = jwt.get_unverified_header(token).get("kid")
    except jwt.InvalidTokenError as error:
        raise UnauthorizedError(wording.jwt_unreadable()) from error
    return key_id if isinstance(key_id, str) else ""


def _decode(token: str, secret: str) -> dict[str, Any]:
    """What a JWT says.

    Raises:
        InvalidSignatureError: it was not signed with `secret`.
        UnauthorizedError: it is no JWT as we take it, or it is not its time.
    """
    options: Any = {"verify_aud": False, "verify_iss": False, "verify_sub": False, "verify_jti": False}
    try:
        return jwt.decode(token, secret, algorithms=["HS256"], leeway=LEEWAY_SECONDS, options=options)
    except jwt.InvalidSignatureError:
        raise
    except (jwt.ExpiredSignatureError, jwt.ImmatureSignatureError) as error:
        raise UnauthorizedError(wording.jwt_time_wrong()) from error
    except jwt.InvalidTokenError as error:
        raise UnauthorizedError(wording.jwt_unreadable()) from error


def _until(claims: dict[str, Any]) -> float:
    """When a JWT that is good now will be no longer (monotonic): whatever clocks do until then."""
    if "exp" not in claims:
        return math.inf
    return time.monotonic() + min(int(claims["exp"]), _AGES) + LEEWAY_SECONDS - time.time()
