"""What posts look like: within Slack's limits, and nothing in them takes effect but what is ours."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.domain.announcements import Started, announcement_blocks, announcement_text, first_words
from desk.domain.notices import Notice, notice_blocks, notice_text, question
from desk.domain.preview import instead, preview
from desk.domain.profiles import profile_blocks
from desk.domain.relayed import POST_LIMIT, Line, sheets, shown_text
from desk.domain.sent_on import Attached, Content, Order
from desk.domain.slack_text import escape, unescape
from desk.domain.wording import sending
from desk.domain.wording.speech import SPEECH

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
        started = [Started(title, words, channel_id)]
        assert announcement_text(started).count("<") == links
        [block] = announcement_blocks(started)
        kinds = [element["type"] for part in block["elements"] for element in part["elements"]]
        assert kinds.count("channel") == links
        assert set(kinds) <= {"text", "channel"}


def test_a_notice_of_many_conversations_stays_within_what_an_update_takes():
    started = [Started("&" * 80, "words " * 25, f"C{number:09}") for number in range(20)]
    assert len(announcement_text(started)) < 4000
    [block] = announcement_blocks(started)
    assert len(block["elements"]) == 40


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


ORDER = Order("C" * 21, "1700000000.000100", "a" * 24, "d" * 32, "1700000000.000200")
FILES = st.lists(
    st.builds(
        Attached,
        st.just("F1"),
        LONG_TEXT,
        LONG_TEXT,
        st.integers(0, 2**40),
        st.just("https://files.slack.com/x"),
        st.sampled_from(["", "gone", "elsewhere", "withheld", "page"]),
    ),
    max_size=60,
)


def within_what_a_form_takes(view):
    assert view["title"]["text"]
    assert all(len(view[part]["text"]) <= 24 for part in ("title", "submit", "close") if part in view)
    assert len(view.get("private_metadata", "")) <= 3000
    assert 0 < len(view["blocks"]) <= 100
    for block in view["blocks"]:
        limit = 2000 if block["type"] == "context" else 3000
        assert all(
            0 < len(each["text"].encode("utf-16-le", "surrogatepass")) // 2 <= limit for each in text_objects(block)
        )
    assert len(json.dumps(view)) < 250_000


@pytest.fixture(params=["en", "de"])
def language(request):
    SPEECH.use(request.param)
    yield
    SPEECH.use("en")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=LONG_TEXT, text=LONG_TEXT, files=FILES)
def test_previews(language, name, text, files):
    content = Content(text, tuple(files))
    view = preview(name, content, ORDER, "sk_send_to_app_user")
    within_what_a_form_takes(view)
    assert ("submit" in view) == content.goes
    assert all(each["type"] == "plain_text" and each["emoji"] is False for each in text_objects(view))


@pytest.mark.parametrize("letter", ["&", "ü", "字", "😀"])
def test_the_longest_preview(language, letter):
    files = tuple(Attached("F1", letter * 300, letter * 300, 2**40, hindered="elsewhere") for _ in range(60))
    content = Content(f"{letter * 9} " * 4_000, files)
    within_what_a_form_takes(preview(letter * 300, content, ORDER, "sk_send_to_app_user"))


def test_a_long_message_is_previewed_whole(language):
    text = "<words & more> " * 1_000
    view = preview("Zoë", Content(text), ORDER, "sk_send_to_app_user")
    within_what_a_form_takes(view)
    assert "".join(block["text"]["text"] for block in view["blocks"][1:]) == escape(text)


def test_what_stands_in_place_of_a_preview(language):
    within_what_a_form_takes(instead(sending.changed(), "sk_send_to_app_user"))


def test_what_is_told_of_many_files_fits_into_one_block(language):
    names = [("&amp;" * 8)] * 200
    sentence = sending.stopped(sending.not_kept(names[0], "x" * 200), names[:90], names[:1], names[90:])
    [section, actions] = question(sentence, sending.send_rest_button(), "sk_send_to_app_user", ORDER.dump())
    assert len(section["text"]["text"]) <= 3000
    assert len(actions["block_id"]) <= 255
    assert len(actions["elements"][0]["value"]) <= 2000
    assert len(sending.send_rest_button()) <= 75
