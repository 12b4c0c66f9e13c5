"""`make run`, and what each process says when it cannot start."""

import io
import os
import re
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest
import requests
from honcho.printer import Message
from processes import ROOT, free_port, wait_for

from launch.__main__ import MergedLog


@pytest.fixture
def environment(tmp_path):
    """Settings of a stack that nobody else uses."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("SK_", "SLACK_"))}
    ports = {name: str(free_port()) for name in ("SK_SANDBOX_PORT", "SK_PORT", "SK_BOT_PORT")}
    return {**inherited, **ports, "SK_DATA_DIR": str(tmp_path / "data")}


@pytest.fixture
def launched(environment):
    """Starts `make run`'s launcher; whatever a failed test leaves of it is ended, process by process."""
    started = []

    def launch(stdout):
        command = [sys.executable, "-m", "launch"]
        launcher = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=stdout, stderr=subprocess.STDOUT)
        started.append(psutil.Process(launcher.pid))
        return launcher

    yield launch
    for launcher in started:
        if launcher.is_running() and launcher.status() != psutil.STATUS_ZOMBIE:
            for process in [*launcher.children(recursive=True), launcher]:
                process.kill()


def processes_of(launcher):
    return wait_for(lambda: psutil.Process(launcher.pid).children(recursive=True), "the first process")


def all_gone(processes):
    wait_for(lambda: not [process for process in processes if process.is_running()], "every process being gone")


def test_one_command_starts_everything_says_where_to_go_and_stops_it_all(launched, tmp_path):
    log_path = tmp_path / "log"
    with log_path.open("wb") as log:
        launcher = launched(log)
    wait_for(lambda: "Ready. Open http://" in log_path.read_text(), "the announcement", 40)
    [url] = re.findall(r"Ready\. Open (http://\S+)", log_path.read_text())
    assert requests.get(url, timeout=5).headers["Content-Type"].startswith("text/html")
    processes = processes_of(launcher)
    launcher.send_signal(signal.SIGINT)
    assert launcher.wait(10) == 0
    all_gone(processes)
    log_text = log_path.read_text()
    assert "Traceback" not in log_text
    for line in log_text.splitlines():
        assert len(re.findall(r"\b\d\d:\d\d:\d\d\b", line)) == 1, line
    stopping = log_text.partition("SIGINT received")[2]
    assert "warning" not in stopping
    assert "error" not in stopping
    for name in ("sandbox", "server", "bot", "ready"):
        assert f"{name} " in log_path.read_text()


@pytest.mark.parametrize(
    "stamp",
    [
        pytest.param("timestamp=2030-12-31T20:30:51.123456Z", id="webhook server"),
        pytest.param("timestamp=2030-12-31 20:30:51,123", id="a library of it"),
        pytest.param("20:30:51", id="bot"),
        pytest.param("\x1b[2m20:30:51\x1b[0m", id="bot, coloured"),
        pytest.param("2030-12-31 20:30:51", id="sandbox"),
        pytest.param("\x1b[2m2030-12-31 20:30:51\x1b[0m", id="sandbox, coloured"),
    ],
)
def test_a_line_of_the_merged_log_has_one_time(stamp):
    shown = io.StringIO()
    now = datetime(2030, 12, 31, 20, 30, 51, tzinfo=UTC)
    MergedLog(shown, width=6).write(Message("line", f"{stamp} said=10:00:00".encode(), now, "server", None))
    assert shown.getvalue() == "20:30:51 server | said=10:00:00\n"


def test_ctrl_c_in_the_first_moment_leaves_nothing_behind(launched):
    launcher = launched(subprocess.PIPE)
    processes = processes_of(launcher)
    launcher.send_signal(signal.SIGINT)
    said, _ = launcher.communicate(timeout=20)
    assert b"Traceback" not in said
    all_gone(processes)


def test_everything_stops_when_nobody_reads_the_log_any_more(launched):
    launcher = launched(subprocess.PIPE)
    assert launcher.stdout.readline()
    processes = processes_of(launcher)
    launcher.stdout.close()
    launcher.wait(20)
    all_gone(processes)


def test_a_port_in_use_is_named_before_anything_starts(environment):
    environment["SK_BOT_PORT"] = environment["SK_PORT"]
    done = subprocess.run([sys.executable, "-m", "launch"], cwd=ROOT, env=environment, capture_output=True, timeout=20)
    assert done.returncode == 2
    assert b"port of its own" in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        pytest.param([sys.executable, "-m", "webhook_server"], id="webhook server"),
        pytest.param([str(Path(sys.executable).with_name("errbot")), "-c", "config.py"], id="bot"),
        pytest.param([sys.executable, "-m", "launch"], id="launcher"),
    ],
)
def test_wrong_settings_stop_the_start_with_one_message_that_names_them_all(environment, command):
    environment |= {"SK_PORT": "eighty", "SK_INVITE": "bob", "SLACK_BOT_TOKEN": "oops"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=30)
    assert done.returncode == 2
    said = (done.stdout + done.stderr).decode()
    for name in ("SK_PORT", "SK_INVITE", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
        assert said.count(f"{name}: ") == 1
    assert "Traceback" not in said


def test_the_printed_credentials_work(environment):
    done = subprocess.run(
        [sys.executable, "-m", "webhook_server", "credentials"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        timeout=20,
        check=True,
    )
    said = done.stdout.decode()
    for word in ("app", "curl", "Bearer", "export SK_JWT="):
        assert word in said
