"""What is remembered for a while: at most so many things, the longest unused forgotten first."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Memory(Generic[Key, Value]):
    """A bounded dictionary for many threads."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._lock = threading.Lock()
        self._things: OrderedDict[Key, Value] = OrderedDict()

    def get(self, key: Key) -> Value | None:
        """What is remembered under `key`."""
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
            return self._things.get(key)

    def put(self, key: Key, value: Value) -> None:
        """Remember `value`, and forget what was not used for longest if it gets too much."""
        with self._lock:
            self._things[key] = value
            self._things.move_to_end(key)
            while len(self._things) > self._capacity:
                self._things.popitem(last=False)

    def take(self, key: Key) -> Value | None:
        """What was remembered under `key`; it is forgotten, so that only one caller gets it."""
        with self._lock:
            return self._things.pop(key, None)

    def forget_where(self, wanted: Callable[[Key, Value], bool]) -> list[tuple[Key, Value]]:
        """Forget all of which `wanted` says so, and return it."""
        with self._lock:
            found = [(key, value) for key, value in self._things.items() if wanted(key, value)]
            for key, _ in found:
                del self._things[key]
        return found

    def forget(self, key: Key) -> None:
        """Forget `key`, if it is remembered."""
        with self._lock:
            self._things.pop(key, None)
