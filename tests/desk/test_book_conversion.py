"""A channel book as one JSON file, from an earlier version, goes on in the new layout."""

import json

import pytest

from desk.channel_book import TinyChannelBook
from desk.errors import ChannelBookError
from desk.ports import ChannelEntry
from wire.messages import Place

ZOE = ChannelEntry(
    "a" * 24, "Zoë", "sk-zoe", "C1", "open", announced=Place(channel_id="C0", ts="1.1"), merged=("c" * 24,)
)
BOB = ChannelEntry("b" * 24, "Bob", asked=1.5)
LINES = {
    "12": {"app_user_id": "b" * 24, "title": "Bob", "channel_name": "", "asked": 1.5, "previous": []},
    "3": {
        "app_user_id": "a" * 24,
        "title": "Zoë",
        "channel_name": "sk-zoe",
        "channel_id": "C1",
        "state": "open",
        "announced": {"channel_id": "C0", "ts": "1.1"},
        "merged": ["c" * 24],
    },
}


def write(directory, **data) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    for name in ("channels.json", "channels.json.bak"):
        (directory / name).write_text(json.dumps(data))


def test_an_old_book_is_read_once_and_nothing_is_left_of_it(tmp_path):
    write(tmp_path, book={"1": {"version": 1}}, channels=LINES)
    for _ in range(2):
        book = TinyChannelBook(tmp_path)
        assert book.entries() == [ZOE, BOB]
        assert book.of_app_user("c" * 24) == ZOE
        book.close()
        assert {path.name for path in tmp_path.iterdir()} == {"channels.jsonl", "channels.jsonl.bak", "channels.lock"}


def test_a_conversion_that_was_killed_is_finished(tmp_path):
    """The new file is there, whole, before the old one goes."""
    book = TinyChannelBook(tmp_path)
    book.keep(BOB)
    book.close()
    write(tmp_path, book={"1": {"version": 1}}, channels={})
    book = TinyChannelBook(tmp_path)
    assert book.entries() == [BOB]
    assert not (tmp_path / "channels.json").exists()
    book.close()


@pytest.mark.parametrize(
    "content",
    ["", "[]", '{"channels": {"1": {"app_us', '{"channels": []}', '{"channels": {"1": {}}}', '{"book": {"1": {}}}'],
)
def test_an_old_book_that_makes_no_sense_is_refused_and_left_alone(tmp_path, content):
    (tmp_path / "channels.json").write_text(content)
    (tmp_path / "channels.json.bak").write_text("{}")
    for _ in range(2):
        with pytest.raises(ChannelBookError, match=r"channels\.json cannot be read.*channels\.json\.bak"):
            TinyChannelBook(tmp_path)
    assert (tmp_path / "channels.json").read_text() == content
    assert not (tmp_path / "channels.jsonl").exists()


def test_an_old_book_of_a_strange_version_is_refused(tmp_path):
    write(tmp_path, book={"1": {"version": 2}}, channels=LINES)
    with pytest.raises(ChannelBookError, match="later version"):
        TinyChannelBook(tmp_path)
