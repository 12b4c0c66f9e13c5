"""Rules for what agents reply: accepted once, with the app at least once under one ID, in order, with a true notice."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from storm_finding import Finding
from storm_history import NOTICE, History, Post, Stored
from storm_messages import TOKEN

SIGNS = {"⏳": "sending", "🕓": "waiting", "✓✓": "read", "✓": "delivered", "✗": "failed"}
STATE = re.compile("|".join(SIGNS))


def check_replies(history: History) -> Iterator[Finding]:
    """Every rule about agents' replies."""
    yield from _in_ledger_once(history)
    yield from _nothing_else(history)
    yield from _in_typed_order(history)
    yield from _with_the_app(history)
    yield from _delivered_in_order(history)
    yield from _noticed_truly(history)


def replies(history: History) -> list[tuple[str, Stored]]:
    """What the ledger has of agents: each with its app user."""
    return [(user, message) for user, talk in history.conversations.items() for message in talk.by("appMaker")]


def state_shown(post: Post, token: str) -> str:
    """What a notice says of the reply with `token`: the first state behind its text. Several replies may share it."""
    behind = post.text.partition(f"[{token}]")[2]
    found = STATE.search(behind)
    return SIGNS[found[0]] if found else "nothing"


def token_of(text: str) -> str:
    """The token in a text; empty if there is none."""
    return next(iter(TOKEN.findall(text)), "")


def _in_ledger_once(history: History) -> Iterator[Finding]:
    stored = Counter(token_of(message.text) for _, message in replies(history))
    for typed in history.replies:
        times = stored[typed.token]
        if typed.acknowledged and not times:
            yield Finding("reply lost", f"{typed.token} was acknowledged, and the ledger does not have it")
        if times > 1:
            story = f"typed {typed.tries} times, last: {typed.outcome}"
            yield Finding("reply doubled", f"the ledger has {typed.token} {times} times ({story})")


def _nothing_else(history: History) -> Iterator[Finding]:
    """Nothing reaches an app user that no agent typed: no relayed text ran as a command."""
    typed = {reply.token for reply in history.replies}
    for user_id, message in replies(history):
        if token_of(message.text) not in typed:
            yield Finding("reply unknown", f"{message.message_id} went to {user_id}, and no agent typed it")


def _in_typed_order(history: History) -> Iterator[Finding]:
    """Who waited for each answer before typing on is read in that order."""
    place = {token_of(message.text): number for number, (_, message) in enumerate(replies(history))}
    typed: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for reply in sorted(history.replies, key=lambda reply: reply.begun):
        if reply.acknowledged and reply.tries == 1 and reply.token in place:
            typed[reply.writer, reply.channel_id].append(reply.token)
    for (writer, channel_id), tokens in typed.items():
        for one, other in pairwise(tokens):
            if place[one] > place[other]:
                yield Finding("order swapped", f"{writer} typed {one} before {other} in {channel_id}")


def _with_the_app(history: History) -> Iterator[Finding]:
    ids: defaultdict[str, set[str]] = defaultdict(set)
    for delivery in history.deliveries:
        ids[delivery.message_id].add(delivery.webhook_id)
    taken = {delivery.message_id for delivery in history.deliveries if delivery.taken}
    for user_id, message in replies(history):
        if message.message_id not in taken:
            yield Finding("reply lost", f"{token_of(message.text)} for {user_id} never reached the app")
        if len(ids[message.message_id]) > 1:
            yield Finding("webhook-id", f"{token_of(message.text)} came under {len(ids[message.message_id])} IDs")


def _delivered_in_order(history: History) -> Iterator[Finding]:
    """The order of the first time each was taken; what was refused once comes out of turn."""
    refused = {delivery.message_id for delivery in history.deliveries if delivery.refused}
    first: dict[str, dict[str, None]] = defaultdict(dict)
    for delivery in sorted(history.deliveries, key=lambda delivery: delivery.at):
        if delivery.taken and delivery.message_id not in refused:
            first[delivery.user_id].setdefault(delivery.message_id)
    for user_id, talk in history.conversations.items():
        arrived = list(first[user_id])
        stored = [message.message_id for message in talk.by("appMaker") if message.message_id in first[user_id]]
        if arrived != stored:
            yield Finding("order swapped", f"webhooks of {user_id} arrived in another order than GET shows")


def _noticed_truly(history: History) -> Iterator[Finding]:
    notices: defaultdict[str, list[Post]] = defaultdict(list)
    for post in history.posts_of(NOTICE):
        for message_id in post.ids:
            notices[message_id].append(post)
    answered = {delivery.message_id for delivery in history.deliveries if delivery.taken and delivery.answered}
    for user_id, message in replies(history):
        found = notices.pop(message.message_id, [])
        token = token_of(message.text)
        if len(found) != 1:
            yield Finding("notice count", f"{token} for {user_id} has {len(found)} notices")
        for post in found:
            delivered = message.message_id in answered
            if delivered != (state_shown(post, token) == "delivered"):
                yield Finding("notice untrue", f"{token}, delivered: {delivered}; its notice says {post.text!r}")
    for message_id in notices:
        yield Finding("notice untrue", f"a notice tells of the reply {message_id}, which the ledger does not have")
