"""What every answer says to browsers, whatever it answers."""

import http.client
import socket
import threading

import pytest
import requests
from server_office import Office
from serving import serving

from webhook_server.listener import BODY_BYTES, HttpServer

ALWAYS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Allow, Retry-After, WWW-Authenticate",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
HSTS = "Strict-Transport-Security"

CASES = {
    "an answer": ("GET", "/v1/appusers/ann"),
    "no content": ("OPTIONS", "/v1/appusers/ann"),
    "not found": ("GET", "/nothing"),
    "unknown app": ("GET", "/v1/apps/other/appusers/ann"),
    "bad path": ("GET", "/v1/appusers/%FF"),
    "method not allowed": ("PATCH", "/v1/appusers/ann"),
    "bad request": ("POST", "/v1/appusers/ann/messages"),
    "health": ("GET", "/readyz"),
    "the door": ("POST", "/internal/replies"),
}


@pytest.mark.parametrize("case", CASES)
def test_every_answer_says_it(office, case):
    office.say("ann", "hello")
    method, path = CASES[case]
    response = office.as_app(method, path)
    assert {name: response.headers.get(name) for name in ALWAYS} == ALWAYS
    assert response.headers[HSTS] == "max-age=31536000"


def test_so_does_what_broke(office, monkeypatch):
    monkeypatch.setattr(office.ledger, "read", lambda _: 1 / 0)
    response = office.as_app("GET", "/v1/appusers/ann")
    assert response.status_code == 500
    assert {name: response.headers.get(name) for name in ALWAYS} == ALWAYS


def test_a_server_without_tls_asks_nobody_for_it(tmp_path, clock, ids):
    office = Office(tmp_path, clock, ids, SK_PUBLIC_URL="http://127.0.0.1:8080")
    try:
        assert HSTS not in office.call("GET", "/healthz").headers
    finally:
        office.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("headers"), SK_PUBLIC_URL="https://sk.example.org") as running:
        yield running


def preflight(connection, **headers):
    connection.request("OPTIONS", "/v1/appusers/ann/messages", headers={"Origin": "https://shop.example", **headers})
    answer = connection.getresponse()
    assert (answer.status, answer.read()) == (204, b"")
    return answer.headers


def test_a_preflight_keeps_the_connection_for_what_it_asked_for(server):
    host = server.url.removeprefix("http://")
    connection = http.client.HTTPConnection(host, timeout=10)
    connection.connect()
    first = connection.sock
    for _ in range(2):
        headers = preflight(connection)
        assert not {"Connection", "Content-Type", "Content-Length", "Transfer-Encoding"} & set(headers)
        assert headers["Access-Control-Max-Age"]
    connection.request("GET", "/healthz")
    assert connection.getresponse().read()
    assert connection.sock is first
    assert preflight(connection, Connection="close")["Connection"] == "close"
    assert first.fileno() == -1 or first.recv(1) == b""
    connection.close()


def raw(server, sent):
    """The status line and headers of the answer to bytes."""
    host, port = server.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(sent)
        received = b""
        while b"\r\n\r\n" not in received and (part := connection.recv(4096)):
            received += part
    status, *lines = received.partition(b"\r\n\r\n")[0].decode().split("\r\n")
    return status, dict(line.split(": ", 1) for line in lines)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        pytest.param(b"nonsense\r\n\r\n", "400", id="no HTTP"),
        pytest.param(
            b"POST /v1/init HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % (BODY_BYTES + 1), "413", id="too large"
        ),
        pytest.param(b"GET / HTTP/1.1\r\nHost: x\r\nX: %s\r\n\r\n" % (b"x" * 300_000), "431", id="long headers"),
        pytest.param(
            b"POST /v1/init HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: strange\r\n\r\n", "501", id="strange encoding"
        ),
    ],
)
def test_what_never_reaches_the_application_says_it_too(server, sent, status):
    line, headers = raw(server, sent)
    assert status in line
    assert {name: headers.get(name) for name in ALWAYS} == ALWAYS
    assert headers[HSTS] == "max-age=31536000"
    assert headers["Content-Type"] == "application/json"


def test_what_breaks_outside_of_the_application_is_told_without_a_trace(office, monkeypatch):
    """Nothing is known that would: it is broken by hand, before Flask sees the request."""

    def broken(*_):
        raise RuntimeError("a bug")

    monkeypatch.setattr(office.app, "wsgi_app", broken)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        http = HttpServer(office.app, listening)
        thread = threading.Thread(target=http.run)
        thread.start()
        answer = requests.get(f"http://127.0.0.1:{listening.getsockname()[1]}/", timeout=10)
        http.stop()
        thread.join()
        http.drain(1.0)
    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "internal_error")
    assert "bug" not in answer.text
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
