"""Faults that tests order: the next calls of a method fail in the way asked for."""

import random
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum

from sandbox.identifiers import JsonObject

EVERY_METHOD = "*"
NO_ANSWER_SECONDS = 60.0


class FaultKind(StrEnum):
    """What goes wrong; only SLOW and TIMEOUT_AFTER have the call's effect."""

    RATE_LIMITED = "ratelimited"
    SERVER_ERROR = "500"
    TIMEOUT_BEFORE = "timeout_before"
    TIMEOUT_AFTER = "timeout_after"
    SLOW = "slow"
    ERROR = "error"
    RESET = "reset"


@dataclass(slots=True)
class Fault:
    """An order: of the calls that match, pass over `skip`, then fail `times` (each with `probability`).

    `seconds` is the Retry-After of RATE_LIMITED, the delay of SLOW, and how long the time-outs keep silent before the
    connection is cut.
    """

    method: str
    kind: FaultKind
    channel: str | None = None
    error: str | None = None
    seconds: float | None = None
    times: int = 1
    skip: int = 0
    probability: float = 1.0
    seed: int = 0

    def matches(self, method: str, channel: str | None) -> bool:
        """Whether the order is about this call."""
        return self.method in {EVERY_METHOD, method} and self.channel in {None, channel}


class Faults:
    """The orders that are still to be carried out, oldest first."""

    def __init__(self) -> None:
        self._orders: list[tuple[Fault, random.Random]] = []

    def order(self, fault: Fault) -> None:
        """Add an order behind the others."""
        self._orders.append((fault, random.Random(fault.seed)))  # noqa: S311 - repeatable on purpose

    def clear(self) -> None:
        """Take back all orders."""
        self._orders.clear()

    def take(self, method: str, channel: str | None) -> Fault | None:
        """The fault that this call meets, if any; each order counts the calls that reach it."""
        for fault, rng in self._orders:
            if not fault.matches(method, channel):
                continue
            if fault.skip > 0:
                fault.skip -= 1
            elif rng.random() < fault.probability:
                fault.times -= 1
                self._drop_spent()
                return fault
        return None

    def pending(self) -> Iterable[JsonObject]:
        """The orders as they stand."""
        return [asdict(fault) for fault, _ in self._orders]

    def _drop_spent(self) -> None:
        self._orders = [(fault, rng) for fault, rng in self._orders if fault.times > 0]
