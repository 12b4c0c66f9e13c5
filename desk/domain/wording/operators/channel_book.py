"""Why the channel book cannot be used, and what to do."""


def book_taken(directory: str) -> str:
    """Another process has the channel book open."""
    return f"Another bot uses {directory}: stop it first, or give this one another SK_DATA_DIR"


def book_unreadable(path: str, reason: str, backup: str | None) -> str:
    """The channel book makes no sense."""
    way_out = (
        f"Its last good version is the backup {backup}: put that in its place; what changed last may be missing"
        if backup
        else "Restore it from a backup"
    )
    return (
        f"{path} cannot be read ({reason}). {way_out}; or move it away, "
        "and every app user gets a new channel with their next message"
    )


def book_too_new(path: str) -> str:
    """A later version wrote the channel book."""
    return f"{path} was written by a later version of the bot: run that version"


def book_not_written(path: str, reason: str) -> str:
    """The disk does not take the channel book."""
    return f"{path} cannot be written ({reason}): see to space and permissions"


def book_closed(path: str) -> str:
    """The process is going down."""
    return f"{path} is closed"
