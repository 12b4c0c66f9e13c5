"""What Slack is told at response_urls: something beside the button's message, in its place, or that it goes."""

import pytest

from desk.errbot_backend.replies import PressReply, Said, TypedReply


class Outbox:
    def __init__(self):
        self.responses, self.whispers = [], []

    def respond(self, response_url, said):
        self.responses.append((response_url, said.response()))

    def whisper(self, channel_id, agent_id, said, thread_ts=None):
        self.whispers.append((channel_id, agent_id, said.text))


class Envelope:
    acknowledged = False

    def acknowledge(self, _payload=None):
        self.acknowledged = True
        return True


@pytest.mark.parametrize(
    ("said", "response"),
    [
        (Said("a"), {"response_type": "ephemeral", "text": "a", "replace_original": False}),
        (Said("a", instead=True), {"response_type": "ephemeral", "text": "a", "replace_original": True}),
        (Said("", instead=True), {"delete_original": True}),
    ],
)
def test_a_response(said, response):
    assert said.response() == response


@pytest.mark.parametrize(("text", "instead", "told"), [("a", True, 1), ("", True, 1), ("", False, 0), ("a", False, 1)])
def test_an_answer_to_a_button_takes_its_message_away_where_it_is_to(text, instead, told):
    outbox = Outbox()
    reply = PressReply(Envelope(), "https://hooks", outbox, channel_id="C1", agent_id="U1")
    reply.say(text, instead=instead)
    reply.finish()
    assert [url for url, _ in outbox.responses] == ["https://hooks"] * told


def test_without_a_response_url_only_what_can_be_read_is_said():
    outbox = Outbox()
    reply = PressReply(Envelope(), "", outbox, channel_id="C1", agent_id="U1")
    reply.say("", instead=True)
    reply.say("a", instead=True)
    reply.finish()
    assert outbox.whispers == [("C1", "U1", "a")]


def test_a_typed_command_stands_on_nothing():
    outbox = Outbox()
    reply = TypedReply(Envelope(), outbox, channel_id="C1", agent_id="U1", thread_ts=None, expected=True)
    reply.say("a", instead=True)
    assert outbox.whispers == [("C1", "U1", "a")]
