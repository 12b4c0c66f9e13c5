"""The webhook server, put together: the one place that names its adapters."""

from dataclasses import dataclass, field
from functools import partial

from flask import Flask

from settings import Settings, own_directory
from webhook_server import door, metrics
from webhook_server.api import routes, shapes
from webhook_server.api.auth import Authenticator
from webhook_server.api.house import House
from webhook_server.api.limits import Limits
from webhook_server.attendance import Attendances
from webhook_server.clock import Clock, Jitter, NewId, SystemClock, jitter, new_id
from webhook_server.courier import Courier
from webhook_server.domain.away import Presence
from webhook_server.domain.office_hours import OfficeHours
from webhook_server.domain.reminders import Policy
from webhook_server.keyring import Keyring
from webhook_server.ledger import Ledger
from webhook_server.media.links import Links
from webhook_server.media.room import Keeper, MediaRoom
from webhook_server.names import Names, Resolve, addresses
from webhook_server.outbound import ANSWER_SECONDS, Outbound
from webhook_server.reminding import Reminding
from webhook_server.speech import SPEECH
from webhook_server.stream import Hub, Timing

EXTENSION = "webhook_server"

STOP_SECONDS = 3.0
LEDGER_SECONDS = 1.0
"""What is on its way to the disk when all else has stopped may take so long: nobody may write behind its back."""
STREAM_SECONDS = 0.7
"""What is on its way to listening clients may take so long of it: they come back and go on."""


@dataclass(frozen=True, slots=True)
class Outside:
    """What comes from outside: time, chance, and the names of the internet.

    `webhook_seconds` is how long a webhook's target may take to answer, `stream` how long streams wait for what.
    """

    clock: Clock
    new_id: NewId = new_id
    jitter: Jitter = jitter
    resolve: Resolve = addresses
    webhook_seconds: float = ANSWER_SECONDS
    stream: Timing = field(default_factory=Timing)


@dataclass(frozen=True, slots=True)
class Server:
    """The parts that live as long as the process."""

    ledger: Ledger
    courier: Courier
    keeper: Keeper
    stream: Hub
    reminding: Reminding

    def start(self) -> None:
        """Let the courier carry what waits, streams tell what happens, and people be reminded of who waits."""
        self.stream.start()
        self.courier.start()
        self.reminding.start()
        self.keeper.start()

    def stop(self, seconds: float = STOP_SECONDS) -> None:
        """Let what is under way finish within `seconds`, and give up the ledger."""
        self.stream.stop(min(seconds, STREAM_SECONDS))
        self.keeper.stop()
        self.reminding.stop()
        self.courier.stop(seconds)
        self.reminding.join(LEDGER_SECONDS)
        self.ledger.close()


def create_app(settings: Settings, outside: Outside | None = None) -> Flask:
    """The webhook server, ready to answer: ledger open, schema up to date, courier not started.

    `server_of(app)` starts and stops what works beside the requests.

    Raises:
        LedgerError: the ledger cannot be opened, or belongs to another process.
        SettingsError: the data directory cannot be written.
    """
    outside = outside or Outside(SystemClock())
    SPEECH.use(settings.sk_language)
    uploads = own_directory(settings, "media")
    policy = _policy(settings)
    ledger = Ledger(settings.sk_database_url, policy)
    names = Names(outside.resolve)
    outbound = Outbound(allow_private=settings.sk_allow_private_targets, resolve=names, seconds=outside.webhook_seconds)
    links = Links(settings.sk_public_url, settings.sk_internal_secret, outside.clock.now)
    media = MediaRoom(uploads, ledger, outside.clock)
    courier = Courier(settings, ledger, outbound, links, clock=outside.clock, jitter=outside.jitter)
    render = partial(shapes.message, links=links)
    stream = Hub(
        ledger, clock=outside.clock, jitter=outside.jitter, render=render, run=courier.run, timing=outside.stream
    )
    house = House(
        settings=settings,
        ledger=ledger,
        courier=courier,
        clock=outside.clock,
        new_id=outside.new_id,
        resolve=names,
        authenticator=Authenticator(settings, Keyring(settings, ledger)),
        limits=Limits(settings, ledger, outside.clock),
        links=links,
        media=media,
        stream=stream,
        attendances=Attendances(ledger, Presence(policy.hours, settings.sk_away_message), outside.clock),
    )
    reminding = Reminding(ledger, outside.clock, courier.run)
    app = Flask("webhook_server", static_folder=None)
    app.extensions[EXTENSION] = Server(ledger, courier, Keeper(media, outside.clock), stream, reminding)
    routes.install(app, house)
    door.install(app, house, outbound)
    metrics.install(app, settings, ledger, outside.clock)
    return app


def server_of(app: Flask) -> Server:
    """The parts behind `app`."""
    server: Server = app.extensions[EXTENSION]
    return server


def _policy(settings: Settings) -> Policy:
    """When people are reminded. Where nobody is on call there is nobody to be called."""
    return Policy(
        hours=OfficeHours(settings.zone, settings.sk_office_hours),
        remind_after=settings.sk_remind_after,
        on_call_after=settings.sk_on_call_after if settings.sk_on_call else 0.0,
    )
