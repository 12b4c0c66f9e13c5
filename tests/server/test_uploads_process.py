"""Uploads to the real process: killed, flooded, sent in pieces."""

import http.client
import os
import re
import secrets
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest
import requests
from pictures import jpeg
from processes import Process, free_port

from settings import load
from webhook_server.api.auth import app_jwt
from wire.uploads import FILE_BYTES

BOUNDARY = "x"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A process that all tests here share, the one that kills it too."""
    tmp_path = tmp_path_factory.mktemp("uploads")
    port = str(free_port())
    given = {"SK_DATA_DIR": str(tmp_path / "data"), "SK_PORT": port, "SK_BOT_PORT": str(free_port())}
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("SK_", "SLACK_"))}
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "webhook_server"]
    server = Process("server", command, inherited | given, tmp_path / "log", f"{url}/readyz")
    server.start()
    server.url, server.port, server.media = url, int(port), tmp_path / "data" / "media"
    server.headers = {"Authorization": f"Bearer {app_jwt(load(given, tmp_path / 'none'))}"}
    yield server
    server.end()


def send(server, content, **options):
    files = {"source": ("a.bin", content)}
    return requests.post(f"{server.url}/v1/attachments", files=files, headers=server.headers, timeout=30, **options)


def test_what_was_answered_outlives_a_kill(server):
    kept, stopped = [], threading.Event()

    def flood():
        while not stopped.is_set():
            content = secrets.token_bytes(50_000)
            try:
                response = send(server, content)
            except requests.RequestException:
                return
            if response.status_code == 201:
                kept.append((response.json()["mediaUrl"], content))

    threads = [threading.Thread(target=flood) for _ in range(4)]
    for thread in threads:
        thread.start()
    while len(kept) < 20:
        threads[0].join(0.01)
    server.kill()
    stopped.set()
    for thread in threads:
        thread.join(30)
    (server.media / "unfinished.part").write_bytes(b"half of something")
    server.start()
    for url, content in kept:
        assert requests.get(url, timeout=10).content == content
    assert not list(server.media.glob("*.part"))


def test_large_uploads_are_not_held_in_memory(server):
    process = psutil.Process(server.popen.pid)
    assert send(server, b"first").status_code == 201
    before = process.memory_info().rss
    highest, stopped = [before], threading.Event()

    def watch():
        while not stopped.wait(0.01):
            highest.append(process.memory_info().rss)

    watching = threading.Thread(target=watch)
    watching.start()
    content = secrets.token_bytes(FILE_BYTES)
    with ThreadPoolExecutor(12) as clients:
        statuses = list(clients.map(lambda _: send(server, content).status_code, range(12)))
    stopped.set()
    watching.join(10)
    assert statuses == [201] * 12
    assert max(highest) - before < 4 * FILE_BYTES


def chunked(server, size, *, content=b"x"):
    """A body in pieces, without a length; the answer's status and JSON."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="source"; filename="a.bin"\r\n\r\n'.encode()
    pieces = [head, *[content * 65_536] * (size // 65_536), content * (size % 65_536), b"\r\n--x--\r\n"]
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    headers = server.headers | {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    try:
        connection.request(
            "POST", "/v1/attachments", (piece for piece in pieces if piece), headers, encode_chunked=True
        )
        response = connection.getresponse()
        return response.status, response.read()
    except (BrokenPipeError, ConnectionResetError):
        return 413, b'"too_large"'  # refused before it was sent to its end
    finally:
        connection.close()


def test_uploads_may_come_in_pieces_and_are_measured_all_the_same(server):
    before = set(server.media.iterdir())
    assert chunked(server, FILE_BYTES)[0] == 201
    for size in (FILE_BYTES + 1, FILE_BYTES + 3 * 1024 * 1024):
        status, body = chunked(server, size)
        assert (status, b'"too_large"' in body) == (413, True)
    assert [path.stat().st_size for path in set(server.media.iterdir()) - before] == [FILE_BYTES]


def test_the_limits_do_not_keep_messages_waiting(server):
    """Photos are written anew in processes of their own: the server answers meanwhile."""
    photo = jpeg((2000, 1500))
    with ThreadPoolExecutor(4) as clients:
        uploads = [clients.submit(send, server, photo) for _ in range(4)]
        body = {"role": "appUser", "text": "hello"}
        said = requests.post(f"{server.url}/v1/appusers/ann/messages", json=body, headers=server.headers, timeout=10)
        assert said.status_code == 201
        assert said.elapsed.total_seconds() < 3
        assert {upload.result().status_code for upload in uploads} <= {201, 503}


def test_a_link_is_readable_by_anyone_who_has_it_and_says_nothing_of_the_disk(server):
    url = send(server, b"hello").json()["mediaUrl"]
    assert requests.get(url, timeout=10).content == b"hello"
    assert re.fullmatch(rf"{server.url}/media/[0-9a-f]{{32}}/a\.bin\?expires=\d+&signature=[0-9a-f]{{64}}", url)
