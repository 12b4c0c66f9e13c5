"""Timers: whatever people do, however clocks are set and whenever the process ends, each reminder comes once."""

import shutil
from math import inf

import pytest
from hypothesis import settings as examples
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from server_fakes import TurnableClock

from settings import times
from webhook_server import casework, intake
from webhook_server.domain import deeds
from webhook_server.domain.office_hours import OfficeHours
from webhook_server.domain.receipts import Speaker
from webhook_server.domain.reminders import Policy
from webhook_server.domain.values import AppUser, Conversation, Draft
from webhook_server.ledger import Ledger
from webhook_server.reminding import LOOK_SECONDS, Reminding
from wire.messages import Agent, Reply

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
NOON = 1_709_553_600.0  # a Monday, in UTC
OPENS, CLOSES = 9 * HOUR, 17 * HOUR
POLICY = Policy(OfficeHours(spans=times.hours("Mon-Sun 09:00-17:00")), 15 * MINUTE, 30 * MINUTE)
USERS = [AppUser(f"{number:024x}", Conversation(f"{number + 16:024x}")) for number in range(3)]
ALICE = Speaker("UALICE", "Alice", None)
STRENGTH = {"waiting": 1, "snooze_over": 1, "on_call": 2}
SETTLING = LOOK_SECONDS + 10 * 2 * len(USERS) + 1

users = st.sampled_from(USERS)
pauses = st.one_of(
    st.sampled_from([1.0, 9.0, MINUTE, 10 * MINUTE, 15 * MINUTE, 20 * MINUTE, 31 * MINUTE, 3 * HOUR, 16 * HOUR]),
    st.floats(0, DAY),
)


@pytest.fixture(scope="module", autouse=True)
def template(tmp_path_factory):
    """A ledger with app users in it, to be copied."""
    Town.file = tmp_path_factory.mktemp("town") / "template.sqlite3"
    ledger = Ledger(f"sqlite:///{Town.file}")
    ledger.write(lambda books: [books.app_users.add(user, NOON) for user in USERS])
    ledger.close()


def open_seconds(begin, end):
    """Seconds of office hours between two moments, counted day by day."""
    total, day = 0.0, begin // DAY * DAY
    while day < end:
        total += max(0.0, min(end, day + CLOSES) - max(begin, day + OPENS))
        day += DAY
    return total


class Town(RuleBasedStateMachine):
    """`stretches` are the waits that people know of: since when each counts, and what it was reminded of."""

    file = None

    def __init__(self):
        super().__init__()
        self.clock = TurnableClock(NOON)
        self.copy = self.file.with_name("copy.sqlite3")
        for left in self.file.parent.glob("copy.sqlite3*"):
            left.unlink()
        shutil.copy(self.file, self.copy)
        self.count = 0
        self.stretches = {}
        self.snoozes = {}
        self.told = []
        self.last = -inf
        self.jumped = False
        self.ledger = None
        self.begin()

    def begin(self):
        self.ledger = Ledger(f"sqlite:///{self.copy}", POLICY)
        self.reminding = Reminding(self.ledger, self.clock, self.hear)
        self.reminding.resume()

    def teardown(self):
        self.ledger.close()

    # --- what people do

    @rule(user=users)
    def writes(self, user):
        self.do_write(user)

    @initialize()
    def all_write(self):
        for user in USERS:
            self.do_write(user)

    def do_write(self, user):
        draft = Draft("appUser", user.id, "hello")
        self.ledger.write(
            lambda books: intake.accept(books, books.app_users.by_id(user.id), self.an_id(), draft, self.now)
        )
        if user.id in self.snoozes or user.id not in self.stretches:
            self.counts(user)

    @rule(user=users)
    def is_answered(self, user):
        reply = Reply(
            message_id=self.an_id(),
            app_user_id=user.id,
            channel_id="C1",
            text=f"answer {self.count}",
            agent=Agent(agent_id="UALICE", name="Alice"),
        )
        self.ledger.write(lambda books: intake.accept_reply(books, reply, self.now))
        self.stretches.pop(user.id, None)
        self.snoozes.pop(user.id, None)

    @rule(user=users, seconds=pauses.filter(bool))
    def is_put_off(self, user, seconds):
        until = self.now + seconds
        if self.changes(user, lambda case: deeds.snoozed(case, until, self.now)):
            self.snoozes[user.id] = until
            self.stretches[user.id] = (until, [])

    @rule(user=users)
    def is_closed_or_claimed(self, user):
        if self.changes(user, lambda case: deeds.claimed(case, ALICE, self.now)):
            return
        if self.changes(user, lambda case: deeds.closed(case, ALICE, None, self.now)):
            self.stretches.pop(user.id, None)
            self.snoozes.pop(user.id, None)

    @rule(user=users)
    def is_opened_again(self, user):
        after = self.changes(user, lambda case: deeds.reopened(case, self.now))
        if after and after.waiting_since is not None:
            self.counts(user)

    # --- what happens to machines

    @rule(seconds=pauses)
    def time_goes_by(self, seconds):
        self.time_passes(seconds)

    @rule(seconds=pauses)
    def time_passes(self, seconds):
        while seconds > 0:
            pause = min(self.reminding.seconds(), LOOK_SECONDS, seconds)
            self.clock.turn(pause)
            seconds -= pause
            while not self.reminding.seconds():
                self.reminding.fire()

    @rule(seconds=pauses)
    def the_process_is_away(self, seconds):
        self.ledger.close()
        self.clock.turn(seconds)
        self.begin()

    @rule(seconds=st.sampled_from([-3 * HOUR, -10 * MINUTE, -5.0, 5.0, 10 * MINUTE, 3 * HOUR]))
    def the_clock_is_set(self, seconds):
        self.clock.jump(seconds)
        self.jumped = True

    @precondition(lambda self: OPENS <= self.now % DAY < CLOSES - SETTLING)
    @rule()
    def whoever_waits_long_enough_was_reminded_of(self):
        before = self.now
        self.time_passes(SETTLING)
        for since, given in self.stretches.values():
            waited = open_seconds(since, before)
            if waited >= POLICY.on_call_after:
                assert given[-1] == "on_call"
            elif waited >= POLICY.remind_after:
                assert given

    @invariant()
    def nobody_else_knows_better(self):
        waiting = self.ledger.read(lambda books: books.cases.waiting(10))[0]
        assert {case.app_user_id for case in waiting} == set(self.stretches)

    # ---

    @property
    def now(self):
        return self.clock.now()

    def an_id(self):
        self.count += 1
        return f"{self.count:024x}"

    def counts(self, user):
        self.stretches[user.id] = (self.now, [])
        self.snoozes.pop(user.id, None)

    def changes(self, user, change):
        """Somebody does something about a case. Returns it as it is then, if it changed."""

        def job(books):
            case = books.cases.newest(user.id)
            after = change(case)
            casework.keep(books, case, after)
            return after if after != case else None

        try:
            return self.ledger.write(job)
        except (deeds.DeedRefusedError, AttributeError):
            return None

    def hear(self, errands):
        """People are reminded."""
        for news in errands.untold:
            case = self.ledger.read(lambda books, which=news.case_id: books.cases.find(which))
            since, given = self.stretches[case.app_user_id]
            assert OPENS <= self.now % DAY < CLOSES
            assert case.reminder != "none"
            assert all(STRENGTH[case.reminder] > STRENGTH[earlier] for earlier in given)
            assert self.now >= since
            snoozed = self.snoozes.pop(case.app_user_id, None)
            assert snoozed is None or self.now >= snoozed
            if case.reminder != "snooze_over":
                least = POLICY.on_call_after if case.reminder == "on_call" else POLICY.remind_after
                assert open_seconds(since, self.now) >= least - 0.001
            else:
                assert snoozed is not None
            given.append(case.reminder)
            if not self.jumped:
                assert self.clock.monotonic() - self.last >= 10 - 0.001
            self.jumped = False
            self.last = self.clock.monotonic()


def test_whatever_happens_each_reminder_comes_once_and_in_time():
    run_state_machine_as_test(Town, settings=examples(max_examples=40, stateful_step_count=30, deadline=None))
