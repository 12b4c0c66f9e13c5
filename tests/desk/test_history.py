"""`!history`: who said what and when, to one agent alone, within what Slack shows."""

import pytest
from desk_fakes import NOW, SILENT
from desk_office import USER
from hypothesis import given
from hypothesis import strategies as st
from test_layouts import text_objects

from desk.domain.history import MOST, ROOM, history_blocks, how_many, told
from desk.domain.slack_text import length
from wire.cases import History, HistoryLine, HistoryRequest
from wire.client import PeerAwayError, RefusedError

KINDS = ["app_user", "agent", "app", "note"]
LONG_TEXT = st.one_of(st.text(), st.builds(lambda text, times: text * times, st.text(min_size=1), st.integers(1, 500)))


def line(kind="app_user", text="hello", at=NOW, **more):
    return HistoryLine(kind=kind, at=at, text=text, **more)


def spoken(answer):
    """What an agent reads, a line each."""
    lines = []
    for block in answer.blocks:
        if block["type"] == "context":
            lines.append(block["elements"][0]["text"])
        else:
            lines += ["".join(part.get("text", "") for part in each["elements"]).strip() for each in block["elements"]]
    return lines


def test_lines_tell_who_said_what_and_how_far_it_is(office, app_side):
    channel_id = office.opened()
    app_side.answers["history"] = History(
        lines=(
            line(text="help *me* <!channel>\nplease", name="Zoë Z"),
            line("note", "is a VIP", name="Bruno Bauer"),
            line("agent", "sure", name="Alice Adams", state="read"),
            line("agent", "more", state="failed"),
            line("app", "invoice", name="Shop"),
            line("app", "", file_name="a.pdf"),
            line(text=""),
        )
    )
    answer = office.types(channel_id, "!history")
    assert app_side.asked == [("history", HistoryRequest(app_user_id=USER, most=10))]
    assert answer.text == "The conversation with Zoë"
    assert spoken(answer) == [
        *("Zoë Z", "help *me* <!channel>\nplease"),
        *("📝 Note by Bruno Bauer", "is a VIP"),
        *("Alice Adams replied · ✓✓ read", "sure"),
        *("An agent replied · ✗ failed: not delivered", "more"),
        *("Shop (sent by the app)", "invoice"),
        *("Sent by the app", "📎 a.pdf"),
        *("Zoë", "(a message without text)"),
    ]
    date = answer.blocks[0]["elements"][0]["elements"][0]
    assert date == {
        "type": "date",
        "timestamp": int(NOW),
        "format": "{date_short_pretty}, {time}",
        "fallback": "2023-11-14 22:13 UTC",
    }


@pytest.mark.parametrize(("argument", "most"), [("", 10), ("1", 1), ("50", 50), ("007", None), ("07", 7)])
def test_how_many_lines(argument, most):
    assert how_many(argument) == most


@pytest.mark.parametrize("argument", ["0", "51", "-1", "ten", "٣", "1 2", "9" * 5000])
def test_what_is_no_number_of_lines_is_told(office, app_side, argument):
    channel_id = office.opened()
    assert "a number from 1 to 50" in office.types(channel_id, f"!history {argument}").text
    assert app_side.asked == []


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (PeerAwayError("down"), "the app's side does not answer"),
        (SILENT, "the app's side does not answer"),
        (RefusedError(404, "user_not_found", "No <user>"), "No &lt;user&gt;"),
    ],
)
def test_why_there_is_no_history_is_told(office, app_side, error, sentence):
    channel_id = office.opened()
    app_side.answers["history"] = error
    assert sentence in office.types(channel_id, "!history").text


def test_a_conversation_without_a_word_says_so(office, app_side):
    channel_id = office.opened()
    app_side.answers["history"] = History(lines=())
    assert "Nothing was said" in office.types(channel_id, "!history").text


def test_older_lines_are_told_of(office, app_side):
    channel_id = office.opened()
    app_side.answers["history"] = History(lines=(line(),), more=True)
    assert "/sk !history 50" in spoken(office.types(channel_id, "!history 5"))[0]
    assert spoken(office.types(channel_id, "!history 50"))[0] == "There is more before that."


def test_the_oldest_lines_make_room_and_their_number_is_told(office, app_side):
    channel_id = office.opened()
    app_side.answers["history"] = History(lines=tuple(line(text=f"{n} " + "x" * 4_000) for n in range(20)), more=True)
    shown = spoken(office.types(channel_id, "!history 20"))
    assert shown[0] == "13 older lines are left out: Slack has no room for them."
    assert [text.split()[0] for text in shown[2::2]] == [str(n) for n in range(13, 20)]


@given(
    st.lists(
        st.builds(
            HistoryLine,
            kind=st.sampled_from(KINDS),
            at=st.floats(0, 9e9),
            text=LONG_TEXT,
            name=st.none() | LONG_TEXT,
            file_name=st.none() | st.text(max_size=300),
            state=st.none() | st.sampled_from(["sending", "waiting", "delivered", "read", "failed"]),
        ),
        min_size=1,
        max_size=MOST,
    ),
    st.booleans(),
)
def test_any_history_fits_and_nothing_in_it_takes_effect(lines, more):
    blocks = history_blocks([told(each, "Zoë") for each in lines], asked=len(lines), more=more)
    assert len(blocks) <= 2
    parts = [part for each in blocks[-1]["elements"] for part in each["elements"]]
    assert parts
    assert {part["type"] for part in parts} <= {"date", "text"}
    assert all(part["text"] for part in parts if part["type"] == "text")
    assert sum(length(part.get("text", "")) for part in parts) <= ROOM
    assert all(each["type"] == "plain_text" for each in text_objects(blocks[:-1]))
