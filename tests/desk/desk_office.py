"""A desk on fakes, with what its tests do over and over."""

from desk_fakes import ALICE, FakeDispatchNote, FakeHomeNote, FakeOwedNote

from desk.desk import Desk
from desk.dispatch.routing import House
from desk.parts.ground import Surroundings
from desk.values import SEND_TO_APP_USER, Press, Shortcut, Submission, Typed
from wire.ids import reply_id
from wire.messages import Agent, Incoming, IncomingMessage, Receipt

USER = "a1b2c3d4e5f6a1b2c3d4e5f6"


class Office:
    def __init__(self, clock, workspace, book, app_side) -> None:
        self.clock = clock
        self.workspace = workspace
        self.book = book
        self.app_side = app_side
        self.note = FakeDispatchNote()
        self.home_note = FakeHomeNote()
        self.owed_note = FakeOwedNote()
        self.told = []  # what people were told after the answer
        self.open()

    def open(self, dispatch_channel="general", team=None, **house) -> Desk:
        """A new process: its memory is empty, book, note and workspace are as they were."""
        around = Surroundings(
            workspace=self.workspace,
            book=self.book,
            app_side=self.app_side,
            clock=self.clock,
            dispatch_channel=dispatch_channel,
            dispatch_note=self.note,
            home_note=self.home_note,
            owed_note=self.owed_note,
            house=House(**house),
            team=team,
        )
        self.desk = Desk(around)
        return self.desk

    def receive(
        self, *texts, user=USER, name="Zoë", doubt_since=None, profile_name=None, case_id=None, apart=False, **message
    ):
        """An app user writes; a text `3: hello` is message 3."""
        messages = [
            IncomingMessage(message_id=message_id(text), text=text, received=self.clock.now(), name=name, **message)
            for text in texts
        ]
        return self.desk.receive(
            Incoming(
                app_user_id=user,
                messages=messages,
                doubt_since=doubt_since,
                profile_name=profile_name,
                case_id=case_id,
                apart=apart,
            )
        )

    def opened(self, **more) -> str:
        """A conversation that is under way; its channel."""
        channel_id = self.receive("hello", **more).place.channel_id
        self.workspace.calls.clear()
        return channel_id

    def types(self, channel_id, text, request="slash:1", person=ALICE):
        return self.desk.typed(Typed(person.agent_id, channel_id, text, request), self.told.append)

    def presses(self, channel_id, value, person=ALICE, action_id="sk_retry"):
        return self.desk.pressed(Press(person.agent_id, channel_id, "1.1", action_id, value), self.told.append)

    def chooses(self, channel_id, ts, person=ALICE, **more):
        """Somebody chooses "Send to app user" in a message's menu."""
        shortcut = Shortcut(person.agent_id, channel_id, ts, SEND_TO_APP_USER, "1.2.abc", **more)
        return self.desk.chosen(shortcut, self.told.append)

    def sends(self, form, person=ALICE):
        """Somebody sends a form; what that begins is done."""
        sent = Submission(person.agent_id, form["callback_id"], form["private_metadata"])
        answer = self.desk.submitted(sent, self.told.append)
        self.clock.turn(0)
        return answer

    def receipt(self, channel_id, state="delivered", *, request="slash:1", sequence=1, text="hi", **more):
        return Receipt(
            message_id=reply_id(request),
            app_user_id=USER,
            channel_id=channel_id,
            text=text,
            agent=Agent(agent_id=ALICE.agent_id, name=ALICE.name),
            state=state,
            sequence=sequence,
            accepted=more.pop("accepted", self.clock.now()),
            **more,
        )

    def show(self, channel_id, state="delivered", **more):
        return self.desk.show(self.receipt(channel_id, state, **more))

    def notices(self, channel_id):
        posts = self.workspace.posts(channel_id)
        return [post for post in posts if post.mark.kind == "sk_notice"]

    def relayed(self, channel_id):
        posts = self.workspace.posts(channel_id)
        return [post.text for post in posts if post.mark.kind == "sk_message"]


def message_id(text: str) -> str:
    """Tests name messages by their texts."""
    return text.encode().hex()[:24].ljust(24, "0")
