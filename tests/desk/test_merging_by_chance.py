"""Whatever fails, whoever dies and whenever people turn out to be one: each message stands once, in order."""

import random

import pytest
from desk_fakes import LOST
from desk_office import USER

from desk.errors import LimitedError, UnreachableError
from wire.client import Fetched
from wire.messages import Done, Incoming, IncomingMessage, Later, MediaFile, Merged, Unknown

OTHERS = ["b" * 24, "c" * 24]
PICTURE = MediaFile(name="a.png", type="image/png", size=4)


class Life:
    """The webhook server's side of it: lanes in order, the newest doubts, merges before what waits."""

    def __init__(self, office, seed) -> None:
        self.office = office
        self.chance = random.Random(seed)
        self.lanes = {user: [] for user in (USER, *OTHERS)}
        self.doubts = {}
        self.sent = []
        self.writers = {}

    def write(self) -> None:
        number = len(self.sent)
        message_id = f"{number:024x}"
        media = PICTURE if self.chance.random() < 0.25 else None
        if media:
            self.office.app_side.files[message_id] = Fetched(b"\x89PNG", "a.png", "image/png")
        user = self.chance.choice(list(self.lanes))
        message = IncomingMessage(
            message_id=message_id, text="" if media else f"text {number}", received=float(number), media=media
        )
        self.lanes[user].append(message)
        self.writers[message_id] = user
        self.sent.append(message)

    def merge(self) -> None:
        losers = [user for user in self.lanes if user != USER]
        if losers:
            loser = self.chance.choice(losers)
            order = Merged(app_user_id=USER, merged_id=loser, user_id="zoe", profile_name="Zoë Miller")
            self.lanes[USER] = [order, *self.lanes[USER], *self.lanes.pop(loser)]

    def kill(self) -> None:
        """The process may have been at any order: of each lane the oldest is in doubt."""
        for lane in self.lanes.values():
            if lane:
                self.doubts.setdefault(id(lane[0]), self.office.clock.now() - 2)
        self.office.open()

    def fault(self) -> None:
        error = self.chance.choice([LOST, LOST, LimitedError(1), UnreachableError("no way")])
        method = self.chance.choice(
            ["post", "post", "update", "create_channel", "finish_upload", "rename", "marked_at"]
        )
        skipped = [None] * self.chance.randrange(3)
        self.office.workspace.order(method, *skipped, error, effect=error is LOST and self.chance.random() < 0.5)

    def carry(self, user) -> bool:
        """One try of the lane's oldest."""
        lane = self.lanes[user]
        if not lane:
            return False
        order, began = lane[0], self.office.clock.now()
        if isinstance(order, Merged):
            outcome = self.office.desk.merged(order)
        else:
            incoming = Incoming(app_user_id=user, messages=(order,), doubt_since=self.doubts.get(id(order)))
            outcome = self.office.desk.receive(incoming)
        assert isinstance(outcome, Done | Later | Unknown), outcome
        if isinstance(outcome, Done):
            lane.pop(0)
        elif isinstance(outcome, Unknown):
            self.doubts.setdefault(id(order), began)
        return True

    def live(self, steps) -> None:
        deeds = [self.write] * 8 + [self.fault] * 3 + [self.kill, self.merge]
        for _ in range(steps):
            self.chance.choice(deeds)()
            self.carry(self.chance.choice(list(self.lanes)))
            self.office.clock.turn(self.chance.choice([0.1, 1, 7]))
        while len(self.lanes) > 1:
            self.merge()
        for _ in range(1000):
            if not self.carry(USER):
                return
            self.office.clock.turn(2)
        raise AssertionError("something waits for ever")


@pytest.mark.parametrize("seed", range(60))
def test_each_message_stands_once_and_in_order(office, seed):
    life = Life(office, seed)
    life.live(60)
    office.clock.turn(120)
    posts = {
        channel_id: [post.mark for post in office.workspace.posts(channel_id)]
        for channel_id in office.workspace.channels
    }
    shown = {channel: [mark.ids[0] for mark in marks if mark.kind == "sk_message"] for channel, marks in posts.items()}
    assert sorted(each for ids in shown.values() for each in ids) == [message.message_id for message in life.sent]
    for ids in shown.values():
        for writer in (USER, *OTHERS):
            theirs = [each for each in ids if life.writers[each] == writer]
            assert theirs == sorted(theirs)
    for marks in posts.values():
        told = [(mark.kind, mark.ids) for mark in marks if mark.kind in {"sk_merged", "sk_introduction"}]
        assert len(told) == len(set(told))
    [entry] = office.book.entries()
    assert set(entry.merged) == set(OTHERS)
    assert entry.joining == ()
    shown_files = {
        block["slack_file"]["id"]
        for channel_id in office.workspace.channels
        for post in office.workspace.posts(channel_id)
        for block in post.blocks
        if "slack_file" in block
    }
    there = {key for key, file in office.workspace.files.items() if file.content is not None}
    remembered = {upload.partition(":")[2] for upload in entry.uploads}  # could not be looked after: erasing will
    assert shown_files <= there <= shown_files | remembered
