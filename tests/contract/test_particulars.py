"""What the contract says of single operations beside the shape of their answers."""

from urllib.parse import urlsplit

import pytest
from contract_shapes import check_error, no_nulls
from contract_table import TABLE

from webhook_server.api import routes


def test_the_server_has_the_contracts_operations_and_no_others():
    offered = {
        operation.line.replace("/appusers/{id}", "/appusers/{user}").replace("{webhookId}", "{webhook}")
        for resource in routes.RESOURCES
        for operation in resource.operations
        if not operation.at_root
    }
    assert offered == {row.line for row in TABLE}


def test_a_post_without_a_body_or_with_an_empty_one_marks_as_read(scene):
    path = f"/v1/appusers/{scene.user}/conversation/read"
    json, form = {"content_type": "application/json"}, {"content_type": "application/x-www-form-urlencoded"}
    for options in ({}, json, form, {"data": b"{}", **json}):
        response = scene.office.as_app("POST", path, **options)
        assert (response.status_code, response.json) == (200, {})


def test_an_image_that_was_uploaded_says_where_it_is_in_its_text(scene):
    row = next(row for row in TABLE if row.name == "upload image")
    message = scene.ask(row).json["message"]
    assert (message["type"], message["mediaType"], message["name"]) == ("image", "image/png", "Ann")
    assert message["text"] == message["mediaUrl"]


def test_what_a_device_leaves_open_is_not_told(scene):
    device = {"id": "phone", "platform": "ios", "appVersion": None, "info": {"os": "iOS", "wifi": None}}
    answer = scene.office.as_app("POST", "/v1/init", {"device": device, "userId": scene.user}).json
    assert no_nulls(answer)
    assert answer["appUser"]["devices"][0]["info"] == {"os": "iOS"}


@pytest.mark.parametrize("query", ["", "?access=private", "?access=public&for=message"])
def test_attachments_are_taken_whatever_access_they_ask_for(scene, query):
    row = next(row for row in TABLE if row.name == "upload attachment")
    assert scene.ask(row, path=f"/v1/attachments{query}").status_code == 201


def test_a_message_that_refers_to_an_upload_tells_a_link_to_it(scene):
    sent = {"role": "appUser", "mediaUrl": scene.media}
    said = scene.office.as_app("POST", f"/v1/appusers/{scene.user}/messages", sent).json["message"]
    assert (said["type"], said["mediaType"], said["text"]) == ("image", "image/png", said["mediaUrl"])
    assert said["mediaUrl"].startswith("https://sk.example.org/media/")
    parts = urlsplit(said["mediaUrl"])
    fetched = scene.office.call("GET", f"{parts.path}?{parts.query}")
    assert (fetched.status_code, fetched.content_type) == (200, "image/png")


def test_media_of_ones_own_stays_as_it_is(scene):
    sent = {"role": "appUser", "mediaUrl": "https://example.org/a.png?x=1&y", "text": "look"}
    said = scene.office.as_app("POST", f"/v1/appusers/{scene.user}/messages", sent).json["message"]
    assert (said["type"], said["mediaUrl"], said["text"]) == ("image", "https://example.org/a.png?x=1&y", "look")


def test_reading_sets_unread_to_nothing(scene):
    path = f"/v1/appusers/{scene.user}"
    answered = {"role": "appMaker", "text": "hello"}
    assert scene.office.as_app("POST", f"{path}/messages", answered).json["conversation"]["unreadCount"] == 1
    scene.office.as_user(scene.user, "POST", f"{path}/conversation/read")
    assert scene.office.as_app("GET", f"{path}/conversation").json["conversation"]["unreadCount"] == 0


def test_a_profile_without_personal_data_keeps_who_it_is(scene):
    path = f"/v1/appusers/{scene.user}"
    told = {"givenName": "Ann", "surname": "Lee", "email": "ann@example.org", "properties": {"a": 1}}
    scene.office.as_app("PUT", path, told | {"signedUpAt": "2030-12-31T23:59:59Z"})
    cleared = scene.office.as_app("DELETE", f"{path}/profile").json["appUser"]
    assert cleared == {
        "_id": scene.internal_id,
        "userId": scene.user,
        "properties": {},
        "conversationStarted": True,
        "credentialRequired": False,
        "devices": [],
        "clients": [],
    }
    assert scene.office.user(scene.user) == cleared
    assert scene.office.texts(scene.user) == ["first words"]


def test_after_deletion_the_list_is_empty_and_received_goes_on(scene):
    path = f"/v1/appusers/{scene.user}/messages"
    [before] = scene.office.as_app("GET", path).json["messages"]
    assert scene.office.as_app("DELETE", path).json == {}
    assert scene.office.as_app("GET", path).json["messages"] == []
    assert scene.office.say(scene.user, "again")["message"]["received"] > before["received"]


def test_logging_in_keeps_what_was_said_and_the_old_id_leads_on(scene):
    office, device = scene.office, {"id": f"phone-of-{scene.user}", "platform": "ios"}
    anonymous = office.as_token("POST", "/v1/init", {"device": device}).json["appUser"]["_id"]
    office.as_token("POST", f"/v1/appusers/{anonymous}/messages", {"role": "appUser", "text": "before"})
    known = office.as_user(scene.user, "POST", "/v1/init", {"device": device, "userId": scene.user}).json["appUser"]
    assert known["_id"] == scene.internal_id
    assert known["devices"][0]["id"] == device["id"]
    assert office.user(anonymous)["_id"] == scene.internal_id
    assert office.texts(scene.user) == ["first words", "before"]
    check_error(office.as_token("GET", f"/v1/appusers/{anonymous}"), 401, "unauthorized")


def test_the_same_email_makes_nobody_one(office):
    for name in ("twin-1", "twin-2"):
        office.as_app("POST", "/v1/appusers", {"userId": name, "email": "twin@example.org"})
    assert office.user("twin-1")["_id"] != office.user("twin-2")["_id"]
