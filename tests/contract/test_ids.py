"""IDs as apps choose them: any Unicode up to 256 bytes, encoded or, where that is no path of its own, as it is."""

import unicodedata
from urllib.parse import quote

import pytest
from contract_scene import Scene
from contract_shapes import check_error
from contract_table import TABLE

ABOUT_USERS = [row for row in TABLE if row.about_user and not row.streaming]
ODD = {
    "a slash": "a/b",
    "slashes alone": "//",
    "a percent sign": "100%",
    "looks encoded": "a%2Fb",
    "an address": "ann+shop@example.org",
    "a question": "who?#me&x=1",
    "spaces": " two words ",
    "dots": "..",
    "one dot": ".",
    "a word of the API": "messages",
    "another word": "conversation",
    "emoji": "\N{GRINNING FACE}\N{ZERO WIDTH JOINER}\N{WOMAN}",
    "right to left": "\N{HEBREW LETTER ALEF}\N{HEBREW LETTER BET}",
    "composed": unicodedata.normalize("NFC", "é"),
    "decomposed": unicodedata.normalize("NFD", "é"),
    "quotes": "'\"`;--",
    "control characters": "a\x01\x7f\r\nb",
    "UPPER": "ANN",
    "256 bytes": "x" * 256,
    "256 bytes of two each": "é" * 128,
}


@pytest.fixture(params=list(ODD), ids=list(ODD))
def odd(request, office):
    scene = Scene(office, ODD[request.param])
    yield scene
    scene.close()


@pytest.mark.parametrize("row", ABOUT_USERS, ids=lambda row: row.name)
def test_every_operation_takes_every_id(odd, row):
    response = odd.ask(row)
    assert response.status_code == row.status, response.text
    assert odd.office.user(quote(odd.user, safe=""))["_id"] == odd.internal_id


def test_an_odd_id_is_told_as_it_was_given(odd):
    answer = odd.office.as_app("GET", f"/v1/appusers/{quote(odd.user, safe='')}").json
    assert answer["appUser"]["userId"] == odd.user
    assert odd.office.as_user(odd.user, "GET", odd.path(ABOUT_USERS[0])).status_code == 200


@pytest.mark.parametrize("user", ["ann+1@example.org", "ann:1!$&'()*,;=~-_.", "~ann"])
def test_ids_that_clients_do_not_encode(office, user):
    scene = Scene(office, user)
    answer = office.as_app("GET", f"/v1/appusers/{user}")
    assert answer.json["appUser"]["_id"] == scene.internal_id
    assert answer.json["appUser"]["userId"] == user


def test_ids_match_exactly(office):
    upper, lower = Scene(office, "Case"), Scene(office, "case")
    assert upper.internal_id != lower.internal_id


@pytest.mark.parametrize("row", [row for row in ABOUT_USERS if row.status == 201], ids=lambda row: row.name)
@pytest.mark.parametrize("user", ["x" * 257, "é" * 129, "a\0b"], ids=["257 bytes", "258 bytes", "a NUL"])
def test_what_no_user_id_is_creates_nobody(scene, row, user):
    check_error(scene.ask(row, user=user), 400, "bad_request")


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
@pytest.mark.parametrize("raw", ["%FF", "%C3", "a%C0%AFb", "%ED%A0%80"], ids=["byte", "half", "overlong", "surrogate"])
def test_bytes_that_are_no_utf8_are_refused(scene, row, raw):
    path = scene.path(row).replace(scene.user, raw) if row.about_user else f"/v1/{raw}"
    token = scene.office.token({"scope": "app"})
    response = scene.office.client.open(
        "/", method=row.method, headers={"Authorization": f"Bearer {token}"}, environ_overrides={"REQUEST_URI": path}
    )
    check_error(response, 400, "bad_request")


@pytest.mark.parametrize(
    ("field", "told", "kept"),
    [
        ("key", "k" * 101, "k" * 100),
        ("key", "é" * 51, "é" * 50),
        ("key", "k" + "é" * 50, "k" + "é" * 49),
        ("value", "v" * 800, "v" * 800),
        ("value", "v" * 801, "v" * 800),
        ("value", "v" + "\N{GRINNING FACE}" * 200, "v" + "\N{GRINNING FACE}" * 199),
    ],
)
def test_properties_are_cut_on_a_character(scene, field, told, kept):
    told, kept = ({told: "x"}, {kept: "x"}) if field == "key" else ({"x": told}, {"x": kept})
    answer = scene.office.as_app("PUT", f"/v1/appusers/{scene.user}", {"properties": told})
    assert answer.json["appUser"]["properties"] == kept
