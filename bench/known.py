"""Known users: fills ledger and channel book through their own code, in bulk, before the processes start."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import insert

from desk.channel_book import lines
from desk.channel_book.book import BACKUP_NAME, FILE_NAME
from desk.channel_book.journal import Journal
from desk.dispatch.note import DispatchNoteFile
from desk.ports import ChannelEntry
from webhook_server import intake
from webhook_server.domain.cases import Answered, Case
from webhook_server.domain.receipts import Speaker
from webhook_server.domain.values import (
    AppUser,
    AuthorId,
    Conversation,
    ConversationId,
    Draft,
    Message,
    Profile,
    UserId,
)
from webhook_server.ledger import Books, Ledger, case_rows, rows, tables
from wire.ids import AgentId, AppUserId, ChannelId, MessageId, Ts
from wire.messages import Place

TOGETHER = 5000
DISPATCH, DISPATCH_NAME = ChannelId("CGENERAL01"), "general"
ANNOUNCED = Ts("1700000000.000100")
"""Where their notices stand."""
A_WHILE_AGO = 1_700_000_000_000
"""When they all wrote last, in milliseconds since the epoch."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Talker:
    """A known app user; without a `channel_id` one that no local workspace has."""

    number: int
    channel_id: str = ""

    @property
    def user_id(self) -> str:
        """The app's own ID."""
        return f"talker{self.number}"

    @property
    def channel_name(self) -> str:
        """Their channel's name."""
        return f"sk-talker{self.number}"

    @property
    def app_user(self) -> AppUser:
        """As the ledger has them: they have written before."""
        conversation = Conversation(ConversationId(f"c{self.number:023x}"), last_received=A_WHILE_AGO)
        profile = Profile("Talker", str(self.number), f"talker{self.number}@example.org")
        return AppUser(AppUserId(f"{self.number:024x}"), conversation, UserId(self.user_id), profile)

    @property
    def entry(self) -> ChannelEntry:
        """As the channel book has them: their channel was opened, and announced."""
        return ChannelEntry(
            AppUserId(f"{self.number:024x}"),
            f"Talker {self.number}",
            channel_name=self.channel_name,
            channel_id=ChannelId(self.channel_id or f"CK{self.number:09d}"),
            state="open",
            invited=True,
            introduced=True,
            announced=Place(channel_id=DISPATCH, ts=ANNOUNCED),
            linked=True,
        )


def fill(data_dir: Path, talkers: Sequence[Talker]) -> None:
    """Let these be known on both sides, and the dispatch channel: the bot that got to know them has started before."""
    data_dir.mkdir(parents=True, exist_ok=True)
    fill_book(data_dir / "desk", talkers)
    DispatchNoteFile(data_dir / "desk").write(DISPATCH_NAME, DISPATCH)
    ledger = Ledger(ledger_url(data_dir))
    try:
        for some in _batches(talkers):
            ledger.write(lambda books, some=some: _add(books, some))  # type: ignore[misc] # bound for the loop
    finally:
        ledger.close()


def fill_book(directory: Path, talkers: Sequence[Talker]) -> None:
    """The channel book alone."""
    directory.mkdir(parents=True, exist_ok=True)
    documents = (lines.encode(lines.document(talker.entry)) for talker in talkers)
    journal = Journal(directory / FILE_NAME, directory / BACKUP_NAME)
    journal.rewrite(lines.line([numbered]) for numbered in enumerate(documents, 1))
    journal.close()


def fill_backlog(data_dir: Path, talkers: Sequence[Talker], each: int, text: str) -> None:
    """Let so many messages of each of them wait, accepted as the App API accepts them."""
    ledger = Ledger(ledger_url(data_dir))
    began = time.time() - each
    try:
        for turn in range(each):
            ledger.write(lambda books, turn=turn: _write(books, talkers, turn, began + turn, text))  # type: ignore[misc]
    finally:
        ledger.close()


def ledger_url(data_dir: Path) -> str:
    """Where the ledger lies."""
    return f"sqlite:///{data_dir.absolute() / 'ledger.sqlite3'}"


def _add(books: Books, talkers: Sequence[Talker]) -> None:
    people = [talker.app_user for talker in talkers]
    users = [{**rows.app_user_columns(person), "created": A_WHILE_AGO / 1000} for person in people]
    books.connection.execute(insert(tables.app_users), users)
    alike = rows.message_columns(_first(talkers[0]))  # but for their IDs they all are
    ids = [
        {"id": f"a{talker.number:023x}", "app_user_id": person.id, "author_id": person.id, "case_id": _case_id(talker)}
        for talker, person in zip(talkers, people, strict=True)
    ]
    books.connection.execute(insert(tables.messages), [{**alike, **own} for own in ids])
    books.connection.execute(insert(tables.cases), [_case(talker) for talker in talkers])


def _case_id(talker: Talker) -> int:
    return talker.number + 1


def _case(talker: Talker) -> dict[str, Any]:
    """Each has an open case in which they wait for another answer; the bot knows, and people were reminded of all."""
    first, since = _first(talker), A_WHILE_AGO / 1000
    agent = Speaker(AgentId("UALICE"), "Alice")
    case = Case(
        first.app_user_id,
        since,
        first.id,
        waiting_since=since,
        claimed_by=agent,
        first_answer=Answered(since, agent),
        reminder="on_call",
        reminders=2,
        reminded=1,
        told=1,
    )
    columns = {**case_rows.beginning_columns(case), **case_rows.course_columns(case)}
    return {**columns, "id": _case_id(talker), "place_channel_id": DISPATCH, "place_ts": ANNOUNCED}


def _first(talker: Talker) -> Message:
    user_id = talker.app_user.id
    draft = Draft("appUser", AuthorId(user_id), "Hello, I have a question.")
    return Message(MessageId(f"a{talker.number:023x}"), user_id, A_WHILE_AGO, draft)


def _write(books: Books, talkers: Sequence[Talker], turn: int, now: float, text: str) -> None:
    for talker in talkers:
        user = books.app_users.by_id(talker.app_user.id)
        if user is None:
            raise LookupError(talker.user_id)
        message_id = MessageId(f"b{turn:07x}{talker.number:016x}")
        draft = Draft("appUser", AuthorId(user.id), f"{text}-{talker.number}-{turn}")
        intake.accept(books, user, message_id, draft, now)


def _batches(items: Sequence[Item]) -> Iterator[list[Item]]:
    remaining = iter(items)
    while some := list(islice(remaining, TOGETHER)):
        yield some
