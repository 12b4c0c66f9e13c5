"""What posts look like: within Slack's limits, and nothing in them takes effect but what is ours."""

import json
import re
from dataclasses import replace

import pytest
from every_layout import LONGEST
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from layout_cases import many
from layout_limits import problems

from desk.dispatch.announcing import MOST_TOGETHER, fitting
from desk.domain import situation
from desk.domain.announcements import Started, announcement_blocks, announcement_text, first_words, spoken
from desk.domain.home import Row, Rows, Tab, dialog, home_blocks
from desk.domain.notices import Notice, notice_blocks, notice_text, question
from desk.domain.preview import instead, preview
from desk.domain.profiles import Card, Device, profile_blocks
from desk.domain.relayed import POST_LIMIT, Line, sheets, shown_text
from desk.domain.sent_on import Attached, Content, Order
from desk.domain.situation import Situation, Target, buttons, state_elements
from desk.domain.slack_text import escape, unescape
from desk.domain.standing_notice import with_situation
from desk.domain.wording import profiles as profile_words
from desk.domain.wording import sending
from desk.domain.wording.speech import SPEECH
from sandbox.blocks import problems_in_view
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
    for each in text_objects(blocks):
        if each["type"] == "mrkdwn":  # ours alone: numbers, and times in Slack's format
            assert "<" not in re.sub(r"<!date\^\d+\^[^<>]+>", "", each["text"])
        else:
            assert each["emoji"] is False


def texts_of(blocks):
    """Every text that is shown, wherever it stands."""
    if isinstance(blocks, dict):
        shown = [blocks[key] for key in ("text", "alt_text") if isinstance(blocks.get(key), str)]
        return shown + [each for value in blocks.values() for each in texts_of(value)]
    return [each for block in blocks for each in texts_of(block)] if isinstance(blocks, list | tuple) else []


@given(text=LONG_TEXT, name=st.text(min_size=1), state=st.sampled_from(STATES), reason=st.none() | LONG_TEXT)
def test_notices(text, name, state, reason):
    notice = Notice("m" * 24, name[:80], text, state, reason)
    within_slacks_limits(notice_blocks(notice, "sk_retry"))
    assert len(notice_text(notice).encode("utf-16-le", "surrogatepass")) // 2 < 4000
    assert "<" not in notice_text(notice)


DEVICES = st.builds(Device, LONG_TEXT, st.floats(0, 1e12), st.none() | LONG_TEXT, st.none() | LONG_TEXT)


@given(
    card=st.builds(
        Card,
        st.text(min_size=1),
        st.sampled_from([profile_words.verified(), profile_words.claimed(), profile_words.anonymous()]),
        st.lists(st.tuples(st.text(min_size=1, max_size=20), st.none() | LONG_TEXT), min_size=1, max_size=7),
        st.dictionaries(st.text(max_size=100), st.text(max_size=800) | st.booleans() | st.floats(), max_size=40),
        typing=st.booleans(),
        avatar_url=st.none() | st.just("https://a.example/a.png"),
        devices=st.lists(DEVICES, max_size=7),
        more_devices=st.integers(0, 10**6),
        seen=st.tuples(st.none() | st.floats(0, 1e12), st.none() | st.floats(0, 1e12)),
        counts=st.lists(st.builds(profile_words.messages, st.integers(0, 10**12)), max_size=3),
    ),
    shared_by=st.none() | st.text(min_size=1),
)
def test_profiles(card, shared_by):
    blocks = profile_blocks(card, shared_by)
    within_slacks_limits(blocks)
    json.dumps(blocks)


LONGEST_CARD = Card(
    "&" * 80,
    profile_words.claimed(),
    [("Conversation started", "&" * 5000)] * 7,
    {f"key{number}": "&" * 800 for number in range(50)},
    typing=True,
    avatar_url="https://a.example/" + "a" * 2900,
    devices=[Device("&" * 64, 2e9, "&" * 256, "&" * 500)] * 7,
    more_devices=10**6,
    seen=(1e9, 2e9),
    counts=[profile_words.conversations(10**9), profile_words.messages(10**9), profile_words.replies(10**9)],
)


def test_the_longest_profile_fits_whoever_shares_it():
    blocks = profile_blocks(LONGEST_CARD, "&" * 500)
    within_slacks_limits(blocks)
    assert sum(len(text) for text in texts_of(blocks)) <= 13_000
    assert "more properties" in blocks[-1]["elements"][0]["text"]


SITUATIONS = st.builds(
    Situation,
    st.integers(1, 2**53),
    waiting_since=st.none() | st.floats(0, 9e9),
    claimed_by=st.none() | st.text(min_size=1),
    snoozed_until=st.none() | st.floats(0, 9e9),
)


def home_row(title, said, channel_id, situation):
    target = Target("a" * 24, channel_id, situation=situation)
    return Row(title, said, channel_id, state_elements(situation), buttons(target))


ROWS = st.builds(
    Rows,
    st.lists(
        st.builds(home_row, st.text(min_size=1), LONG_TEXT, st.none() | st.just("C012345678"), SITUATIONS), max_size=5
    ),
    st.integers(0, 10**6),
)


@given(tab=st.builds(Tab, ROWS, ROWS, st.integers(0, 10**6), st.none() | st.floats(0, 9e9)))
def test_home_tabs(tab):
    assert problems_in_view({"type": "home", "blocks": home_blocks(tab)}) == []


LONGEST_ROW = home_row("&" * 200, "&" * 5000, "C" * 20, Situation(2**53, 9e9, "&" * 200, snoozed_until=9e9))
LONGEST_TAB = Tab(Rows([LONGEST_ROW] * 50, 10**6), Rows([LONGEST_ROW] * 100, 10**6), 10**6, 9e9, "&amp;" * 1000)


@pytest.mark.parametrize("own", [LONGEST_TAB.own, Rows()])
def test_the_longest_home_tab_fits(own):
    view = {"type": "home", "blocks": home_blocks(replace(LONGEST_TAB, own=own))}
    assert problems_in_view(view) == []
    assert len(view["blocks"]) > 90
    assert len(json.dumps(view)) < 250_000


def test_the_longest_profile_fits_into_a_dialog():
    assert problems_in_view(dialog(profile_blocks(LONGEST_CARD))) == []


def test_a_profile_shows_every_property_of_an_ordinary_user():
    properties = {f"key{number}": "v" * 100 for number in range(50)}
    blocks = profile_blocks(Card("Zoë", profile_words.verified(), [("Email", None)], properties))
    shown = "".join(each["text"] for each in text_objects(blocks))
    assert all(f"{key}: {value}" in shown for key, value in properties.items())


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


@pytest.mark.parametrize("language", ["en", "de"])
def test_what_a_case_needs_at_most_is_set_aside_for_it(language, monkeypatch):
    monkeypatch.setattr(SPEECH, "_chosen", SPEECH._catalogs.get(language, {}))
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


@pytest.mark.parametrize("name", LONGEST)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(unit=st.text(min_size=1, max_size=60))
def test_each_layout_fits_at_its_longest_whatever_it_is_made_of(language, name, unit):
    assert problems(name, LONGEST[name](many(unit))) == []
