"""The channel book on disk: whole, lasting, and owned by one process."""

import json
import os
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from desk.channel_book import TinyChannelBook
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


def test_a_kept_line_is_on_disk_at_once(directory):
    book = TinyChannelBook(directory)
    book.keep(ZOE)
    assert "sk-zoe" in (directory / "channels.json").read_text()
    assert (directory / "channels.json").stat().st_mode & 0o777 == 0o600
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


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("", id="empty"),
        pytest.param('{"channels": {"1": {"app_user', id="cut off"),
        pytest.param("[]", id="a list"),
        pytest.param("7", id="a number"),
        pytest.param('{"channels": []}', id="lines in a list"),
        pytest.param('{"channels": {"1": {"title": "no ID"}}}', id="a line without an ID"),
        pytest.param('{"channels": {"one": {"app_user_id": "a", "title": "t"}}}', id="a strange number"),
        pytest.param('{"channels": {"1": {"app_user_id": "a", "title": "t", "state": "?"}}}', id="a strange state"),
        pytest.param('{"book": {"1": {}}}', id="a book without a version"),
    ],
)
def test_a_file_that_makes_no_sense_is_refused_and_left_alone(directory, content):
    directory.mkdir(parents=True)
    path = directory / "channels.json"
    path.write_text(content)
    for _ in range(2):
        with pytest.raises(ChannelBookError, match=r"channels\.json cannot be read.*backup"):
            TinyChannelBook(directory)
    assert path.read_text() == content
    path.unlink()
    TinyChannelBook(directory).close()


@pytest.mark.parametrize("damage", ["", "cut off", "garbled"])
def test_the_last_good_file_stands_beside_a_damaged_one_and_is_named(directory, damage):
    path, backup = directory / "channels.json", directory / "channels.json.bak"
    book = TinyChannelBook(directory)
    for number in range(5):
        book.keep(entry(number))
    book.close()
    whole = path.read_bytes()
    path.write_bytes({"": b"", "cut off": whole[:-7], "garbled": b"\0" * len(whole)}[damage])
    with pytest.raises(ChannelBookError, match=r"channels\.json cannot be read.*backup .*channels\.json\.bak"):
        TinyChannelBook(directory)
    backup.replace(path)
    book = TinyChannelBook(directory)
    assert book.entries() == [entry(number) for number in range(4)]  # the last change may be missing
    book.close()


def test_after_a_start_the_backup_misses_nothing(directory):
    book = TinyChannelBook(directory)
    book.keep(ZOE)
    book.keep(entry(1))
    book.close()
    TinyChannelBook(directory).close()
    path, backup = directory / "channels.json", directory / "channels.json.bak"
    assert backup.read_bytes() == path.read_bytes()
    assert backup.stat().st_ino != path.stat().st_ino
    assert backup.stat().st_mode & 0o777 == 0o600


def test_power_may_fail_at_any_moment_of_a_write(directory, monkeypatch):
    """What a disk has after a power cut: renames that were not synced may be there or not, contents only if synced."""
    book = TinyChannelBook(directory)
    book.keep(ZOE)
    path = directory / "channels.json"
    old, steps = path.read_bytes(), []
    real_sync, real_replace = os.fsync, Path.replace

    def sync(descriptor):
        real_sync(descriptor)
        steps.append(("sync", Path(f"/proc/self/fd/{descriptor}").readlink().name))

    def replace(self, target):
        steps.append(("rename", self.name, Path(target).name))
        return real_replace(self, target)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", replace)
    book.keep(entry(1))
    assert steps == [
        ("sync", "channels.new"),  # the new content lasts before any name leads to it
        ("rename", "channels.json.link", "channels.json.bak"),
        ("rename", "channels.new", "channels.json"),
        ("sync", directory.name),  # and the name lasts before `keep` returns
    ]
    assert (directory / "channels.json.bak").read_bytes() == old
    book.close()


def test_a_file_of_a_later_version_is_refused(directory):
    directory.mkdir(parents=True)
    (directory / "channels.json").write_text(json.dumps({"book": {"1": {"version": 2}}}))
    with pytest.raises(ChannelBookError, match="later version"):
        TinyChannelBook(directory)


def test_a_directory_that_cannot_be_used_is_named(tmp_path):
    (tmp_path / "desk").write_text("a file")
    with pytest.raises(ChannelBookError, match="desk"):
        TinyChannelBook(tmp_path / "desk")


def test_a_disk_that_does_not_take_it_changes_nothing_and_later_works_again(directory):
    book = TinyChannelBook(directory)
    book.keep(ZOE)
    (directory / "channels.new").mkdir()
    with pytest.raises(ChannelBookError, match="cannot be written"):
        book.keep(replace(ZOE, state="gone"))
    assert book.of_app_user(ZOE.app_user_id) == ZOE
    (directory / "channels.new").rmdir()
    book.keep(replace(ZOE, state="archived"))
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
