"""`!note`: kept first, then shown to the team, once, whatever Slack does."""

import pytest
from desk_fakes import BRUNO, LOST, SILENT
from desk_office import USER
from hypothesis import given
from hypothesis import strategies as st
from test_layouts import within_slacks_limits

from desk.commands.notes import TOLD_WITHIN
from desk.domain.note import note_blocks, note_text
from desk.errors import BlockedError, ChannelArchivedError, LimitedError, UnreachableError
from wire.cases import CaseAfter, NoteKept
from wire.client import PeerAwayError, RefusedError
from wire.ids import note_id


@pytest.fixture
def channel_id(office, app_side):
    """The channel of a conversation whose notes are kept."""
    app_side.answers["note"] = lambda note: NoteKept(note_id=note.note_id)
    return office.opened()


def notes(office, channel_id):
    return [post for post in office.workspace.posts(channel_id) if post.mark.kind == "sk_note"]


def test_a_note_is_kept_and_shown_as_it_was_typed(office, app_side, channel_id, clock):
    answer = office.types(channel_id, "!note is a VIP &amp; likes *tea*\n&lt;!channel&gt; <@UBRUNO0001>")
    assert (answer.text, answer.carried_out) == ("", True)
    [(_, said)] = app_side.asked
    text = "is a VIP & likes *tea*\n<!channel> @Bruno Bauer"
    assert (said.note_id, said.app_user_id, said.text) == (note_id("slash:1"), USER, text)
    assert (said.agent.agent_id, said.agent.name) == ("UALICE0001", "Alice Adams")
    clock.turn(0)
    [post] = notes(office, channel_id)
    assert post.mark.ids == (said.note_id,)
    assert post.text == "📝 Note by Alice Adams: is a VIP &amp; likes *tea*\n&lt;!channel&gt; @Bruno Bauer"
    assert [block["type"] for block in post.blocks] == ["context", "section"]
    assert post.blocks[1]["text"]["type"] == "plain_text"
    assert app_side.replies == {}


def test_nobody_waits_for_slack(office, workspace, channel_id, clock):
    office.types(channel_id, "!note later")
    assert workspace.count("post") == 0
    clock.turn(0)
    assert workspace.calls == [("person", "UALICE0001"), ("post", channel_id)]


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (PeerAwayError("down"), "was not kept: the app's side does not answer"),
        (RefusedError(404, "user_not_found", "No <user>"), "was not kept: No &lt;user&gt;"),
        (SILENT, "may or may not have been kept"),
    ],
)
def test_what_was_not_kept_is_told_and_not_shown(office, app_side, channel_id, error, sentence):
    app_side.answers["note"] = error
    answer = office.types(channel_id, "!note hello")
    assert sentence in answer.text
    assert not answer.carried_out
    office.clock.turn(60)
    assert notes(office, channel_id) == []


def test_a_request_that_slack_repeats_is_shown_once(office, app_side, channel_id, clock):
    office.types(channel_id, "!note once")
    clock.turn(0)
    app_side.answers["note"] = lambda note: NoteKept(note_id=note.note_id, repeated=True)
    office.types(channel_id, "!note once")
    clock.turn(1)
    office.open()  # a process that knows nothing of it
    office.types(channel_id, "!note once")
    clock.turn(1)
    assert len(notes(office, channel_id)) == 1


def test_a_repeated_request_that_was_never_shown_is_shown(office, app_side, channel_id, clock):
    app_side.answers["note"] = lambda note: NoteKept(note_id=note.note_id, repeated=True)
    office.types(channel_id, "!note once")
    clock.turn(1)
    assert len(notes(office, channel_id)) == 1


@pytest.mark.parametrize("error", [LimitedError(2), UnreachableError("refused"), BlockedError("token_revoked")])
def test_notes_come_in_order_when_slack_takes_them_again(office, workspace, channel_id, clock, error):
    workspace.order("post", error, error)
    for number in range(3):
        office.types(channel_id, f"!note {number}", request=f"slash:{number}")
    clock.turn(20)
    assert [post.text[-1] for post in notes(office, channel_id)] == ["0", "1", "2"]
    assert office.told == []
    assert clock.waiting() == 0


def test_notes_and_lines_on_what_was_done_stand_in_the_order_of_both(office, app_side, channel_id, clock):
    app_side.answers["deed"] = CaseAfter(case_id=7, app_user_id=USER, opened=1.0)
    office.workspace.order("post", BlockedError("token_revoked"), LimitedError(2))
    office.types(channel_id, "!claim", request="slash:1")
    office.types(channel_id, "!note hello", request="slash:2")
    office.types(channel_id, "!close", request="slash:3")
    clock.turn(20)
    assert [post.mark.kind for post in office.workspace.posts(channel_id)][-3:] == ["sk_deed", "sk_note", "sk_deed"]


def test_a_lost_answer_does_not_double_a_note(office, workspace, channel_id, clock):
    workspace.order("post", LOST, effect=True)
    office.types(channel_id, "!note once")
    clock.turn(5)
    assert len(notes(office, channel_id)) == 1
    workspace.order("post", LOST)
    office.types(channel_id, "!note twice", request="slash:2")
    clock.turn(5)
    assert len(notes(office, channel_id)) == 2


def test_whoever_wrote_it_learns_that_it_is_kept_but_cannot_be_shown(office, workspace, channel_id, clock):
    workspace.order("post", ChannelArchivedError("is_archived"))
    office.types(channel_id, "!note hello", person=BRUNO)
    clock.turn(1)
    [told] = office.told
    assert "The note is kept" in told.text
    workspace.order("post", *[UnreachableError("refused")] * 2_000)
    office.types(channel_id, "!note again", request="slash:2")
    clock.turn(TOLD_WITHIN + 10)
    assert [answer.text for answer in office.told] == [told.text] * 2
    assert clock.waiting() == 0


def test_a_long_note_is_kept_whole_and_cut_in_view(office, app_side, channel_id, clock):
    office.types(channel_id, "!note " + "wörd &amp; " * 3_000)
    clock.turn(0)
    [post] = notes(office, channel_id)
    assert len(app_side.asked[0][1].text) == 20_999
    assert "20,999" in str(post.blocks[-1])
    assert len(post.text) < 4_000


def test_without_a_text_nothing_is_kept(office, app_side, channel_id):
    assert "needs something behind it" in office.types(channel_id, "!note  ").text
    assert app_side.asked == []


def test_closing_and_erasing_call_off_what_is_owed(office, workspace, channel_id, clock):
    workspace.order("post", LimitedError(5))
    office.types(channel_id, "!note hello")
    clock.turn(0)
    office.desk._ground.outbox.forget([channel_id])
    clock.turn(10)
    assert notes(office, channel_id) == []
    office.types(channel_id, "!note hello", request="slash:2")
    office.desk.close()
    assert clock.waiting() == 0


@given(st.text(min_size=1, max_size=80), st.text(min_size=1).filter(str.strip), st.integers(1, 3000))
def test_any_note_fits_and_nothing_in_it_takes_effect(name, text, times):
    within_slacks_limits(note_blocks(name, text * times))
    assert len(note_text(name, text * times)) < 4_000
    assert "<" not in note_text(name, text * times)
