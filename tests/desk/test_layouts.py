"""What posts look like: within Slack's limits, and nothing in them takes effect but what is ours."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.announcing import MOST_TOGETHER, fitting
from desk.domain import situation
from desk.domain.announcements import Started, announcement_blocks, announcement_text, first_words, spoken
from desk.domain.notices import Notice, notice_blocks, notice_text
from desk.domain.profiles import profile_blocks
from desk.domain.relayed import POST_LIMIT, Line, sheets, shown_text
from desk.domain.situation import Situation
from desk.domain.slack_text import unescape
from desk.domain.standing_notice import with_situation
from sandbox.blocks.check import TOTAL_LIMIT, problems_in_blocks, text_length

STATES = ["sending", "waiting", "delivered", "read", "failed"]
LONG_TEXT = st.one_of(st.text(), st.builds(lambda text, times: text * times, st.text(min_size=1), st.integers(1, 5000)))


def text_objects(blocks):
    """Every text object, wherever it stands."""
    if isinstance(blocks, dict):
        if blocks.get("type") in {"plain_text", "mrkdwn"}:
            yield blocks
        for value in blocks.values():
            yield from text_objects(value)
    elif isinstance(blocks, list | tuple):
        for block in blocks:
            yield from text_objects(block)


def within_slacks_limits(blocks):
    assert 0 < len(blocks) <= 50
    texts = [each["text"] for each in text_objects(blocks)]
    lengths = [len(text.encode("utf-16-le", "surrogatepass")) // 2 for text in texts]
    assert all(0 < length <= 3000 for length in lengths)
    assert sum(lengths) <= 13_000
    assert all(each["type"] == "plain_text" and each["emoji"] is False for each in text_objects(blocks))


@given(text=LONG_TEXT, name=st.text(min_size=1), state=st.sampled_from(STATES), reason=st.none() | LONG_TEXT)
def test_notices(text, name, state, reason):
    notice = Notice("m" * 24, name[:80], text, state, reason)
    within_slacks_limits(notice_blocks(notice, "sk_retry"))
    assert len(notice_text(notice).encode("utf-16-le", "surrogatepass")) // 2 < 4000
    assert "<" not in notice_text(notice)


@given(
    name=st.text(min_size=1),
    fields=st.lists(st.tuples(st.text(min_size=1, max_size=20), st.none() | LONG_TEXT), min_size=1, max_size=7),
    properties=st.dictionaries(st.text(max_size=100), st.text(max_size=800) | st.booleans() | st.floats(), max_size=40),
)
def test_profiles(name, fields, properties):
    blocks = profile_blocks(name, fields, properties)
    within_slacks_limits(blocks)
    json.dumps(blocks)


def test_a_profile_shows_every_property_of_an_ordinary_user():
    properties = {f"key{number}": "v" * 100 for number in range(50)}
    blocks = profile_blocks("Zoë", [("Email", None)], properties)
    shown = "".join(each["text"] for each in text_objects(blocks))
    assert all(f"{key}: {value}" in shown for key, value in properties.items())


def test_a_profile_that_is_too_long_says_so():
    properties = {f"key{number}": "v" * 800 for number in range(50)}
    blocks = profile_blocks("Zoë", [("Email", "x" * 5000)] * 7, properties)
    within_slacks_limits(blocks)
    assert "more properties" in blocks[-1]["elements"][0]["text"]


@given(title=st.text(), text=st.text())
def test_dispatch_notices_have_one_live_link(title, text):
    words = first_words(text)
    assert "\n" not in words
    for channel_id, links in ((None, 0), ("C1", 1)):
        started = Started(title, words, channel_id)
        assert announcement_text([started]).count("<") == links
        [block] = announcement_blocks({"zoe:0": started}, None)
        kinds = [element["type"] for part in block["elements"] for element in part["elements"]]
        assert kinds.count("channel") == links
        assert set(kinds) <= {"text", "channel"}


def test_a_notice_of_many_conversations_stays_within_what_an_update_takes():
    started = {f"u:{number}": Started("&" * 80, "words " * 25, f"C{number:09}") for number in range(MOST_TOGETHER)}
    assert len(announcement_text(list(started.values()))) < 4000
    told = announcement_blocks(started, None)
    assert [len(block["elements"]) for block in told] == [2] * MOST_TOGETHER


def everything(case_id, name="&" * 200):
    """A case of which there is as much to say as can be, open or closed."""
    closed = case_id % 2 == 0
    return Situation(
        case_id,
        waiting_since=2e9,
        claimed_by=name,
        answered_by=name,
        answered_after=8_640_000.0 - 1,
        snoozed_until=2e9,
        closed=closed,
        closed_by=name,
        reason="<reason> " * 100,
    )


@given(case_id=st.integers(1, 2), name=st.text(min_size=1), title=st.text(min_size=1, max_size=80), words=LONG_TEXT)
def test_what_a_notice_says_of_a_case_is_data_but_for_its_dates(case_id, name, title, words):
    started = Started(title, first_words(words), "C1", "u" * 24, situation=everything(case_id, name))
    told, state, actions = announcement_blocks({"u:0": started}, "T1")
    assert told["type"] == "rich_text"
    for element in state["elements"]:
        assert len(element["text"]) <= 2000
        if element["type"] == "mrkdwn":
            assert re.fullmatch(r"\S+ \w+ \w+ <!date\^\d+\^[^<>]+>", element["text"])
        else:
            assert element["emoji"] is False
            assert "<" not in element["text"]
    assert len(actions["elements"]) == (4 if case_id == 1 else 3)
    assert all(len(each["text"]["text"]) <= 75 and len(each["value"]) <= 2000 for each in actions["elements"])
    json.dumps([told, state, actions])


def test_a_full_notice_stays_within_slacks_limits_whatever_becomes_of_its_cases():
    titles = ["&" * 80, "Zoë", "Änne Öztürk-Schmidt von und zu Hohenstein"]
    waiting = {
        f"{number:024x}:0": Started(titles[number % 3], "words " * 25, f"C{number:010}", f"{number:024x}")
        for number in range(40)
    }
    batch = fitting(waiting)
    assert 4 < len(batch) <= MOST_TOGETHER
    full = {key: replace(line, situation=everything(number)) for number, (key, line) in enumerate(batch.items())}
    blocks = announcement_blocks(full, "T0123456789")
    assert problems_in_blocks(list(blocks)) == []
    assert text_length(list(blocks)) <= TOTAL_LIMIT
    assert len(blocks) <= 50
    assert all(len(block["block_id"]) <= 255 for block in blocks)


def test_what_a_case_needs_at_most_is_set_aside_for_it():
    for case_id in (1, 2):
        blocks = announcement_blocks({"u:0": Started("", "", "C1", "u" * 24, situation=everything(case_id))}, "T1")
        assert text_length(list(blocks[1:])) <= situation.ROOM


@pytest.mark.parametrize("count", [1, 15, 20])
def test_a_notice_of_an_earlier_version_takes_what_is_said_of_cases(count):
    keys = [f"{number:024x}:0" for number in range(count)]
    old = [{"type": "rich_text", "block_id": "xyz", "elements": []}]
    for number in range(count):
        sentence = {"type": "rich_text_section", "elements": [{"type": "text", "text": f"Name {number} started"}]}
        quote = {"type": "rich_text_quote", "elements": [{"type": "text", "text": "first words"}]}
        old[0]["elements"] += [sentence, quote]
    blocks = old
    for number, key in enumerate(keys):
        line = Started("", "", f"C{number}", key[:24], situation=Situation(number, claimed_by="Bruno"))
        blocks = with_situation(blocks, keys, key, line, None)
        assert problems_in_blocks(list(blocks)) == []
        assert spoken(blocks) == "\n".join(f"Name {each} started\nfirst words" for each in range(count))
    assert str(blocks).count("claimed by Bruno") == min(count, 15)


@given(
    st.lists(
        st.builds(
            Line,
            st.uuids().map(str),
            LONG_TEXT,
            st.sampled_from(["Zoë", "Bob"]),
            st.sampled_from([None, "https://a.example/x.png"]),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_relayed_messages_are_whole_in_order_and_fit(lines):
    posts = sheets(lines)
    assert all(len(post.text.encode("utf-16-le", "surrogatepass")) // 2 <= POST_LIMIT for post in posts)
    ids = [message_id for post in posts if post.part == 0 for message_id in post.message_ids]
    assert ids == [line.message_id for line in lines]
    for line in lines:
        parts = [post for post in posts if line.message_id in post.message_ids]
        assert shown_text(line) in unescape("".join(post.text for post in parts))
        assert all((post.name, post.avatar_url) == line.face for post in parts)
        assert [post.part for post in parts] == list(range(len(parts)))
