"""What can go wrong outside: in Slack, on the way to it, and with the channel book."""


class WorkspaceError(Exception):
    """Base of what Slack, or the way to it, can answer instead of success."""


class LimitedError(WorkspaceError):
    """Nothing was done: too many calls. The same call may be made again in `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Slack asks to wait {seconds:.0f} s")
        self.seconds = seconds


class UnreachableError(WorkspaceError):
    """Nothing was done: no connection to Slack could be made."""


class InDoubtError(WorkspaceError):
    """The call was sent and no clear answer came: it may have been carried out."""


class BlockedError(WorkspaceError):
    """Nothing was done: the workspace does not let the bot work (token, scopes, restrictions). People can mend it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class RefusedError(WorkspaceError):
    """Nothing was done, and the same call will never work: `code` is Slack's reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NoSuchPersonError(RefusedError):
    """Slack knows nobody of this ID, or does not show them."""


class NameTakenError(RefusedError):
    """Another channel, perhaps an archived one, has this name."""


class ChannelGoneError(RefusedError):
    """The channel was deleted, or cannot be seen by the bot."""


class ChannelArchivedError(RefusedError):
    """The channel is archived."""


class NotInChannelError(RefusedError):
    """The bot is no member of the channel."""


class PostGoneError(RefusedError):
    """The post was deleted."""


class PostSealedError(RefusedError):
    """The post may not be changed any more."""


class BadBlocksError(RefusedError):
    """Slack does not take a post's blocks, perhaps because it does not know yet what a file in them is."""


class FileGoneError(RefusedError):
    """There is no such file, or not any more."""


class ChannelBookError(Exception):
    """The channel book cannot be used. The text names the file and the way out."""


class ChannelBookTakenError(ChannelBookError):
    """Another bot has the channel book open: it may be about to end."""
