"""Lanes: order within one, none between them."""

from collections import defaultdict

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from webhook_server.courier.lanes import Lanes


def taken(lanes, now=0.0, most=1):
    found = lanes.take(now, most)
    return found and (found[0], list(found[1]))


def test_a_lane_moves_one_carrier_at_a_time_in_order():
    lanes = Lanes()
    for item in (1, 2, 3):
        lanes.add("ann", item)
    assert taken(lanes, most=2) == ("ann", [1, 2])
    assert taken(lanes) is None
    lanes.give_back("ann", (1,))
    assert taken(lanes) == ("ann", [2])
    lanes.give_back("ann", (2,))
    assert taken(lanes) == ("ann", [3])
    lanes.give_back("ann", (3,))
    assert taken(lanes) is None
    assert len(lanes) == 0


def test_lanes_take_turns():
    lanes = Lanes()
    for item in (1, 2):
        for key in ("ann", "bob"):
            lanes.add(key, item)
    order = []
    while found := taken(lanes):
        order.append((found[0], found[1][0]))
        lanes.give_back(found[0], tuple(found[1]))
    assert order == [("ann", 1), ("bob", 1), ("ann", 2), ("bob", 2)]


def test_a_delayed_lane_waits_for_its_time_and_holds_up_no_other():
    lanes = Lanes()
    lanes.add("ann", 1)
    taken(lanes)
    lanes.give_back("ann", (), due=10.0)
    lanes.add("ann", 2)
    lanes.add("bob", 1)
    assert taken(lanes) == ("bob", [1])
    assert taken(lanes, now=9.9) is None
    assert lanes.next_due() == 10.0
    assert taken(lanes, now=10.0, most=5) == ("ann", [1, 2])


def test_an_older_item_does_not_wait_for_a_delay_that_is_not_its_own():
    lanes = Lanes()
    lanes.add("ann", 5)
    taken(lanes)
    lanes.give_back("ann", (), due=1000.0)
    lanes.add("ann", 3)
    assert taken(lanes) == ("ann", [3])
    lanes.give_back("ann", (3,))
    assert taken(lanes) == ("ann", [5])


def test_what_is_added_again_while_it_is_carried_is_carried_again():
    lanes = Lanes()
    lanes.add("ann", 1)
    taken(lanes)
    lanes.add("ann", 1)
    lanes.give_back("ann", (1,))
    assert taken(lanes) == ("ann", [1])
    lanes.give_back("ann", (1,))
    assert taken(lanes) is None


def test_what_waits_already_is_not_added_twice():
    lanes = Lanes()
    lanes.add("ann", 1)
    lanes.add("ann", 1)
    assert taken(lanes, most=5) == ("ann", [1])


def test_what_waits_in_a_lane_goes_on_in_another_in_order_and_without_delay():
    lanes = Lanes()
    for key, item in (("loser", 1), ("ann", 2), ("loser", 3), ("ann", 4)):
        lanes.add(key, item)
    taken(lanes)
    lanes.give_back("loser", (), due=1000.0)
    assert lanes.follow("loser", "ann")
    assert taken(lanes, most=5) == ("ann", [1, 2, 3, 4])


def test_what_is_on_its_way_is_not_overtaken_by_the_lane_that_it_goes_on_in():
    lanes = Lanes()
    lanes.add("loser", 1)
    lanes.add("loser", 2)
    taken(lanes)
    assert lanes.follow("loser", "ann")
    lanes.add("ann", 3)
    lanes.add("ann", 0)
    assert taken(lanes) is None
    lanes.give_back("loser", ())
    assert taken(lanes, most=5) == ("ann", [0, 1, 2, 3])


def test_a_lane_that_waits_for_what_is_done_by_then_moves():
    lanes = Lanes()
    lanes.add("loser", 1)
    taken(lanes)
    lanes.follow("loser", "ann")
    lanes.give_back("loser", (1,))
    assert (taken(lanes), len(lanes)) == (None, 0)
    lanes.add("ann", 2)
    assert taken(lanes) == ("ann", [2])
    assert not lanes.follow("loser", "ann")


class AnyLife(RuleBasedStateMachine):
    """Whatever happens: everything is carried, once, in order, and no lane by two at a time."""

    def __init__(self):
        super().__init__()
        self.lanes, self.now, self.count = Lanes(), 0.0, 0
        self.waiting, self.taken, self.carried = defaultdict(list), {}, defaultdict(list)
        self.into = {}

    @rule(key=st.sampled_from("abcxyz"))
    def add(self, key):
        self.count += 1
        self.lanes.add(key, self.count)
        self.waiting[key].append(self.count)

    @rule(key=st.sampled_from("abcxyz"))
    def hurry(self, key):
        self.lanes.hurry(key)

    @rule(most=st.integers(1, 3))
    def take(self, most):
        found = self.lanes.take(self.now, most)
        if found:
            key, items = found
            assert key not in self.taken
            assert not any(self.into.get(other) == key for other in self.taken)
            assert list(items) == self.waiting[key][:most]
            self.taken[key] = items

    @rule(done=st.integers(0, 3), delay=st.none() | st.floats(0, 5))
    def give_back(self, done, delay):
        if self.taken:
            key, items = self.taken.popitem()
            self.lanes.give_back(key, items[:done], None if delay is None else self.now + delay)
            self.carried[key] += items[:done]
            self.waiting[key] = [item for item in self.waiting[key] if item not in items[:done]]
            if key in self.into:
                self.pour(key, self.into.pop(key))

    @rule(key=st.sampled_from("abc"), into=st.sampled_from("xyz"))
    def follow(self, key, into):
        """As app users are merged: whoever goes on in another was no other's goal."""
        self.lanes.follow(key, into)
        if key in self.taken:
            self.into.setdefault(key, into)
        else:
            self.pour(key, into)

    def pour(self, key, into):
        self.waiting[into] = sorted(self.waiting[into] + self.waiting.pop(key, []))

    @rule(seconds=st.floats(0, 5))
    def turn(self, seconds):
        self.now += seconds

    @invariant()
    def nothing_is_lost(self):
        assert len(self.lanes) == sum(map(len, self.waiting.values()))
        assert len(self.lanes) == len({item for items in self.waiting.values() for item in items})

    def teardown(self):
        self.now += 100
        while self.taken:
            key, items = self.taken.popitem()
            self.lanes.give_back(key, ())
            if key in self.into:
                self.pour(key, self.into.pop(key))
        while found := self.lanes.take(self.now, 1):
            key, items = found
            assert items[0] == self.waiting[key].pop(0)
            self.lanes.give_back(key, items)
        assert not any(self.waiting.values())


TestAnyLife = AnyLife.TestCase


def test_a_hurried_lane_does_not_wait_and_one_on_its_way_not_when_it_is_back():
    lanes = Lanes()
    lanes.add("a", 1)
    assert not lanes.hurry("nobody's")
    assert not lanes.hurry("a")
    assert lanes.take(0.0, 1) == ("a", (1,))
    lanes.give_back("a", (), due=100.0)
    assert lanes.take(0.0, 1) is None
    assert lanes.hurry("a")
    assert lanes.take(0.0, 1) == ("a", (1,))
    assert not lanes.hurry("a")
    lanes.give_back("a", (), due=100.0)
    assert lanes.take(0.0, 1) == ("a", (1,))
    lanes.give_back("a", (), due=100.0)
    assert lanes.take(99.0, 1) is None
    assert lanes.take(100.0, 1) == ("a", (1,))


def test_a_new_lane_may_wait_for_its_time_and_what_comes_meanwhile_waits_with_it():
    lanes = Lanes()
    lanes.add("ann", 1, 10.0)
    lanes.add("ann", 2, 12.0)
    assert lanes.take(9.0, 10) is None
    assert lanes.take(10.0, 10) == ("ann", (1, 2))
