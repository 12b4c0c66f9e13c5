"""Trigger IDs: a person's deed lets the app open one view within three seconds."""

from dataclasses import dataclass

from sandbox.clock import Clock
from sandbox.errors import SlackError
from sandbox.identifiers import IdFactory, TriggerId, UserId

LIFETIME_SECONDS = 3.0


@dataclass(slots=True)
class _Trigger:
    user_id: UserId
    expires: float
    is_exchanged: bool = False


class Triggers:
    """Issues trigger IDs and takes each back once."""

    def __init__(self, clock: Clock, ids: IdFactory) -> None:
        self._clock = clock
        self._ids = ids
        self._triggers: dict[str, _Trigger] = {}

    def issue(self, user_id: UserId) -> TriggerId:
        """A new trigger ID for what this person has just done."""
        trigger_id = TriggerId(f"{self._ids.number(13)}.{self._ids.number(12)}.{self._ids.secret(32).lower()}")
        self._triggers[trigger_id] = _Trigger(user_id, self._clock.now() + LIFETIME_SECONDS)
        return trigger_id

    def exchange(self, trigger_id: str) -> UserId:
        """Whose deed it was.

        Raises:
            SlackError: `invalid_trigger_id`, `exchanged_trigger_id`, `expired_trigger_id`.
        """
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.is_exchanged:
            raise SlackError("exchanged_trigger_id")
        if self._clock.now() > trigger.expires:
            raise SlackError("expired_trigger_id")
        trigger.is_exchanged = True
        return trigger.user_id
