"""What Slack keeps of an erased app user. Channels go by their IDs: their names may be those of app users."""


def erasure_archived(channel_id: str) -> str:
    """What the bot posted in an archived channel."""
    return (
        f"Channel {channel_id} is archived: the bot's posts in it, and its name, stay as they are. "
        "Unarchive it and invite the bot, delete the posts by hand, or delete the channel."
    )


def erasure_closed(channel_id: str) -> str:
    """A channel that the bot does not see."""
    return f"Channel {channel_id} is closed to the bot, or deleted: what the bot posted in it may still be there."


def erasure_people(channel_id: str, count: int) -> str:
    """What people wrote in a channel."""
    return f"Channel {channel_id}: {_messages(count)} that people wrote cannot be deleted by the bot."


def erasure_kept(channel_id: str, count: int) -> str:
    """Posts of the bot that Slack did not delete."""
    return f"Channel {channel_id}: {_messages(count)} of the bot could not be deleted; Slack refused it."


def erasure_described(channel_id: str, code: str) -> str:
    """A topic or purpose that stays."""
    return f"Channel {channel_id} keeps its topic and purpose: Slack refused to clear them ({code})."


def erasure_named(channel_id: str, code: str) -> str:
    """A name that stays."""
    return f"Channel {channel_id} keeps its name: Slack refused to change it ({code})."


def erasure_former_name(channel_id: str) -> str:
    """What Slack remembers by itself."""
    return f"Channel {channel_id}: Slack's own lines and records keep the channel's former name and topics."


def erasure_open(channel_id: str, code: str) -> str:
    """A channel that stays open."""
    return f"Channel {channel_id} is empty but not archived: Slack refused it ({code})."


def erasure_file(file_id: str, code: str) -> str:
    """A file that stays."""
    return f"File {file_id} could not be deleted: Slack refused it ({code})."


def erasure_dispatch(reason: str) -> str:
    """Notices that could not be looked for."""
    return f"The dispatch channel could not be looked through for notices: {reason}."


def _messages(count: int) -> str:
    return "1 message" if count == 1 else f"{count:,} messages"
