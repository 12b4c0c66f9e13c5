"""Every operation of the contract, asked wrongly: each refusal in the one shape, and nothing done."""

import sqlite3
from io import BytesIO

import pytest
from contract_scene import BAD_HEADERS, BAD_TOKENS, Scene, bad_tokens
from contract_shapes import check_error
from contract_table import PREFIXES, TABLE
from server_fakes import CountingIds, TurnableClock
from server_office import Office

from webhook_server.api.bodies import JSON_BYTES

ABOUT_USERS = [row for row in TABLE if row.about_user]
JSON_ROWS = [row for row in TABLE if row.takes_json]
STORE_NOTHING = {"track event", "tell of typing", "mark as read"}
"""An event and typing are not kept, and where nothing is unread there is nothing to mark."""
UPLOADS = [row for row in TABLE if row.form]
MEGABYTE = 1_000_000
UPLOAD_BYTES = 10_000_000


def by_name(rows):
    return pytest.mark.parametrize("row", rows, ids=lambda row: row.name)


@pytest.mark.parametrize("credential", [*BAD_TOKENS, *BAD_HEADERS])
@by_name(TABLE)
def test_strangers_are_refused(quiet, row, credential):
    headers = BAD_HEADERS.get(credential)
    token = None if headers is not None else bad_tokens(quiet.office)[credential]
    check_error(quiet.ask(row, token=token, headers=headers), 401, "unauthorized")


@pytest.mark.parametrize("prefix", ["/v1/apps/other", "/v1.1/apps/other", "/v1/apps/APP"])
@by_name(TABLE)
def test_another_app_is_not_here(quiet, row, prefix):
    check_error(quiet.ask(row, prefix=prefix), 404, "app_not_found")


@by_name([row for row in ABOUT_USERS if "message" not in row.name and "image" not in row.name])
def test_nobody_has_no_data(quiet, row):
    check_error(quiet.ask(row, user="nobody"), 404, "user_not_found")


@by_name([row for row in ABOUT_USERS if row.who == "anybody"])
def test_the_app_token_finds_and_makes_nobody(quiet, row):
    check_error(quiet.ask(row, user="nobody", headers={"app-token": "apt_test"}), 404, "user_not_found")


@by_name([row for row in ABOUT_USERS if row.status == 201])
def test_the_backend_may_write_for_somebody_new(scene, row):
    name = f"new-{row.name.replace(' ', '-')}"
    assert scene.ask(row, user=name).status_code == 201
    assert scene.office.user(name)["conversationStarted"] is True


@by_name([row for row in TABLE if "{webhook}" in row.path])
def test_no_such_webhook(quiet, row):
    for webhook in ("0" * 24, "x", "%2F"):
        check_error(quiet.ask(row, path=f"/v1/webhooks/{webhook}"), 404, "webhook_not_found")


def test_no_conversation_yet(office):
    office.as_app("POST", "/v1/appusers", {"userId": "silent"})
    check_error(office.as_app("GET", "/v1/appusers/silent/conversation"), 404, "conversation_not_found")
    listed = office.as_app("GET", "/v1/appusers/silent/messages")
    assert (listed.status_code, listed.json["messages"]) == (200, [])


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("path", ["", "/", "/nothing", "/appusers/ann/nothing", "/appusers/ann/messages/7", "/keys"])
def test_no_such_path(office, prefix, path):
    check_error(office.as_app("GET", prefix + path), 404, "not_found")


@pytest.mark.parametrize("path", sorted({row.path for row in TABLE}))
def test_other_methods_are_refused_and_the_right_ones_named(quiet, path):
    taken = {row.method for row in TABLE if row.path == path}
    row = next(row for row in TABLE if row.path == path)
    for method in {"GET", "POST", "PUT", "DELETE", "PATCH"} - taken:
        response = quiet.office.as_app(method, quiet.path(row))
        check_error(response, 405, "method_not_allowed")
        assert taken <= set(response.headers["Allow"].replace(" ", "").split(","))


def test_a_user_id_is_taken_once(quiet):
    check_error(quiet.office.as_app("POST", "/v1/appusers", {"userId": quiet.user}), 409, "user_exists")


def test_no_more_than_ten_webhooks(scene):
    for _ in range(10):
        scene.office.register("https://app.example.org/hook")
    response = scene.office.as_app("POST", "/v1/webhooks", {"target": "https://app.example.org/hook"})
    check_error(response, 403, "too_many_webhooks")


@pytest.mark.parametrize(
    ("row", "wrong"),
    [pytest.param(row, wrong, id=f"{row.name}: {wrong!r:.60}") for row in TABLE for wrong in row.invalid],
)
def test_invalid_fields_are_refused(quiet, row, wrong):
    check_error(quiet.ask(row, body=quiet._filled(wrong)), 400, "bad_request")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"{", id="cut off"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b"null", id="null"),
        pytest.param(b'"text"', id="a text"),
        pytest.param(b'{"a":"\xff"}', id="no UTF-8"),
        pytest.param(b'{"a":NaN}', id="no number"),
        pytest.param(b'{"a":1e999}', id="infinity"),
        pytest.param(b"[" * 50_000, id="too deep"),
    ],
)
@by_name(JSON_ROWS)
def test_what_is_no_json_object_is_refused(quiet, row, data):
    check_error(quiet.ask(row, data=data, content_type="application/json"), 400, "bad_request")


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "application/xml"])
@by_name(JSON_ROWS)
def test_other_kinds_of_body_are_refused(quiet, row, content_type):
    check_error(quiet.ask(row, data=b"{}", content_type=content_type), 415, "unsupported_media_type")


@pytest.mark.parametrize("content_type", ["text/plain", "application/json", "image/png"])
@by_name(UPLOADS)
def test_uploads_that_are_not_multipart_are_refused(quiet, row, content_type):
    check_error(quiet.ask(row, data=b"{}", content_type=content_type), 415, "unsupported_media_type")


@by_name(UPLOADS)
def test_uploads_without_a_file_are_refused(quiet, row):
    form = {name: value for name, value in row.form().items() if name != "source"}
    check_error(quiet.ask(row, data={**form, "x": "y"}, content_type="multipart/form-data"), 400, "bad_request")


@pytest.mark.parametrize("role", [{}, {"role": "agent"}, {"role": ""}], ids=["no role", "another role", "empty role"])
@by_name([row for row in UPLOADS if row.about_user])
def test_images_have_a_role(quiet, row, role):
    form = {name: value for name, value in row.form().items() if name != "role"} | role
    check_error(quiet.ask(row, data=form, content_type="multipart/form-data"), 400, "bad_request")


@by_name([row for row in JSON_ROWS if row.name != "remove attachment"])
def test_json_may_have_a_megabyte_and_no_more(scene, row):
    body = scene.body(row)
    filler = MEGABYTE - len(str(body)) - 100
    assert scene.ask(row, body={**body, "ignored": "x" * filler}).status_code == row.status
    check_error(scene.ask(row, body={**body, "ignored": "x" * JSON_BYTES}), 413, "too_large")


@by_name(UPLOADS)
def test_uploads_have_at_most_ten_megabytes(quiet, row):
    form = row.form()
    name, kind = form["source"][1:]
    form["source"] = (BytesIO(bytes(UPLOAD_BYTES + 1_000_000)), name, kind)
    check_error(quiet.ask(row, data=form, content_type="multipart/form-data"), 413, "too_large")


@pytest.fixture(scope="module")
def impatient(office):
    """An app user who has used up what their own JWT may ask."""
    scene = Scene(office, "impatient")
    token = scene.token_of("impatient")
    while office.call("GET", "/v1/appusers/impatient", token=token).status_code != 429:
        pass
    return scene


@by_name([row for row in TABLE if row.who != "app"])
def test_who_asks_too_often_has_to_wait(impatient, row):
    check_error(impatient.ask(row, token=impatient.token_of("impatient")), 429, "too_many_requests")


def test_the_backend_is_not_limited(scene):
    for _ in range(300):
        assert scene.office.as_app("GET", f"/v1/appusers/{scene.user}").status_code == 200


def test_two_hundred_at_once_then_ten_a_second(scene):
    office, token = scene.office, scene.token_of(scene.user)

    def passed(times):
        path = f"/v1/appusers/{scene.user}"
        return [office.call("GET", path, token=token).status_code for _ in range(times)].count(200)

    assert passed(250) == 200
    office.clock.turn(1.0)
    assert passed(20) == 10


@pytest.fixture(scope="module")
def locked(tmp_path_factory):
    """A scene whose ledger somebody else holds."""
    data_dir = tmp_path_factory.mktemp("locked")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("webhook_server.ledger.engine.BUSY_SECONDS", 0.01)
        office = Office(data_dir, TurnableClock(), CountingIds())
        scene = Scene(office)
        _ = [(scene.body(row), scene.path(row)) for row in TABLE]  # what they name is there before the door shuts
        other = sqlite3.connect(data_dir / "ledger.sqlite3", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        yield scene
        other.execute("ROLLBACK")
        other.close()
        office.close()


@by_name([row for row in TABLE if row.method != "GET" and row.name not in STORE_NOTHING])
def test_while_nothing_can_be_stored_the_answer_says_so(locked, row):
    response = locked.ask(row)
    check_error(response, 503, "ledger_unavailable")
    assert response.headers["Retry-After"] == "1"


@by_name([row for row in TABLE if (row.method == "GET" and not row.streaming) or row.name in STORE_NOTHING])
def test_reading_goes_on_meanwhile(locked, row):
    assert locked.ask(row).status_code == row.status
