"""POST /init: who a client's user is, known by userId or by device."""

import pytest

PHONE = {"id": "phone-1", "platform": "ios", "appVersion": "2.1", "info": {"carrier": "none"}}
LAPTOP = {"id": "laptop-1", "platform": "web"}


def init(office, device=PHONE, call=None, **fields):
    return (call or office.as_token)("POST", "/v1/init", {"device": device, **fields})


def user_of(response):
    assert response.status_code == 200, response.json
    return response.json["appUser"]


def test_a_new_user_is_created_with_profile_and_device(office):
    response = init(office, userId="ann", givenName="Ann", properties={"plan": "gold"})
    user = user_of(response)
    assert response.json["app"] == {"_id": office.settings.sk_app_id}
    assert (user["userId"], user["givenName"], user["properties"]) == ("ann", "Ann", {"plan": "gold"})
    assert office.user("ann") == user
    [device] = user["devices"]
    assert device.pop("lastSeen").endswith("Z")
    assert device == {**PHONE, "active": True}


def test_the_same_user_is_found_again_and_the_profile_grows(office):
    first = user_of(init(office, userId="ann", givenName="Ann"))
    second = user_of(init(office, LAPTOP, userId="ann", surname="Lee"))
    assert second["_id"] == first["_id"]
    assert (second["givenName"], second["surname"]) == ("Ann", "Lee")
    assert [device["id"] for device in second["devices"]] == ["laptop-1", "phone-1"], "seen at the same moment"


def test_an_anonymous_user_is_bound_to_the_device_and_keeps_the_conversation_when_named(office):
    anonymous = user_of(init(office))
    assert "userId" not in anonymous
    office.as_token("POST", f"/v1/appusers/{anonymous['_id']}/messages", {"role": "appUser", "text": "hi"})
    assert user_of(init(office))["_id"] == anonymous["_id"]
    named = user_of(init(office, userId="ann"))
    assert (named["_id"], named["userId"], named["conversationStarted"]) == (anonymous["_id"], "ann", True)


def test_another_user_on_the_same_device_is_another_user(office):
    ann = user_of(init(office, userId="ann"))
    bob = user_of(init(office, userId="bob"))
    assert bob["_id"] != ann["_id"]
    assert office.user("ann")["devices"] == []
    assert [device["id"] for device in bob["devices"]] == ["phone-1"]


def test_an_existing_user_on_a_device_of_an_anonymous_one_stays_who_they_are(office):
    office.as_app("POST", "/v1/appusers", {"userId": "ann"})
    anonymous = user_of(init(office))
    assert user_of(init(office, userId="ann"))["_id"] == office.user("ann")["_id"] != anonymous["_id"]


def keyed(office, device_id, **fields):
    return office.call(
        "POST",
        "/v1/init",
        {"device": {"id": device_id, "platform": "web"}, **fields},
        headers={"app-token": "apt_test", "Idempotency-Key": "1"},
    )


def test_a_repeated_key_introduces_once(office):
    first, second = keyed(office, "d1"), keyed(office, "d1")
    assert (first.status_code, second.json) == (200, first.json)


def test_two_clients_that_choose_the_same_key_are_never_told_of_each_other(office):
    keyed(office, "d1", userId="jane", email="jane@example.com")
    assert user_of(keyed(office, "d2", userId="bob"))["userId"] == "bob"
    assert "email" not in user_of(keyed(office, "d1"))


def test_nobody_takes_another_users_internal_id_for_a_name(office):
    victim = user_of(init(office, userId="ann"))
    assert init(office, LAPTOP, userId=victim["_id"]).status_code == 409


def test_a_device_tells_nobody_who_used_it_before(office):
    ann = user_of(init(office, userId="ann", email="ann@example.com"))
    stranger = user_of(init(office))
    assert stranger["_id"] != ann["_id"]
    assert not {"userId", "email"} & set(stranger)
    assert user_of(init(office))["_id"] == stranger["_id"]


def test_a_jwt_introduces_its_own_user_alone_and_locks_the_app_token_out(office):
    def as_ann(method, path, body):
        return office.as_user("ann", method, path, body)

    assert user_of(init(office, call=as_ann, userId="ann"))["userId"] == "ann"
    assert init(office, call=as_ann, userId="bob").status_code == 403
    assert init(office, userId="ann").status_code == 401
    assert "userId" not in user_of(init(office))


def test_a_jwt_says_whom_it_introduces_where_the_body_does_not(office):
    def as_ann(method, path, body):
        return office.as_user("ann", method, path, body)

    anonymous = user_of(init(office))
    ann = user_of(init(office, call=as_ann))
    assert (ann["userId"], ann["_id"]) == ("ann", anonymous["_id"])
    assert user_of(init(office, LAPTOP, call=as_ann, userId="ann"))["_id"] == ann["_id"]


def test_what_a_device_leaves_out_stays_as_it_told_before(office, clock):
    init(office, userId="ann")
    clock.turn(60)
    bare = {"id": PHONE["id"], "platform": "ios"}
    [device] = user_of(init(office, bare, userId="ann"))["devices"]
    assert (device["appVersion"], device["info"]) == (PHONE["appVersion"], PHONE["info"])
    [device] = user_of(init(office, {**bare, "appVersion": "2.2", "info": {"battery": "low"}}, userId="ann"))["devices"]
    assert (device["appVersion"], device["info"]) == ("2.2", {"battery": "low"})


def test_what_a_device_told_goes_along_with_whoever_logs_in_there(office):
    office.as_app("POST", "/v1/appusers", {"userId": "ann"})
    init(office)
    [device] = user_of(init(office, {"id": PHONE["id"], "platform": "ios"}, userId="ann"))["devices"]
    assert device["info"] == PHONE["info"]


def test_a_device_that_passes_on_tells_nothing_of_what_it_told_before(office):
    init(office, userId="ann")
    [device] = user_of(init(office, {"id": PHONE["id"], "platform": "ios"}, userId="bob"))["devices"]
    assert not {"appVersion", "info"} & set(device)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({}, id="no device"),
        pytest.param({"device": {}}, id="a device without ID"),
        pytest.param({"device": {"id": "", "platform": "web"}}, id="an empty ID"),
        pytest.param({"device": {"id": 7, "platform": "web"}}, id="an ID that is no text"),
        pytest.param({"device": PHONE, "userId": "x" * 257}, id="a long userId"),
        pytest.param({"device": PHONE, "properties": {"a": {}}}, id="nested properties"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(office, body):
    response = office.as_token("POST", "/v1/init", body)
    assert (response.status_code, response.json["error"]["code"]) == (400, "bad_request")
    assert office.ledger.read(lambda books: books.devices.owner("phone-1")) is None
