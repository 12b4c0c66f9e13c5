"""The backend class that Errbot loads; no other subclass of ErrBot may be imported here by its name."""

import threading
import time
from typing import Any

import slackv3
import structlog
from errbot.backends.base import Message, Room, RoomOccupant
from errbot.core_plugins import wsview

import desk
from desk.errbot_backend import running
from desk.errbot_backend import wording_for_operators as wording
from desk.errbot_backend.account import Account
from desk.errbot_backend.arrivals import (
    ButtonPress,
    ChannelChanged,
    FormSent,
    HomeOpened,
    Me,
    PersonChanged,
    ShortcutChosen,
)
from desk.errbot_backend.directory import Directory
from desk.errbot_backend.identifiers import Agent, Channel, Member, identify, is_id
from desk.errbot_backend.post_office import PostOffice
from desk.errbot_backend.reading import own_command
from desk.errbot_backend.reception import Asked, Reception
from desk.errbot_backend.rendering import to_plain, to_slack
from desk.errbot_backend.replies import FormReply, Reply, Said
from desk.errbot_backend.socket_mode import Frame, SocketMode
from desk.errbot_backend.web import web_client
from desk.errbot_backend.web_server import keep_connections
from wire.ids import AgentId, ChannelId

OUR_PLUGINS = ("Sk", "Channels", "Bridge")
PATIENCE_SECONDS = 6.0
"""How long a predecessor may take to let go of the port and the channel book."""
DRAIN_SECONDS = 2.5
"""How long commands that were begun may take after a signal."""
FINISH_SECONDS = 3.3
"""How long orders of the webhook server may take then; they are refused, and finished, at the same time."""
SOCKET_SECONDS = 0.5
MOST_COMMAND_LENGTH = 4_000
"""Errbot's command matching takes quadratic time; our own commands pass it without their text."""

log = structlog.get_logger(__name__)


class SkSlackBackend(slackv3.SlackBackend):  # type: ignore[misc] # slackv3 has no types
    """SlackV3 with its own way in (socket, reception, lanes) and its own way out (the post office).

    What Errbot gives us stays: plugins, commands, access control, help, the web server.
    """

    def __init__(self, config: Any) -> None:
        super().__init__(config)
        self._settings = config.SETTINGS
        self._stop = running.StopRequest()
        self._server_thread = threading.current_thread()
        self._gone = False
        self._stop_by = 0.0
        self._desk: desk.Desk | None = None
        self.slack_web = web_client(self._settings, retries=1)
        self.directory = Directory(self.slack_web)
        self._outbox = PostOffice(self.slack_web)
        self._account = Account(web_client(self._settings, retries=0), self._accepted)
        self._reception: Reception | None = None
        self._socket = SocketMode(self._settings.slack_api_url, str(self._settings.slack_app_token), self._take)

    # Life

    def serve_forever(self) -> None:
        """Plugins first, so that the internal API answers and no command comes too early; then Slack, until stopped."""
        self._server_thread = threading.current_thread()
        with self._stop.on_signals():
            self._prepare()
            self.connect_callback()
            running.spare_the_collector()
            self._account.start()
            self._stop.wait()
            if threading.current_thread() is threading.main_thread():
                running.end_in_time()
            self.shutdown()

    def request_stop(self) -> None:
        """Stop as after SIGTERM."""
        self._stop.make("the program")

    @property
    def stopping(self) -> bool:
        """Whether nothing new may begin."""
        return self._stop.made() or self._gone

    @property
    def stop_by(self) -> float:
        """Until when, in time.monotonic(), what was begun may be finished once we are stopping."""
        return self._stop_by

    def problems(self) -> list[str]:
        """Why the bot cannot do its job as far as the backend knows, a sentence each."""
        missing = [name for name in OUR_PLUGINS if name not in self.plugin_manager.get_all_active_plugin_names()]
        found = [wording.plugin_missing(name) for name in missing]
        if self._account.problem:
            return [*found, self._account.problem]
        return [*found, self._socket.problem] if self._socket.problem else found

    def shutdown(self) -> None:
        """Finish what was begun, let go of everything. Errbot's `!restart` calls this too, from a command's thread."""
        if self._gone:
            return
        self._gone = True
        begun = time.monotonic()
        self._stop_by = begun + FINISH_SECONDS
        self._account.close()
        if self._reception is not None:
            from_a_command = threading.current_thread() is not self._server_thread
            self._reception.close(0.0 if from_a_command else DRAIN_SECONDS)  # a lane cannot wait for itself
        self.disconnect_callback()
        self._socket.close(SOCKET_SECONDS)
        if self._desk is not None:
            self._desk.close()
        super().shutdown()
        log.info("stopped", seconds=round(time.monotonic() - begun, 2))

    def _prepare(self) -> None:
        """Take what only one process may have, and give Errbot's web server its address."""
        port = self._settings.sk_bot_port
        try:
            running.patiently(lambda: running.check_port(port), OSError, seconds=PATIENCE_SECONDS, stop=self._stop)
            self._desk = running.patiently(
                lambda: desk.build(self._settings),
                desk.ChannelBookTakenError,
                seconds=PATIENCE_SECONDS,
                stop=self._stop,
            )
        except OSError:
            running.refuse_to_start(wording.port_taken(port), stopped=self._stop.made())
        except desk.ChannelBookError as error:
            running.refuse_to_start(str(error), stopped=self._stop.made())
        address = {"HOST": "127.0.0.1", "PORT": port, "SSL": None}
        self.plugin_manager.set_plugin_configuration("Webserver", address)
        # Errbot gives the web server its own routes after it has opened the port: a request in between would be the
        # application's first, and Flask takes no new routes after that. Those that are there are only renewed.
        web_server = self.plugin_manager.get_plugin_obj_by_name("Webserver")
        wsview.route(web_server)
        keep_connections(web_server)

    # Slack, inwards

    def _accepted(self, me: Me) -> None:
        if self._reception is None:
            self.bot_identifier = Agent(self.directory, me.user_id)
            self._reception = Reception(me, self, self._outbox, self._socket.after)
            self._socket.start()

    def _take(self, frame: Frame) -> None:
        if self._reception is not None:
            self._reception.take(frame)

    def ready(self) -> bool:
        """Whether our command can be run."""
        return "sk" in self.commands

    def understands(self, text: str) -> bool:
        """Whether the first word is a command of ours or of Errbot's: all other talk is none of our business."""
        if own_command(text) is not None:
            return True
        first = text.removeprefix("!").split(maxsplit=1)[:1]
        with self._gbl:
            return len(text) <= MOST_COMMAND_LENGTH and first in [[name.split("_")[0]] for name in self.commands]

    def command(self, name: str | None, asked: Asked) -> None:
        """Hand a command to Errbot. Ours go without their text, which the plugin takes from the request itself."""
        body = self.prefix + (name or to_plain(asked.text).removeprefix("!"))
        log.info(
            "command",
            command=body.split(maxsplit=1)[0],
            channel_id=asked.channel_id,
            agent_id=asked.agent_id,
            request_id=asked.request_id,
        )
        message = Message(body, extras={"asked": asked})
        if asked.channel_id.startswith("D"):
            message.frm = message.to = Agent(self.directory, asked.agent_id, asked.channel_id)
        else:
            message.to = Channel(self.directory, asked.channel_id, self)
            message.frm = Member(self.directory, asked.agent_id, message.to)
        self.callback_message(message)

    def press(self, press: ButtonPress, reply: Reply) -> None:
        """Ask the plugins that know buttons."""
        log.info("button", action_id=press.action_id, channel_id=press.channel_id, agent_id=press.agent_id)
        self._tell("callback_press", press, reply)

    def chose(self, shortcut: ShortcutChosen, reply: Reply) -> None:
        """Ask the plugins that know shortcuts."""
        about = {"callback_id": shortcut.callback_id, "channel_id": shortcut.channel_id}
        log.info("shortcut", agent_id=shortcut.agent_id, message_ts=shortcut.message_ts, **about)
        self._tell("callback_shortcut", shortcut, reply)

    def sent(self, form: FormSent, reply: FormReply) -> None:
        """Ask the plugins that know forms."""
        log.info("form", callback_id=form.callback_id, channel_id=form.channel_id, agent_id=form.agent_id)
        self._tell("callback_form", form, reply)

    def home_opened(self, opened: HomeOpened) -> None:
        """Ask the plugins that know the Home tab."""
        self._tell("callback_home_opened", opened)

    def channel_changed(self, change: ChannelChanged) -> None:
        """Tell the plugins that know channels."""
        self.directory.forget_channel(change.channel_id)
        self._tell("callback_channel_changed", change)

    def person_changed(self, change: PersonChanged) -> None:
        """Forget the name, and tell the plugins that know people."""
        self.directory.forget_person(change.agent_id)
        self._tell("callback_person_changed", change)

    def tokens_revoked(self) -> None:
        """Check the token until it works."""
        self._account.doubt()

    def _tell(self, method: str, *said: Any) -> None:
        for plugin in self.plugin_manager.get_all_active_plugins():
            if hasattr(plugin, method):
                getattr(plugin, method)(*said)

    # Slack, outwards: what Errbot and its plugins say

    def build_reply(
        self,
        msg: Message,
        text: str | None = None,
        private: bool = False,  # noqa: FBT001, FBT002 - Errbot's signature
        threaded: bool = False,  # noqa: FBT001, FBT002 - likewise
    ) -> Message:
        """An answer goes back the way the request came: to its author alone, `private` and `threaded` or not."""
        del private, threaded
        reply = self.build_message(text)
        reply.frm, reply.to = self.bot_identifier, msg.frm
        if "asked" in msg.extras:
            reply.extras["asked"] = msg.extras["asked"]
        return reply

    def send_message(self, msg: Message) -> None:
        """Say something for Errbot. Failures are logged: nobody up there could do anything about them."""
        super(slackv3.SlackBackend, self).send_message(msg)
        text = to_slack(msg.body)
        asked, to = msg.extras.get("asked"), msg.to
        if isinstance(asked, Asked):
            asked.reply.say(text)
        elif isinstance(to, RoomOccupant):
            self._outbox.whisper(ChannelId(to.room.id), AgentId(to.userid), Said(text))
        elif isinstance(to, Room):
            self._outbox.post(ChannelId(to.id), Said(text))
        else:
            self._outbox.post(AgentId(to.userid), Said(text))

    def send_card(self, card: Any) -> None:
        """Cards go as text."""
        super(slackv3.SlackBackend, self).send_card(card)

    def build_identifier(self, txtrep: str) -> Any:
        """`<@U…>`, `<#C…>`, `@name`, `#name` or a bare ID, as an identifier."""
        return identify(txtrep, self)

    def query_room(self, room: str) -> Any:
        """A channel by its ID, its name or as Slack links it."""
        return identify(room if is_id(room) or room[:1] in {"#", "<"} else f"#{room}", self)
