"""Kills, power cuts, bad disks, damaged files, locked ledgers: what was accepted comes once, in order."""

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from people import ALICE, App, Receiver, Slack, unique
from processes import Stack, wait_for


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    """A stack of this module's own, because its processes are killed."""
    stack = Stack(tmp_path_factory.mktemp("crashes"), SK_INVITE=ALICE)
    try:
        yield stack.start()
    finally:
        stack.end()


@pytest.fixture
def damaged(tmp_path):
    """A stack that a scenario starts, damages and looks at; only what it starts runs."""
    stack = Stack(tmp_path, SK_INVITE=ALICE)
    yield stack
    stack.end()


def post(app, user_id, text, name=None, key=None):
    """One try of the app's backend: the status, or None where no answer came."""
    body = {"role": "appUser", "text": text} | ({"name": name} if name else {})
    headers = {**app.backend, "Idempotency-Key": key or text}
    try:
        return requests.post(
            f"{app.base}/appusers/{user_id}/messages", json=body, headers=headers, timeout=20
        ).status_code
    except requests.RequestException:
        return None


def insist(app, user_id, text, name=None):
    """The client of an app whose server went away tries again, with the same key."""
    wait_for(lambda: post(app, user_id, text, name) == 201, "the message being accepted", 60)


def in_slack(slack, channel_id):
    """The texts that app users wrote, as often and in the order as they stand in the channel."""
    lines = [line for message in slack.relayed(channel_id) for line in message["text"].splitlines()]
    return [line.removeprefix("• ") for line in lines]


def ended(process, seconds=25):
    """Start a process that is to refuse; returns its exit status and what it said."""
    process.start(wait=False)
    return process.popen.wait(seconds), process.log()


# ── SIGKILL ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("victim", ["bot", "server"])
def test_sigkill_at_any_moment_loses_doubles_and_swaps_nothing(stack, app, slack, victim, seed):
    chance = random.Random(f"{victim} {seed}")
    users = [(unique(f"{victim}{seed}{who}"), f"{who} {victim} {seed}") for who in ("Una", "Ugo")]
    texts = {user_id: [f"{name} {number:02d}" for number in range(15)] for user_id, name in users}
    with Receiver().running() as receiver:
        webhook = app.webhook(receiver.url)
        writers = [
            threading.Thread(target=lambda u=u, n=n: [insist(app, u, text, n) for text in texts[u]]) for u, n in users
        ]
        for writer in writers:
            writer.start()
        threading.Event().wait(chance.uniform(0.02, 0.5))  # the moment is what the seed chooses, not a condition
        process = getattr(stack, victim)
        process.kill()
        process.start()
        for writer in writers:
            writer.join()
        for user_id, name in users:
            channel_id = slack.conversation("sk-" + name.lower().replace(" ", "-"))
            wait_for(lambda: len(in_slack(slack, channel_id)) >= 15, "all of them in Slack", 30)  # noqa: B023
            assert in_slack(slack, channel_id) == texts[user_id]
            written = [message["text"] for message in app.messages(user_id) if message["role"] == "appUser"]
            assert written == texts[user_id]
            reply = f"reply to {name}"
            slack.command(ALICE, channel_id, reply)
            wait_for(lambda: reply in receiver.texts(), "the reply with the app")  # noqa: B023
            assert app.replies(user_id) == [reply]
        app.call("DELETE", f"/webhooks/{webhook['_id']}")


# ── power ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_after_a_power_cut_what_a_201_promised_is_there_and_comes_once(damaged, tmp_path):
    """Both processes stop dead with the answer to a 201. The disk keeps what was there; the last writes are torn."""
    damaged.start()
    app, slack = App(damaged.server_url, damaged.settings), Slack(damaged.sandbox_url)
    user_id, texts = unique("power"), [f"power {number:02d}" for number in range(12)]
    for text in texts:
        assert post(app, user_id, text, "Pat Power") == 201
    for process in (damaged.server, damaged.bot):
        process.popen.send_signal(signal.SIGSTOP)
    data, disk = Path(damaged.settings["SK_DATA_DIR"]), tmp_path / "disk"
    shutil.copytree(data, disk)
    for process in (damaged.server, damaged.bot):
        process.kill()
    shutil.rmtree(data)
    shutil.copytree(disk, data)
    with (data / "ledger.sqlite3-wal").open("ab") as wal:
        wal.write(os.urandom(5000))  # a write that was under way and never synced
    (data / "ledger.sqlite3-shm").unlink(missing_ok=True)
    (data / "desk" / "channels.new").write_text('{"channels": {"1": {"app_us')
    for process in (damaged.server, damaged.bot):
        process.start()
    channel_id = slack.conversation("sk-pat-power")
    wait_for(lambda: len(in_slack(slack, channel_id)) >= 12, "all of them in Slack")
    assert post(app, user_id, "afterwards", "Pat Power") == 201
    wait_for(lambda: "afterwards" in in_slack(slack, channel_id), "the next message")
    assert in_slack(slack, channel_id) == [*texts, "afterwards"]
    assert len(slack.user_channels()) == 1


# ── disks ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def mounted(place, *arguments):
    """A mount for one test; skips loudly where this user may not mount."""
    place.mkdir(parents=True, exist_ok=True)
    commands = [["mount", *arguments[0], str(place)], *[["mount", *more, str(place)] for more in arguments[1:]]]
    done = subprocess.run(commands[0], capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"MAY NOT MOUNT: not tested here, because it needs root ({done.stderr.decode().strip()})")
    try:
        for command in commands[1:]:
            subprocess.run(command, check=True)
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(path):
    with path.open("wb") as filler, contextlib.suppress(OSError):
        while True:
            filler.write(b"x" * 65536)
            filler.flush()


def test_a_full_disk_is_answered_503_loses_nothing_and_heals(damaged):
    data = Path(damaged.settings["SK_DATA_DIR"])
    with mounted(data, ["-t", "tmpfs", "-o", "size=4m,mode=700", "none"]):
        damaged.server.start()
        app, user_id, accepted = App(damaged.server_url, damaged.settings), unique("full"), []
        assert post(app, user_id, "before") == 201
        fill(data / "filler")
        status = 201
        for number in range(3000):
            status = post(app, user_id, f"full {number}")
            if status != 201:
                break
            accepted.append(f"full {number}")
        assert status == 503
        answer = requests.post(
            f"{app.base}/appusers/{user_id}/messages",
            json={"role": "appUser", "text": "x" * 10_000},
            headers=app.backend,
            timeout=10,
        )
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "ledger_unavailable")
        assert answer.headers["Retry-After"] == "1"
        ready = requests.get(f"{damaged.server_url}/readyz", timeout=10)
        assert (ready.status_code, ready.json()["error"]["code"]) == (503, "ledger_unavailable")
        assert requests.get(f"{damaged.server_url}/healthz", timeout=10).status_code == 200
        (data / "filler").unlink()
        wait_for(lambda: requests.get(f"{damaged.server_url}/readyz", timeout=10).status_code == 200, "the recovery")
        assert post(app, user_id, "after") == 201
        listed = app.call("GET", f"/appusers/{user_id}/conversation")["conversation"]["messages"]
        assert [message["text"] for message in listed] == ["before", *accepted, "after"][-100:]
        damaged.server.kill()
        damaged.server.start()
        assert app.messages(user_id)[-1]["text"] == "after"
        damaged.server.stop()


def test_a_read_only_data_directory_is_told_at_the_start(damaged):
    data = Path(damaged.settings["SK_DATA_DIR"])
    with mounted(data, ["--bind", str(data)], ["-o", "remount,ro,bind"]):
        for process in (damaged.server, damaged.bot):
            status, said = ended(process)
            assert status == 2
            assert "Give a directory that this user may write" in said
            assert str(data) in said
            assert "Traceback" not in said


# ── damaged files ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_damaged_channel_book_stops_the_bot_with_its_name_and_the_way_out_works(damaged):
    damaged.start()
    app, slack = App(damaged.server_url, damaged.settings), Slack(damaged.sandbox_url)
    app.write("first", "hello", name="Fay First")
    channel_id = slack.conversation("sk-fay-first")
    wait_for(lambda: in_slack(slack, channel_id) == ["hello"], "the first message")
    damaged.bot.kill()
    book = Path(damaged.settings["SK_DATA_DIR"]) / "desk" / "channels.jsonl"
    whole = book.read_bytes()
    for damage in (whole[: len(whole) // 2], os.urandom(len(whole)), b""):
        book.write_bytes(damage)
        damaged.bot.log_path.unlink()
        status, said = ended(damaged.bot)
        assert status == 1
        [sentence] = [line for line in said.splitlines() if "cannot be read" in line]
        assert sentence.startswith(str(book))
        assert "channels.jsonl.bak: put that in its place" in sentence
        assert book.read_bytes() == damage
    book.with_name("channels.jsonl.bak").replace(book)
    damaged.bot.start()
    app.write("first", "again", name="Fay First")
    wait_for(lambda: in_slack(slack, channel_id) == ["hello", "again"], "the next message in the same channel")
    assert len(slack.user_channels()) == 1


@pytest.mark.parametrize("damage", ["garbled", "no database"])
def test_a_damaged_ledger_stops_the_server_with_the_way_out(damaged, damage):
    damaged.server.start()
    App(damaged.server_url, damaged.settings).write("ann", "hello")
    damaged.server.stop()
    ledger = Path(damaged.settings["SK_DATA_DIR"]) / "ledger.sqlite3"
    size = ledger.stat().st_size
    ledger.write_bytes(b"SQLite format 3\0" + os.urandom(size - 16) if damage == "garbled" else b"oops" * 5000)
    before = ledger.read_bytes()
    status, said = ended(damaged.server)
    assert status == 2
    assert "The ledger cannot be opened" in said
    assert "Restore a backup, or move the file away" in said
    assert "Traceback" not in said
    assert ledger.read_bytes() == before


# ── a ledger that somebody else locks ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("long", [False, True], ids=["for a moment", "for long"])
def test_a_locked_ledger_lets_requests_wait_or_come_again_and_loses_none(stack, app, long):
    path = Path(stack.settings["SK_DATA_DIR"]) / "ledger.sqlite3"
    user_id, seen = unique("locked"), []
    assert post(app, user_id, "before") == 201

    def tried(number):
        seen.append(post(app, user_id, f"locked {number}"))
        return seen[-1] == 201

    writers = [threading.Thread(target=lambda n=number: wait_for(lambda: tried(n), "a 201", 30)) for number in range(5)]
    with contextlib.closing(sqlite3.connect(path, isolation_level=None, timeout=5)) as other:
        other.execute("BEGIN IMMEDIATE")
        for writer in writers:
            writer.start()
        if long:
            wait_for(lambda: seen, "an answer while it is locked")
        else:
            threading.Event().wait(1.5)  # so long somebody's backup takes
        other.execute("ROLLBACK")
    for writer in writers:
        writer.join()
    assert set(seen) == ({201, 503} if long else {201})
    texts = [message["text"] for message in app.messages(user_id)]
    assert texts[0] == "before"
    assert sorted(texts[1:]) == [f"locked {number}" for number in range(5)]


# ── a second one by mistake ───────────────────────────────────────────────────────────────────────────────────────


def test_a_second_one_on_the_same_data_is_refused_and_the_first_goes_on(stack, app, slack, tmp_path):
    second = Stack(tmp_path, SK_DATA_DIR=stack.settings["SK_DATA_DIR"])
    second.bot.start(wait=False)
    status, said = ended(second.server)
    assert status == 2
    assert "Another webhook server works on" in said
    assert second.bot.popen.wait(25) == 1  # after the time that a predecessor may take to end
    assert "Another bot uses" in second.bot.log()
    assert "Traceback" not in said + second.bot.log()
    app.write(unique("second"), "the first goes on", name="Sue Second")
    assert in_slack(slack, slack.conversation("sk-sue-second")) == ["the first goes on"]
