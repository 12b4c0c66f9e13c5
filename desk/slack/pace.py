"""Slack's limits, met before they are hit: so many calls of a method a minute, so many posts in a channel."""

import mmap
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog

from desk.errors import LimitedError
from desk.memory import Memory
from desk.ports import Clock

WINDOW = 60.0
"""Slack counts by the minute."""
A_MINUTE = {
    "chat_postMessage": 270,
    "chat_delete": 50,
    "chat_update": 50,
    "conversations_archive": 20,
    "conversations_create": 20,
    "conversations_history": 50,
    "conversations_info": 45,
    "conversations_invite": 50,
    "conversations_join": 45,
    "conversations_list": 18,
    "conversations_rename": 20,
    "conversations_replies": 50,
    "conversations_setPurpose": 20,
    "conversations_setTopic": 20,
    "files_completeUploadExternal": 100,
    "files_delete": 50,
    "files_getUploadURLExternal": 100,
    "files_info": 100,
    "users_info": 90,
    "views_publish": 90,
}
"""Calls a minute: Slack's tiers, less a little where others (Errbot) call the method as well."""
POST_BURST = 4
POSTS_A_SECOND = 1.0
"""In each channel. Slack names one a second and "short bursts", without saying how short."""
LONGEST_CALL = 15.0
"""Seconds after which a call of which nothing more was heard is over."""
CHANNELS_REMEMBERED = 10_000
SLACK_SECONDS = 0.02
"""Slack's watch and ours do not tick together."""

_SLOT = 8
_log = structlog.get_logger(__name__)


class Pace:
    """Lets calls through as fast as Slack takes them, and tells the others when to come again.

    Slack counts a call at some moment between its beginning and its end. So it counts here from its end, and as long
    as it is under way it counts too: then Slack never counts more in a minute than we do. `times` holds when each
    counted call ended, 0 where there was none; it may be shared memory, so that a process that was killed has not
    forgotten.
    """

    def __init__(self, clock: Clock, times: "memoryview[float] | None" = None) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        every = memoryview(bytearray(size())).cast("d") if times is None else times
        self._times: dict[str, memoryview[float]] = {}
        start = 0
        for method, calls in A_MINUTE.items():
            self._times[method] = every[start : start + calls]
            start += calls
        self._began = clock.monotonic()
        for place, time in enumerate(every):
            if time > self._began + LONGEST_CALL:  # of another life of this machine: its clock began anew
                every[place] = 0.0
        self._at_first = float(POST_BURST) if times is None else 1.0
        self._posts: Memory[str, tuple[float, float]] = Memory(CHANNELS_REMEMBERED)

    def check(self, method: str) -> None:
        """Raises LimitedError if a call of `method` would have to wait."""
        with self._lock:
            self._free_slot(method, self._clock.monotonic())

    @contextmanager
    def take(self, method: str, channel_id: str = "", *, spare: int = 0) -> Iterator[None]:
        """Make a call in here. `channel_id` is the channel that gets a post; `spare` calls are left to others.

        Raises:
            LimitedError: not now, but in so many seconds.
        """
        with self._lock:
            now = self._clock.monotonic()
            slot = self._free_slot(method, now, spare)
            if channel_id:
                self._take_post(channel_id, now)
            if slot is not None:
                self._times[method][slot] = now + LONGEST_CALL
        try:
            yield
        finally:
            with self._lock:
                now = self._clock.monotonic()
                if slot is not None:
                    self._times[method][slot] = now
                if channel_id:
                    self._posts.put(channel_id, (self._tokens(channel_id)[0], now))

    def fresh(self, channel_id: str) -> None:
        """Nobody has posted in this channel yet."""
        self._posts.put(channel_id, (float(POST_BURST), self._clock.monotonic()))

    def _free_slot(self, method: str, now: float, spare: int = 0) -> int | None:
        times = self._times.get(method)
        if times is None:
            return None
        ended = times.tolist()
        needed = sorted(ended)[min(spare, len(ended) - 1)] if spare else min(ended)
        if needed > 0.0 and needed + WINDOW > now:
            raise LimitedError(needed + WINDOW - now + SLACK_SECONDS)
        return ended.index(min(ended) if spare else needed)

    def _take_post(self, channel_id: str, now: float) -> None:
        tokens, at = self._tokens(channel_id)
        tokens = min(POST_BURST, tokens + (now - at) * POSTS_A_SECOND)
        if tokens < 1:
            raise LimitedError((1 - tokens) / POSTS_A_SECOND + SLACK_SECONDS)
        self._posts.put(channel_id, (tokens - 1, now))

    def _tokens(self, channel_id: str) -> tuple[float, float]:
        """What a channel takes at once, and since when more has been coming. The process before us posted as well."""
        return self._posts.get(channel_id) or (self._at_first, self._began)


def size() -> int:
    """How many bytes it takes to remember all times."""
    return _SLOT * sum(A_MINUTE.values())


def remembered(path: Path) -> "memoryview[float] | None":
    """Times that outlive this process, in a file as memory: writing them costs no call of the system.

    A machine that loses its power may forget them; then Slack asks to wait, and that is obeyed. None: no such file.
    """
    try:
        with path.open("ab") as file:
            if file.tell() != size():
                file.truncate(0)
                file.write(bytes(size()))  # really there: a hole would be missed when the disk is full
        with path.open("r+b") as file:
            return memoryview(mmap.mmap(file.fileno(), size())).cast("d")
    except OSError as error:
        _log.warning("calls are not remembered over a restart", path=str(path), error=str(error))
        return None
