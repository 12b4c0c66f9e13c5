"""The log of everything the app asked of Slack, in the order in which it came in."""

from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

from sandbox.identifiers import CallId, JsonObject

KEPT = 50_000


@dataclass(slots=True)
class LoggedCall:
    """One call; `status` is None while it runs and 0 if the connection was cut without an answer."""

    id: CallId
    at: float
    method: str
    args: JsonObject
    status: int | None = None
    ok: bool | None = None
    error: str | None = None
    retry_after: int | None = None
    ms: float | None = None
    fault: str | None = None
    undocumented_args: list[str] = field(default_factory=list)


class CallLog:
    """The last calls, searchable as `GET /_sandbox/calls` offers."""

    def __init__(self) -> None:
        self._calls: deque[LoggedCall] = deque(maxlen=KEPT)
        self._serial = 0

    def begin(self, method: str, args: JsonObject, at: float) -> LoggedCall:
        """Note a call as it comes in; the caller fills in how it ended."""
        self._serial += 1
        call = LoggedCall(CallId(f"call{self._serial:07d}"), at, method, args)
        self._calls.append(call)
        return call

    def clear(self) -> None:
        """Forget all calls; their numbers go on."""
        self._calls.clear()

    def find(
        self, method: str | None = None, channel: str | None = None, since: float | None = None
    ) -> list[JsonObject]:
        """The calls of a method (or `family.*`), to a channel, from a moment on."""
        return [asdict(call) for call in self._matching(method, channel, since)]

    def _matching(self, method: str | None, channel: str | None, since: float | None) -> Iterator[LoggedCall]:
        for call in self._calls:
            if method and not _same_method(method, call.method):
                continue
            if channel and channel not in (call.args.get("channel"), call.args.get("channel_id")):
                continue
            if since is None or call.at >= since:
                yield call


def _same_method(wanted: str, method: str) -> bool:
    return method.startswith(wanted[:-1]) if wanted.endswith(".*") else method == wanted
