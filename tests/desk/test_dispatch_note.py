"""The dispatch channel's name is looked for once, and not again at every start."""

import pytest
from desk_fakes import DISPATCH, FakeDispatchNote

from desk.dispatch.note import DispatchNoteFile
from desk.errors import InDoubtError, UnreachableError
from desk.values import ChannelChange

ELSEWHERE = "CGENERAL02"


@pytest.fixture(params=["fake", "file"])
def note(request, tmp_path):
    return FakeDispatchNote() if request.param == "fake" else DispatchNoteFile(tmp_path)


@pytest.fixture
def known(office, workspace):
    """An office whose earlier process has found the dispatch channel."""
    assert office.desk.problems() == []
    workspace.calls.clear()
    office.open()
    return office


def test_a_note_is_read_for_the_setting_that_it_was_written_for(note):
    assert note.read("general") is None
    note.write("general", DISPATCH)
    assert note.read("general") == DISPATCH
    assert note.read("support") is None
    note.write("support", ELSEWHERE)
    assert (note.read("general"), note.read("support")) == (DISPATCH, ELSEWHERE)


def test_a_note_of_the_version_that_knew_one_dispatch_channel_is_read(tmp_path):
    (tmp_path / "dispatch.json").write_text(f'{{"setting": "general", "channel_id": "{DISPATCH}"}}')
    note = DispatchNoteFile(tmp_path)
    assert note.read("general") == DISPATCH
    note.write("support", ELSEWHERE)
    assert (note.read("general"), note.read("support")) == (DISPATCH, ELSEWHERE)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[]", b'"general"', b'{"setting":"general","channel_id":7}'])
def test_an_illegible_note_says_nothing_and_is_written_anew(tmp_path, content):
    (tmp_path / "dispatch.json").write_bytes(content)
    note = DispatchNoteFile(tmp_path)
    assert note.read("general") is None
    note.write("general", DISPATCH)
    assert DispatchNoteFile(tmp_path).read("general") == DISPATCH
    assert [path.name for path in tmp_path.iterdir()] == ["dispatch.json"]


def test_a_note_that_the_disk_does_not_take_is_no_trouble(tmp_path):
    note = DispatchNoteFile(tmp_path / "nowhere")
    note.write("general", DISPATCH)
    assert note.read("general") is None


def test_the_next_process_asks_once_for_the_channel_and_lists_nothing(known, workspace):
    assert known.desk.problems() == []
    assert workspace.calls == [("identity",), ("channel", DISPATCH)]
    known.receive("hello")
    assert len(workspace.posts(DISPATCH)) == 1


def test_another_setting_is_looked_for(known, workspace):
    workspace.add_channel("CSUPPORT01", "support", member=True)
    known.open(dispatch_channel="support")
    assert known.desk.problems() == []
    assert workspace.calls == [("identity",), ("find_channel", "support")]


@pytest.mark.parametrize("what", [{"name": "old"}, {"archived": True}, {"member": False, "name": "old"}])
def test_a_noted_channel_that_is_not_it_any_more_is_looked_for_and_noted_anew(known, workspace, what):
    workspace._change(DISPATCH, **what)
    workspace.add_channel(ELSEWHERE, "general", member=True)
    assert known.desk.problems() == []
    assert workspace.calls[1:] == [("channel", DISPATCH), ("find_channel", "general")]
    assert known.note.read("general") == ELSEWHERE


def test_a_bot_that_was_removed_from_it_joins_again(known, workspace):
    workspace.kick_bot(DISPATCH)
    assert known.desk.problems() == []
    assert workspace.channels[DISPATCH].info.member


def test_a_noted_channel_that_was_deleted_is_looked_for(known, workspace):
    del workspace.channels[DISPATCH]
    assert "cannot be found" in known.desk.problems()[0]
    assert workspace.count("find_channel") == 1


def test_where_slack_does_not_tell_in_time_the_channel_is_looked_for(known, workspace):
    workspace.order("channel", InDoubtError("too slow"))
    assert known.desk.problems() == []
    assert workspace.count("find_channel") == 1


def test_where_slack_cannot_be_reached_the_note_is_asked_about_again(known, workspace, clock):
    workspace.order("channel", UnreachableError("refused"))
    assert "does not answer" in known.desk.problems()[0]
    clock.turn(5)
    assert known.desk.problems() == []
    assert workspace.count("find_channel") == 0


def test_after_a_change_of_it_the_channel_is_looked_for_whatever_the_note_says(known, workspace, clock):
    assert known.desk.problems() == []
    known.desk.channel_changed(ChannelChange(DISPATCH, "renamed", "general"))
    clock.turn(5)
    assert known.desk.problems() == []
    assert workspace.count("channel") == 1
    assert workspace.count("find_channel") == 1


def test_after_a_refused_post_the_channel_is_looked_for_whatever_the_note_says(known, workspace):
    assert known.desk.problems() == []
    known.desk._ground.dispatches.default.lost()
    assert known.desk._ground.dispatches.default.channel_id() == DISPATCH
    assert workspace.count("find_channel") == 1


def test_a_channel_given_by_its_id_is_not_noted(office):
    office.open(dispatch_channel=DISPATCH)
    assert office.desk.problems() == []
    assert office.note.read(DISPATCH) is None
