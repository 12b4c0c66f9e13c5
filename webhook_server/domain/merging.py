"""Two app users become one: what the survivor keeps, and where the other's messages come to stand."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from webhook_server.domain.values import AppUser, Profile

LOSER = "loser"
"""Where the bot's order to merge keeps the `_id` that is no more."""


def merged(survivor: AppUser, loser: AppUser, last_received: int) -> AppUser:
    """The survivor after the merge. What they say about themselves stays; the other fills gaps.

    `last_received` is that of the conversation with all messages in it.
    """
    kept, given = survivor.conversation, loser.conversation
    makers = dict.fromkeys((*kept.app_makers, *given.app_makers))
    conversation = replace(
        kept,
        app_makers=tuple(makers),
        unread=kept.unread + given.unread,
        last_received=last_received,
        answered=_later(kept.answered, given.answered),
        told_away=_later(kept.told_away, given.told_away),
    )
    return replace(survivor, profile=_profile(survivor.profile, loser.profile), conversation=conversation)


def places(moving: Iterable[int], taken: Collection[int]) -> list[int]:
    """`received` of messages that move into another conversation, oldest first, in milliseconds.

    Each keeps its time where it is free; else it moves on by a millisecond until it is. Their order holds.
    """
    found: list[int] = []
    last = 0
    for received in moving:
        place = max(received, last + 1)
        while place in taken:
            place += 1
        found.append(place)
        last = place
    return found


def _later(one: float | None, other: float | None) -> float | None:
    return max((time for time in (one, other) if time is not None), default=None)


def _profile(survivor: Profile, loser: Profile) -> Profile:
    return Profile(
        given_name=survivor.given_name or loser.given_name,
        surname=survivor.surname or loser.surname,
        email=survivor.email or loser.email,
        signed_up_at=survivor.signed_up_at or loser.signed_up_at,
        properties={**loser.properties, **survivor.properties},
    )
