"""The form in which somebody sees what they are about to send to the app user, and confirms it."""

from collections.abc import Iterator
from typing import Any

from desk.domain import wording
from desk.domain.notices import SECTION_LIMIT, Block, context, plain, section
from desk.domain.sent_on import Attached, Content, Order
from desk.domain.slack_text import shorten, split
from desk.domain.wording import sending
from wire.uploads import FILE_BYTES

SHOWN_LIMIT = 30_000
"""A view has up to 250 kB, and JSON takes six bytes for most of the world's letters."""
SHOWN_FILES = 30
NAME_LIMIT = 80

View = dict[str, Any]


def preview(name: str, content: Content, order: Order, callback_id: str, *, sent: bool = False) -> View:
    """The form for `content`, which goes to the app user called `name` once it is confirmed; `sent`: it did already."""
    goes = content.goes and not sent
    form = {
        "type": "modal",
        "callback_id": callback_id,
        "private_metadata": order.dump(),
        "title": plain(sending.title()),
        "close": plain(sending.cancel_button() if goes else sending.close_button()),
        "blocks": list(_blocks(_head(name, content, sent=sent), content)),
    }
    return form | ({"submit": plain(sending.send_button())} if goes else {})


def instead(sentence: str, callback_id: str) -> View:
    """What the form says in place of the preview, where nothing is sent; in mrkdwn, escaped already."""
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(sending.title()),
        "close": plain(sending.close_button()),
        "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": sentence}}],
    }


def _head(name: str, content: Content, *, sent: bool) -> str:
    if not content.goes:
        return sending.nothing_goes()
    return (sending.got_this if sent else sending.gets_this)(shorten(name, NAME_LIMIT))


def _blocks(head: str, content: Content) -> Iterator[Block]:
    yield context(head)
    shown = shorten(content.text, SHOWN_LIMIT)
    yield from (section(piece) for piece in split(shown, SECTION_LIMIT) if piece.strip())
    if shown != content.text:
        yield context(sending.cut_in_preview(len(content.text)))
    for file in content.files[:SHOWN_FILES]:
        yield context(_line(file))
    if len(content.files) > SHOWN_FILES:
        yield context(sending.more_files(len(content.files) - SHOWN_FILES))
    if content.sendable and (len(content.files) > 1 or content.text.strip()):
        yield context(sending.each_alone())


def _line(file: Attached) -> str:
    name, kind = shorten(file.name, NAME_LIMIT), shorten(file.type, NAME_LIMIT) or sending.unknown_kind()
    large = file.obstacle == "too_large"
    size = wording.too_large_size(file.size, FILE_BYTES) if large else wording.file_size(file.size)
    if file.obstacle:
        return sending.file_stays(name, kind, size, sending.obstacle(file.obstacle))
    return sending.file_goes(name, kind, size)
