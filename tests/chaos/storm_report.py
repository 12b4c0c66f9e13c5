"""What a storm was like, in numbers: told on the terminal whether or not it was survived."""

from collections import Counter

from storm import Outcome
from storm_calls import is_late
from storm_finding import Finding
from storm_history import MESSAGE, NOTICE, History
from storm_replies import replies

SHOWN_OF_A_KIND = 5


def report(outcome: Outcome, findings: list[Finding]) -> str:
    """The numbers, and the findings if there are any."""
    history, weather = outcome.history, outcome.weather
    looks = sum(call.method == "conversations.history" for call in history.calls)
    head = (
        f"storm of {weather.seconds:g} s, seed {weather.seed}, limits {'on' if weather.limits else 'off'}: "
        f"{weather.app_users} app users, {weather.agents} agents"
    )
    lines = [
        head,
        f"  messages   {history.sent} sent, {len(history.accepted)} accepted, {history.retries} tries repeated",
        f"  in Slack   {_in_slack(history)}",
        f"  replies    {_replies(history)}",
        f"  killed     {_counts(Counter(kill.what for kill in history.kills))}",
        f"  faults met {_counts(Counter(call.fault for call in history.calls if call.fault))}",
        f"  disturbed  {_counts(Counter(history.troubles))}",
        f"  reconciled {reconciled(history)} posts whose answer was lost stand once; {looks} looks into channels",
        f"  coalesced  {_coalesced(history)}",
        f"  envelopes  {_envelopes(history)}",
        f"  settled    after {outcome.settled_after:.1f} s; Retry pressed {history.retried} times",
    ]
    lines += [f"  NOT SETTLED: {len(outcome.unsettled)}, such as {outcome.unsettled[0]}"] if outcome.unsettled else []
    return "\n".join([*lines, *_told(findings)])


def reconciled(history: History) -> int:
    """Posts whose first answer no living bot ever got: cut by a fault, or the bot was killed while it was awaited."""
    killed = [kill.began for kill in history.kills if kill.what == "bot"]
    lost = {
        call.call_id
        for call in history.calls
        if call.fault == "timeout_after" or any(call.began <= each <= call.ended for each in killed)
    }
    return sum(post.call_id in lost for post in (*history.posts_of(MESSAGE), *history.posts_of(NOTICE)))


def _in_slack(history: History) -> str:
    posts = history.posts_of(MESSAGE)
    return f"{sum(len(post.ids) for post in posts)} messages in {len(posts)} posts, {len(history.channels)} channels"


def _replies(history: History) -> str:
    acknowledged = sum(reply.acknowledged for reply in history.replies)
    again = sum(reply.tries > 1 for reply in history.replies)
    outcomes = Counter(reply.outcome.partition(":")[0] for reply in history.replies)
    return (
        f"{len(history.replies)} typed ({again} of them more than once), {acknowledged} acknowledged, "
        f"{len(replies(history))} in the ledger, {len(history.posts_of(NOTICE))} notices; {_counts(outcomes)}"
    )


def _coalesced(history: History) -> str:
    shared = [post for post in history.posts_of(MESSAGE) if len(post.ids) > 1]
    return f"{sum(len(post.ids) for post in shared)} messages in {len(shared)} posts"


def _envelopes(history: History) -> str:
    answered = [each.acknowledged - each.sent for each in history.envelopes if each.acknowledged]
    excepted = sum(each.acknowledged is None and not is_late(each, history) for each in history.envelopes)
    slowest = f", the slowest in {max(answered):.2f} s" if answered else ""
    return f"{len(history.envelopes)} sent, {len(answered)} answered{slowest}, {excepted} lost with the bot or a line"


def _counts(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in sorted(counts.items())) or "none"


def _told(findings: list[Finding]) -> list[str]:
    kinds: dict[str, list[Finding]] = {}
    for finding in findings:
        kinds.setdefault(finding.kind, []).append(finding)
    lines = ["  every promise was kept"] if not findings else []
    for kind, found in kinds.items():
        lines.append(f"  BROKEN: {kind}, {len(found)} times")
        lines += [f"    {finding.what}" for finding in found[:SHOWN_OF_A_KIND]]
    return lines
