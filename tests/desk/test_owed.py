"""What channels are owed outlives the process that owes it: it is posted by the next one, once, in order."""

import stat

import pytest
from desk_fakes import DISPATCH, LOST, FakeOwedNote
from desk_office import USER

from desk.errors import ChannelArchivedError, LimitedError, RefusedError, UnreachableError
from desk.owed import MOST, OwedFile
from desk.ports import Mark, OwedPost, Post
from wire.cases import CaseAfter, NoteKept
from wire.messages import Erase

ELSEWHERE = "CELSEWHERE"


def owed(number, channel_id=DISPATCH):
    blocks = ({"type": "section", "text": {"type": "plain_text", "text": f"wörd {number}\n"}},)
    return OwedPost(channel_id, Post(f"wörd {number}\n\u2028", Mark("sk_note", (str(number), "x")), blocks), 7.25)


@pytest.fixture
def directory(tmp_path):
    return tmp_path


@pytest.fixture(params=["fake", "file"])
def note(request, directory):
    return FakeOwedNote() if request.param == "fake" else OwedFile(directory)


@pytest.fixture
def reopened(note, directory):
    """The note as the next process finds it."""

    def reopen():
        note.close()
        return note if isinstance(note, FakeOwedNote) else OwedFile(directory)

    return reopen


@pytest.fixture
def kept_office(office, directory):
    """An office whose note is a file, read anew by each process; its conversation's channel."""
    office.app_side.answers["note"] = lambda said: NoteKept(note_id=said.note_id)
    office.app_side.answers["deed"] = CaseAfter(case_id=7, app_user_id=USER, opened=1.0)
    office.owed_note = OwedFile(directory)
    office.open()
    return office


@pytest.fixture
def channel_id(kept_office):
    return kept_office.opened()


def restart(office, directory, *, killed=False):
    """The process ends, killed or not, and the next one begins."""
    if killed:
        office.clock._due.clear()
    else:
        office.desk.close()
    office.owed_note = OwedFile(directory)
    office.open()


def told(office, channel_id):
    kinds = ("sk_note", "sk_deed")
    return [post.text.split()[-1] for post in office.workspace.posts(channel_id) if post.mark.kind in kinds]


def owes(office, channel_id):
    office.types(channel_id, "!note one", request="slash:1")
    office.types(channel_id, "!claim", request="slash:2")
    office.types(channel_id, "!note two", request="slash:3")


IN_ORDER = ["one", "conversation", "two"]


# --- the note


def test_what_is_owed_is_read_again_as_it_was_in_order(note, reopened):
    assert note.read() == ()
    for number in range(3):
        note.add(owed(number))
    note.add(owed(0))  # it is in it already
    assert note.read() == reopened().read() == (owed(0), owed(1), owed(2))


def test_what_is_settled_or_forgotten_is_not_owed_any_more(note, reopened):
    for number in range(3):
        note.add(owed(number))
        note.add(owed(number, ELSEWHERE))
    note.settle(DISPATCH, owed(1).post.mark)
    note.settle(DISPATCH, Mark("sk_note", ("unknown",)))
    note.forget([ELSEWHERE, "CUNKNOWN"])
    assert note.read() == reopened().read() == (owed(0), owed(2))


def test_the_file_is_read_by_its_owner_alone_and_has_nothing_of_what_is_forgotten(directory):
    note = OwedFile(directory)
    note.add(owed(1))
    [path] = directory.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    note.forget([DISPATCH])
    assert path.read_bytes() == b""


@pytest.mark.parametrize("content", [b"{", b"\xff\n[]\n7\n", b'{"channel_id": "C1"}', b"[" * 100_000])
def test_an_illegible_file_is_an_empty_one(directory, content):
    (directory / "owed.jsonl").write_bytes(content)
    note = OwedFile(directory)
    assert note.read() == ()
    note.add(owed(1))
    assert OwedFile(directory).read() == (owed(1),)


def test_what_the_disk_did_not_take_is_written_with_the_next_change(directory):
    nowhere = directory / "later"
    note = OwedFile(nowhere)
    note.add(owed(1))
    note.settle(DISPATCH, owed(1).post.mark)
    note.add(owed(2))
    assert note.read() == (owed(2),)
    nowhere.mkdir()
    note.forget(["CUNKNOWN"])
    assert OwedFile(nowhere).read() == (owed(2),)


def test_a_note_that_is_closed_leaves_the_file_to_the_next_process(directory):
    note = OwedFile(directory)
    note.close()
    note.add(owed(1))
    assert OwedFile(directory).read() == ()


def test_of_too_many_the_newest_are_kept(directory, monkeypatch):
    assert MOST == 2_000
    monkeypatch.setattr("desk.owed.MOST", 3)
    note = OwedFile(directory)
    for number in range(5):
        note.add(owed(number))
    assert note.read() == OwedFile(directory).read() == (owed(2), owed(3), owed(4))


# --- over restarts


@pytest.mark.parametrize("killed", [False, True])
def test_the_next_process_posts_what_is_owed_once_and_in_order(kept_office, directory, channel_id, killed):
    owes(kept_office, channel_id)
    restart(kept_office, directory, killed=killed)
    kept_office.types(channel_id, "!note three", request="slash:4")
    kept_office.clock.turn(1)
    assert told(kept_office, channel_id) == [*IN_ORDER, "three"]
    assert OwedFile(directory).read() == ()
    restart(kept_office, directory)
    kept_office.clock.turn(1)
    assert told(kept_office, channel_id) == [*IN_ORDER, "three"]


@pytest.mark.parametrize("taken", [True, False])
def test_what_slack_took_without_saying_so_is_not_doubled(kept_office, directory, channel_id, taken):
    kept_office.workspace.order("post", LOST, effect=taken)
    owes(kept_office, channel_id)
    kept_office.clock.turn(0)
    restart(kept_office, directory, killed=True)
    kept_office.workspace.calls.clear()
    kept_office.clock.turn(1)
    assert told(kept_office, channel_id) == IN_ORDER
    assert kept_office.workspace.count("marked") == 1


def test_what_is_posted_and_what_is_refused_is_not_owed_any_more(kept_office, directory, channel_id):
    kept_office.workspace.order("post", ChannelArchivedError("is_archived"))
    owes(kept_office, channel_id)
    assert len(OwedFile(directory).read()) == 3
    kept_office.clock.turn(0)
    assert OwedFile(directory).read() == ()
    restart(kept_office, directory)
    kept_office.clock.turn(1)
    assert told(kept_office, channel_id) == IN_ORDER[1:]


def test_what_slack_does_not_take_for_an_hour_is_given_up_by_the_next_process_too(kept_office, directory, channel_id):
    owes(kept_office, channel_id)
    kept_office.workspace.order("post", *[UnreachableError("refused")] * 3_000)
    restart(kept_office, directory)
    kept_office.clock.turn(3_700)
    assert OwedFile(directory).read() == ()
    assert kept_office.clock.waiting() == 0


def test_what_fails_because_the_process_ends_stays_owed(kept_office, directory, channel_id):
    kept_office.types(channel_id, "!note one")
    post = kept_office.workspace.post

    def closing(*_):
        kept_office.desk._ground.outbox.close()
        raise RefusedError("closed")

    kept_office.workspace.post = closing
    kept_office.clock.turn(0)
    kept_office.workspace.post = post
    assert kept_office.told == []
    restart(kept_office, directory)
    kept_office.clock.turn(1)
    assert told(kept_office, channel_id) == ["one"]


def test_nothing_is_kept_of_who_is_erased(kept_office, directory, channel_id):
    kept_office.workspace.order("post", LimitedError(600))
    kept_office.types(channel_id, "!note secret")
    kept_office.clock.turn(0)
    assert b"secret" in (directory / "owed.jsonl").read_bytes()
    kept_office.desk.erase(Erase(app_user_id=USER))
    assert [path.name for path in directory.iterdir()] == ["owed.jsonl"]
    assert (directory / "owed.jsonl").read_bytes() == b""
    restart(kept_office, directory)
    kept_office.clock.turn(700)
    assert told(kept_office, channel_id) == []
