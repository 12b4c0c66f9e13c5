"""Whatever people do on their devices: one conversation each, no message lost or doubled, all in order."""

import itertools
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from server_fakes import CountingIds, FakeApp, FakeBot, TurnableClock, eventually
from server_office import Office

DEVICES = ("phone", "laptop", "tablet")
USERS = ("ann", "bob/ü", "cy@example.org")


@dataclass(eq=False)
class Person:
    """Somebody as the model knows them. `lines` are the conversations that came together in theirs, each in order."""

    id: str
    user_id: str | None = None
    lines: list = field(default_factory=lambda: [[]])

    @property
    def texts(self):
        return set(itertools.chain(*self.lines))


class Life(RuleBasedStateMachine):
    """A webhook server whose courier rests until the end, and a model of what it has to know."""

    ids = Bundle("ids")

    def __init__(self):
        super().__init__()
        self.directory = tempfile.mkdtemp(prefix="sk-life-")
        self.clock, self.bot, self.app = TurnableClock(), FakeBot("the door's"), FakeApp()
        self.office = Office(Path(self.directory) / "data", self.clock, CountingIds(), self.bot.url)
        self.office.register(self.app.url + "/hook", "message")
        self.count = itertools.count(1)
        self.people, self.on, self.named, self.accepted, self.times = {}, {}, {}, [], {}

    # ── what people do ────────────────────────────────────────────────────────────────────────────────────────────

    @rule(target=ids, device=st.sampled_from(DEVICES))
    def begin_or_log_out(self, device):
        told = self.init(device)
        owner = self.on.get(device)
        if owner is None or owner.user_id:
            owner = self.newcomer(told["_id"], None)
        return self.met(device, owner, told)

    @rule(target=ids, device=st.sampled_from(DEVICES), user=st.sampled_from(USERS))
    def log_in(self, device, user):
        told = self.init(device, userId=user)
        known, owner = self.named.get(user), self.on.get(device)
        anonymous = owner if owner and not owner.user_id else None
        if known and anonymous:
            self.become(anonymous, known)
        elif anonymous:
            anonymous.user_id, known = user, anonymous
        known = known or self.newcomer(told["_id"], user)
        self.named[user] = known
        return self.met(device, known, told)

    @rule(user=st.sampled_from(USERS))
    def be_written_to_by_the_backend(self, user):
        text = self.text()
        said = self.office.say(user.replace("/", "%2F"), text)
        person = self.named.get(user) or self.newcomer(said["conversation"]["appUsers"][0], user)
        self.named[user] = person
        self.said(person, text)

    @rule(ref=ids, role=st.sampled_from(("appUser", "appMaker")))
    def write(self, ref, role):
        text = self.text()
        said = self.office.say(ref, text, role=role)
        assert said["conversation"]["appUsers"] == [self.people[ref].id]
        self.said(self.people[ref], text)

    @rule(ref=ids)
    def be_answered_by_an_agent(self, ref):
        text = self.text()
        assert self.office.reply(ref, text).status_code == 200
        self.said(self.people[ref], text, by_agent=True)

    @rule(seconds=st.sampled_from((0.001, 0.002, 1.0)))
    def let_time_pass(self, seconds):
        self.clock.turn(seconds)

    # ── what holds ────────────────────────────────────────────────────────────────────────────────────────────────

    @precondition(lambda self: self.people)
    @invariant()
    def every_id_ever_told_leads_to_its_person(self):
        for ref, person in self.people.items():
            told = self.office.user(ref)
            assert (told["_id"], told.get("userId")) == (person.id, person.user_id)
            assert {device["id"] for device in told["devices"]} == {d for d in DEVICES if self.on.get(d) is person}

    @invariant()
    def every_conversation_has_each_message_once_in_order(self):
        for person in set(self.people.values()):
            told = self.office.as_app("GET", f"/v1/appusers/{person.id}/messages").json
            messages = told["messages"]
            received = [message["received"] for message in messages]
            texts = [message["text"] for message in messages]
            assert all(earlier < later for earlier, later in itertools.pairwise(received))
            assert len(texts) == len(set(texts))
            assert set(texts) == person.texts
            times = [self.times[text] for text in texts]
            assert all(earlier < later + 0.1 for earlier, later in itertools.pairwise(times))
            for line in person.lines:
                assert [text for text in texts if text in line] == line

    @invariant()
    def what_waits_waits_for_who_is_there_in_the_order_of_acceptance(self):
        waiting = self.office.ledger.read(lambda books: books.handovers.waiting())
        assert {handover.lane.app_user_id for handover in waiting} <= {person.id for person in self.people.values()}
        for lane, parcels in self.lanes(waiting).items():
            person = self.people[lane.app_user_id]
            wanted = [text for text, whose, by_agent in self.accepted if whose is person and self.goes(lane, by_agent)]
            assert [text for text in parcels if text] == wanted

    def teardown(self):
        """The courier carries it all, and bot and app see the same conversations."""
        try:
            self.office.start()
            of_app = [(text, whose) for text, whose, by_agent in self.accepted if not by_agent]
            eventually(lambda: len(self.bot.texts) == len(of_app), "all at the bot")
            eventually(lambda: len(self.app.bodies) == len(self.accepted), "all at the app")
            for person in set(self.people.values()):
                assert self.bot.texts_of(person.id) == [text for text, whose in of_app if whose is person]
                bodies = [body for body in self.app.bodies if body["appUser"]["_id"] == person.id]
                texts = [message["text"] for body in bodies for message in body["messages"]]
                assert texts == [text for text, whose, _ in self.accepted if whose is person]
        finally:
            self.office.close()
            self.bot.leave()
            self.app.leave()
            shutil.rmtree(self.directory)

    # ── the model ─────────────────────────────────────────────────────────────────────────────────────────────────

    def init(self, device, **fields):
        body = {"device": {"id": device, "platform": "web"}, **fields}
        response = self.office.as_app("POST", "/v1/init", body)
        assert response.status_code == 200, response.text
        return response.json["appUser"]

    def met(self, device, person, told):
        assert (told["_id"], told.get("userId")) == (person.id, person.user_id)
        self.on[device] = person
        return person.id

    def newcomer(self, app_user_id, user_id):
        assert app_user_id not in self.people
        person = self.people[app_user_id] = Person(app_user_id, user_id)
        return person

    def become(self, loser, survivor):
        survivor.lines += loser.lines
        for mapping in (self.people, self.on):
            for key, person in mapping.items():
                if person is loser:
                    mapping[key] = survivor
        self.accepted = [
            (text, survivor if whose is loser else whose, by_agent) for text, whose, by_agent in self.accepted
        ]

    def said(self, person, text, *, by_agent=False):
        person.lines[0].append(text)
        self.accepted.append((text, person, by_agent))

    def text(self):
        text = f"text {next(self.count)}"
        self.times[text] = self.clock.now()
        return text

    def lanes(self, waiting):
        lanes = {}
        for handover in waiting:
            parcels = self.office.ledger.read(lambda books, key=handover.id: books.handovers.parcels([key]))
            about = parcels[0].about
            lanes.setdefault(handover.lane, []).append(about.draft.text if hasattr(about, "draft") else None)
        return lanes

    @staticmethod
    def goes(lane, by_agent):
        return lane.webhook_id is not None or not by_agent


ENOUGH = settings(max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.timeout(300)
def test_whatever_people_do_on_their_devices_each_has_one_conversation_with_every_message_once():
    run_state_machine_as_test(Life, settings=ENOUGH)
