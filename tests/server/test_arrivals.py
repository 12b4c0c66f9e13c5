"""Bodies of requests take no more room than they may, whoever sends them."""

import io
import json
import socket
import threading
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
import requests
from server_fakes import eventually

from webhook_server.api.bodies import JSON_BYTES
from webhook_server.api.paths import may_bring_file
from webhook_server.api.table import RESOURCES
from webhook_server.api.table.operations import Upload
from webhook_server.arrivals import FREE_BYTES, Request, Spool, SpooledBody
from webhook_server.listener import BODY_BYTES, HttpServer

ADJUSTMENTS = SimpleNamespace(
    max_request_header_size=262_144, max_request_body_size=BODY_BYTES, inbuf_overflow=524_288, url_scheme="http"
)
MEGABYTE = 1024 * 1024
MESSAGES = "/v1/appusers/ann/messages"


def arriving(path, size, *, chunked, spool=None):
    """A request whose body has come to its end."""
    request = Request(ADJUSTMENTS, spool or Spool(100 * MEGABYTE))
    length = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {size}"
    pieces = [f"POST {path} HTTP/1.1\r\nHost: x\r\n{length}\r\n\r\n".encode()]
    for start in range(0, size, 8192):
        piece = b"x" * min(8192, size - start)
        pieces.append(b"%x\r\n%s\r\n" % (len(piece), piece) if chunked else piece)
    pieces.append(b"0\r\n\r\n" if chunked else b"")
    for piece in pieces:
        rest = piece
        while rest and not request.completed:
            rest = rest[request.received(rest) :]
    assert request.completed
    return request


def on_disk_or_in_memory(request):
    return request.get_body_stream().seek(0, io.SEEK_END)


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize(
    ("path", "size", "kept"),
    [
        pytest.param(MESSAGES, 10, 10, id="a message"),
        pytest.param(MESSAGES, JSON_BYTES, JSON_BYTES, id="the largest message"),
        pytest.param(MESSAGES, JSON_BYTES + 1, 0, id="one byte more"),
        pytest.param("/v1/init", 9 * MEGABYTE, 0, id="what is no upload"),
        pytest.param("/internal/reply", 9 * MEGABYTE, 0, id="the internal API"),
        pytest.param("/v1/attachments", 9 * MEGABYTE, 9 * MEGABYTE, id="an upload"),
        pytest.param("/V1/appUsers/ann/Images/?a=b", 9 * MEGABYTE, 9 * MEGABYTE, id="an upload, otherwise written"),
    ],
)
def test_nothing_is_kept_that_its_path_has_no_use_for(path, size, kept, chunked):
    request = arriving(path, size, chunked=chunked)
    assert request.error is None
    assert request.headers["CONTENT_LENGTH"] == str(size)
    assert on_disk_or_in_memory(request) == kept


def test_every_operation_that_takes_a_file_may_bring_one():
    for resource in RESOURCES:
        for operation in resource.operations:
            assert may_bring_file(operation.path) or not isinstance(operation.body, Upload), operation.path


@pytest.mark.parametrize("chunked", [False, True])
def test_large_bodies_share_what_there_is_and_small_ones_always_get_through(chunked):
    spool = Spool(3 * MEGABYTE)
    first = arriving("/v1/attachments", 2 * MEGABYTE, chunked=chunked, spool=spool)
    second = arriving("/v1/attachments", 2 * MEGABYTE, chunked=chunked, spool=spool)
    small = arriving(MESSAGES, FREE_BYTES, chunked=chunked, spool=spool)
    assert (first.error, second.error.code, small.error) == (None, 503, None)
    assert on_disk_or_in_memory(second) == 0
    first.close()
    assert arriving("/v1/attachments", 3 * MEGABYTE, chunked=chunked, spool=spool).error is None


def test_whoever_leaves_in_the_middle_leaves_no_room_taken():
    spool = Spool(MEGABYTE)
    body = SpooledBody(1000, 2 * MEGABYTE, spool)
    body.append(b"x" * MEGABYTE)
    assert spool._taken == MEGABYTE - FREE_BYTES
    del body
    assert spool._taken == 0


def test_what_is_forgotten_gives_its_room_back_at_once_and_only_once():
    spool = Spool(2 * MEGABYTE)
    body = SpooledBody(1000, MEGABYTE, spool)
    body.append(b"x" * MEGABYTE)
    body.append(b"x")
    assert (len(body), spool._taken) == (MEGABYTE + 1, 0)
    body.close()
    assert spool._taken == 0


def test_a_full_temporary_directory_crowds_out(monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryFile", full)
    spool = Spool(100 * MEGABYTE)
    assert arriving("/v1/attachments", MEGABYTE, chunked=False, spool=spool).error.code == 503
    assert spool._taken == 0


@contextmanager
def listening(office, spool_bytes):
    with socket.create_server(("127.0.0.1", 0)) as door:
        http = HttpServer(office.app, door)
        http._server.spool = Spool(spool_bytes)
        thread = threading.Thread(target=http.run)
        thread.start()
        host, port = door.getsockname()
        try:
            yield SimpleNamespace(url=f"http://{host}:{port}", address=(host, port), spool=http._server.spool)
        finally:
            http.stop()
            thread.join(10)
            http.drain(1)


def test_a_flood_of_large_bodies_keeps_large_ones_out_and_messages_go_on(office):
    office.say("ann", "first")
    as_app = {"Authorization": f"Bearer {office.token({'scope': 'app'})}"}
    file = {"source": ("a.bin", b"y" * MEGABYTE)}
    with listening(office, MEGABYTE) as server:
        with socket.create_connection(server.address, timeout=10) as flooding:
            flooding.sendall(
                b"POST /v1/attachments HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\n" + b"x" * 900_000
            )
            eventually(lambda: server.spool._taken > 800_000)
            refused = requests.post(f"{server.url}/v1/attachments", files=file, headers=as_app, timeout=10)
            assert (refused.status_code, refused.json()["error"]["code"]) == (503, "too_busy")
            assert int(refused.headers["Retry-After"]) > 0
            body = {"role": "appUser", "text": "second"}
            said = requests.post(f"{server.url}{MESSAGES}", json=body, headers=as_app, timeout=10)
            assert said.status_code == 201
        eventually(lambda: server.spool._taken == 0)
        taken = requests.post(f"{server.url}/v1/attachments", files=file, headers=as_app, timeout=10)
        assert taken.status_code == 201
    assert office.texts("ann") == ["first", "second"]


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_that_is_too_large_is_read_to_its_end_so_that_its_sender_reads_the_answer(office, chunked):
    body = json.dumps({"role": "appUser", "text": "x" * 5 * MEGABYTE}).encode()
    as_app = {"Authorization": f"Bearer {office.token({'scope': 'app'})}", "Content-Type": "application/json"}
    with listening(office, MEGABYTE) as server, requests.Session() as session:
        for headers, expected in ((as_app, (413, "too_large")), ({}, (401, "unauthorized"))):
            data = iter([body]) if chunked else body
            answer = session.post(f"{server.url}{MESSAGES}", data=data, headers=headers, timeout=10)
            assert (answer.status_code, answer.json()["error"]["code"]) == expected
        assert server.spool._taken == 0
