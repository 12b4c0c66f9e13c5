"""`python -m sandbox` as a process: its line, its file, its end."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import aiohttp
import pytest
import requests


@pytest.fixture
def start():
    running = []

    def start(*options, **environment):
        command = [sys.executable, "-m", "sandbox", "--port", "0", *options]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SK_")}
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=kept | environment
        )
        running.append(process)
        line = process.stdout.readline()
        match = re.fullmatch(r"sandbox listening on (http://127\.0\.0\.1:\d+)/\n", line)
        assert match, line
        return process, match[1]

    yield start
    for process in running:
        process.kill()
        process.wait(10)
        process.stdout.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_at_once_and_well_with_listeners_connected(start, number):
    process, url = start()
    with requests.get(f"{url}/_sandbox/updates", stream=True, timeout=10) as feed:
        next(feed.iter_lines(chunk_size=1))
        process.send_signal(number)
        assert process.wait(5) == 0


def test_it_ends_in_time_while_a_call_is_kept_waiting_and_a_socket_is_open(start):
    process, url = start()
    requests.post(f"{url}/_sandbox/faults", json={"method": "auth.test", "kind": "timeout_before"}, timeout=10)
    with pytest.raises(requests.Timeout):
        requests.get(f"{url}/api/auth.test", timeout=0.2)
    ticket = requests.post(f"{url}/api/apps.connections.open", data={"token": "xapp-sandbox"}, timeout=10).json()["url"]

    async def listen():
        async with aiohttp.ClientSession() as session, session.ws_connect(ticket) as websocket:
            process.terminate()
            return [frame.json()["type"] async for frame in websocket]

    with ThreadPoolExecutor(1) as elsewhere:  # this thread may hold the browser's event loop
        assert elsewhere.submit(lambda: asyncio.run(listen())).result(10) == ["hello"]
    assert process.wait(5) == 0


def test_it_says_why_it_cannot_start():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        for wanted, complaint in ((port, f"cannot listen on port {port}"), ("many", "invalid int value: 'many'")):
            command = [sys.executable, "-m", "sandbox"]
            environment = os.environ | {"SK_SANDBOX_PORT": wanted}
            ended = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=20)
            assert ended.returncode != 0
            assert complaint in ended.stderr
            assert "Traceback" not in ended.stderr


def test_it_goes_on_where_it_stopped(start, tmp_path):
    state = str(tmp_path / "state.json")
    process, url = start("--state", state, "--no-limits")
    person = {"user": "UALICE0001", "channel": "CGENERAL01"}
    ts = requests.post(f"{url}/_sandbox/act/message", json={**person, "text": "hello"}, timeout=10).json()["ts"]
    process.terminate()
    assert process.wait(5) == 0
    _, url = start("--state", state)
    [message] = requests.get(f"{url}/_sandbox/messages", params={"channel": "CGENERAL01"}, timeout=10).json()[
        "messages"
    ]
    assert (message["ts"], message["text"]) == (ts, "hello")


@pytest.mark.parametrize(
    ("environment", "server_url"),
    [
        pytest.param({}, "http://127.0.0.1:8080", id="default"),
        pytest.param({"SK_PORT": "1234"}, "http://127.0.0.1:1234", id="from the port"),
        pytest.param({"SK_PORT": "1", "SK_SERVER_URL": "http://a.example"}, "http://a.example", id="told"),
    ],
)
def test_the_chat_finds_the_server_by_its_port_unless_told_otherwise(start, environment, server_url):
    _, url = start(**environment)
    assert requests.get(f"{url}/_sandbox/app", timeout=10).json()["server_url"] == server_url


def test_the_environment_tells_the_chat_where_to_go(start):
    _, url = start(SK_SERVER_URL="http://127.0.0.1:1234", SK_APP_ID="shop", SK_APP_TOKEN="public")
    access = requests.get(f"{url}/_sandbox/app", timeout=10).json()
    assert access == {"server_url": "http://127.0.0.1:1234", "app_id": "shop", "app_token": "public"}
