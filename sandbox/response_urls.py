"""Response URLs: five answers within thirty minutes to a command or interaction, also where the bot is no member."""

from dataclasses import dataclass

from sandbox.clock import Clock
from sandbox.errors import SlackError
from sandbox.identifiers import ChannelId, IdFactory, Ts, UserId

MOST_USES = 5
LIFETIME_SECONDS = 1800.0


@dataclass(slots=True)
class ResponseUrl:
    """Where an answer goes: to this person in this channel; `ts` names the message that a button stood on."""

    channel_id: ChannelId
    user_id: UserId
    expires: float
    ts: Ts | None = None
    is_ephemeral: bool = False
    uses_left: int = MOST_USES


class ResponseUrls:
    """Issues response URLs and counts their uses."""

    def __init__(self, clock: Clock, ids: IdFactory) -> None:
        self._clock = clock
        self._ids = ids
        self._urls: dict[str, ResponseUrl] = {}

    def issue(self, channel_id: ChannelId, user_id: UserId, ts: Ts | None = None, *, is_ephemeral: bool = False) -> str:
        """The path's last part of a new response URL."""
        url_id = f"{self._ids.number(13)}/{self._ids.secret()}"
        expires = self._clock.now() + LIFETIME_SECONDS
        self._urls[url_id] = ResponseUrl(channel_id, user_id, expires, ts, is_ephemeral)
        return url_id

    def peek(self, url_id: str) -> ResponseUrl:
        """Where the answer goes, without a use counted: acknowledgements cost none."""
        return self._urls[url_id]

    def use(self, url_id: str) -> ResponseUrl:
        """Where the answer goes; one use less is left.

        Raises:
            SlackError: `invalid_url`, `expired_url`, `used_url`.
        """
        url = self._urls.get(url_id)
        if url is None:
            raise SlackError("invalid_url")
        if self._clock.now() > url.expires:
            raise SlackError("expired_url")
        if url.uses_left == 0:
            raise SlackError("used_url")
        url.uses_left -= 1
        return url
