"""Who is this? A profile as agents see it, from what the app and its clients told."""

import jwt
import pytest
import requests
from people import ALICE, BRUNO, shown_all, unique
from processes import wait_for

PICTURE = "https://a.example/vera.png"


@pytest.fixture
def vera(app, slack, stack):
    """An app user who came with a token of her own, on a device; the ID of her channel."""
    user_id = unique("vera")
    name = unique("Vera")
    app.create(user_id, givenName=name, surname="Verified", properties={"plan": "gold"})
    device = {"id": user_id, "platform": "web", "appVersion": "4.2.0", "info": {"currentUrl": "https://shop/cart"}}
    claims = {"scope": "appUser", "userId": user_id}
    token = jwt.encode(claims, stack.settings["SK_SECRET"], "HS256", headers={"kid": stack.settings["SK_KEY_ID"]})
    answer = requests.post(
        f"{app.base}/init",
        json={"userId": user_id, "device": device},
        headers={"Authorization": f"Bearer {token}"},
        timeout=10,
    )
    assert answer.ok, answer.text
    app.write(user_id, "Question", avatarUrl=PICTURE)
    return slack.conversation(f"sk-{name.lower()}-verified")


def pictures(messages):
    blocks = [block for message in messages for block in message.get("blocks", [])]
    return [block["accessory"]["image_url"] for block in blocks if "accessory" in block]


def test_a_profile_is_a_card_for_the_caller_alone(slack, vera):
    slack.command(ALICE, vera, "!profile")
    wait_for(lambda: "4.2.0" in shown_all(slack.seen_by(ALICE, vera)), "the card")
    card = slack.seen_by(ALICE, vera)
    for expected in (
        "✓ Verified",
        "plan: gold",
        "https://shop/cart",
        "1 conversation",
        "1 message from them",
        "<!date^",
    ):
        assert expected in shown_all(card)
    assert pictures(card) == [PICTURE]
    assert slack.seen_by(BRUNO, vera) == []
    assert "plan: gold" not in shown_all(slack.messages(vera))


def test_a_picture_that_slack_cannot_load_costs_the_picture_alone(slack, vera):
    slack.order("response_url", "error", error="invalid_blocks")
    slack.command(ALICE, vera, "!profile")
    wait_for(lambda: "plan: gold" in shown_all(slack.seen_by(ALICE, vera)), "the card")
    assert pictures(slack.seen_by(ALICE, vera)) == []


def test_a_profile_is_shared_once_though_slack_sends_the_command_twice(slack, vera):
    slack.disturb("duplicate_next")
    slack.say(ALICE, vera, "!profile share")
    shared = lambda: [post for post in slack.messages(vera) if "Alice Adams shared" in post.get("text", "")]  # noqa: E731
    wait_for(shared, "the card in the channel")
    slack.command(BRUNO, vera, "!profile now")  # behind the second delivery, in the same channel
    [post] = shared()
    assert "plan: gold" in shown_all([post])
    assert pictures([post]) == [PICTURE]
    assert post["x_live_mentions"] == []
