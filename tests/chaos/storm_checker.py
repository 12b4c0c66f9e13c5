"""Judges a storm's history: every finding is a broken promise."""

from storm_calls import check_calls
from storm_finding import Finding
from storm_history import MESSAGE, NOTICE, History
from storm_messages import check_messages
from storm_replies import check_replies, replies, state_shown, token_of

UNDER_WAY = {"sending", "waiting"}


def check(history: History) -> list[Finding]:
    """All broken promises, none if all were kept."""
    mishaps = [Finding("mishap", mishap) for mishap in history.mishaps]
    return [*mishaps, *check_messages(history), *check_replies(history), *check_calls(history)]


def unsettled(history: History) -> list[str]:
    """What is still to come; empty once everything accepted is where it belongs. Says nothing of doubles or order."""
    posted = {message_id for post in history.posts_of(MESSAGE) for message_id in post.ids}
    taken = {delivery.message_id for delivery in history.deliveries if delivery.taken and delivery.answered}
    notices = {message_id: post for post in history.posts_of(NOTICE) for message_id in post.ids}
    waiting = [f"message {each.token} not in Slack" for each in history.accepted if each.message_id not in posted]
    for user_id, message in replies(history):
        if message.message_id not in taken:
            waiting.append(f"reply {message.message_id} of {user_id} not with the app")
        notice = notices.get(message.message_id)
        if notice is None or state_shown(notice, token_of(message.text)) in UNDER_WAY:
            waiting.append(f"reply {message.message_id} of {user_id} without a final notice")
    return waiting
