"""The courier: hands over what waits, in order, until it is done. Threads: each crew's own, see `Crew`."""

import threading
from collections.abc import Collection, Iterable
from contextlib import nullcontext
from itertools import chain
from typing import Any

import structlog

from settings import Settings
from webhook_server.clock import Clock, Jitter
from webhook_server.courier.case_orders import CaseOrders
from webhook_server.courier.crew import Crew
from webhook_server.courier.erasure_orders import ErasureOrders
from webhook_server.courier.merge_orders import MergeOrders
from webhook_server.courier.to_agent import ToAgent
from webhook_server.courier.to_bot import ToBot
from webhook_server.courier.to_webhook import News, ToWebhook
from webhook_server.courier.turns import ERASURE, InTurn, Turn, turn
from webhook_server.domain.cases import Untold
from webhook_server.domain.errands import Errands, Moved
from webhook_server.domain.handovers import TOGETHER, Lane, Waiting
from webhook_server.domain.receipts import Unshown
from webhook_server.domain.values import WebhookId
from webhook_server.ledger import Books, Ledger
from webhook_server.media.links import Links
from webhook_server.outbound import Outbound
from wire.client import DoorClient
from wire.ids import AppUserId

CONVERSATIONS_AT_ONCE = 40
"""Conversations that are handed to the bot at the same time: so many at most, in the time of a post."""
MESSAGES_A_SECOND = 400.0
"""More of them at once than it takes for so many messages a second would bring nothing."""
RECEIPTS_AT_ONCE = 8
"""Conversations whose receipts are told at the same time."""
CASES_AT_ONCE = 4
"""App users of whose cases the bot is told at the same time."""
DELIVERIES_AT_ONCE = 8
"""App users whose messages go to one webhook at the same time."""

_log = structlog.get_logger()


class Courier:
    """Crews for the bot, for receipts, for cases and for each webhook.

    What it is told before `start` it finds in the ledger. `_lock` guards the crews' coming and going.
    """

    def __init__(
        self, settings: Settings, ledger: Ledger, outbound: Outbound, links: Links, *, clock: Clock, jitter: Jitter
    ) -> None:
        self._ledger = ledger
        self._clock = clock
        self._links = links
        self._door = DoorClient(settings.sk_bot_url, settings.sk_internal_secret, now=clock.now)
        news = News(errands=self.run, removed=self.forget)
        self._to_webhook = ToWebhook(
            ledger, outbound, news, app_id=settings.sk_app_id, links=links, clock=clock, jitter=jitter
        )
        self._lock = threading.Lock()
        self._bot: Crew[Turn] | None = None
        self._receipts: Crew[Unshown] | None = None
        self._cases: Crew[int] | None = None
        self._case_orders: CaseOrders | None = None
        self._webhooks: dict[WebhookId, Crew[int]] = {}
        self._stopped = False

    def start(self) -> None:
        """Take up what waits in the ledger, and from now on what is accepted."""
        found = self._ledger.read(self._found)
        erasures = ErasureOrders(self._ledger, self._door, self._clock, still_told=self._still_told)
        merges = MergeOrders(self._ledger, self._door, self._clock)
        in_turn = InTurn(erasures.carry, merges.carry, self._to_bot(found.waiting).carry)
        to_agent = ToAgent(self._ledger, self._door)
        in_doubt = (news.case_id for news in found.untold if not news.seconds)
        cases = self._case_orders = CaseOrders(self._ledger, self._door, self._clock, in_doubt=in_doubt)
        with self._lock:
            self._bot = Crew(
                "bot", in_turn.carry, size=CONVERSATIONS_AT_ONCE, clock=self._clock, a_second=MESSAGES_A_SECOND
            )
            self._receipts = Crew("receipts", to_agent.carry, size=RECEIPTS_AT_ONCE, clock=self._clock)
            self._cases = Crew("cases", cases.carry, size=CASES_AT_ONCE, clock=self._clock)
        self.run(found)
        self._go_on_erasing(erasures.waiting())
        counts = {"waiting": len(found.waiting), "unshown": len(found.unshown), "untold": len(found.untold)}
        _log.info("courier_started", **counts)

    def run(self, errands: Errands) -> None:
        """Something changed on disk: do what is left to do for others."""
        with self._bot.still() if errands.moved and self._bot is not None else nullcontext():
            for moved in errands.moved:
                self._follow(moved)
            self.accepted(errands.waiting)
        for receipt in errands.unshown:
            self.unshown(receipt)
        for news in errands.untold:
            self.untold(news)

    def accepted(self, waiting: Iterable[Waiting]) -> None:
        """These wait in the ledger: carry them. What overtakes others is there before anybody can carry those."""
        for handover in sorted(waiting, key=lambda one: not one.overtakes):
            user, webhook_id = handover.lane
            if webhook_id is not None:
                crew = self._webhook(webhook_id)
                if crew is not None:
                    crew.add(user, handover.id)
            elif self._bot is not None:
                self._bot.add(user, turn(handover))

    def unshown(self, receipt: Unshown) -> None:
        """A reply's state changed: tell the bot."""
        if self._receipts is not None:
            self._receipts.add(receipt.app_user_id, receipt)

    def untold(self, news: Untold) -> None:
        """A case changed: tell the bot. What is told at once does not wait for what is told later."""
        if self._cases is not None:
            self._cases.add(news.app_user_id, news.case_id, news.seconds)
            if not news.seconds:
                self._cases.hurry(news.app_user_id)

    def deleted(self, app_user_id: AppUserId) -> None:
        """Messages are gone, and what waited for them: let what comes after it not wait for their next try."""
        for crew in self._crews():
            if crew is not self._bot:
                crew.hurry(app_user_id)

    def erase(self, app_user_id: AppUserId) -> None:
        """An app user is gone from the ledger: let the bot remove them from Slack, after what it hears of them now."""
        self.deleted(app_user_id)
        if self._bot is not None:
            self._bot.add(app_user_id, ERASURE)

    def bot_is_there(self) -> None:
        """The bot was heard of: what waits for its return need wait no longer."""
        for crew in (self._bot, self._receipts, self._cases):
            if crew is not None:
                crew.resume()

    def forget(self, webhook_id: WebhookId) -> None:
        """A webhook was removed, and all that waited for it."""
        with self._lock:
            crew = self._webhooks.pop(webhook_id, None)
        if crew is not None:
            crew.stop()

    def stop(self, seconds: float) -> None:
        """Take nothing more; what is under way may finish within `seconds`. What does not is taken up at next start."""
        with self._lock:
            self._stopped = True
        crews = self._crews()
        deadline = self._clock.monotonic() + seconds
        for crew in crews:
            crew.stop()
        for crew in crews:
            crew.join(deadline)
        self._door.close()

    def _go_on_erasing(self, gone: Collection[AppUserId]) -> None:
        """An earlier process may have ended before it had removed the last traces in the ledger's files."""
        if gone:
            self._ledger.scrub()
        for app_user_id in gone:
            self.erase(app_user_id)

    def _still_told(self, app_user_id: AppUserId) -> bool:
        """Whether the bot is being told, or will be, what became of an app user's messages and cases."""
        return any(crew is not None and app_user_id in crew for crew in (self._receipts, self._cases))

    def _decided(self, app_user_id: AppUserId) -> None:
        """An app user's message is in Slack, or never will be: news of the case that it began may wait for that."""
        if self._cases is not None and self._case_orders is not None and self._case_orders.awaits(app_user_id):
            self._cases.hurry(app_user_id)

    def _to_bot(self, waiting: Iterable[Waiting]) -> ToBot:
        """What carries messages; the oldest of each conversation may have been under way when a process last ended."""
        to_slack: dict[Lane, list[int]] = {}
        for handover in waiting:
            if handover.lane.webhook_id is None and not handover.overtakes:
                to_slack.setdefault(handover.lane, []).append(handover.id)
        return ToBot(
            self._ledger,
            self._door,
            self._links,
            self._clock,
            errands=self.run,
            decided=self._decided,
            in_doubt=chain.from_iterable(ids[:TOGETHER] for ids in to_slack.values()),
        )

    def _found(self, books: Books) -> Errands:
        """What an earlier process left to do."""
        unshown = books.receipts.unshown() + books.strandings.unshown()
        return Errands(books.handovers.waiting(), unshown, untold=books.cases.untold(self._clock.now()))

    def _follow(self, moved: Moved) -> None:
        """What waits for one app user waits for another from now on, wherever it goes."""
        for crew in self._crews():
            crew.follow(moved.loser, moved.survivor)

    def _crews(self) -> list[Crew[Any]]:
        with self._lock:
            every = (self._bot, self._receipts, self._cases, *self._webhooks.values())
            return [crew for crew in every if crew is not None]

    def _webhook(self, webhook_id: WebhookId) -> Crew[int] | None:
        """The crew of a webhook, formed with its first message; None before the start and after the end."""
        with self._lock:
            if self._bot is None or self._stopped:
                return None
            crew = self._webhooks.get(webhook_id)
            if crew is None:
                crew = Crew(f"webhook-{webhook_id}", self._to_webhook.carry, size=DELIVERIES_AT_ONCE, clock=self._clock)
                self._webhooks[webhook_id] = crew
            return crew
