"""App users' messages as posts: whole, in order, each recognisable, as few posts as Slack's limits allow."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from desk.domain import wording
from desk.domain.slack_text import escape, length, split

POST_LIMIT = 39_000
"""chat.postMessage truncates what is longer than 40,000."""


@dataclass(frozen=True)
class Line:
    """One message, and under which name and picture it appears."""

    message_id: str
    text: str
    name: str
    avatar_url: str | None = None
    media_url: str | None = None

    @property
    def face(self) -> tuple[str, str | None]:
        """Messages of another face need a post of their own."""
        return (self.name, self.avatar_url)


@dataclass(frozen=True)
class Sheet:
    """What goes into one post: escaped text, the messages in it, and which part of a long message it is."""

    text: str
    message_ids: tuple[str, ...]
    name: str
    avatar_url: str | None = None
    part: int = 0


def sheets(lines: Sequence[Line]) -> list[Sheet]:
    """The posts for these messages, in order. Several messages share one post only if it holds them whole."""
    return [sheet for _, run in groupby(lines, key=lambda line: line.face) for sheet in _pack(list(run))]


def shown_text(line: Line) -> str:
    """A message's text; its file's address below, where the text is not that already."""
    parts = [line.text] if line.text.strip() else []
    if line.media_url and line.media_url not in line.text:
        parts.append(line.media_url)
    return "\n".join(parts) or wording.empty_message()


def _pack(run: Sequence[Line]) -> Iterator[Sheet]:
    batch: list[Line] = []
    for line in run:
        if batch and length(_together([*batch, line])) > POST_LIMIT:
            yield from _write(batch)
            batch = []
        batch.append(line)
    yield from _write(batch)


def _write(batch: Sequence[Line]) -> Iterator[Sheet]:
    first = batch[0]
    message_ids = tuple(line.message_id for line in batch)
    for part, piece in enumerate(split(_together(batch), POST_LIMIT)):
        yield Sheet(escape(piece), message_ids, first.name, first.avatar_url, part)


def _together(batch: Sequence[Line]) -> str:
    if len(batch) == 1:
        return shown_text(batch[0])
    return "\n".join(wording.one_of_several(shown_text(line)) for line in batch)
