"""Whoever keeps the ledger answers the operator.

The running server is asked through its internal API, because the ledger has one owner. Where no server runs, the
command becomes that owner for a moment.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from pydantic import TypeAdapter

from settings import Settings
from webhook_server import wording
from webhook_server.errors import RefusedError
from webhook_server.ledger import Books, Ledger, LedgerError, LedgerInUseError
from wire import messages as wire
from wire import operators
from wire.client import DoorClient, DoorError, PeerAwayError
from wire.client import RefusedError as RefusedAtDoorError

ANSWER_SECONDS = 60.0

_BEYOND = 2**53
"""Greater than every delivery's ID: asks only whether somebody is there."""
_LISTING = TypeAdapter(operators.Listing)

Answer = TypeVar("Answer")


class OperatorError(Exception):
    """The command cannot be carried out. The text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Question(Generic[Answer]):
    """What the operator asks: `said` to the running server at `path`, or `job` done in the ledger of none."""

    path: str
    said: wire.Said
    answer: TypeAdapter[Answer]
    job: Callable[[Books], Answer]


class Keeper(Protocol):
    """Whoever has the ledger. `serves`: a running server, which goes on working when the command is done."""

    serves: bool

    def ask(self, question: Question[Answer]) -> Answer:
        """The answer.

        Raises:
            OperatorError: it is refused, or the keeper was lost.
        """
        ...


@contextmanager
def keeper(settings: Settings, now: Callable[[], float]) -> Iterator[Keeper]:
    """The running server; where none runs, its ledger, for the time of one command.

    Raises:
        OperatorError: neither server nor ledger can be used.
    """
    door = DoorClient(settings.sk_server_url, settings.sk_internal_secret, answer_seconds=ANSWER_SECONDS, now=now)
    try:
        door.call(operators.DELIVERIES, operators.ListRequest(state="dead", after=_BEYOND), _LISTING)
    except PeerAwayError as away:
        ledger = _resting_ledger(settings, away)
    except DoorError as error:
        raise OperatorError(wording.server_unreachable(settings.sk_server_url, str(error))) from error
    else:
        yield _Running(door, settings.sk_server_url)
        return
    try:
        yield _Resting(ledger)
    finally:
        ledger.close()


class _Running:
    """The server that runs."""

    serves = True

    def __init__(self, door: DoorClient, url: str) -> None:
        self._door = door
        self._url = url

    def ask(self, question: Question[Answer]) -> Answer:
        try:
            return self._door.call(question.path, question.said, question.answer)
        except RefusedAtDoorError as error:
            raise OperatorError(error.description) from error
        except DoorError as error:
            raise OperatorError(wording.server_unreachable(self._url, str(error))) from error


class _Resting:
    """The ledger of a server that does not run; it takes up what changed when it starts."""

    serves = False

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def ask(self, question: Question[Answer]) -> Answer:
        try:
            return self._ledger.write(question.job)
        except RefusedError as error:
            raise OperatorError(str(error)) from error
        except LedgerError as error:
            raise OperatorError(str(error)) from error


def _resting_ledger(settings: Settings, away: PeerAwayError) -> Ledger:
    try:
        return Ledger(settings.sk_database_url)
    except LedgerInUseError as error:
        raise OperatorError(wording.server_unreachable(settings.sk_server_url, str(away))) from error
    except LedgerError as error:
        raise OperatorError(str(error)) from error
