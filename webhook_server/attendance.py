"""Whether the team is there: office hours from the settings, and what agents said, which the ledger keeps."""

import threading
from dataclasses import replace

from webhook_server.clock import Clock
from webhook_server.domain.away import Absence, Presence
from webhook_server.domain.receipts import Speaker
from webhook_server.ledger import Books, Ledger
from wire.cases import Attendance, AwayRequest
from wire.messages import Agent


class Attendances:
    """Knows how it is without asking the ledger, which is this process's alone.

    `_lock` is held while it changes, so that what is known is what was written last.
    """

    def __init__(self, ledger: Ledger, presence: Presence, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock
        self._lock = threading.Lock()
        self._presence = replace(presence, absence=ledger.read(lambda books: books.team.absence()))

    def told(self) -> str | None:
        """What app users who write now are told; None: somebody is there, or nothing was to be said."""
        return self._presence.told(self._clock.now())

    def ask(self, asked: AwayRequest) -> Attendance:
        """How it is, after what an agent says now, if they say something.

        Raises:
            LedgerUnavailableError: it cannot be kept, and nothing changed.
        """
        unchanged = False
        if asked.agent is not None:
            absence = None if asked.back else Absence(_speaker(asked.agent), asked.until, asked.text)

            def job(books: Books) -> None:
                books.team.save_absence(absence)

            with self._lock:
                unchanged = _same(self._presence.absent(self._clock.now()), absence)
                self._ledger.write(job)
                self._presence = replace(self._presence, absence=absence)
        return _attendance(self._presence, self._clock.now()).model_copy(update={"unchanged": unchanged})


def _same(before: Absence | None, after: Absence | None) -> bool:
    """Whether nobody would see a difference but in who said it last."""
    if before is None or after is None:
        return before is after
    return (before.until, before.text) == (after.until, after.text)


def _attendance(presence: Presence, now: float) -> Attendance:
    absence = presence.absent(now)
    by = absence.by if absence else None
    return Attendance(
        office_open=presence.hours.is_open(now),
        away_by=Agent(agent_id=by.agent_id, name=by.name, avatar_url=by.avatar_url) if by else None,
        until=absence.until if absence else None,
        changes=presence.hours.changes(now),
        text=(absence.text if absence else None) or presence.text,
    )


def _speaker(agent: Agent) -> Speaker:
    return Speaker(agent.agent_id, agent.name, agent.avatar_url)
