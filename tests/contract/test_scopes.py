"""Who may do what: every operation, asked with every kind of credential."""

import time

import pytest
from contract_scene import Scene
from contract_shapes import check_error
from contract_table import TABLE

TOKEN = {"app-token": "apt_test"}
NOT_STREAMING = [row for row in TABLE if not row.streaming]
ABOUT_USERS = [row for row in NOT_STREAMING if row.about_user]
ONE_USERS = [row for row in NOT_STREAMING if row.about_user or row.name == "init"]


def by_name(rows):
    return pytest.mark.parametrize("row", rows, ids=lambda row: row.name)


def as_app_maker(row):
    """The row's body with `role: appMaker`; None where it has no role."""
    if row.form and "role" in row.form():
        return {"data": {**row.form(), "role": "appMaker"}, "content_type": "multipart/form-data"}
    return {"body": {**row.body, "role": "appMaker"}} if row.body and "role" in row.body else None


WITH_ROLE = [row for row in NOT_STREAMING if as_app_maker(row)]


@by_name(NOT_STREAMING)
def test_the_app_scope_may_do_everything(scene, row):
    assert scene.ask(row).status_code == row.status


@by_name(ONE_USERS)
def test_an_app_users_jwt_opens_that_user(scene, row):
    response = scene.ask(row, token=scene.token_of(scene.user))
    assert response.status_code == row.status, response.text


@by_name(ABOUT_USERS)
def test_an_app_users_jwt_opens_that_user_by_their_internal_id_too(scene, row):
    response = scene.ask(row, user=scene.internal_id, token=scene.token_of(scene.user))
    assert response.status_code == row.status, response.text


@by_name([row for row in TABLE if row.about_user or row.name == "init"])
def test_an_app_users_jwt_opens_nobody_else(scene, row):
    other = Scene(scene.office)
    before = scene.office.texts(scene.user)
    check_error(scene.ask(row, token=other.token_of(other.user)), 403, "forbidden")
    assert scene.office.texts(scene.user) == before


@by_name([row for row in TABLE if row.about_user])
def test_an_app_users_jwt_does_not_tell_who_exists(scene, row):
    check_error(scene.ask(row, user="nobody", token=scene.token_of(scene.user)), 403, "forbidden")


@by_name([row for row in TABLE if row.who == "app"])
def test_what_the_backend_alone_may_do(scene, row):
    check_error(scene.ask(row, token=scene.token_of(scene.user)), 403, "forbidden")
    check_error(scene.ask(row, headers=TOKEN), 403, "forbidden")


@by_name([row for row in ONE_USERS if row.who == "anybody"])
def test_the_app_token_opens_an_app_user(scene, row):
    response = scene.ask(row, headers=TOKEN)
    assert response.status_code == row.status, response.text


@by_name([row for row in TABLE if row.about_user or row.name == "init"])
def test_the_app_token_opens_nobody_who_was_seen_with_a_jwt(scene, row):
    scene.office.as_user(scene.user, "GET", f"/v1/appusers/{scene.user}")
    for user in (scene.user, scene.internal_id):
        status = 403 if row.who != "anybody" else 401
        check_error(scene.ask(row, user=user, headers=TOKEN), status)


@by_name([row for row in TABLE if row.about_user or row.name == "init"])
def test_the_app_token_opens_nobody_who_was_created_for_jwts(office, row):
    name = f"secured-{row.name.replace(' ', '-')}"
    office.as_app("POST", "/v1/appusers", {"userId": name, "credentialRequired": True})
    status = 403 if row.who != "anybody" else 401
    check_error(Scene(office, name).ask(row, headers=TOKEN), status)


@by_name([row for row in TABLE if row.who == "jwt"])
def test_the_app_token_deletes_nothing(scene, row):
    check_error(scene.ask(row, headers=TOKEN), 403, "forbidden")
    assert scene.office.texts(scene.user) == ["first words"]


@by_name(WITH_ROLE)
def test_only_the_backend_speaks_for_the_app(scene, row):
    check_error(scene.ask(row, token=scene.token_of(scene.user), **as_app_maker(row)), 403, "forbidden")
    assert scene.ask(row, **as_app_maker(row)).status_code == row.status
    open_user = Scene(scene.office)
    check_error(open_user.ask(row, headers=TOKEN, **as_app_maker(row)), 403, "forbidden")


def test_a_token_that_expired_less_than_a_minute_ago_still_holds(scene):
    token = scene.office.token({"scope": "app", "exp": int(time.time()) - 50, "iat": int(time.time()) + 50})
    assert scene.office.call("GET", f"/v1/appusers/{scene.user}", token=token).status_code == 200
