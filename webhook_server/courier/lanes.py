"""Lanes: what waits for one destination, in order, without threads and without a clock of their own."""

import heapq
from collections import deque
from dataclasses import dataclass, field
from itertools import count, islice
from typing import Any, Generic, Literal, Protocol, TypeVar


class Sortable(Protocol):
    """Items have an order of their own: an older one is less."""

    def __lt__(self, other: Any, /) -> bool:
        """Whether this one is older."""
        ...


Key = TypeVar("Key")
Item = TypeVar("Item", bound=Sortable)


@dataclass(slots=True)
class _Lane(Generic[Key, Item]):
    """`again` holds what was added while it was on its way: its carrier may have missed the news.

    `hurried`: whatever its carrier says, it need not wait. `into` is the lane that its items go on in when they come
    back; that one waits for them, `behind` so many.
    """

    items: deque[Item]
    state: Literal["ready", "delayed", "busy"] = "ready"
    again: set[Item] = field(default_factory=set)
    turn: int = 0
    hurried: bool = False
    into: Key | None = None
    behind: int = 0


class Lanes(Generic[Key, Item]):
    """Lanes of items. A lane is taken by one carrier at a time; a delayed lane holds up no other.

    Not safe for threads: its owner holds a lock. Times are whatever the owner's clock says.
    """

    def __init__(self) -> None:
        self._lanes: dict[Key, _Lane[Key, Item]] = {}
        self._ready: deque[tuple[int, Key]] = deque()
        self._delayed: list[tuple[float, int, Key]] = []
        self._turns = count(1)

    def add(self, key: Key, item: Item, due: float | None = None) -> None:
        """Let `item` wait in the lane `key`. One that comes before all others does not wait for their delay.

        Where nothing waits there yet, it does not move before `due`.
        """
        lane = self._lanes.get(key)
        if lane is None:
            lane = self._lanes[key] = _Lane(deque([item]))
            self._delay(key, lane, due)
        elif not lane.items or lane.items[-1] < item:
            lane.items.append(item)
        elif item not in lane.items:
            lane.items = deque(sorted([*lane.items, item]))
            if lane.state == "delayed" and lane.items[0] is item:
                self._make_ready(key, lane)
        elif lane.state == "busy":
            lane.again.add(item)

    def follow(self, key: Key, into: Key) -> bool:
        """What waits in the lane `key` waits in the lane `into` from now on, in its order there, and without a delay.

        What is on its way when this is said is not overtaken: `into` moves when it is back. Returns whether something
        waited.
        """
        lane = self._lanes.get(key)
        if lane is None or lane.into is not None:
            return False
        lane.into = into
        self._lanes.setdefault(into, _Lane(deque())).behind += 1
        if lane.state != "busy":
            self._go_on(key, lane, into)
        return True

    def take(self, now: float, most: int) -> tuple[Key, tuple[Item, ...]] | None:
        """A lane that may move, and its oldest items, at most `most`. It stays taken until `give_back`."""
        while self._delayed and self._delayed[0][0] <= now:
            _, turn, key = heapq.heappop(self._delayed)
            self._ready.append((turn, key))
        while self._ready:
            turn, key = self._ready.popleft()
            lane = self._lanes.get(key)
            if lane is not None and lane.turn == turn and lane.state != "busy" and not lane.behind:
                lane.state = "busy"
                return key, tuple(islice(lane.items, most))
        return None

    def give_back(self, key: Key, carried: tuple[Item, ...], due: float | None = None) -> None:
        """Items of a taken lane were `carried`; what is left moves when it is its turn, not before `due`."""
        lane = self._lanes[key]
        for item in carried:
            if item not in lane.again:
                lane.items.remove(item)  # the oldest, so found at once
        lane.again.clear()
        due, lane.hurried = None if lane.hurried else due, False
        if lane.into is not None:
            lane.state = "ready"
            self._go_on(key, lane, lane.into)
        elif not lane.items:
            self._rest(key, lane)
        else:
            self._delay(key, lane, due)

    def next_due(self) -> float | None:
        """When the next delayed lane may move."""
        return self._delayed[0][0] if self._delayed else None

    @property
    def ready(self) -> int:
        """How many lanes may move now, at least."""
        return len(self._ready)

    def hurry(self, key: Key) -> bool:
        """Let a delayed lane move at once, and one that is on its way as soon as it is back.

        Returns whether a lane may move now that could not before.
        """
        lane = self._lanes.get(key)
        if lane is None or lane.state == "ready":
            return False
        if lane.state == "busy":
            lane.hurried = True
            return False
        self._make_ready(key, lane)
        return True

    def __contains__(self, key: Key) -> bool:
        """Whether something in the lane `key` waits or is on its way."""
        return key in self._lanes

    def __len__(self) -> int:
        """How many items wait or are on their way."""
        return sum(len(lane.items) for lane in self._lanes.values())

    def _go_on(self, key: Key, lane: _Lane[Key, Item], into: Key) -> None:
        """Let what is left of a lane go on in another, once nothing is on its way into it."""
        if lane.behind:
            return
        del self._lanes[key]
        goal = self._lanes[into]
        goal.behind -= 1
        both = {*lane.items} & {*goal.items}
        goal.items = deque(sorted({*lane.items, *goal.items}))
        if goal.state == "busy":
            goal.again |= both
        elif goal.into is not None:
            self._go_on(into, goal, goal.into)
        elif goal.items:
            self._make_ready(into, goal)
        else:
            self._rest(into, goal)

    def _rest(self, key: Key, lane: _Lane[Key, Item]) -> None:
        """Forget a lane in which nothing waits, unless something is on its way into it."""
        if lane.behind:
            lane.state = "ready"
        else:
            del self._lanes[key]

    def _delay(self, key: Key, lane: _Lane[Key, Item], due: float | None) -> None:
        if due is None:
            self._make_ready(key, lane)
        else:
            lane.state, lane.turn = "delayed", next(self._turns)
            heapq.heappush(self._delayed, (due, lane.turn, key))

    def _make_ready(self, key: Key, lane: _Lane[Key, Item]) -> None:
        lane.state, lane.turn = "ready", next(self._turns)
        self._ready.append((lane.turn, key))
