"""How many of a crew's hands carry at the same time."""

import contextlib
import threading

import pytest
from server_fakes import TurnableClock, eventually

from webhook_server.courier.crew import Crew, Trip
from webhook_server.courier.hands import FEWEST, LATELY, PATIENCE_SECONDS, Hands

MOST, A_SECOND = 40, 400.0


def hands_after(*trips):
    """Hands whose last trips took so many seconds and carried so many items."""
    hands = Hands(MOST, A_SECOND)
    for seconds, items in trips:
        hands.begin(1, 100.0)
        hands.end(1, 100.0 + seconds, items)
    return hands


@pytest.mark.parametrize(
    ("trips", "room"),
    [
        pytest.param([], MOST, id="nobody knows yet how long one takes"),
        pytest.param([(0.1, 1)], MOST, id="Slack takes its time"),
        pytest.param([(0.05, 1)], 20, id="in the time of a trip so many items come"),
        pytest.param([(0.5, 10)], 20, id="a trip with many items counts by each of them"),
        pytest.param([(0.0, 1)], FEWEST, id="Slack is quick"),
        pytest.param([(0.08, 1), (0.05, 1), (0.09, 1)], 20, id="the quickest counts, others waited for each other"),
        pytest.param([(0.001, 1), *[(0.05, 1)] * LATELY], 20, id="the quickest of the last"),
        pytest.param([(0.05, 1), (0.0, 0)], 20, id="a trip that carried nothing tells nothing"),
    ],
)
def test_there_is_room_for_as_many_as_the_items_need(trips, room):
    assert hands_after(*trips).room == room


def test_without_a_rate_there_is_room_for_all():
    hands = Hands(MOST)
    hands.begin(1, 0.0)
    hands.end(1, 0.0, 1)
    assert hands.room == MOST


def test_whoever_is_away_for_long_takes_no_room_but_is_one_of_all():
    hands = hands_after((0.0, 1))
    for hand in range(FEWEST):
        assert hands.has_room(100.0 + hand / 1000)
        hands.begin(hand, 100.0 + hand / 1000)
    assert not hands.has_room(100.1)
    assert hands.room_again(100.1) == 100.0 + PATIENCE_SECONDS
    assert hands.has_room(100.0 + PATIENCE_SECONDS)
    for hand in range(FEWEST, MOST):
        hands.begin(hand, 100.0)
    assert not hands.has_room(200.0)


class Slack:
    """Where trips end: quick, until `gate` is closed."""

    def __init__(self):
        self.gate = threading.Event()
        self.gate.set()
        self.lock = threading.Lock()
        self.at_once = 0
        self.most = 0
        self.carried = []

    def carry(self, key, items):
        with self.lock:
            self.at_once += 1
            self.most = max(self.most, self.at_once)
        self.gate.wait(10)
        with self.lock:
            self.at_once -= 1
            self.carried += [(key, item) for item in items]
        return Trip(carried=items)


class SoundSleeper(TurnableClock):
    """Whoever waits wakes up when somebody wakes them, and by no time."""

    def wait(self, condition, seconds):
        condition.wait()


@contextlib.contextmanager
def quick_crew(clock):
    """A crew that has learnt that Slack is quick, and Slack, which takes nothing more for the time being."""
    slack = Slack()
    crew = Crew("test", slack.carry, size=MOST, clock=clock, a_second=A_SECOND)
    try:
        crew.add("first", 1)
        eventually(lambda: crew._hands.room == FEWEST)
        slack.gate.clear()
        yield crew, slack
    finally:
        slack.gate.set()
        crew.stop()
        crew.join(clock.monotonic() + 5)


def fill(crew, slack, more=0):
    """As many conversations as there is room for, and so many more."""
    for lane in range(FEWEST + more):
        crew.add(f"lane {lane}", 1)
    eventually(lambda: slack.at_once == FEWEST)


def test_where_trips_are_quick_few_go_at_once_and_what_comes_meanwhile_goes_along():
    with quick_crew(TurnableClock()) as (crew, slack):
        for item in range(3):
            for lane in range(MOST):
                crew.add(f"lane {lane:02}", item)
        eventually(lambda: slack.at_once == FEWEST)
        slack.gate.set()
        eventually(lambda: len(slack.carried) == 1 + 3 * MOST)
        assert slack.most == FEWEST
        assert [item for key, item in slack.carried if key == "lane 39"] == [0, 1, 2]


def test_those_that_hang_hold_up_no_others():
    clock = TurnableClock()
    with quick_crew(clock) as (crew, slack):
        fill(crew, slack, more=3)
        clock.turn(PATIENCE_SECONDS)
        eventually(lambda: slack.at_once == FEWEST + 3)


def test_what_is_due_while_there_is_no_room_goes_when_there_is():
    clock = TurnableClock()
    with quick_crew(clock) as (crew, slack):
        crew.add("later", 1, seconds=PATIENCE_SECONDS / 2)
        fill(crew, slack)
        clock.turn(PATIENCE_SECONDS / 2)
        slack.gate.set()
        eventually(lambda: ("later", 1) in slack.carried)


def test_who_comes_when_there_is_room_again_does_not_wait_for_whoever_watches():
    with quick_crew(SoundSleeper()) as (crew, slack):
        fill(crew, slack, more=1)
        eventually(lambda: crew._watched)
        slack.gate.set()
        eventually(lambda: len(slack.carried) == FEWEST + 2 and crew._hands.busy == 0)
        assert crew._watched
        crew.add("late", 1)
        eventually(lambda: ("late", 1) in slack.carried)
