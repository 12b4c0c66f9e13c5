"""Channel management: what Slack reports about channels goes to the desk; `channels` shows the channel book."""

from typing import Any

from errbot import BotPlugin, botcmd

import desk
from desk.errbot_backend import wording

PAGE = 40


class Channels(BotPlugin):  # type: ignore[misc] # errbot has no types
    """The channels of app users."""

    @botcmd(admin_only=True)  # type: ignore[untyped-decorator] # likewise
    def channels(self, msg: Any, args: str) -> None:
        """List the app users and their channels, 40 at a time: !channels PAGE."""
        entries = desk.build(self.bot_config.SETTINGS).channels()
        pages = max(1, -(-len(entries) // PAGE))
        page = min(int(args), pages) if args.isascii() and args.isdigit() and int(args) else 1
        shown = [
            wording.channel_line(entry.title, entry.app_user_id, entry.channel_id, entry.state)
            for entry in entries[(page - 1) * PAGE : page * PAGE]
        ]
        msg.extras["asked"].reply.say("\n".join([wording.channels_title(len(entries), page, pages), *shown]))

    def callback_channel_changed(self, change: Any) -> None:
        """Slack reported a change of a channel."""
        desk.build(self.bot_config.SETTINGS).channel_changed(
            desk.ChannelChange(channel_id=change.channel_id, kind=change.kind, name=change.name)
        )
