"""`python -m webhook_server deliveries`: what waits and what was given up, and giving it another try."""

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TextIO

from pydantic import TypeAdapter

from settings import Settings
from webhook_server import wording
from webhook_server.administration import deliveries
from webhook_server.ledger import Books
from webhook_server.operator.keeper import Keeper, OperatorError, Question, keeper
from webhook_server.operator.terminal import one_line
from wire import operators as wire

_WIDTHS = (8, 24, 24, 7, 5, 9, 0)

_LISTING = TypeAdapter(wire.Listing)
_REPLAYED = TypeAdapter(wire.Replayed)


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
    with keeper(settings, now) as ledger:
        if command.replay:
            return _replay(ledger, command, now, out)
        found = False
        for delivery in _deliveries(ledger, command):
            if not found:
                out.write(_line(wording.deliveries_heading()))
            found = True
            out.write(_line(_columns(delivery, now())))
        if not found:
            out.write(wording.no_deliveries() + "\n")
        return 0


def _replay(ledger: Keeper, command: Command, now: Callable[[], float], out: TextIO) -> int:
    asked = wire.ReplayRequest(delivery_ids=command.delivery_ids, webhook_id=command.webhook_id)
    page = _replay_page(ledger, asked, now())
    done = set(page.delivery_ids)
    while page.more:  # those that fail again meanwhile are not tried for ever
        page = _replay_page(ledger, asked.model_copy(update={"after": max(done)}), now())
        done.update(page.delivery_ids)
    out.write(wording.replayed(len(done)) + "\n")
    missed = [number for number in command.delivery_ids or () if number not in done]
    if missed:
        sys.stderr.write(wording.not_dead(missed) + "\n")
    return 1 if missed else 0


def _deliveries(ledger: Keeper, command: Command) -> Iterator[wire.Delivery]:
    """What was given up and what waits, page by page."""
    states: tuple[Literal["waiting", "dead"], ...] = ("dead",) if command.dead else ("dead", "waiting")
    for state in states:
        after = 0
        asked = wire.ListRequest(state=state, webhook_id=command.webhook_id)
        while page := _page(ledger, asked.model_copy(update={"after": after})).deliveries:
            after = page[-1].delivery_id
            yield from page


def _columns(delivery: wire.Delivery, now: float) -> tuple[str, ...]:
    dead = delivery.state == "dead"
    next_try = None if dead or delivery.next_try_at is None else max(0.0, delivery.next_try_at - now)
    return (
        str(delivery.delivery_id),
        delivery.webhook_id or wording.to_slack(),
        one_line(delivery.user_id or delivery.app_user_id),
        wording.duration(max(0.0, now - delivery.accepted)),
        str(delivery.tries),
        wording.given_up() if dead else wording.next_try(next_try),
        one_line(delivery.last_error or ""),
    )


def _line(columns: Iterable[str]) -> str:
    return "  ".join(f"{column:<{width}}" for column, width in zip(columns, _WIDTHS, strict=True)).rstrip() + "\n"


def _page(ledger: Keeper, asked: wire.ListRequest) -> wire.Listing:
    return ledger.ask(Question(wire.DELIVERIES, asked, _LISTING, lambda books: deliveries.listing(books, asked)))


def _replay_page(ledger: Keeper, asked: wire.ReplayRequest, now: float) -> wire.Replayed:
    def job(books: Books) -> wire.Replayed:
        return deliveries.replayed(deliveries.replay(books, asked, now))

    return ledger.ask(Question(wire.REPLAY, asked, _REPLAYED, job))
