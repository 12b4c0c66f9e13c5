"""What Slack's errors, and those of the way to it, mean for the desk."""

import errno
import http.client
import socket
import ssl
from collections.abc import Mapping
from urllib.error import URLError

from desk.errors import (
    BadBlocksError,
    BlockedError,
    ChannelArchivedError,
    ChannelGoneError,
    FileGoneError,
    InDoubtError,
    LimitedError,
    NameTakenError,
    NoSuchPersonError,
    NotInChannelError,
    PostGoneError,
    PostSealedError,
    RefusedError,
    UnreachableError,
    WorkspaceError,
)

LIMITED_SECONDS = 1.0
"""Where Slack limits without saying for how long."""

_REFUSALS: Mapping[str, type[RefusedError]] = {
    "cannot_reply_to_message": PostGoneError,
    "cant_update_message": PostSealedError,
    "already_archived": ChannelArchivedError,
    "channel_is_limited_access": ChannelGoneError,
    "channel_not_found": ChannelGoneError,
    "edit_window_closed": PostSealedError,
    "file_deleted": FileGoneError,
    "file_not_found": FileGoneError,
    "is_archived": ChannelArchivedError,
    "is_inactive": ChannelArchivedError,
    "invalid_blocks": BadBlocksError,
    "message_not_found": PostGoneError,
    "name_taken": NameTakenError,
    "not_in_channel": NotInChannelError,
    "thread_not_found": PostGoneError,
    "user_not_found": NoSuchPersonError,
    "user_not_visible": NoSuchPersonError,
}
_BLOCKS = {
    "access_denied",
    "account_inactive",
    "app_access_restricted",
    "cannot_create_channel",
    "ekm_access_denied",
    "enterprise_is_restricted",
    "invalid_auth",
    "missing_scope",
    "no_permission",
    "not_allowed_token_type",
    "not_authed",
    "org_login_required",
    "posting_to_channel_denied",
    "restricted_action",
    "restricted_action_read_only_channel",
    "team_access_not_granted",
    "team_added_to_org",
    "team_not_found",
    "token_expired",
    "token_revoked",
    "two_factor_setup_required",
}
_LIMITS = {"ratelimited", "rate_limited", "message_limit_exceeded", "accesslimited"}
_DOUBTS = {"fatal_error", "internal_error", "service_unavailable", "update_failed"}
_NOT_SENT = (ConnectionRefusedError, socket.gaierror, TimeoutError, ssl.SSLError)
_NO_WAY = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}


def objection(status: int, headers: Mapping[str, str], answer: object) -> WorkspaceError:
    """The meaning of an answer that is not `ok`. `answer` is the body's JSON."""
    code = str(answer.get("error", "")) if isinstance(answer, dict) else ""
    if status == http.HTTPStatus.TOO_MANY_REQUESTS or code in _LIMITS:
        return LimitedError(_seconds(headers))
    if status >= http.HTTPStatus.INTERNAL_SERVER_ERROR or code in _DOUBTS:
        return InDoubtError(f"status {status} {code}")
    if not code or " " in code:  # slack_sdk puts a sentence here where the body is no JSON
        return InDoubtError(f"status {status}, and no answer that makes sense")
    if code in _BLOCKS:
        return BlockedError(code)
    return _REFUSALS.get(code, RefusedError)(code)


def broken(error: OSError | http.client.HTTPException) -> WorkspaceError:
    """The meaning of an exchange that broke off.

    urllib wraps in URLError what happens until the request is out, so that a wrapped time-out is one of connecting.
    """
    if isinstance(error, URLError):
        reason = error.reason
        if isinstance(reason, _NOT_SENT) or (isinstance(reason, OSError) and reason.errno in _NO_WAY):
            return UnreachableError(f"Slack cannot be reached: {reason}")
    return InDoubtError(f"no answer from Slack: {error!r}")


def _seconds(headers: Mapping[str, str]) -> float:
    for name, value in headers.items():
        if name.lower() == "retry-after":
            try:
                return max(LIMITED_SECONDS, float(value))
            except ValueError:
                break
    return LIMITED_SECONDS
