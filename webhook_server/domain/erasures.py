"""Erasures: app users who are gone from the ledger, and how far their traces are removed elsewhere."""

from dataclasses import dataclass
from typing import Literal

from wire.ids import AppUserId


@dataclass(frozen=True, slots=True)
class Erasure:
    """How far an erasure is. Times are seconds since the epoch.

    `merged_ids` are app users who had become this one. `deleted` counts messages that were removed from Slack, and
    `refused` tells what Slack kept, a sentence each.
    """

    app_user_id: AppUserId
    merged_ids: tuple[AppUserId, ...]
    asked: float
    state: Literal["waiting", "done"] = "waiting"
    deleted: int = 0
    refused: tuple[str, ...] = ()
    finished: float | None = None


@dataclass(frozen=True, slots=True)
class Belongings:
    """How much the ledger has of an app user."""

    messages: int
    notes: int
    uploads: int
    devices: int
    merged_ids: tuple[AppUserId, ...]
