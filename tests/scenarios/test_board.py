"""The dispatch notice is alive: what becomes of a conversation is seen there, and done from there, over every kill."""

import pytest
from people import ALICE, BRUNO, GENERAL, GUEST, shown, shown_all, unique
from processes import wait_for


def notice(slack, name: str) -> dict | None:
    """The newest dispatch notice that names this app user."""
    return next((m for m in reversed(slack.messages(GENERAL)) if name in shown(m) and "blocks" in m), None)


def state(slack, name: str) -> str:
    """The line of small text in it."""
    found = notice(slack, name) or {}
    return shown_all([{"blocks": [b]} for b in found.get("blocks", []) if b["type"] == "context"]).strip()


def buttons(slack, name: str) -> list[str]:
    return [e["text"]["text"] for b in notice(slack, name)["blocks"] if b["type"] == "actions" for e in b["elements"]]


def says(slack, name: str, words: str) -> str:
    """Wait until the notice says this of how the case stands."""
    wait_for(lambda: words in state(slack, name), f"the notice of {name} saying “{words}”", 30)
    return state(slack, name)


def press(slack, user: str, name: str, action_id: str) -> None:
    assert slack.press(user, GENERAL, notice(slack, name)["ts"], action_id)["outcome"] == "ok"


def told(slack, user: str) -> str:
    return shown_all(slack.seen_by(user, GENERAL))


def edits(slack) -> list[dict]:
    return [call for call in slack.calls(channel=GENERAL) if call["method"] == "chat.update"]


@pytest.fixture
def talk(app, slack):
    """Somebody has begun a conversation: their name, user ID and channel."""
    name = f"Dana {unique('d').partition('-')[2]}"
    user_id = unique("dana")
    app.write(user_id, "Is anybody there?", name=name)
    channel_id = slack.conversation(f"sk-{name.lower().replace(' ', '-')}")
    says(slack, name, "waiting since")
    return name, user_id, channel_id


def test_a_fast_first_answer_costs_one_edit_of_the_notice(slack, receiver, webhook, talk):
    name, _, channel_id = talk
    assert buttons(slack, name) == ["Open", "Claim", "Profile", "Close"]
    slack.forget_calls()
    slack.command(ALICE, channel_id, "here I am")
    said = says(slack, name, "first answered by Alice Adams after")
    assert "claimed by Alice Adams" in said
    assert "waiting" not in said
    wait_for(lambda: "✓ delivered" in shown_all(slack.notices(channel_id)), "the delivery")
    assert len(edits(slack)) == 1
    assert notice(slack, name)["text"].endswith("Is anybody there?")


def test_buttons_do_what_commands_do_and_the_notice_shows_it_over_kills_of_both_processes(stack, app, slack, talk):
    name, user_id, channel_id = talk
    press(slack, ALICE, name, "sk_claim")
    stack.server.kill()
    stack.server.start()
    says(slack, name, "claimed by Alice Adams")
    assert "Alice Adams claimed this conversation" in shown_all(slack.messages(channel_id))
    stack.bot.kill()
    stack.bot.start()
    press(slack, ALICE, name, "sk_release")
    wait_for(lambda: "claimed" not in state(slack, name), "the notice of a release")
    assert "waiting since" in state(slack, name)
    press(slack, BRUNO, name, "sk_close")
    stack.bot.kill()
    stack.server.kill()
    stack.server.start()
    stack.bot.start()
    says(slack, name, "closed by Bruno Bauer")
    assert buttons(slack, name) == ["Open", "Profile", "Reopen"]
    press(slack, ALICE, name, "sk_reopen")
    wait_for(lambda: "closed" not in state(slack, name), "the notice of a conversation that is open again")
    press(slack, ALICE, name, "sk_close")
    says(slack, name, "closed by Alice Adams")
    before = notice(slack, name)["ts"]
    app.write(user_id, "One more thing", name=name)
    wait_for(lambda: notice(slack, name)["ts"] != before, "the notice of the next conversation")
    assert f"{name} wrote again in <#{channel_id}>" in shown(notice(slack, name))
    assert "One more thing" in shown(notice(slack, name))
    assert buttons(slack, name) == ["Open", "Claim", "Profile", "Close"]
    assert len([m for m in slack.messages(GENERAL) if name in shown(m)]) == 2


def test_a_press_on_what_is_not_true_any_more_says_why_to_the_presser_alone(slack, talk):
    name, _, _ = talk
    slack.order("chat.update", "ratelimited", channel=GENERAL, seconds=2.0)
    press(slack, ALICE, name, "sk_claim")
    press(slack, BRUNO, name, "sk_claim")
    wait_for(lambda: name in told(slack, BRUNO), "the refusal")
    assert f"Nothing was done: Alice Adams has the conversation with {name}" in told(slack, BRUNO)
    assert name not in told(slack, ALICE)
    says(slack, name, "claimed by Alice Adams")


def test_the_profile_button_shows_the_presser_alone_and_guests_nothing(slack, talk):
    name, user_id, _ = talk
    press(slack, BRUNO, name, "sk_profile")
    wait_for(lambda: user_id in told(slack, BRUNO), "the profile")
    press(slack, GUEST, name, "sk_profile")
    wait_for(lambda: "Guests" in told(slack, GUEST), "the refusal")
    assert user_id not in told(slack, GUEST)
    press(slack, BRUNO, name, "sk_open")
    assert "out of date" not in told(slack, BRUNO)


def test_a_notice_that_somebody_deleted_comes_back_as_long_as_the_app_user_waits(slack, talk):
    name, _, channel_id = talk
    gone = notice(slack, name)["ts"]
    slack.http.delete(f"{slack.url}/act/message", json={"user": "UADMIN0001", "channel": GENERAL, "ts": gone})
    assert notice(slack, name) is None
    slack.command(ALICE, channel_id, "!claim")
    says(slack, name, "claimed by Alice Adams")
    assert f"{name} started a conversation" in shown(notice(slack, name))


def test_a_bot_that_is_killed_while_it_posts_a_notice_posts_it_once(stack, app, slack, talk):
    name, user_id, channel_id = talk
    press(slack, ALICE, name, "sk_close")
    says(slack, name, "closed by Alice Adams")
    slack.order("chat.postMessage", "timeout_after", channel=GENERAL, seconds=4.0)
    app.write(user_id, "One more thing", name=name)
    wait_for(lambda: "wrote again" in shown(notice(slack, name)), "the notice that nobody hears of")
    stack.bot.kill()
    stack.bot.start()
    slack.command(BRUNO, channel_id, "!claim")
    says(slack, name, "claimed by Bruno Bauer")
    assert len([m for m in slack.messages(GENERAL) if f"{name} wrote again" in shown(m)]) == 1
