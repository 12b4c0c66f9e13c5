"""The one place where the desk's adapters are named."""

import threading

from desk.app_side import InternalApi
from desk.channel_book import TinyChannelBook
from desk.clock import SystemClock
from desk.desk import Desk
from desk.dispatch_note import DispatchNoteFile
from desk.opening import House
from desk.pace import Pace, remembered
from desk.slack_workspace import SlackWorkspace
from settings import Settings
from wire.ids import AgentId

_desks: dict[Settings, Desk] = {}
_building = threading.Lock()


def build(settings: Settings) -> Desk:
    """The process's desk: the same settings give the same desk, until it is closed. Makes no Slack call.

    Raises:
        ChannelBookError: the channel book cannot be read, or another bot has it open.
    """
    with _building:
        desk = _desks.get(settings)
        if desk is None or desk.closed:
            desk = _desks[settings] = _build(settings)
        return desk


def _build(settings: Settings) -> Desk:
    clock = SystemClock()
    directory = settings.sk_data_dir / "desk"
    book = TinyChannelBook(directory)  # first: it makes sure that the directory is ours alone
    pace = Pace(clock, remembered(directory / "calls"))
    return Desk(
        workspace=SlackWorkspace(settings.slack_bot_token or "", settings.slack_api_url, clock, pace),
        book=book,
        app_side=InternalApi(settings.sk_server_url, settings.sk_internal_secret),
        clock=clock,
        dispatch_channel=settings.sk_dispatch_channel,
        dispatch_note=DispatchNoteFile(directory),
        house=House(
            invite=tuple(map(AgentId, settings.sk_invite)),
            private=settings.sk_private_channels,
            on_call=settings.sk_on_call,
        ),
        zone=settings.zone,
    )
