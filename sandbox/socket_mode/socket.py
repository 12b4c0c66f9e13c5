"""Deliveries to the app: events until they are acknowledged, commands and interactions once."""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

import structlog

from sandbox.clock import Clock
from sandbox.identifiers import EnvelopeId, IdFactory, JsonObject
from sandbox.socket_mode.connection import Connection
from sandbox.socket_mode.envelopes import ACKNOWLEDGE_SECONDS, RETRY_DELAYS, Answer, Delivery, EnvelopeType, Outcome
from sandbox.socket_mode.lines import Lines

KEPT_DELIVERIES = 10_000

log = structlog.get_logger(__name__)


class SocketMode:
    """Delivers payloads to the app; `spawn` runs what goes on after a call, `on_change` hears of connections."""

    def __init__(
        self,
        clock: Clock,
        ids: IdFactory,
        spawn: Callable[[Coroutine[Any, Any, None]], None],
        on_change: Callable[[], None],
    ) -> None:
        self._clock = clock
        self._ids = ids
        self._spawn = spawn
        self.lines = Lines(clock, ids, spawn, on_change)
        self._waiting: dict[EnvelopeId, Delivery] = {}
        self._deliveries: deque[Delivery] = deque(maxlen=KEPT_DELIVERIES)
        self._held: list[tuple[Delivery, str]] | None = None
        self._twice_next = 0
        self._new_event_id_next = 0

    def received(self, connection: Connection, frame: JsonObject) -> None:
        """Take the app's acknowledgement."""
        envelope_id = EnvelopeId(str(frame.get("envelope_id")))
        connection.unacknowledged.discard(envelope_id)
        delivery = self._waiting.pop(envelope_id, None)
        if delivery is None:
            log.info("acknowledged late or twice", envelope=envelope_id)
            return
        payload = frame.get("payload")
        if payload and not delivery.accepts_response:
            log.warning("acknowledgement's payload ignored: this envelope accepts none", envelope=envelope_id)
        delivery.acknowledge(self._clock.now(), payload if isinstance(payload, dict) else None)

    def deliver_event(self, payload: JsonObject) -> None:
        """Send an event at once, and again while it stays unacknowledged."""
        self._begin_event(payload)
        if self._twice_next:
            self._twice_next -= 1
            self._begin_event(payload)
        if self._new_event_id_next:
            self._new_event_id_next -= 1
            self._begin_event({**payload, "event_id": self._ids.slack_id("Ev")})

    async def deliver(self, kind: EnvelopeType, payload: JsonObject, *, accepts_response: bool) -> Answer:
        """Send a command or interaction, once, and wait three seconds for the app's acknowledgement."""
        delivery = self._new_delivery(kind, payload, accepts_response=accepts_response)
        begun = self._clock.now()
        if not self._send(delivery):
            return Answer(Outcome.DISPATCH_FAILED, None, 0.0)
        in_time = await self._acknowledged_in_time(delivery)
        delivery.is_given_up = not in_time
        outcome = Outcome.OK if in_time else Outcome.OPERATION_TIMEOUT
        return Answer(outcome, delivery.response if in_time else None, self._clock.now() - begun)

    def duplicate_next(self, times: int = 1) -> None:
        """Deliver the next events twice."""
        self._twice_next += times

    def new_event_id_next(self, times: int = 1) -> None:
        """Deliver the next events twice, the second time with another event ID."""
        self._new_event_id_next += times

    def hold(self) -> None:
        """Keep everything back until `release`."""
        if self._held is None:
            self._held = []

    def release(self) -> None:
        """Send what was kept back, in order; commands whose person has given up waiting are dropped."""
        held, self._held = self._held or [], None
        for delivery, retry_reason in held:
            if not delivery.is_given_up:
                self._send(delivery, retry_reason)

    def forget(self) -> None:
        """Give up what is under way; connections stay."""
        for delivery in self._deliveries:
            delivery.is_given_up = True
        self._waiting.clear()
        self._deliveries.clear()
        self._held = None
        self._twice_next = self._new_event_id_next = 0
        self.lines.forget_unacknowledged()

    def described(self) -> Mapping[str, object]:
        """As `GET /_sandbox/socket` shows it."""
        return {
            "connections": self.lines.described(),
            "envelopes": [delivery.described() for delivery in self._deliveries],
        }

    def _begin_event(self, payload: JsonObject) -> None:
        delivery = self._new_delivery(EnvelopeType.EVENT, payload, accepts_response=False)
        was_sent = self._send(delivery)
        self._spawn(self._see_event_through(delivery, was_sent=was_sent))

    async def _see_event_through(self, delivery: Delivery, *, was_sent: bool) -> None:
        for delay in RETRY_DELAYS:
            if was_sent and await self._event_acknowledged(delivery):
                return
            await self._clock.sleep(delay)
            if delivery.acknowledged.is_set() or delivery.is_given_up:
                return
            was_sent = self._send(delivery, "timeout" if was_sent else "connection_failed")
        if was_sent and await self._event_acknowledged(delivery):
            return
        log.warning("event never acknowledged", event_id=delivery.event_id)

    def _new_delivery(self, kind: EnvelopeType, payload: JsonObject, *, accepts_response: bool) -> Delivery:
        delivery = Delivery(kind, payload, accepts_response)
        self._deliveries.append(delivery)
        return delivery

    def _send(self, delivery: Delivery, retry_reason: str = "") -> bool:
        """Put the payload into a new envelope; False where no connection is open."""
        if self._held is not None:
            delivery.sent.clear()
            self._held.append((delivery, retry_reason))
            return True
        connection = self.lines.next()
        if connection is None:
            return False
        envelope_id = EnvelopeId(self._ids.uuid())
        delivery.envelope_ids.append(envelope_id)
        delivery.sendings.append(self._clock.now())
        delivery.sent.set()
        self._waiting[envelope_id] = delivery
        connection.unacknowledged.add(envelope_id)
        connection.send(delivery.envelope(envelope_id, retry_reason))
        return True

    async def _event_acknowledged(self, delivery: Delivery) -> bool:
        """Whether it was acknowledged within three seconds of being sent, which `hold` may put off."""
        await delivery.sent.wait()
        return await self._acknowledged_in_time(delivery)

    async def _acknowledged_in_time(self, delivery: Delivery) -> bool:
        expiry = asyncio.ensure_future(self._clock.sleep(ACKNOWLEDGE_SECONDS))
        acknowledgement = asyncio.ensure_future(delivery.acknowledged.wait())
        try:
            await asyncio.wait({expiry, acknowledgement}, return_when=asyncio.FIRST_COMPLETED)
            return delivery.acknowledged.is_set()
        finally:
            expiry.cancel()
            acknowledgement.cancel()
