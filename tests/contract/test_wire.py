"""The contract over real sockets: what only a real server, and clients of many kinds, can show."""

import json
import threading

import pytest
import requests
from contract_pictures import PNG
from contract_process import MULTIPART, Server, answer_of, multipart
from contract_shapes import attachment_answer, error_answer, message, message_answer
from contract_table import PREFIXES, TABLE

MEGABYTE = 1_000_000
UPLOAD_BYTES = 10_000_000


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The real process."""
    server = Server(tmp_path_factory.mktemp("server"))
    try:
        yield server.start()
    finally:
        server.end()


@pytest.fixture
def user(server, request):
    """An app user who has written."""
    name = request.node.name.replace("[", "-").replace("]", "").replace("/", "-").replace(" ", "-")[-60:]
    server.say(name, "first words")
    return name


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("row", [row for row in TABLE if row.method == "GET" and "{webhook}" not in row.path])
def test_reading_under_every_prefix(server, user, row, prefix):
    if row.streaming:
        with server.stream(prefix + row.path.replace("{user}", user), server.bearer()) as (response, _):
            assert response.status == 200
            assert response.headers["Content-Type"].startswith("text/event-stream")
            assert response.headers["Access-Control-Allow-Origin"] == "*"
        return
    status, _, answer = server.ask("GET", prefix + row.path.replace("{user}", user))
    assert status == 200
    assert row.shape(answer)


def head(server, line, *headers):
    lines = [line, "Host: x", f"Authorization: Bearer {server.token()}", *headers, "", ""]
    return "\r\n".join(lines).encode()


def test_connections_are_kept_or_closed_as_the_client_asks(server, user):
    request = f"GET /v1/appusers/{user} HTTP/1.1"
    with server.raw(head(server, request, "Connection: close")) as connection:
        status, headers, _ = answer_of(connection)
        assert (status, headers["Connection"], connection.recv(1)) == (200, "close", b"")
    with server.raw(head(server, request)) as connection:
        assert answer_of(connection)[0] == 200
        connection.sendall(head(server, request))
        assert answer_of(connection)[0] == 200


@pytest.mark.parametrize("method", ["GET", "DELETE"])
@pytest.mark.parametrize("body", ["", "{}"], ids=["no body", "{}"])
def test_get_and_delete_may_carry_a_body(server, user, method, body):
    line = f"{method} /v1/appusers/{user}/messages HTTP/1.1"
    length = f"Content-Length: {len(body)}"
    with server.raw(head(server, line, "Content-Type: application/json", length) + body.encode()) as connection:
        assert answer_of(connection)[0] == 200


def test_json_may_come_in_chunks(server, user):
    body = json.dumps({"role": "appUser", "text": "in chunks"}).encode()
    pieces = iter([body[:5], body[5:6], body[6:]])
    headers = {**server.bearer(), "Content-Type": "application/json"}
    status, _, answer = server.ask("POST", f"/v1/appusers/{user}/messages", pieces, headers=headers, chunked=True)
    assert (status, answer["message"]["text"]) == (201, "in chunks")


@pytest.mark.parametrize("path", ["images", "conversation/images"])
def test_uploads_may_come_in_chunks_without_a_length(server, user, path):
    headers = {**server.bearer(), "Content-Type": MULTIPART, "Connection": "close"}
    pieces = multipart(PNG, role="appUser", name="Ann")
    status, _, answer = server.ask("POST", f"/v1/appusers/{user}/{path}", pieces, headers=headers, chunked=True)
    assert status == 201, answer
    assert message_answer(answer)
    fetched = requests.get(answer["message"]["mediaUrl"], timeout=10)
    assert (fetched.status_code, fetched.headers["Content-Type"]) == (200, "image/png")
    assert fetched.content.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("size", "expected"),
    [(MEGABYTE, 201), (MEGABYTE + 200_000, 413), (5 * MEGABYTE, 413)],
    ids=["1 MB", "1.2 MB", "5 MB"],
)
@pytest.mark.parametrize("chunked", [False, True], ids=["with a length", "in chunks"])
def test_json_has_at_most_a_megabyte(server, user, size, expected, chunked):
    frame = len(json.dumps({"role": "appUser", "text": ""}))
    body = json.dumps({"role": "appUser", "text": "x" * (size - frame)}).encode()
    assert len(body) == size
    headers = {**server.bearer(), "Content-Type": "application/json"}
    sent = iter([body[:1000], body[1000:]]) if chunked else body
    status, _, answer = server.ask("POST", f"/v1/appusers/{user}/messages", sent, headers=headers, chunked=chunked)
    assert status == expected
    assert message_answer(answer) if status == 201 else error_answer(answer)


@pytest.mark.parametrize(
    ("size", "expected"), [(UPLOAD_BYTES, 201), (UPLOAD_BYTES + 600_000, 413)], ids=["10 MB", "10.6 MB"]
)
@pytest.mark.parametrize("chunked", [False, True], ids=["with a length", "in chunks"])
def test_uploads_have_at_most_ten_megabytes(server, size, expected, chunked):
    pieces = multipart(bytes(size), file_name="zeros.bin", media_type="application/octet-stream")
    headers = {**server.bearer(), "Content-Type": MULTIPART}
    sent = pieces if chunked else b"".join(pieces)
    status, _, answer = server.ask("POST", "/v1/attachments?access=public", sent, headers=headers, chunked=chunked)
    assert status == expected, answer
    assert attachment_answer(answer) if status == 201 else error_answer(answer)


@pytest.mark.parametrize("raw", [b"%FF", b"\xff", b"%C3"])
def test_paths_that_are_no_utf8_are_refused(server, raw):
    line = b"GET /v1/appusers/" + raw + b" HTTP/1.1\r\nHost: x\r\n\r\n"
    with server.raw(line) as connection:
        status, headers, answer = answer_of(connection)
    assert status == 400
    assert error_answer(answer)
    assert headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("path", ["a%2Fb", "a%252Fb", "ann+1@example.org", "%F0%9F%99%82", "..", "a%20b"])
def test_ids_come_through_as_they_were_sent(server, path):
    server.say(path, "hello")
    status, _, answer = server.ask("GET", f"/v1/appusers/{path}")
    assert status == 200
    assert answer["appUser"]["userId"] == requests.utils.unquote(path)


@pytest.mark.parametrize("kind", ["json", "multipart"])
def test_a_key_makes_repeats_at_the_same_moment_one(server, user, kind):
    key = {**server.bearer(), "Idempotency-Key": "at once"}
    answers = []

    def send():
        if kind == "json":
            body, path, more = {"role": "appUser", "text": "once"}, "messages", {}
        else:
            body, path = b"".join(multipart(PNG, role="appUser")), "images"
            more = {"Content-Type": MULTIPART}
        answers.append(server.ask("POST", f"/v1/appusers/{user}/{path}", body, headers=key | more))

    threads = [threading.Thread(target=send) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {status for status, _, _ in answers} == {201}
    assert len({answer["message"]["_id"] for _, _, answer in answers}) == 1
    listed = server.ask("GET", f"/v1/appusers/{user}/messages")[2]["messages"]
    assert len(listed) == 2


def test_two_hundred_and_fifty_messages_in_pages(server, user):
    for number in range(249):
        server.say(user, str(number))
    texts, url = [], f"{server.url}/v1/appusers/{user}/messages"
    while url:
        page = requests.get(url, headers=server.bearer(), timeout=10).json()
        texts, url = [one["text"] for one in page["messages"]] + texts, page.get("previous")
    assert texts == ["first words", *(str(number) for number in range(249))]


def speak(server, user, text):
    """The app's backend speaks for the app."""
    return server.say(user, text, role="appMaker", name="Shop")


def test_a_stream_tells_of_replies_and_goes_on_where_it_ended(server, user):
    path = f"/v1/appusers/{user}/stream"
    with server.stream(path, server.bearer(scope="appUser", userId=user)) as (response, events):
        assert response.headers["Cache-Control"] is not None
        sent = speak(server, user, "one")
        event_id, event = next(events)
        assert event["type"] == "message"
        assert message(event["message"])
        assert event["message"] == sent
    later = [speak(server, user, text)["text"] for text in ("two", "three")]
    headers = {**server.bearer(scope="appUser", userId=user), "Last-Event-ID": event_id}
    with server.stream(path, headers) as (_, events):
        assert [next(events)[1]["message"]["text"] for _ in later] == later


def test_a_stream_opens_with_the_app_token_too(server, user):
    headers = {"app-token": server.settings["SK_APP_TOKEN"]}
    with server.stream(f"/v1/appusers/{user}/stream", headers) as (response, events):
        assert response.status == 200
        speak(server, user, "hello")
        assert next(events)[1]["message"]["text"] == "hello"
