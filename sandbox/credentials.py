"""The app's tokens: what they open, and what becomes of them when an admin intervenes."""

from dataclasses import dataclass, field
from enum import StrEnum

from sandbox import cast
from sandbox.errors import SlackError


class Standing(StrEnum):
    """What Slack answers to a token that no longer works."""

    VALID = "valid"
    REVOKED = "token_revoked"
    EXPIRED = "token_expired"
    INACTIVE = "account_inactive"


@dataclass(slots=True)
class Credentials:
    """The app's standing in the workspace."""

    bot_token: str = cast.BOT_TOKEN
    app_token: str = cast.APP_TOKEN
    bot_scopes: list[str] = field(default_factory=lambda: list(cast.BOT_SCOPES))
    subscriptions: list[str] = field(default_factory=lambda: list(cast.BOT_EVENTS))
    standing: Standing = Standing.VALID
    channel_creation_restricted: bool = False
    former_tokens: list[str] = field(default_factory=list)

    def check(self, token: str | None, *, app_token_wanted: bool) -> tuple[str, ...]:
        """The scopes that the token grants.

        Raises:
            SlackError: `not_authed`, `invalid_auth`, `not_allowed_token_type`, or the token's standing.
        """
        if not token:
            raise SlackError("not_authed")
        if token == self.app_token:
            if not app_token_wanted:
                raise SlackError("not_allowed_token_type")
            return cast.APP_SCOPES
        if token in self.former_tokens:
            raise SlackError("token_revoked")
        if token != self.bot_token:
            raise SlackError("invalid_auth")
        if app_token_wanted:
            raise SlackError("not_allowed_token_type")
        if self.standing is not Standing.VALID:
            raise SlackError(self.standing.value)
        return tuple(self.bot_scopes)
