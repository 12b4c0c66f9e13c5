"""Collaborators of the reception, by hand."""

import threading

from desk.errbot_backend.arrivals import Me
from desk.errbot_backend.reception import Reception
from desk.errbot_backend.socket_mode import Frame, LineGoneError

ME = Me("UBOT", "BBOT")


class FakeOutbox:
    """Remembers what went out beside acknowledgements."""

    def __init__(self):
        self.responses = []
        self.whispers = []
        self.posts = []

    def respond(self, response_url, said):
        self.responses.append((response_url, said.text))

    def whisper(self, channel_id, agent_id, said, thread_ts=None):
        self.whispers.append((channel_id, agent_id, said.text, thread_ts))

    def post(self, place, said):
        self.posts.append((place, said.text))


class FakePerformer:
    """Plugins that remember; `gate` holds commands up, `answer` is said, `fault` is raised."""

    def __init__(self):
        self.is_ready = True
        self.done = []
        self.gate = None
        self.answer = "done"
        self.view = None
        self.fault = None
        self.begun = threading.Event()

    def ready(self):
        return self.is_ready

    def understands(self, text):
        return text.casefold().startswith(("!sk", "!profile", "!claim", "!help", "!uptime"))

    def command(self, name, asked):
        self.begun.set()
        if self.gate is not None:
            assert self.gate.wait(5)
        self.done.append((name, asked.text))
        if self.fault is not None:
            raise self.fault
        if self.answer is not None:
            asked.reply.say(self.answer)

    def press(self, press, reply):
        self.done.append(("press", press.value))
        if self.answer is not None:
            reply.say(self.answer)

    def chose(self, shortcut, reply):
        self.done.append(("chose", shortcut.message_ts))
        if self.answer is not None:
            reply.say(self.answer)

    def sent(self, form, reply):
        self.begun.set()
        if self.gate is not None:
            assert self.gate.wait(5)
        self.done.append(("sent", form.metadata))
        if self.view is not None:
            reply.turn_into(self.view, "instead")
        elif self.answer is not None:
            reply.say(self.answer)

    def home_opened(self, opened):
        self.done.append(("home", opened.agent_id))

    def channel_changed(self, change):
        self.done.append(("channel", change.kind))

    def person_changed(self, change):
        self.done.append(("person", change.agent_id))

    def tokens_revoked(self):
        self.done.append(("tokens", None))


class Desk:
    """A reception with its fakes. `acks` are the acknowledgements, in order: (envelope ID, payload's text or None)."""

    def __init__(self):
        self.outbox = FakeOutbox()
        self.performer = FakePerformer()
        self.acks = []
        self.timers = []
        self.line_gone = False
        self.reception = Reception(ME, self.performer, self.outbox, lambda s, action: self.timers.append((s, action)))
        self._count = 0

    def arrive(self, kind, payload):
        """One envelope from Slack; returns its ID."""
        self._count += 1
        envelope_id = f"envelope-{self._count}"

        def answer(said):
            if self.line_gone:
                raise LineGoneError("gone")
            self.acks.append((envelope_id, said and said.get("text", said)))

        self.reception.take(Frame(envelope_id, kind, payload, answer))
        return envelope_id

    def slash(self, text="hi", trigger="1.1.a", channel="C1"):
        return self.arrive(
            "slash_commands",
            {
                "text": text,
                "user_id": "UALICE",
                "channel_id": channel,
                "trigger_id": trigger,
                "response_url": "https://hooks/1",
            },
        )

    def typed(self, text="!sk hi", ts="1.5", channel="C1", **more):
        event = {"type": "message", "channel": channel, "user": "UALICE", "ts": ts, "text": text, **more}
        return self.arrive("events_api", {"event": event})

    def press(self, value="abc", trigger="2.2.b", response_url="https://hooks/2"):
        return self.arrive(
            "interactive",
            {
                "type": "block_actions",
                "user": {"id": "UALICE"},
                "container": {"type": "message", "message_ts": "2.5", "channel_id": "C1"},
                "actions": [{"action_id": "sk_retry", "value": value}],
                "trigger_id": trigger,
                "response_url": response_url,
            },
        )

    def shortcut(self, ts="2.5", trigger="3.3.c", response_url="https://hooks/3"):
        return self.arrive(
            "interactive",
            {
                "type": "message_action",
                "callback_id": "sk_send_to_app_user",
                "user": {"id": "UALICE"},
                "channel": {"id": "C1"},
                "message": {"ts": ts},
                "message_ts": ts,
                "trigger_id": trigger,
                "response_url": response_url,
            },
        )

    def form(self, trigger="4.4.d", channel="C1"):
        view = {"callback_id": "sk_send_to_app_user", "private_metadata": f'{{"channel_id": "{channel}"}}'}
        payload = {"type": "view_submission", "user": {"id": "UALICE"}, "trigger_id": trigger, "view": view}
        return self.arrive("interactive", payload)

    def press_at_home(self, value="abc", trigger="3.3.c"):
        return self.arrive(
            "interactive",
            {
                "type": "block_actions",
                "user": {"id": "UALICE"},
                "container": {"type": "view", "view_id": "V1"},
                "view": {"id": "V1", "type": "home"},
                "actions": [{"action_id": "sk_claim", "value": value}],
                "trigger_id": trigger,
            },
        )

    def time_is_up(self):
        """2.5 seconds pass for everything that arrived."""
        for seconds, action in self.timers:
            assert seconds < 2.5
            action()

    def finish(self):
        """Let everything be done."""
        self.reception.close(5)
