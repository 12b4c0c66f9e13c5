"""App users' messages as posts: whole, in order, each recognisable, as few posts as Slack's limits allow."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from desk.domain import wording
from desk.domain.slack_text import escape, length, split

POST_LIMIT = 39_000
"""chat.postMessage truncates what is longer than 40,000."""
SHOWN_AS_IMAGES = frozenset({"image/png", "image/jpeg", "image/gif"})
"""What Slack's image blocks take; other images are files to it."""


@dataclass(frozen=True)
class Media:
    """A file that is to be shown. `url` is where everybody sees it, if it does not come from us; `size` in bytes."""

    name: str
    type: str
    size: int | None = None
    url: str | None = None

    @property
    def is_image(self) -> bool:
        """Whether Slack shows it as an image."""
        return self.type in SHOWN_AS_IMAGES


@dataclass(frozen=True)
class Line:
    """One message, and under which name and picture it appears. With `media` it stands alone, its text before it."""

    message_id: str
    text: str
    name: str
    avatar_url: str | None = None
    media_url: str | None = None
    media: Media | None = None

    @property
    def face(self) -> tuple[str, str | None]:
        """Messages of another face need a post of their own."""
        return (self.name, self.avatar_url)


@dataclass(frozen=True)
class Sheet:
    """What goes into one post: escaped text, the messages in it, and which part of a long message it is.

    With `media` the post shows that; the text is for where that cannot be done.
    """

    text: str
    message_ids: tuple[str, ...]
    name: str
    avatar_url: str | None = None
    part: int = 0
    media: Media | None = None


def sheets(lines: Sequence[Line]) -> list[Sheet]:
    """The posts for these messages, in order. Several messages share one post only if it holds them whole."""
    runs = groupby(enumerate(lines), key=lambda each: (each[1].face, each[0] if each[1].media else None))
    return [sheet for _, run in runs for sheet in _pack([line for _, line in run])]


def shown_text(line: Line) -> str:
    """A message's text; its file's address below, where the text is not that already."""
    if line.media:
        return _caption(line) or wording.file_named(line.media.name)
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
    if first.media:
        caption = _caption(first)
        parts = split(caption, POST_LIMIT) if caption else []
        for part, piece in enumerate(parts):
            yield Sheet(escape(piece), message_ids, first.name, first.avatar_url, part)
        line = escape(_instead(first.media))
        yield Sheet(line, message_ids, first.name, first.avatar_url, len(parts), first.media)
        return
    for part, piece in enumerate(split(_together(batch), POST_LIMIT)):
        yield Sheet(escape(piece), message_ids, first.name, first.avatar_url, part)


def _together(batch: Sequence[Line]) -> str:
    if len(batch) == 1:
        return shown_text(batch[0])
    return "\n".join(wording.one_of_several(shown_text(line)) for line in batch)


def _caption(line: Line) -> str:
    """What is said beside a file: an image's address in place of a text says nothing."""
    said = line.text.strip()
    return line.text if said and said not in {line.media_url, line.media.url if line.media else None} else ""


def _instead(media: Media) -> str:
    line = wording.file_not_shown(media.name, media.type, media.size)
    return f"{line}\n{media.url}" if media.url else line
