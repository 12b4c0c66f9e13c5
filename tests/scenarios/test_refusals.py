"""What must not happen: nothing reaches an app user by mistake, and text from app users stays text."""

import time

import pytest
from people import ALICE, GENERAL, GUEST, STRANGER, shown, shown_all, unique
from processes import wait_for


@pytest.fixture
def conversation(app, slack):
    """An app user with a channel: the user's ID and the channel's."""
    user_id = unique("refuse")
    name = f"Rex {user_id[-8:]}"
    app.write(user_id, "Question", name=name)
    channel_id = slack.conversation(f"sk-rex-{user_id[-8:]}")
    return user_id, channel_id


def answer_text(answer: dict) -> str:
    return shown(answer["response"] or {})


def test_sk_alone_and_help_show_the_usage_to_the_caller_alone(app, slack, conversation):
    user_id, channel_id = conversation
    before = len(slack.messages(channel_id))
    for text in ("", "   ", "!help"):
        answer = slack.command(ALICE, channel_id, text)
        assert answer["outcome"] == "ok"
        assert "/sk" in answer_text(answer)
        assert "!profile" in answer_text(answer)
    assert len(slack.messages(channel_id)) == before
    assert app.replies(user_id) == []


def test_an_unknown_command_is_refused_with_the_nearest_one(app, slack, conversation):
    user_id, channel_id = conversation
    assert "!profile" in answer_text(slack.command(ALICE, channel_id, "!profil"))
    refusal = answer_text(slack.command(ALICE, channel_id, "!nonsense at all"))
    assert "!nonsense" in refusal
    assert "nothing was sent" in refusal.lower()
    assert app.replies(user_id) == []


def test_sk_in_another_channel_points_to_the_dispatch_channel(slack):
    refusal = answer_text(slack.command(ALICE, "CRANDOM001", "hi"))
    assert f"<#{GENERAL}" in refusal
    assert "nothing was sent" in refusal.lower()


@pytest.mark.parametrize("person", [GUEST, STRANGER])
def test_guests_and_people_from_elsewhere_cannot_speak_to_app_users(app, slack, conversation, person):
    user_id, channel_id = conversation
    slack.join(person, channel_id)
    assert "nothing was sent" in answer_text(slack.command(person, channel_id, "hi")).lower()
    slack.say(person, channel_id, "!sk hi")
    wait_for(lambda: "nothing was sent" in shown_all(slack.seen_by(person, channel_id)[1:]).lower(), "the refusal")
    assert app.replies(user_id) == []


def test_text_of_app_users_runs_nothing_and_notifies_nobody(app, slack, conversation):
    user_id, channel_id = conversation
    texts = [
        "!profile",
        "!sk leaked",
        "/sk x",
        "<!channel> <!here> <@UALICE0001> <#CGENERAL01|general>",
        "*bold* _it_ `code` <https://evil.example|bank>",
        "@channel @here @alice #general",
        "<!channel>",
    ]
    for text in texts:
        app.write(user_id, text, name="<!channel> *Rex*")

    def shown_ids() -> list[str]:
        return [i for post in slack.relayed(channel_id) for i in post["metadata"]["event_payload"]["message_ids"]]

    wait_for(lambda: len(shown_ids()) == 1 + len(texts), "all in Slack")
    assert not any(message["x_live_mentions"] for message in slack.relayed(channel_id))
    ours = [message for message in slack.messages(channel_id) if message.get("bot_id")]
    assert [message for message in ours if message["x_live_mentions"]] == []
    slack.command(ALICE, channel_id, "all done")
    wait_for(lambda: app.replies(user_id), "the reply that was typed last")
    assert app.replies(user_id) == ["all done"]
    assert "plan" not in shown_all(slack.seen_by(ALICE, channel_id))


def test_a_profile_shows_what_is_true_now_and_all_of_it_as_text(app, slack):
    user_id = unique("profile")
    strange = {
        "mention": "<!channel>",
        "star": "*bold*",
        "emoji": "🦊 :fox_face:",
        "long": "x" * 800,
        "number": 7,
        "yes": True,
    }
    app.create(
        user_id, givenName="Petra", surname="Profile", email="petra@example.com", properties={"plan": "free", **strange}
    )
    app.write(user_id, "Question")
    channel_id = slack.conversation("sk-petra-profile")
    app.call("PUT", f"/appusers/{user_id}", {"properties": {"plan": "gold"}, "signedUpAt": "2024-02-29T12:00:00Z"})
    answer = slack.command(ALICE, channel_id, "!profile")
    assert answer["outcome"] == "ok"
    profile = answer_text(answer)
    for expected in (
        "Petra",
        "Profile",
        "petra@example.com",
        user_id,
        "gold",
        "&lt;!channel&gt;",
        "🦊",
        "x" * 800,
        "7",
        "2024-02-29",
    ):
        assert expected in profile
    assert "free" not in profile
    for message in slack.seen_by(ALICE, channel_id):
        assert message["x_live_mentions"] == []
    assert app.replies(user_id) == []


def test_with_the_webhook_server_down_the_agent_learns_at_once_that_nothing_was_sent(stack, app, slack, conversation):
    user_id, channel_id = conversation
    stack.server.stop()
    try:
        began = time.monotonic()
        answer = slack.command(ALICE, channel_id, "are you there?")
        assert time.monotonic() - began < 3
        assert answer["outcome"] == "ok"
        assert "nothing was sent" in answer_text(answer).lower()
    finally:
        stack.server.start()
    assert app.replies(user_id) == []
