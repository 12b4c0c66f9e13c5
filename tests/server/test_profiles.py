"""What the bot is told of an app user: who they are, where they were seen, and how much there is of them."""

import pytest
from test_door import profile_of

from webhook_server.domain.sightings import PAGE_BYTES, page


def introduce(office, user_id, device_id, **device):
    body = {"userId": user_id, "device": {"id": device_id, "platform": "web", **device}}
    response = office.as_token("POST", "/v1/init", body)
    assert response.status_code == 200, response.text
    return response.json["appUser"]["_id"]


def test_the_face_is_the_last_that_the_app_user_showed(office):
    office.say("ann", "1", avatarUrl="https://a.example/old.png")
    office.say("ann", "2", avatarUrl="https://a.example/new.png")
    office.say("ann", "3")
    ann = office.user("ann")["_id"]
    office.reply(ann, "Sure")  # with the agent's own face
    assert profile_of(office, ann).avatar_url == "https://a.example/new.png"


def test_whoever_came_with_their_own_token_or_has_to_is_verified(office):
    office.say("ann", "hello")
    ann = office.user("ann")["_id"]
    assert not profile_of(office, ann).verified
    office.as_user("ann", "GET", "/v1/appusers/ann")
    assert profile_of(office, ann).verified
    made = office.as_app("POST", "/v1/appusers", {"userId": "bob", "credentialRequired": True})
    assert profile_of(office, made.json["appUser"]["_id"]).verified


def test_devices_come_newest_first_and_at_most_five(office):
    for number in range(7):
        ann = introduce(
            office, "ann", f"d{number}", appVersion=f"1.{number}", info={"currentUrl": f"https://x/{number}"}
        )
        office.clock.turn(10)
    profile = profile_of(office, ann)
    assert [device.app_version for device in profile.devices] == ["1.6", "1.5", "1.4", "1.3", "1.2"]
    assert profile.more_devices == 2
    first = profile.devices[0]
    assert (first.platform, first.page, first.last_seen) == ("web", "https://x/6", office.clock.now() - 10)


def test_seen_is_where_they_were_and_what_they_wrote_whatever_was_later(office):
    began = office.clock.now()
    ann = introduce(office, "ann", "d1")
    office.clock.turn(100)
    office.say("ann", "hello")
    profile = profile_of(office, ann)
    assert (profile.first_seen, profile.last_seen) == (began, began + 100)
    office.clock.turn(100)
    office.reply(ann, "Sure")
    assert profile_of(office, ann).last_seen == began + 100
    introduce(office, "ann", "d1")
    assert profile_of(office, ann).last_seen == began + 200


def test_counts_tell_the_app_users_messages_and_agents_replies_but_not_the_apps(office):
    office.say("ann", "1")
    office.say("ann", "2")
    office.as_app("POST", "/v1/appusers/ann/messages", {"role": "appMaker", "text": "from the app"})
    ann = office.user("ann")["_id"]
    office.reply(ann, "Sure")
    counts = profile_of(office, ann).counts
    assert (counts.messages, counts.replies) == (2, 1)


def test_who_turned_out_to_be_somebody_else_was_seen_since_their_first_words(office):
    began = office.clock.now()
    anonymous = office.as_token("POST", "/v1/init", {"device": {"id": "d1", "platform": "ios"}}).json["appUser"]["_id"]
    office.as_token("POST", f"/v1/appusers/{anonymous}/messages", {"role": "appUser", "text": "hello"})
    office.clock.turn(50)
    office.as_app("POST", "/v1/appusers", {"userId": "ann"})
    ann = introduce(office, "ann", "d1")
    assert profile_of(office, ann).first_seen == began
    assert profile_of(office, anonymous) == profile_of(office, ann)


@pytest.mark.parametrize(
    ("info", "shown"),
    [
        pytest.param(None, None, id="nothing told"),
        pytest.param({"os": "iOS"}, None, id="no page"),
        pytest.param({"currentUrl": "https://shop/a", "URL": "shop"}, "https://shop/a", id="the web client's"),
        pytest.param({"URL": "https://shop", "currentTitle": "Cart"}, "https://shop", id="an older web client's"),
        pytest.param({"currentTitle": " Cart "}, "Cart", id="a title is better than nothing"),
        pytest.param({"currentUrl": 7, "URL": " "}, None, id="what is no page"),
        pytest.param({"currentUrl": "ö" * 9000}, "ö" * (PAGE_BYTES // 2), id="too long"),
    ],
)
def test_the_last_page_of_a_device(info, shown):
    assert page(info) == shown
