"""The desk speaks the language that was chosen, and recognises what it said in another one."""

import pytest
from desk_fakes import DISPATCH
from desk_office import USER

from desk.conversations.joining import is_nameless
from desk.domain.wording import reasons
from desk.domain.wording.speech import SPEECH
from wire.messages import Stranded


@pytest.fixture
def german():
    SPEECH.use("de")
    yield
    SPEECH.use("en")


def test_what_people_read_is_german(office, workspace, german):
    channel_id = office.opened(media_url="https://example.com/a.png", type="image")
    assert workspace.texts(channel_id)[0].startswith("Dieser Channel ist das Gespräch mit Zoë.")
    assert "Zoë hat ein Gespräch in" in workspace.texts(DISPATCH)[0]
    assert "Nichts wurde gesendet" in office.types(DISPATCH, "hallo").text
    office.types(channel_id, "hallo")
    office.show(channel_id, "failed", reason="warum auch immer")
    assert "✗ fehlgeschlagen: nicht zugestellt (warum auch immer)" in str(office.notices(channel_id)[0].blocks)


def test_a_nameless_app_user_is_recognised_whatever_was_spoken_when_they_came(office, book, german):
    SPEECH.use("en")
    office.receive("hello", name=None)
    SPEECH.use("de")
    assert book.of_app_user(USER).title.startswith("User ")
    assert is_nameless(book.of_app_user(USER))


def test_a_reason_goes_to_the_other_process_in_english_and_is_shown_in_german(office, workspace, german):
    channel_id = office.opened()
    assert reasons.slack_refuses("no_text") == "Slack refuses it (no_text)"
    told = Stranded(
        message_id="0" * 24, app_user_id=USER, state="failed", since=0.0, reason="Slack refuses it (no_text)"
    )
    office.desk.stranded(told)
    assert "konnte in Slack nicht gezeigt werden: Slack lehnt es ab (no_text)" in str(workspace.posts(channel_id)[-1])


def test_help_is_german(office, german):
    channel_id = office.opened()
    assert "`/sk !profile [share]` zeigt nur dir, was die App" in office.types(channel_id, "!help").text
