"""An envelope of Slack's: acknowledged once, by whoever comes first."""

import json
import threading
from collections.abc import Callable
from typing import Any

import structlog

from desk.errbot_backend.socket_mode import LineGoneError

MOST_PAYLOAD_BYTES = 60_000
"""What goes with an acknowledgement at most; longer answers take another way."""

log = structlog.get_logger(__name__)


class Envelope:
    """Wraps `answer`, which sends the acknowledgement with or without a payload. Safe to use from many threads."""

    def __init__(self, envelope_id: str, answer: Callable[[dict[str, Any] | None], None]) -> None:
        self._envelope_id = envelope_id
        self._answer = answer
        self._lock = threading.Lock()
        self._acknowledged = False

    @property
    def acknowledged(self) -> bool:
        """Whether somebody acknowledged it already."""
        return self._acknowledged

    def acknowledge(self, payload: dict[str, Any] | None = None) -> bool:
        """Acknowledge, if nobody did. True: Slack got `payload` with it."""
        with self._lock:  # the deadline and the lane may come at the same moment; exactly one may win
            if self._acknowledged:
                return False
            self._acknowledged = True
        fits = payload is None or len(json.dumps(payload)) <= MOST_PAYLOAD_BYTES
        try:
            self._answer(payload if fits else None)
        except LineGoneError as error:
            log.warning("an acknowledgement did not reach Slack", envelope_id=self._envelope_id, reason=str(error))
            return False
        return fits
