"""What is taken away for good: a profile, a conversation's messages, or an app user with all that is theirs."""

from dataclasses import replace

from webhook_server.domain.erasures import Erasure
from webhook_server.domain.values import AppUser, Profile
from webhook_server.ledger import Books


def clear_profile(books: Books, user: AppUser) -> AppUser:
    """Forget what the app told about `user`; who they are, their conversation and their devices' IDs stay.

    Remembered answers go as well, since they tell of it: a request repeated after this is carried out again.
    """
    books.app_users.save_profile(user.id, Profile())
    books.forgetting.devices_details(user.id)
    books.forgetting.answers(user.id)
    return replace(user, profile=Profile())


def clear_messages(books: Books, user: AppUser, now: float) -> None:
    """Forget what was said in `user`'s conversation, and what was to be done about it; the conversation stays.

    What is in Slack stays there. Remembered answers go as well, as in `clear_profile`.
    """
    books.media.abandon(books.forgetting.messages(user.id))
    books.app_users.save_conversation(user.id, replace(user.conversation, unread=0))
    books.forgetting.answers(user.id)
    books.stream_events.add(user.id, "reset", now)


def erase(books: Books, user: AppUser, now: float) -> Erasure:
    """Forget `user` and all who were merged into them. What is left of them in Slack waits to be removed."""
    erasure = Erasure(user.id, books.erasures.belongings(user.id).merged_ids, now)
    books.media.abandon(books.forgetting.app_user(user.id))
    books.erasures.add(erasure)
    return erasure
