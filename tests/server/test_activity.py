"""Typing and the app's own events: told at once to whom it helps, and kept nowhere."""

import pytest

from webhook_server.domain.typing import TYPING_SECONDS, TypingNow
from wire import messages as wire

PATH = "/v1/appusers/ann/conversation/activity"
START = {"role": "appUser", "type": "typing:start"}


@pytest.fixture
def ann(office):
    office.say("ann", "hello")
    return office.user("ann")["_id"]


def types(office, app_user_id):
    answer = office.through_the_door(wire.PROFILE, wire.ProfileRequest(app_user_id=app_user_id))
    return answer.json["typing"]


def test_agents_who_look_at_the_profile_see_who_types(office, ann, clock):
    assert not types(office, ann)
    answer = office.as_app("POST", PATH, START)
    assert answer.status_code == 200
    assert answer.json == {"conversation": office.as_app("GET", "/v1/appusers/ann/messages").json["conversation"]}
    assert types(office, ann)
    clock.turn(TYPING_SECONDS - 1)
    assert types(office, ann)
    office.as_app("POST", PATH, START)
    clock.turn(TYPING_SECONDS - 1)
    assert types(office, ann)
    clock.turn(1)
    assert not types(office, ann)


def test_who_stops_does_not_type(office, ann):
    office.as_token("POST", PATH, START)
    office.as_token("POST", PATH, {"role": "appUser", "type": "typing:stop"})
    assert not types(office, ann)


def test_nothing_is_kept_of_it(office, ann, monkeypatch):
    monkeypatch.setattr(office.ledger, "write", None)
    assert office.as_app("POST", PATH, START).status_code == 200
    assert office.as_app("POST", PATH, {"role": "appMaker", "type": "typing:start", "name": "Shop"}).status_code == 200


def test_the_apps_own_typing_is_told_to_streams_and_is_the_backends_alone(office, ann, monkeypatch):
    told = []
    monkeypatch.setattr("webhook_server.stream.hub.Hub.typing", lambda _, typing: told.append(typing))
    body = {"role": "appMaker", "type": "typing:start", "name": "Shop", "avatarUrl": "https://shop.example/a.png"}
    assert office.as_token("POST", PATH, body).status_code == 403
    assert office.as_app("POST", PATH, body).status_code == 200
    [typing] = told
    assert (typing.app_user_id, typing.typing, typing.role, typing.name) == (ann, True, "appMaker", "Shop")
    assert typing.avatar_url == "https://shop.example/a.png"
    assert not types(office, ann)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"role": "appUser"},
        {"role": "appUser", "type": "conversation:read"},
        {"role": "whisper", "type": "typing:start"},
        START | {"name": 7},
        START | {"avatarUrl": "javascript:alert(1)"},
    ],
)
def test_what_is_no_activity_is_refused(office, ann, body):
    answer = office.as_app("POST", PATH, body)
    assert (answer.status_code, answer.json["error"]["code"]) == (400, "bad_request")


def test_nobody_types_for_somebody_else_or_as_nobody(office, ann):
    assert office.as_user("bob", "POST", PATH, START).status_code == 403
    assert office.as_app("POST", "/v1/appusers/bob/conversation/activity", START).status_code == 404


def test_only_so_many_are_remembered():
    typing = TypingNow(most=2)
    for app_user_id in ("a", "b", "a", "c"):
        typing.start(app_user_id, 0.0)
    assert [typing.types(each, 1.0) for each in "abc"] == [True, False, True]


def test_an_event_is_noted_and_leads_to_nothing(office, ann, monkeypatch):
    monkeypatch.setattr(office.ledger, "write", None)
    answer = office.as_app("POST", "/v1/appusers/ann/events", {"name": "order_placed"})
    assert (answer.status_code, answer.json) == (200, {"conversationUpdated": False})
    assert office.as_token("POST", "/v1.1/apps/app/appUsers/ann/events", {"name": "x"}).status_code == 200


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": 7}, {"name": None}, {"name": "x" * 257}])
def test_what_is_no_event_is_refused(office, ann, body):
    assert office.as_app("POST", "/v1/appusers/ann/events", body).status_code == 400


def test_events_of_nobody_are_refused(office):
    assert office.as_app("POST", "/v1/appusers/nobody/events", {"name": "x"}).status_code == 404
