"""People in Slack read the language of the setting, and developers English, through the real processes."""

import pytest
import requests
from people import ALICE, GENERAL, shown, shown_all, unique
from processes import Stack, wait_for


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    """The three real processes, in German."""
    stack = Stack(tmp_path_factory.mktemp("language"), SK_LANGUAGE="de", SK_INVITE=ALICE)
    try:
        yield stack.start()
    finally:
        stack.end()


def test_help_introduction_announcement_and_a_replys_notice_are_german(app, slack, receiver, webhook):
    user_id = unique("greta")
    app.write(user_id, "Guten Tag", name="Greta Deutsch")
    channel_id = slack.conversation("sk-greta-deutsch")
    first = next(shown(m) for m in slack.messages(channel_id) if m.get("subtype") != "channel_join")
    assert first.startswith(f"Dieser Channel ist das Gespräch mit Greta Deutsch (Nutzer-ID der App: {user_id}).")
    assert "alles andere, was du hier schreibst, bleibt in slack" in first.lower()
    board = wait_for(lambda: [m for m in slack.messages(GENERAL) if "Greta" in shown(m)], "the announcement")
    assert f"Greta Deutsch hat ein Gespräch in <#{channel_id}> begonnen" in shown_all(board)
    assert "`/sk TEXT` sendet TEXT an den App-Nutzer" in shown(slack.command(ALICE, channel_id, "!help")["response"])

    slack.command(ALICE, channel_id, "Guten Tag zurück")
    told = wait_for(lambda: [n for n in slack.notices(channel_id) if "✓" in shown(n)], "the notice")
    assert "hat geantwortet" in shown_all(told)
    assert "✓ zugestellt" in shown_all(told)


def test_a_failed_reply_has_a_german_reason_and_developers_an_english_one(app, slack, receiver):
    hook = app.webhook(receiver.url, "message:appMaker")
    events = app.webhook(receiver.url, "delivery:failure")
    try:
        app.write(unique("fritz"), "Hallo", name="Fritz Fehler")
        channel_id = slack.conversation("sk-fritz-fehler")
        receiver.answers.append(403)
        slack.command(ALICE, channel_id, "kommt nicht an")
        failed = wait_for(lambda: [n for n in slack.notices(channel_id) if "✗" in shown(n)], "the failure's notice")
        assert "fehlgeschlagen: nicht zugestellt (der Server der App hat mit 403 geantwortet)" in shown_all(failed)
        assert "Noch einmal versuchen" in shown_all(failed)
        wait_for(lambda: receiver.received, "the event")
        assert b"the app's server answered 403" in receiver.received[-1][1]
    finally:
        for each in (hook, events):
            app.call("DELETE", f"/webhooks/{each['_id']}")


def test_a_refusal_is_german_for_agents_and_english_for_developers(app, slack):
    nobody = requests.get(f"{app.base}/appusers/nobody", headers=app.backend, timeout=10)
    assert "No app user has this ID" in nobody.text
    assert "Nichts wurde gesendet" in shown(slack.command(ALICE, GENERAL, "hallo")["response"])
