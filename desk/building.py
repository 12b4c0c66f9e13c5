"""The one place where the desk's adapters are named."""

import threading

from desk.app_side import InternalApi
from desk.channel_book import TinyChannelBook
from desk.clock import SystemClock
from desk.desk import Desk
from desk.dispatch import routing_file
from desk.dispatch.note import DispatchNoteFile
from desk.dispatch.routing import House
from desk.home.note import HomeNoteFile
from desk.owed import OwedFile
from desk.parts.ground import Surroundings
from desk.slack.pace import Pace, remembered
from desk.slack.workspace import SlackWorkspace
from settings import Settings
from wire.ids import AgentId
from wire.messages import Face

_desks: dict[Settings, Desk] = {}
_building = threading.Lock()


def build(settings: Settings) -> Desk:
    """The process's desk: the same settings give the same desk, until it is closed. Makes no Slack call.

    Raises:
        ChannelBookError: the channel book cannot be read, or another bot has it open.
        RulesError: the file of rules is wrong.
    """
    with _building:
        desk = _desks.get(settings)
        if desk is None or desk.closed:
            desk = _desks[settings] = _build(settings)
        return desk


def _team(settings: Settings) -> Face | None:
    """What app users see of all agents, if they do not see each agent's own name and picture."""
    if settings.sk_agent_names == "own":
        return None
    return Face(name=settings.sk_team_name or "", avatar_url=settings.sk_team_avatar)


def _build(settings: Settings) -> Desk:
    clock = SystemClock()
    directory = settings.sk_data_dir / "desk"
    book = TinyChannelBook(directory)  # first: it makes sure that the directory is ours alone
    pace = Pace(clock, remembered(directory / "calls"))
    around = Surroundings(
        workspace=SlackWorkspace(settings.slack_bot_token or "", settings.slack_api_url, clock, pace),
        book=book,
        app_side=InternalApi(settings.sk_server_url, settings.sk_internal_secret),
        clock=clock,
        dispatch_channel=settings.sk_dispatch_channel,
        dispatch_note=DispatchNoteFile(directory),
        home_note=HomeNoteFile(directory),
        owed_note=OwedFile(directory),
        house=House(
            invite=tuple(map(AgentId, settings.sk_invite)),
            private=settings.sk_private_channels,
            rules=routing_file.load(settings.sk_routing),
            on_call=settings.sk_on_call,
        ),
        team=_team(settings),
        zone=settings.zone,
    )
    return Desk(around)
