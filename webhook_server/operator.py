"""`python -m webhook_server deliveries`: what waits and what was given up, and giving it another try.

The running server is asked through its internal API, because the ledger has one owner. Where no server runs, the
command becomes that owner for a moment.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal, Protocol, TextIO

from pydantic import TypeAdapter

from settings import Settings
from webhook_server import deliveries, wording
from webhook_server.ledger import Ledger, LedgerError, LedgerInUseError
from wire import messages as wire
from wire.client import DoorClient, DoorError, PeerAwayError

ANSWER_SECONDS = 60.0

_BEYOND = 2**53
"""Greater than every delivery's ID: asks only whether somebody is there."""
_WIDTHS = (8, 24, 24, 7, 5, 9, 0)

_LISTING = TypeAdapter(wire.Listing)
_REPLAYED = TypeAdapter(wire.Replayed)


class OperatorError(Exception):
    """The command cannot be carried out. The text says why and what to do."""


class Desk(Protocol):
    """Whoever has the ledger."""

    def list(self, asked: wire.ListRequest) -> wire.Listing:
        """A page of deliveries."""
        ...

    def replay(self, asked: wire.ReplayRequest) -> wire.Replayed:
        """Let given-up deliveries be tried again, a page of them."""
        ...


@dataclass(frozen=True, slots=True)
class Command:
    """What the operator typed."""

    dead: bool = False
    webhook_id: str | None = None
    replay: bool = False
    delivery_ids: tuple[int, ...] | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Teach `parser` what may follow the word `deliveries`."""
    parser.add_argument("--dead", action="store_true", help=wording.help_dead())
    parser.add_argument("--webhook", metavar="ID", help=wording.help_webhook())
    replay = parser.add_subparsers(dest="deed").add_parser("replay", help=wording.help_replay())
    replay.add_argument("ids", metavar="ID", type=int, nargs="*", help=wording.help_ids())
    replay.add_argument("--webhook", metavar="ID", dest="replay_webhook", help=wording.help_replay_webhook())
    replay.add_argument("--all", action="store_true", help=wording.help_replay_all())


def understood(given: argparse.Namespace) -> Command:
    """The command that was typed.

    Raises:
        OperatorError: it does not say, or says twice, what shall be replayed.
    """
    if given.deed is None:
        return Command(dead=given.dead, webhook_id=given.webhook)
    webhook_id = given.replay_webhook or given.webhook
    if sum((bool(given.ids), webhook_id is not None, given.all)) != 1:
        raise OperatorError(wording.replay_what())
    return Command(replay=True, webhook_id=webhook_id, delivery_ids=tuple(given.ids) or None)


def carry_out(
    command: Command, settings: Settings, now: Callable[[], float] = time.time, out: TextIO | None = None
) -> int:
    """Do what was typed, and print what came of it. Returns the exit status: 1 where an ID was not to be replayed.

    Raises:
        OperatorError: neither server nor ledger can be used.
    """
    out = out or sys.stdout
    with _desk(settings, now) as desk:
        if command.replay:
            return _replay(desk, command, out)
        found = False
        for delivery in _deliveries(desk, command):
            if not found:
                out.write(_line(wording.deliveries_heading()))
            found = True
            out.write(_line(_columns(delivery, now())))
        if not found:
            out.write(wording.no_deliveries() + "\n")
        return 0


def _replay(desk: Desk, command: Command, out: TextIO) -> int:
    asked = wire.ReplayRequest(delivery_ids=command.delivery_ids, webhook_id=command.webhook_id)
    page = desk.replay(asked)
    done = set(page.delivery_ids)
    while page.more:  # those that fail again meanwhile are not tried for ever
        page = desk.replay(asked.model_copy(update={"after": max(done)}))
        done.update(page.delivery_ids)
    out.write(wording.replayed(len(done)) + "\n")
    missed = [number for number in command.delivery_ids or () if number not in done]
    if missed:
        sys.stderr.write(wording.not_dead(missed) + "\n")
    return 1 if missed else 0


def _deliveries(desk: Desk, command: Command) -> Iterator[wire.Delivery]:
    """What was given up and what waits, page by page."""
    states: tuple[Literal["waiting", "dead"], ...] = ("dead",) if command.dead else ("dead", "waiting")
    for state in states:
        after = 0
        while page := desk.list(wire.ListRequest(state=state, webhook_id=command.webhook_id, after=after)).deliveries:
            after = page[-1].delivery_id
            yield from page


def _columns(delivery: wire.Delivery, now: float) -> tuple[str, ...]:
    dead = delivery.state == "dead"
    next_try = None if dead or delivery.next_try_at is None else max(0.0, delivery.next_try_at - now)
    return (
        str(delivery.delivery_id),
        delivery.webhook_id or wording.to_slack(),
        _one_line(delivery.user_id or delivery.app_user_id),
        wording.duration(max(0.0, now - delivery.accepted)),
        str(delivery.tries),
        wording.given_up() if dead else wording.next_try(next_try),
        _one_line(delivery.last_error or ""),
    )


def _one_line(text: str) -> str:
    """App users choose their IDs: nothing in them may steer the operator's terminal."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)


def _line(columns: Iterable[str]) -> str:
    return "  ".join(f"{column:<{width}}" for column, width in zip(columns, _WIDTHS, strict=True)).rstrip() + "\n"


class _Running:
    """The server that runs."""

    def __init__(self, door: DoorClient) -> None:
        self._door = door

    def list(self, asked: wire.ListRequest) -> wire.Listing:
        return self._door.call(wire.DELIVERIES, asked, _LISTING)

    def replay(self, asked: wire.ReplayRequest) -> wire.Replayed:
        return self._door.call(wire.REPLAY, asked, _REPLAYED)


class _Resting:
    """The ledger of a server that does not run; it takes up what waits when it starts."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def list(self, asked: wire.ListRequest) -> wire.Listing:
        return self._ledger.read(lambda books: deliveries.listing(books, asked))

    def replay(self, asked: wire.ReplayRequest) -> wire.Replayed:
        return deliveries.replayed(self._ledger.write(lambda books: deliveries.replay(books, asked)))


@contextmanager
def _desk(settings: Settings, now: Callable[[], float]) -> Iterator[Desk]:
    """The running server; where none runs, its ledger, for the time of one command."""
    door = DoorClient(settings.sk_server_url, settings.sk_internal_secret, answer_seconds=ANSWER_SECONDS, now=now)
    try:
        door.call(wire.DELIVERIES, wire.ListRequest(state="dead", after=_BEYOND), _LISTING)
    except PeerAwayError as away:
        ledger = _resting_ledger(settings, away)
    except DoorError as error:
        raise OperatorError(wording.server_unreachable(settings.sk_server_url, str(error))) from error
    else:
        yield _Running(door)
        return
    try:
        yield _Resting(ledger)
    finally:
        ledger.close()


def _resting_ledger(settings: Settings, away: PeerAwayError) -> Ledger:
    try:
        return Ledger(settings.sk_database_url)
    except LedgerInUseError as error:
        raise OperatorError(wording.server_unreachable(settings.sk_server_url, str(away))) from error
    except LedgerError as error:
        raise OperatorError(str(error)) from error
