"""Notes, history, canned answers, and whose name app users see: through Slack alone, over restarts and deaths."""

import threading
from pathlib import Path

import pytest
from people import ALICE, BRUNO, GENERAL, shown, shown_all, unique
from processes import Stack, wait_for

OWED = ("sk_note", "sk_deed")


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    """A stack of this module's own, because its processes are killed and get other settings."""
    stack = Stack(tmp_path_factory.mktemp("talk"), SK_INVITE=f"{ALICE},{BRUNO}")
    try:
        yield stack.start()
    finally:
        stack.end()


@pytest.fixture
def conversation(app, slack):
    """An app user on a plan who has written: their ID and their channel's."""
    user_id = unique("nora")
    surname = user_id[-8:].title()
    app.create(user_id, givenName="Nora", surname=surname, properties={"plan": "gold"})
    app.write(user_id, "What about my invoice?")
    return user_id, slack.conversation(f"sk-nora-{surname.lower()}")


@pytest.fixture
def hook(receiver, webhook):
    """The app's backend, which webhooks tell of replies."""
    assert webhook
    return receiver


def answer(slack, person, channel_id, text):
    """What the caller alone reads, the blocks' rich text included."""
    told = slack.command(person, channel_id, text)
    assert told["outcome"] == "ok"
    return shown(told["response"] or {})


def notes(slack, channel_id):
    return [m for m in slack.messages(channel_id) if (m.get("metadata") or {}).get("event_type") == "sk_note"]


def previews(slack, channel_id, person=ALICE):
    return [m for m in slack.seen_by(person, channel_id) if "sk_send_canned" in str(m.get("blocks"))]


def restart(*processes):
    """Kill them, and start them again."""
    for process in processes:
        process.kill()
    for process in processes:
        process.start()


def test_a_note_is_for_the_team_and_outlives_both_processes(stack, app, slack, hook, conversation):
    user_id, channel_id = conversation
    before = app.messages(user_id)
    assert slack.command(ALICE, channel_id, "!note owes us <money>, be *kind*")["response"] is None
    slack.say(BRUNO, channel_id, "!sk !note called her")
    wait_for(lambda: len(notes(slack, channel_id)) == 2, "both notes in the channel")
    assert "Note by Alice Adams" in shown(notes(slack, channel_id)[0])
    assert not any(note["x_live_mentions"] for note in notes(slack, channel_id))
    assert app.messages(user_id) == before
    slack.command(ALICE, channel_id, "we look into it")
    wait_for(lambda: "✓ delivered" in shown_all(slack.notices(channel_id)), "the reply")
    assert hook.texts() == ["we look into it"]
    assert b"money" not in b"".join(body for _, body in hook.tries)

    restart(stack.server, stack.bot)
    history = answer(slack, BRUNO, channel_id, "!history")
    said = ["What about my invoice?", "Note by Alice Adams", "owes us <money>, be *kind*", "Note by Bruno Bauer"]
    said += ["called her", "Alice Adams replied · ✓ delivered", "we look into it"]
    places = [history.index(each) for each in said]
    assert places == sorted(places)
    last = answer(slack, ALICE, channel_id, "!history 1")
    assert "we look into it" in last
    assert "called her" not in last
    assert "There is more before that" in last
    assert len(notes(slack, channel_id)) == 2


def test_notes_and_lines_that_a_killed_bot_still_owed_stand_in_the_channel_once(stack, slack, conversation):
    _, channel_id = conversation
    typed = [each for number in range(4) for each in (f"!note number {number}", "!claim", "!release")]
    for each in typed:  # faster than one post a second
        assert slack.command(ALICE, channel_id, each)["outcome"] == "ok"

    def told():
        posts = [m for m in slack.messages(channel_id) if (m.get("metadata") or {}).get("event_type") in OWED]
        return [shown(post) for post in posts]

    stack.bot.kill()
    assert len(told()) < len(typed)
    stack.bot.start()
    wait_for(lambda: len(told()) >= len(typed), "what was owed", 30)
    words = [each for number in range(4) for each in (f"number {number}", "claimed", "released")]
    assert len(told()) == len(words)
    assert all(word in text for word, text in zip(words, told(), strict=True)), told()
    assert (Path(stack.settings["SK_DATA_DIR"]) / "desk" / "owed.jsonl").read_bytes() == b""


def test_a_note_that_was_not_kept_is_told_and_not_shown(stack, slack, conversation):
    _, channel_id = conversation
    stack.server.stop()
    try:
        assert "was not kept" in answer(slack, ALICE, channel_id, "!note lost")
        assert "cannot be shown" in answer(slack, ALICE, channel_id, "!history")
        assert "does not answer" in answer(slack, ALICE, channel_id, "!canned")
    finally:
        stack.server.start()
    assert notes(slack, channel_id) == []
    assert "lost" not in answer(slack, ALICE, channel_id, "!history")


def test_a_canned_answer_is_saved_filled_previewed_and_sent_once(stack, app, slack, hook, conversation):
    user_id, channel_id = conversation
    saved = answer(slack, ALICE, GENERAL, "!canned save Invoice Dear {givenName},\nplan: {properties.plan}. {agent}")
    assert "“invoice” is saved" in saved
    restart(stack.server, stack.bot)
    assert "invoice: Dear {givenName}" in answer(slack, BRUNO, GENERAL, "!canned")
    text = "Dear Nora,\nplan: gold. Bruno Bauer"
    assert text in answer(slack, BRUNO, channel_id, "!canned invoice")
    app.call("PUT", f"/appusers/{user_id}", {"properties": {"plan": "silver"}})
    assert app.replies(user_id) == []
    [preview] = previews(slack, channel_id, BRUNO)

    def press():
        slack.press(BRUNO, channel_id, preview["ts"], "sk_send_canned")

    presses = [threading.Thread(target=press) for _ in range(2)]
    for each in presses:
        each.start()
    for each in presses:
        each.join()
    wait_for(lambda: "✓ delivered" in shown_all(slack.notices(channel_id)), "the notice")
    wait_for(lambda: not previews(slack, channel_id, BRUNO), "the preview to go")
    assert app.replies(user_id) == hook.texts() == [text]
    assert "Bruno Bauer replied" in shown_all(slack.notices(channel_id))

    replaced = answer(slack, ALICE, channel_id, "!canned save INVOICE Hi {name}")
    assert "It replaces this text, saved by Alice Adams:" in replaced
    assert "plan: {properties.plan}" in replaced
    assert "It said:" in answer(slack, ALICE, channel_id, "!canned delete invoice")
    assert "There is no canned answer" in answer(slack, ALICE, channel_id, "!canned invoice")


def test_what_is_missing_is_named_and_an_old_preview_sends_nothing(stack, app, slack, conversation):
    user_id, channel_id = conversation
    answer(slack, ALICE, GENERAL, "!canned save seats {givenName|there}, you have {properties.seats} seats")
    refused = answer(slack, ALICE, channel_id, "!canned seats")
    assert "Nothing was sent" in refused
    assert "`{properties.seats}`" in refused
    app.call("PUT", f"/appusers/{user_id}", {"properties": {"seats": 7}})
    assert "Nora, you have 7 seats" in answer(slack, ALICE, channel_id, "!canned send seats")
    assert "This is no app user's channel" in answer(slack, ALICE, GENERAL, "!canned seats")
    [preview] = previews(slack, channel_id)
    stack.bot.stop()
    stack.bot.start()
    slack.press(ALICE, channel_id, preview["ts"], "sk_send_canned")
    wait_for(lambda: "out of date" in shown_all(slack.seen_by(ALICE, channel_id)), "the refusal")
    answer(slack, ALICE, channel_id, "!canned seats")
    fresh = previews(slack, channel_id)[-1]
    slack.press(ALICE, channel_id, fresh["ts"], "sk_cancel_canned")
    wait_for(lambda: len(previews(slack, channel_id)) == 1, "the preview to go")
    assert "Nothing was sent." in shown_all(slack.seen_by(ALICE, channel_id))
    assert app.replies(user_id) == []


def faces(app, user_id):
    """Under which names and pictures the app user sees the replies."""
    replies = [message for message in app.messages(user_id) if message["role"] == "appMaker"]
    return [(message["name"], message.get("avatarUrl")) for message in replies]


def test_an_agent_who_is_called_otherwise_is_so_for_app_users_at_once(app, slack, conversation):
    user_id, channel_id = conversation
    slack.command(BRUNO, channel_id, "one")
    slack._post("act/person", user=BRUNO, op="rename", real_name="Bruno Beck", color="123456")
    try:
        wait_for(
            lambda: (slack.command(BRUNO, channel_id, unique("again")), faces(app, user_id)[-1][0] == "Bruno Beck")[1],
            "the new name",
        )
    finally:
        slack._post("act/person", user=BRUNO, op="rename", real_name="Bruno Bauer", color="e7392d")
    before, after = faces(app, user_id)[0], faces(app, user_id)[-1]
    assert before[0] == "Bruno Bauer"
    assert before[1] != after[1]


def test_app_users_see_the_team_where_it_is_set_and_slack_names_the_agent(stack, app, slack, conversation):
    user_id, channel_id = conversation
    slack.command(ALICE, channel_id, "as myself")
    stack.bot.stop()
    environment = stack.bot.environment
    try:
        environment["SK_AGENT_NAMES"] = "team"
        stack.bot.start(wait=False)
        assert stack.bot.popen.wait(30) == 2
        assert "SK_TEAM_NAME: is needed beside SK_AGENT_NAMES=team" in stack.bot.log()
        environment |= {"SK_TEAM_NAME": "Nora's Shop", "SK_TEAM_AVATAR": "https://example.org/shop.png"}
        stack.bot.start()
        slack.command(ALICE, channel_id, "as the team")
        wait_for(lambda: len(slack.notices(channel_id)) == 2, "both notices")
    finally:
        for name in ("SK_AGENT_NAMES", "SK_TEAM_NAME", "SK_TEAM_AVATAR"):
            environment.pop(name, None)
        stack.bot.end()
        stack.bot.start()
    assert [name for name, _ in faces(app, user_id)] == ["Alice Adams", "Nora's Shop"]
    assert faces(app, user_id)[1] == ("Nora's Shop", "https://example.org/shop.png")
    authors = {message["authorId"] for message in app.messages(user_id) if message["role"] == "appMaker"}
    assert len(authors) == 1
    assert shown_all(slack.notices(channel_id)).count("Alice Adams replied") >= 2
    assert "Alice Adams replied" in answer(slack, BRUNO, channel_id, "!history 1")
