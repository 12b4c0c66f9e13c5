"""Rules for how the bot behaves towards Slack: limits are met, not hit; envelopes are answered in time."""

from collections import defaultdict
from collections.abc import Iterator

from storm_finding import Finding
from storm_history import Call, Envelope, History, Span

TOO_MANY = 429
ENVELOPE_SECONDS = 3.0
NOTICED_WITHIN = 0.3
"""Seconds until all threads of the bot heed an answer, and until Slack has noticed a broken line."""
PER_CHANNEL = {"chat.postMessage"}


def check_calls(history: History) -> Iterator[Finding]:
    """Every rule about calls and envelopes."""
    for call in history.calls:
        if call.status == TOO_MANY and call.fault != "ratelimited":
            yield Finding(
                "limit hit", f"{call.method} {call.channel_id} at {call.began:.2f} was limited by our own haste"
            )
    yield from _told_to_wait(history)
    for envelope in history.envelopes:
        if is_late(envelope, history):
            waited = f"{envelope.acknowledged - envelope.sent:.2f} s" if envelope.acknowledged else "for ever"
            yield Finding(
                "envelope late", f"{envelope.kind} {envelope.envelope_id} sent {envelope.sent:.2f} waited {waited}"
            )


def is_late(envelope: Envelope, history: History) -> bool:
    """Whether an envelope was not acknowledged within 3 s, though the process that it was sent to lived on.

    Excepted are envelopes during whose 3 s the bot was killed or the storm cut the lines: they may never have arrived.
    """
    waited = envelope.acknowledged - envelope.sent if envelope.acknowledged else float("inf")
    if waited <= ENVELOPE_SECONDS:
        return False
    broken = [*(kill for kill in history.kills if kill.what == "bot"), *history.cuts]
    return not any(_touches(span, envelope.sent, envelope.sent + ENVELOPE_SECONDS) for span in broken)


def _touches(span: Span, began: float, ended: float) -> bool:
    return span.began <= ended and span.ended + NOTICED_WITHIN >= began


def _told_to_wait(history: History) -> Iterator[Finding]:
    """After a 429 the same process does not ask again before its time; a new process may not know of it."""
    killed = [kill.began for kill in history.kills if kill.what == "bot"]
    lanes: defaultdict[tuple[str, str], list[Call]] = defaultdict(list)
    for call in sorted(history.calls, key=lambda call: call.began):
        lanes[call.method, call.channel_id if call.method in PER_CHANNEL else ""].append(call)
    for lane in lanes.values():
        until, since = 0.0, 0.0
        for call in lane:
            if since + NOTICED_WITHIN < call.began < until and not any(since <= each <= call.began for each in killed):
                yield Finding(
                    "limit ignored", f"{call.method} {call.channel_id} {until - call.began:.2f} s before its time"
                )
            if call.status == TOO_MANY and call.ended + call.retry_after > until:
                until, since = call.ended + call.retry_after, call.ended
