"""`Idempotency-Key`: a repeat returns the first answer and does nothing else, whatever the operation."""

import threading

import pytest
from contract_scene import Scene
from contract_shapes import check_error
from contract_table import TABLE
from server_fakes import CountingIds, TurnableClock
from server_office import Office

POSTS = [row for row in TABLE if row.method == "POST"]
REPEATABLE = {"remove attachment", "track event", "tell of typing"}
"""Nothing is stored of these that a repeat could double: they do not look at the key."""
AT_ONCE = 8


def by_name(rows):
    return pytest.mark.parametrize("row", rows, ids=lambda row: row.name)


def keyed(scene, key, token=None):
    token = token or scene.office.token({"scope": "app"})
    return {"Authorization": f"Bearer {token}", "Idempotency-Key": key}


def state(scene):
    """Everything that a repeat might change."""
    messages = scene.office.as_app("GET", f"/v1/appusers/{scene.user}/messages").json
    return messages["messages"], messages["conversation"]["unreadCount"], webhooks(scene)


def webhooks(scene):
    return scene.office.as_app("GET", "/v1/webhooks").json["webhooks"]


@by_name(POSTS)
def test_a_repeat_returns_the_first_answer_and_does_nothing(scene, row):
    body = None if row.form else scene.body(row)
    first = scene.ask(row, headers=keyed(scene, "once"), body=body)
    assert first.status_code == row.status, first.text
    before = state(scene)
    again = scene.ask(row, headers=keyed(scene, "once"), body=body)
    assert (again.status_code, again.json) == (first.status_code, first.json)
    assert state(scene) == before


@by_name(POSTS)
def test_what_is_remembered_of_somebody_is_known_to_tell_of_them(scene, row):
    """Else it would outlive them."""
    body = None if row.form else scene.body(row)
    scene.ask(row, headers=keyed(scene, "once"), body=body)
    known = {user["id"] for user in rows(scene, "app_users")}
    for answer in rows(scene, "answers"):
        named = {app_user_id for app_user_id in known if f'"{app_user_id}"' in answer["body"]}
        assert named == ({answer["app_user_id"]} if answer["app_user_id"] else set()), answer["body"]


def rows(scene, table):
    with scene.office.ledger._readers.connect() as connection:
        return connection.exec_driver_sql(f"SELECT * FROM {table}").mappings().all()


@by_name([row for row in POSTS if row.name != "remove attachment"])
def test_repeats_at_the_same_moment_are_one(scene, row):
    body = None if row.form else scene.body(row)
    answers, messages = [], len(state(scene)[0])
    client = scene.office.app.test_client

    def send():
        told = row.form() if row.form else None
        options = {"data": told, "content_type": "multipart/form-data"} if told else {"json": body}
        answers.append(client().open(scene.path(row), method="POST", headers=keyed(scene, "at once"), **options))

    threads = [threading.Thread(target=send) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} == {row.status}, answers[0].text
    assert all(answer.json == answers[0].json for answer in answers)
    made = len(state(scene)[0]) - messages
    assert made == (1 if "message" in answers[0].json else 0)
    assert len(webhooks(scene)) == ("webhook" in answers[0].json)


@by_name([row for row in POSTS if row.about_user and row.status == 201])
def test_a_key_belongs_to_its_credential_and_path(scene, row):
    other = Scene(scene.office)
    one = scene.ask(row, headers=keyed(scene, "mine")).json
    assert scene.ask(row, headers=keyed(scene, "mine", scene.token_of(scene.user))).json != one
    assert other.ask(row, headers=keyed(scene, "mine")).json != one
    assert scene.ask(row, headers=keyed(scene, "another")).json != one


@by_name([row for row in POSTS if row.invalid])
def test_a_refused_request_may_be_sent_again_put_right(scene, row):
    wrong = scene._filled(row.invalid[0])
    check_error(scene.ask(row, headers=keyed(scene, "second try"), body=wrong), 400)
    assert scene.ask(row, headers=keyed(scene, "second try"), body=scene.body(row)).status_code == row.status


@pytest.mark.parametrize("key", ["", "x" * 256], ids=["empty", "256 characters"])
@by_name([row for row in POSTS if row.name not in REPEATABLE])
def test_keys_have_a_size(scene, row, key):
    check_error(scene.ask(row, headers=keyed(scene, key)), 400, "bad_request")


@by_name([row for row in POSTS if row.status == 201 and row.about_user])
def test_keys_are_kept_a_day(tmp_path, row):
    clock = TurnableClock()
    office = Office(tmp_path / "data", clock, CountingIds())
    scene = Scene(office)
    first = scene.ask(row, headers=keyed(scene, "a day")).json["message"]
    clock.turn(86_399)
    assert scene.ask(row, headers=keyed(scene, "a day")).json["message"]["_id"] == first["_id"]
    clock.turn(2)
    assert scene.ask(row, headers=keyed(scene, "a day")).json["message"]["_id"] != first["_id"]
    office.close()
