"""TinyDB over the journal: its table holds documents as bytes, and changing some of them touches no others."""

import gc
import itertools
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import Any, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from desk.channel_book import lines
from desk.channel_book.journal import Journal
from desk.channel_book.lines import Keys, Ordinary

TABLE = "channels"
BEARABLE = 1_000_000
"""Bytes of lines that are no longer needed with which the file is never rewritten for their sake."""
TOGETHER = 1_000
_FRAME = 12
"""Bytes of a line beside the document, about."""


class Documents(MutableMapping[int | str, Mapping[str, Any]]):
    """A table of TinyDB, whose documents are decoded when they are asked for.

    `pending` is what TinyDB changed and the disk does not have yet: TinyDB sees it, readers of `of` do not.
    """

    def __init__(self) -> None:
        self.pending: dict[int, bytes | None] = {}
        self.size = 0
        self._lasting: dict[int, bytes] = {}

    def of(self, number: int) -> bytes | None:
        """The document that is on the disk."""
        return self._lasting.get(number)

    def lasting(self) -> Iterator[tuple[int, bytes]]:
        """All that is on the disk, oldest first."""
        return iter(self._lasting.items())

    def settle(self, number: int, document: bytes | None) -> None:
        """From now on this is on the disk."""
        before = self._lasting.get(number)
        self.size -= len(before) + _FRAME if before else 0
        if document:
            self._lasting[number] = document
            self.size += len(document) + _FRAME
        elif before:
            del self._lasting[number]

    def add_new(self, found: Ordinary) -> bool:
        """Settle these, unless one of them is there already, or twice among them."""
        numbers = set(found.numbers)
        if len(numbers) != len(found.numbers) or any(map(self._lasting.__contains__, numbers)):
            return False
        self._lasting.update(zip(found.numbers, found.documents, strict=True))
        self.size += sum(map(len, found.documents)) + _FRAME * len(numbers)
        return True

    def __getitem__(self, number: int | str) -> Mapping[str, Any]:
        """The document, as TinyDB last wrote it."""
        document = self.pending.get(int(number), self._lasting.get(int(number)))
        if document is None:
            raise KeyError(number)
        return lines.document(lines.read(document))

    def __setitem__(self, number: int | str, document: Mapping[str, Any]) -> None:
        """Take note; it goes to the disk with all else that is pending."""
        self.pending[int(number)] = lines.encode(document)

    def __delitem__(self, number: int | str) -> None:
        """Take note that it goes."""
        self.pending[int(number)] = None

    def __iter__(self) -> Iterator[int | str]:
        """The numbers, as TinyDB reads them from a storage."""
        changed = (number for number, document in self.pending.items() if document and number not in self._lasting)
        kept = (number for number in self._lasting if self.pending.get(number, b"kept"))
        return map(str, itertools.chain(kept, changed))

    def __len__(self) -> int:
        """How many there are."""
        return sum(1 for _ in self)


class JournalStorage(Storage):
    """TinyDB's data, of which there is one table. `flush` makes what was changed last."""

    def __init__(self, journal: Journal) -> None:
        self.documents = Documents()
        self.traces = False
        """Whether the file may still hold lines that are gone."""
        self.last_number = 0
        self._journal = journal
        self._bearable = BEARABLE

    def load(self, note: Callable[[int, Keys | None, Keys | None], None], note_new: Callable[[Ordinary], None]) -> None:
        """Read the file; `note` is told the number of each line, what it was found by before, and is now.

        `note_new` is told of many ordinary lines that were not there before. Raises like `Journal.load`.
        """

        def read(line: bytes) -> None:
            for number, document, found in lines.changes(line):
                before = self.documents.of(number)
                self.documents.settle(number, document)
                self.last_number = max(self.last_number, number)
                self.traces = self.traces or document is None
                note(number, lines.read_keys(before) if before else None, found)

        def take(block: list[bytes]) -> bool:
            found = lines.ordinary(block)
            if found is None or not self.documents.add_new(found):
                return False
            self.last_number = max(self.last_number, *found.numbers)
            note_new(found)
            return True

        collecting = gc.isenabled()
        gc.disable()  # it would look through all that was loaded, again and again, and find no garbage
        try:
            self._journal.load(take, read)
        finally:
            if collecting:
                gc.enable()

    def read(self) -> dict[str, dict[str, Any]]:
        """What was written last, flushed or not."""
        return {TABLE: cast("dict[str, Any]", self.documents)}

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Refuse: documents are changed where they are, by the tables below."""
        raise NotImplementedError(", ".join(data))

    def flush(self) -> dict[int, bytes | None]:
        """Put what is pending on the disk, all or nothing. Readers see it when it is settled. Raises OSError."""
        changed, self.documents.pending = self.documents.pending, {}
        if changed:
            self._journal.append(lines.line(changed.items()))
            self.traces = self.traces or None in changed.values()
        return changed

    def rewrite(self) -> None:
        """Rid the file and its backup of all that is no longer needed. Raises OSError."""
        self._bearable = self._dead() + BEARABLE  # should it fail: not with every change again
        documents = self.documents.lasting()
        blocks = iter(lambda: b"".join(lines.line([each]) for each in itertools.islice(documents, TOGETHER)), b"")
        self._journal.rewrite(blocks)
        self.traces = False
        self._bearable = BEARABLE

    def has_much_dead(self) -> bool:
        """Whether more than half of the file is no longer needed."""
        return self._dead() > max(self._bearable, self.documents.size)

    def _dead(self) -> int:
        return self._journal.length - self.documents.size


class JournalTable(Table):
    """A table that changes documents where they are: TinyDB's own would copy all others each time."""

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        documents = self._storage.read()
        updater(cast("dict[int, Mapping[str, Any]]", documents and documents[self.name]))
        self.clear_cache()


class JournalDatabase(TinyDB):
    """TinyDB with such tables."""

    table_class = JournalTable
