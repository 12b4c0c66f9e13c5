"""The channel book on disk: whole, lasting, and owned by one process."""

import errno
import os
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from desk.channel_book import TinyChannelBook, lines, storage
from desk.domain.routing import Route
from desk.errors import ChannelBookError
from desk.ports import ChannelEntry
from wire.messages import Place

ZOE = ChannelEntry("a" * 24, "Zoë 👍", "sk-zoe", "C1", "open", announced=Place(channel_id="C0", ts="1.1"), linked=True)


@pytest.fixture
def directory(tmp_path):
    return tmp_path / "data" / "desk"


def entry(number: int) -> ChannelEntry:
    return replace(ZOE, app_user_id=f"{number:024x}", channel_id=f"C{number}", channel_name=f"sk-{number}")


def test_what_was_kept_is_there_after_a_restart(directory):
    book = TinyChannelBook(directory)
    successor = replace(ZOE, channel_id="C2", previous=("C1",), continues="C1", state="opening", asked=1.5)
    book.keep(ZOE)
    book.keep(entry(11))
    book.keep(successor)
    book.close()
    again = TinyChannelBook(directory)
    assert again.entries() == [successor, entry(11)]
    assert again.of_channel("C1") == successor
    again.keep(entry(12))
    again.keep(replace(entry(11), state="gone"))
    again.close()
    book = TinyChannelBook(directory)
    assert book.entries() == [successor, replace(entry(11), state="gone"), entry(12)]
    book.close()


@pytest.mark.parametrize("case_id", [None, 1, 10**18 - 1])
def test_the_case_of_a_line_is_read_with_many_others(directory, case_id):
    line = replace(ZOE, invited=True, introduced=True, case_id=case_id)
    written = lines.line([(7, lines.encode(lines.document(line)))])
    found = lines.ordinary([written])
    assert found is not None
    assert (found.app_user_ids, found.channel_ids) == ((ZOE.app_user_id,), (ZOE.channel_id,))
    assert lines.read(found.documents[0]) == line


def test_a_kept_line_is_on_disk_at_once(directory):
    book = TinyChannelBook(directory)
    book.keep(ZOE)
    assert "sk-zoe" in (directory / "channels.jsonl").read_text()
    assert (directory / "channels.jsonl").stat().st_mode & 0o777 == 0o600
    book.close()


def test_many_threads_lose_nothing(directory):
    book = TinyChannelBook(directory)

    def write(first: int) -> None:
        for number in range(first, first + 25):
            book.keep(entry(number))

    threads = [threading.Thread(target=write, args=(first,)) for first in range(0, 200, 25)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    book.close()
    again = TinyChannelBook(directory)
    assert {each.app_user_id for each in again.entries()} == {entry(number).app_user_id for number in range(200)}
    again.close()


def test_a_process_that_is_killed_leaves_a_whole_file(directory):
    code = (
        "import sys; from dataclasses import replace; from pathlib import Path\n"
        "from desk.channel_book import TinyChannelBook; from desk.ports import ChannelEntry\n"
        "book = TinyChannelBook(Path(sys.argv[1]))\n"
        "number = 0\n"
        "while True:\n"
        "    book.keep(ChannelEntry(f'{number:024x}', 'x' * 200, f'sk-{number}', f'C{number}', 'open'))\n"
        "    number += 1\n"
        "    print(number, flush=True)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(directory)],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )
    for line in process.stdout:
        if int(line) >= 60:
            break
    process.kill()
    kept = max(60, *[int(line) for line in process.stdout if line.strip()], 0)
    process.wait(10)
    process.stdout.close()
    book = TinyChannelBook(directory)
    assert len(book.entries()) >= kept
    book.close()


def test_a_second_bot_is_refused_as_long_as_the_first_lives(directory):
    book = TinyChannelBook(directory)
    with pytest.raises(ChannelBookError, match=r"Another bot uses .*SK_DATA_DIR"):
        TinyChannelBook(directory)
    book.close()
    TinyChannelBook(directory).close()


HEAD = '{"version":2}\n'


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("", id="empty"),
        pytest.param('{"version":2}', id="a head that is cut off"),
        pytest.param("[]\n", id="a list"),
        pytest.param("7\n", id="a number"),
        pytest.param("{}\n", id="a book without a version"),
        pytest.param(HEAD + "[]\n{}\n", id="lines in a list"),
        pytest.param(HEAD + '{"1":{"app_us\n{}\n', id="a line that is cut off"),
        pytest.param(HEAD + '{"1":{"title":"no ID"}}\n{}\n', id="a line without an ID"),
        pytest.param(HEAD + '{"one":{"app_user_id":"a","title":"t"}}\n{}\n', id="a strange number"),
        pytest.param(HEAD + '{"1":{"app_user_id":"a","title":"t","state":"?"}}\n{}\n', id="a strange state"),
    ],
)
def test_a_file_that_makes_no_sense_is_refused_and_left_alone(directory, content):
    directory.mkdir(parents=True)
    path = directory / "channels.jsonl"
    path.write_text(content)
    for _ in range(2):
        with pytest.raises(ChannelBookError, match=r"channels\.jsonl cannot be read \(line [12].*backup"):
            TinyChannelBook(directory)
    assert path.read_text() == content
    path.unlink()
    TinyChannelBook(directory).close()


@pytest.mark.parametrize("damage", ["", "cut off", "cut off after a line", "garbled"])
def test_the_last_good_file_stands_beside_a_damaged_one_and_is_named(directory, damage):
    path, backup = directory / "channels.jsonl", directory / "channels.jsonl.bak"
    book = TinyChannelBook(directory)
    for number in range(5):
        book.keep(entry(number))
    book.close()
    whole = path.read_bytes()
    shorter = whole[: whole[:-1].rindex(b"\n") + 1]
    damaged = {"": b"", "cut off": whole[:-7], "cut off after a line": shorter, "garbled": b"\0" * len(whole)}
    path.write_bytes(damaged[damage])
    with pytest.raises(ChannelBookError, match=r"channels\.jsonl cannot be read.*backup .*channels\.jsonl\.bak"):
        TinyChannelBook(directory)
    assert path.read_bytes() == damaged[damage]
    backup.replace(path)
    book = TinyChannelBook(directory)
    assert book.entries() == [entry(number) for number in range(5)]
    book.close()


def test_a_damaged_line_that_others_follow_is_told_with_its_number(directory):
    path = directory / "channels.jsonl"
    book = TinyChannelBook(directory)
    for number in range(5):
        book.keep(entry(number))
    book.close()
    content = path.read_bytes().splitlines(keepends=True)
    content[3] = content[3].replace(b'"title"', b"'title'")
    path.write_bytes(b"".join(content))
    with pytest.raises(ChannelBookError, match=r"line 4: .*channels\.jsonl\.bak"):
        TinyChannelBook(directory)


def test_a_last_line_of_which_only_a_part_was_written_was_never_promised_and_goes(directory):
    """Wherever a kill or a power cut ended the write; the next change goes where that line would have gone."""
    path, backup = directory / "channels.jsonl", directory / "channels.jsonl.bak"
    book = TinyChannelBook(directory)
    book.keep(entry(1))
    before = path.read_bytes()
    book.keep(ZOE)
    book.close()
    whole = path.read_bytes()
    for length in range(len(before), len(whole)):
        path.write_bytes(whole[:length])
        backup.write_bytes(before)
        book = TinyChannelBook(directory)
        assert book.entries() == [entry(1)]
        assert path.read_bytes() == before
        book.close()
    path.write_bytes(whole[:-9] + b"\0" * 9)
    backup.write_bytes(before)
    book = TinyChannelBook(directory)
    book.keep(entry(2))
    book.close()
    book = TinyChannelBook(directory)
    assert book.entries() == [entry(1), entry(2)]
    book.close()


def test_after_a_start_the_backup_misses_nothing(directory):
    book = TinyChannelBook(directory)
    book.keep(ZOE)
    book.keep(entry(1))
    book.close()
    TinyChannelBook(directory).close()
    path, backup = directory / "channels.jsonl", directory / "channels.jsonl.bak"
    assert backup.read_bytes() == path.read_bytes()
    assert backup.stat().st_ino != path.stat().st_ino
    assert backup.stat().st_mode & 0o777 == 0o600


def test_a_backup_that_lacks_the_last_changes_is_made_anew_at_the_start(directory):
    book = TinyChannelBook(directory)
    book.keep(ZOE)
    book.close()
    path, backup = directory / "channels.jsonl", directory / "channels.jsonl.bak"
    backup.write_bytes(path.read_bytes()[:-20])
    book = TinyChannelBook(directory)
    book.keep(entry(1))
    assert backup.read_bytes() == path.read_bytes()
    book.close()


@pytest.mark.parametrize("size", [0, 500])
def test_a_change_costs_one_write_and_one_sync_of_the_file_whatever_its_size(directory, monkeypatch, size):
    """The change lasts when `keep` returns, and the backup follows only then; nothing is renamed or read."""
    directory.mkdir(parents=True)
    documents = [(number, lines.encode(lines.document(entry(number)))) for number in range(1, size + 1)]
    (directory / "channels.jsonl").write_bytes(HEAD.encode() + b"".join(lines.line([each]) for each in documents))
    book = TinyChannelBook(directory)
    steps, real_write, real_sync = [], os.write, os.fdatasync

    def name(descriptor):
        return Path(f"/proc/self/fd/{descriptor}").readlink().name

    def write(descriptor, content):
        steps.append(("write", name(descriptor), len(content) < 1000))
        return real_write(descriptor, content)

    def sync(descriptor):
        steps.append(("sync", name(descriptor)))
        real_sync(descriptor)

    inode = (directory / "channels.jsonl").stat().st_ino
    monkeypatch.setattr(os, "write", write)
    monkeypatch.setattr(os, "fdatasync", sync)
    book.keep(entry(size + 1))
    assert steps == [
        ("write", "channels.jsonl", True),
        ("sync", "channels.jsonl"),
        ("write", "channels.jsonl.bak", True),
    ]
    assert (directory / "channels.jsonl").stat().st_ino == inode
    book.close()


def test_a_file_is_rewritten_only_when_its_new_content_lasts(directory, monkeypatch):
    """What a disk has after a power cut: renames that were not synced may be there or not, contents only if synced."""
    book = TinyChannelBook(directory)
    book.keep(ZOE)
    steps, real_sync, real_replace = [], os.fsync, Path.replace

    def sync(descriptor):
        real_sync(descriptor)
        steps.append(("sync", Path(f"/proc/self/fd/{descriptor}").readlink().name))

    def replace(self, target):
        steps.append(("rename", self.name, Path(target).name))
        return real_replace(self, target)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", replace)
    book.forget(ZOE.app_user_id)
    assert steps == [
        ("sync", "channels.jsonl.new"),  # the new content lasts before any name leads to it
        ("rename", "channels.jsonl.new", "channels.jsonl"),
        ("sync", directory.name),  # and the name lasts before `forget` returns
        ("sync", "channels.jsonl.bak.new"),
        ("rename", "channels.jsonl.bak.new", "channels.jsonl.bak"),
        ("sync", directory.name),
    ]
    book.close()


def test_a_file_of_which_most_is_no_longer_needed_is_rewritten(directory, monkeypatch):
    monkeypatch.setattr(storage, "BEARABLE", 2000)
    path = directory / "channels.jsonl"
    book = TinyChannelBook(directory)
    sizes = []
    for turn in range(100):
        book.keep(replace(ZOE, asked=float(turn)))
        sizes.append(path.stat().st_size)
    assert max(sizes) < 5000
    assert sizes != sorted(sizes)
    assert (directory / "channels.jsonl.bak").read_bytes() == path.read_bytes()
    book.close()
    book = TinyChannelBook(directory)
    assert book.entries() == [replace(ZOE, asked=99.0)]
    book.close()


def test_a_kill_between_both_files_of_a_rewrite_is_no_damage(directory):
    """The backup is the one from before the rewrite then: longer, but it does not go on where the file ends."""
    book = TinyChannelBook(directory)
    book.keep(entry(1))
    book.keep(ZOE)
    backup = directory / "channels.jsonl.bak"
    before = backup.read_bytes()
    book.forget(ZOE.app_user_id)
    book.close()
    backup.write_bytes(before)
    (directory / "channels.jsonl.bak.new").write_bytes(before)
    book = TinyChannelBook(directory)
    assert book.entries() == [entry(1)]
    assert b"sk-zoe" not in b"".join(path.read_bytes() for path in directory.iterdir())
    book.close()


def test_a_line_that_went_without_a_rewrite_leaves_the_disk_at_the_next_start(directory):
    book = TinyChannelBook(directory)
    book.keep(ZOE)
    book.keep(entry(1), instead_of=ZOE.app_user_id)
    book.close()
    TinyChannelBook(directory).close()
    assert b"sk-zoe" not in b"".join(path.read_bytes() for path in directory.iterdir())


def test_a_file_of_a_later_version_is_refused(directory):
    directory.mkdir(parents=True)
    (directory / "channels.jsonl").write_text('{"version":3}\n')
    with pytest.raises(ChannelBookError, match="later version"):
        TinyChannelBook(directory)


def test_a_directory_that_cannot_be_used_is_named(tmp_path):
    (tmp_path / "desk").write_text("a file")
    with pytest.raises(ChannelBookError, match="desk"):
        TinyChannelBook(tmp_path / "desk")


def test_a_disk_that_does_not_take_it_changes_nothing_and_later_works_again(directory, monkeypatch):
    """Half of the line is written when it fails; that half is gone before the next one is written."""
    path, backup = directory / "channels.jsonl", directory / "channels.jsonl.bak"
    book = TinyChannelBook(directory)
    book.keep(ZOE)
    real_write, real_cut = os.write, os.ftruncate

    def write(descriptor, content):
        if len(content) > 20:
            return real_write(descriptor, content[:20])
        raise OSError(errno.ENOSPC, "No space left on device")

    def cut(descriptor, length):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "write", write)
    before = path.read_bytes()
    with pytest.raises(ChannelBookError, match=r"cannot be written .*No space"):
        book.keep(replace(ZOE, state="gone"))
    assert path.read_bytes() == before
    monkeypatch.setattr(os, "ftruncate", cut)
    with pytest.raises(ChannelBookError, match="No space"):
        book.keep(entry(1), instead_of=ZOE.app_user_id)
    monkeypatch.setattr(os, "write", real_write)
    with pytest.raises(ChannelBookError, match="Input/output"):
        book.keep(entry(1))
    assert book.entries() == [ZOE] == [book.of_app_user(ZOE.app_user_id)]
    monkeypatch.setattr(os, "ftruncate", real_cut)
    book.keep(replace(ZOE, state="archived"))
    assert backup.read_bytes() == path.read_bytes()
    book.close()
    with pytest.raises(ChannelBookError, match="closed"):
        book.keep(ZOE)
    again = TinyChannelBook(directory)
    assert again.entries() == [replace(ZOE, state="archived")]
    again.close()


def test_nothing_of_a_forgotten_line_is_left_on_disk(directory):
    book = TinyChannelBook(directory)
    book.keep(entry(11))
    book.keep(ZOE)
    book.forget(ZOE.app_user_id)
    left = b"".join(path.read_bytes() for path in directory.iterdir())
    assert ZOE.app_user_id.encode() not in left
    assert b"sk-zoe" not in left
    assert b"sk-11" in left
    book.keep(ZOE)
    book.close()
    again = TinyChannelBook(directory)
    assert again.entries() == [entry(11), ZOE]
    again.close()


@pytest.mark.parametrize(
    "route",
    [Route(), Route("support-de"), Route(private=True), Route("support-de", private=True), Route("a", ("UALICE0001",))],
)
def test_a_line_with_a_route_is_an_ordinary_one_once_people_were_invited(tmp_path, route):
    entry = ChannelEntry("a" * 24, "Zoë", "sk-zoe", "C1", "open", linked=True, route=route)
    written = lines.line([(1, lines.encode(lines.document(entry)))])
    assert (lines.ordinary([written]) is None) == bool(route.invite)
    book = TinyChannelBook(tmp_path)
    book.keep(entry)
    book.close()
    book = TinyChannelBook(tmp_path)
    assert book.of_app_user(entry.app_user_id) == entry
    book.close()
