"""What the desk relies on of a channel book: the fake keeps it, and so does TinyDB."""

from dataclasses import replace

import pytest
from desk_fakes import FakeBook

from desk.channel_book import TinyChannelBook
from desk.ports import ChannelEntry, Erasure, Joining
from wire.messages import Place

ZOE = ChannelEntry("a" * 24, "Zoë", "sk-zoe", "C1", "open", announced=Place(channel_id="C0", ts="1.1"), linked=True)
BOB = ChannelEntry("b" * 24, "Bob", "sk-bob", None, "opening", asked=1_700_000_000.5)


@pytest.fixture(params=["fake", "tinydb"])
def book(request, tmp_path):
    book = FakeBook() if request.param == "fake" else TinyChannelBook(tmp_path / "desk")
    yield book
    book.close()


def test_an_empty_book(book):
    assert book.of_app_user(ZOE.app_user_id) is None
    assert book.of_channel("C1") is None
    assert not book.has_name("sk-zoe")
    assert book.entries() == []


def test_lines_are_found_by_app_user_channel_and_name(book):
    book.keep(ZOE)
    book.keep(BOB)
    assert book.of_app_user(ZOE.app_user_id) == ZOE
    assert book.of_app_user(BOB.app_user_id) == BOB
    assert book.of_channel("C1") == ZOE
    assert book.has_name("sk-bob")
    assert book.entries() == [ZOE, BOB]


def test_a_line_replaces_its_earlier_version(book):
    book.keep(ZOE)
    book.keep(BOB)
    successor = ChannelEntry(ZOE.app_user_id, "Zoë", "sk-zoe-2", "C2", previous=("C1",), continues="C1")
    book.keep(successor)
    assert book.of_channel("C1") == book.of_channel("C2") == successor
    assert book.has_name("sk-zoe-2")
    assert not book.has_name("sk-zoe")
    assert book.entries() == [successor, BOB]


def test_a_name_stays_as_long_as_a_line_has_it(book):
    book.keep(ZOE)
    book.keep(replace(BOB, channel_name="sk-zoe"))
    book.keep(replace(ZOE, channel_name="other"))
    assert book.has_name("sk-zoe")
    book.keep(replace(BOB, channel_name=""))
    assert not book.has_name("sk-zoe")
    assert not book.has_name("")


def test_a_line_takes_anothers_place_in_one_moment(book):
    book.keep(ZOE)
    book.keep(BOB)
    both = replace(ZOE, merged=(BOB.app_user_id,), previous=("C9",))
    book.keep(both, instead_of=BOB.app_user_id)
    assert book.of_app_user(BOB.app_user_id) == book.of_app_user(ZOE.app_user_id) == book.of_channel("C9") == both
    assert not book.has_name("sk-bob")
    assert book.entries() == [both]


def test_a_forgotten_line_leaves_nothing(book):
    book.keep(BOB)
    book.keep(replace(ZOE, merged=("c" * 24,), previous=("C9",)))
    book.forget(ZOE.app_user_id)
    book.forget(ZOE.app_user_id)
    lost = [*map(book.of_app_user, (ZOE.app_user_id, "c" * 24)), *map(book.of_channel, ("C1", "C9"))]
    assert lost == [None] * 4
    assert not book.has_name("sk-zoe")
    assert book.entries() == [BOB]
    book.keep(ZOE)
    assert book.entries() == [BOB, ZOE]


@pytest.mark.parametrize(
    "left",
    [
        {"state": "opening"},
        {"joining": (Joining(BOB.app_user_id, "Bob", 1.5),)},
        {"uploads": ("m:F1",)},
        {"erasure": Erasure(("C1",), finished=1.5)},
    ],
)
def test_lines_are_unfinished_as_long_as_something_is_left_to_do(book, left):
    book.keep(replace(ZOE, app_user_id="c" * 24))
    book.keep(ZOE)
    assert book.unfinished() == []
    book.keep(replace(ZOE, **left))
    assert book.unfinished() == [replace(ZOE, **left)]
    book.keep(BOB)
    assert book.unfinished() == [replace(ZOE, **left), BOB]
    book.keep(ZOE)
    book.forget(BOB.app_user_id)
    assert book.unfinished() == []
