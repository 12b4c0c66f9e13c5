"""How much there was to do."""

from flask import Response

from settings.times import zone
from webhook_server import stats
from webhook_server.api.house import House
from webhook_server.domain.stats import beginning
from webhook_server.door.ear import Ear, Views, said
from wire import cases as wire


def views(house: House, ear: Ear) -> Views:
    """What answers about numbers."""
    zone_of_team = zone(house.settings.sk_time_zone)

    def numbers() -> Response:
        asked, now = ear.bot(wire.StatsRequest), house.clock.now()
        since = beginning(asked.span, now, zone_of_team)
        return said(house.ledger.read(lambda books: stats.numbers(books, since, now)))

    return {wire.STATS: numbers}
