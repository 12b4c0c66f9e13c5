"""Rules for what app users write: accepted once, in Slack exactly once, in order, in the one channel, as mere text."""

import re
from collections import Counter
from collections.abc import Iterator

from storm_finding import Finding
from storm_history import ANNOUNCEMENT, MESSAGE, Conversation, History

TOKEN = re.compile(r"\[([a-z]\d{2}n\d{5})\]")
"""What storm_plan.text puts into each text, so that it can be recognised anywhere."""


def check_messages(history: History) -> Iterator[Finding]:
    """Every rule about app users' messages."""
    yield from _accepted_once(history)
    yield from _in_slack_once(history)
    yield from _by_text_once(history)
    for user_id, conversation in history.conversations.items():
        yield from _in_order(history, user_id, conversation)
        yield from _in_one_channel(history, user_id, conversation)
        yield from _announced_once(history, user_id, conversation)
    yield from _no_spare_channels(history)
    yield from _nothing_live(history)


def _accepted_once(history: History) -> Iterator[Finding]:
    for user_id, conversation in history.conversations.items():
        stored = Counter(token for message in conversation.by("appUser") for token in TOKEN.findall(message.text))
        for token, times in stored.items():
            if times > 1:
                yield Finding("message doubled", f"the ledger has {token} of {user_id} {times} times")
    known = {m.message_id for conversation in history.conversations.values() for m in conversation.by("appUser")}
    for accepted in history.accepted:
        if accepted.message_id not in known:
            yield Finding("message lost", f"{accepted.token} was accepted, and the ledger has no {accepted.message_id}")


def _in_slack_once(history: History) -> Iterator[Finding]:
    stand = Counter((message_id, post.part) for post in history.posts_of(MESSAGE) for message_id in post.ids)
    known = {m.message_id for conversation in history.conversations.values() for m in conversation.messages}
    for accepted in history.accepted:
        if not stand[accepted.message_id, 0]:
            yield Finding("message lost", f"{accepted.token} ({accepted.message_id}) is not in Slack")
    for (message_id, part), times in stand.items():
        if times > 1:
            yield Finding("message doubled", f"{message_id} (part {part}) stands in Slack {times} times")
        if message_id not in known:
            yield Finding("message unknown", f"{message_id} stands in Slack, and the ledger does not know it")


def _by_text_once(history: History) -> Iterator[Finding]:
    read = Counter(token for post in history.posts_of(MESSAGE) for token in TOKEN.findall(post.text))
    for accepted in history.accepted:
        times = read[accepted.token]
        if times == 0:
            yield Finding("message lost", f"the text of {accepted.token} is not to be read in Slack")
        if times > 1:
            yield Finding("message doubled", f"the text of {accepted.token} is to be read {times} times in Slack")


def _in_order(history: History, user_id: str, conversation: Conversation) -> Iterator[Finding]:
    """In the order of `received`, which is that of writing: an app user here waits for each 201."""
    order = [message.message_id for message in conversation.by("appUser")]
    own = set(order)
    posted = [each for post in history.posts_of(MESSAGE) if not post.part for each in post.ids if each in own]
    seen = list(dict.fromkeys(posted))
    expected = [message_id for message_id in order if message_id in set(seen)]
    if seen != expected:
        yield Finding("order swapped", f"{user_id}: {_first_difference(seen, expected)}")
    written = [each.message_id for each in history.accepted if each.user_id == user_id and each.message_id in own]
    received = [message_id for message_id in order if message_id in set(written)]
    if written != received:
        yield Finding("order swapped", f"{user_id}, as received: {_first_difference(received, written)}")


def _in_one_channel(history: History, user_id: str, conversation: Conversation) -> Iterator[Finding]:
    own = {message.message_id for message in conversation.by("appUser")}
    channels = {post.channel_id for post in history.posts_of(MESSAGE) if own & set(post.ids)}
    if len(channels) > 1:
        yield Finding("channel doubled", f"{user_id} is in {sorted(channels)}")


def _announced_once(history: History, user_id: str, conversation: Conversation) -> Iterator[Finding]:
    """One line says who started, in a notice that others may share; there or in a later one stands the link."""
    own = {message.message_id for message in conversation.by("appUser")}
    channels = {f"#{post.channel_id}" for post in history.posts_of(MESSAGE) if own & set(post.ids)}
    notices = [post for post in history.posts_of(ANNOUNCEMENT) if conversation.name in post.text]
    lines = sum(post.text.count(f"{conversation.name} started a conversation") for post in notices)
    if lines != bool(own):
        yield Finding("dispatch notice", f"{user_id} was announced {lines} times")
    if not channels <= {mention for notice in notices for mention in notice.live}:
        yield Finding("dispatch notice", f"no notice of {user_id} leads to {sorted(channels)}")
    for notice in notices:
        if notice.channel_id != history.dispatch_channel:
            yield Finding("dispatch notice", f"{user_id} is announced in {notice.channel_id}")


def _no_spare_channels(history: History) -> Iterator[Finding]:
    used = {post.channel_id for post in history.posts_of(MESSAGE)}
    for channel_id in history.channels:
        if channel_id not in used:
            yield Finding("channel doubled", f"{channel_id} was made, and nobody's words are in it")


def _nothing_live(history: History) -> Iterator[Finding]:
    """Nothing the bot posts notifies anybody. The links of its dispatch notices lead to users' channels alone."""
    ours = {f"#{channel_id}" for channel_id in history.channels}
    for post in history.posts:
        allowed = ours if post.kind == ANNOUNCEMENT else set()
        if live := set(post.live) - allowed:
            yield Finding("live mention", f"{sorted(live)} in {post.ts} of {post.channel_id} ({post.kind})")


def _first_difference(found: list[str], expected: list[str]) -> str:
    for place, (one, other) in enumerate(zip(found, expected, strict=False)):
        if one != other:
            return f"at {place} stands {one}, not {other}"
    return f"{len(found)} stand where {len(expected)} should"
