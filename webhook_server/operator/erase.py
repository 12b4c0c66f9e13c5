"""`python -m webhook_server erase`: an app user goes for good, out of the ledger at once and out of Slack by and by."""

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TextIO

from pydantic import TypeAdapter

from settings import Settings
from settings.model import own_directory
from webhook_server import wording
from webhook_server.administration import erasures
from webhook_server.clock import SystemClock
from webhook_server.ledger import Books, Ledger, LedgerError, LedgerInUseError
from webhook_server.media.room import MediaRoom
from webhook_server.operator.keeper import Keeper, OperatorError, Question, keeper
from webhook_server.operator.terminal import one_line
from wire import operators as wire

LOOK_SECONDS = 1.0
PATIENCE_SECONDS = 60.0
"""The command leaves Slack's part to itself when nothing has happened for so long."""

_ERASURE = TypeAdapter(wire.Erasure)


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where the operator sits. `wait` lets so many seconds pass."""

    out: TextIO
    ask: Callable[[str], str] | None
    now: Callable[[], float] = time.time
    wait: Callable[[float], None] = time.sleep


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Teach `parser` what may follow the word `erase`."""
    parser.add_argument("user", metavar="USER", help=wording.help_user())
    parser.add_argument("--yes", action="store_true", help=wording.help_yes())


def here() -> Terminal:
    """This process's own terminal; nobody can be asked where there is none."""
    return Terminal(sys.stdout, _answer if sys.stdin.isatty() else None)


def _answer(prompt: str) -> str:
    """What the operator types; nothing where they leave instead."""
    try:
        return input(prompt)
    except (EOFError, KeyboardInterrupt):
        return ""


def carry_out(user: str, settings: Settings, terminal: Terminal, *, sure: bool = False) -> int:
    """Erase `user` if the operator is sure, and follow how it goes on.

    Returns the exit status: 1 where it is not done, 0 also where Slack keeps something for good, which is told.

    Raises:
        OperatorError: there is no such app user, nobody can be asked, or neither server nor ledger can be used.
    """
    with keeper(settings, terminal.now) as ledger:
        erasure = _ask(ledger, wire.ErasureRequest(user=user), terminal.now)
        if erasure.state == "present":
            if not sure and not _is_sure(erasure, terminal):
                terminal.out.write(wording.nothing_erased() + "\n")
                return 1
            # By `_id`: between question and answer the `userId` may have become somebody else's.
            asked = wire.ErasureRequest(user=erasure.app_user_id, erase=True)
            erasure = _ask(ledger, asked, terminal.now)
            terminal.out.write(wording.erased_here(erasure.app_user_id) + "\n")
        if ledger.serves:
            return _told(_followed(ledger, erasure, terminal), terminal)
    _remove_files(settings)
    if erasure.state == "waiting":
        terminal.out.write(wording.erasure_waits_for_server() + "\n")
        return 1
    return _told(erasure, terminal)


def _ask(ledger: Keeper, asked: wire.ErasureRequest, now: Callable[[], float]) -> wire.Erasure:
    def job(books: Books) -> wire.Erasure:
        return erasures.erase(books, asked, now()) if asked.erase else erasures.report(books, asked)

    return ledger.ask(Question(wire.ERASURE, asked, _ERASURE, job))


def _is_sure(erasure: wire.Erasure, terminal: Terminal) -> bool:
    known_as = one_line(", ".join(part for part in (erasure.user_id, erasure.name) if part))
    what = wording.what_is_erased(
        erasure.app_user_id,
        known_as,
        messages=erasure.messages,
        notes=erasure.notes,
        uploads=erasure.uploads,
        devices=erasure.devices,
        merged=erasure.merged,
    )
    if terminal.ask is None:
        raise OperatorError(f"{what}\n{wording.say_yes()}")
    return terminal.ask(f"{what}\n{wording.erase_sure()} ").strip().lower() in {"y", "yes"}


def _followed(ledger: Keeper, erasure: wire.Erasure, terminal: Terminal) -> wire.Erasure:
    """The erasure when it is done, or when nothing has happened for long, or the operator has seen enough."""
    patience = PATIENCE_SECONDS
    asked = wire.ErasureRequest(user=erasure.app_user_id)
    while erasure.state == "waiting" and patience > 0:
        try:
            terminal.wait(LOOK_SECONDS)
        except KeyboardInterrupt:
            return erasure
        later = _ask(ledger, asked, terminal.now)
        patience -= LOOK_SECONDS
        if later.state == "waiting" and later.deleted > erasure.deleted:
            patience = PATIENCE_SECONDS
            terminal.out.write(wording.erasing(later.deleted) + "\n")
        erasure = later
    return erasure


def _told(erasure: wire.Erasure, terminal: Terminal) -> int:
    if erasure.state == "waiting":
        terminal.out.write(wording.erasure_goes_on(erasure.app_user_id, erasure.deleted) + "\n")
        return 1
    terminal.out.write(wording.erasure_done(erasure.deleted) + "\n")
    for problem in erasure.refused:
        terminal.out.write(wording.slack_kept(one_line(problem)) + "\n")
    return 0


def _remove_files(settings: Settings) -> None:
    """No server runs that would remove the uploads' files by itself, unless one has started this moment."""
    try:
        ledger = Ledger(settings.sk_database_url)
    except LedgerInUseError:
        return
    except LedgerError as error:
        raise OperatorError(str(error)) from error
    try:
        MediaRoom(own_directory(settings, "media"), ledger, SystemClock()).sweep()
    finally:
        ledger.close()
