"""What stands in Slack around app users' messages: what they are called, and what stands for what they sent."""

from desk.domain.wording.speech import SPEECH, number, say, say_many

KILOBYTE = 1024


def nameless(short_id: str) -> str:
    """What an app user without a name is called."""
    return say("User {id}", id=short_id)


def all_nameless(short_id: str) -> frozenset[str]:
    """What an app user without a name was called, whatever language was chosen then."""
    return SPEECH.in_all("User {id}", id=short_id)


def empty_message() -> str:
    """Stands for a message without text."""
    return say("(a message without text)")


def one_of_several(text: str) -> str:
    """A message that shares its post with others."""
    return f"• {text}"


def an_image() -> str:
    """Stands for an image without a name."""
    return say("image")


def file_named(name: str) -> str:
    """Stands for a file in a line of text."""
    return f"📎 {name}"


def file_sent(name: str, link: str, kind: str, size: int | None) -> str:
    """A file that Slack shows below; `link` leads to it, all escaped."""
    return say("{name} sent a file: {link} ({details})", name=name, link=link, details=_file_details(kind, size))


def file_not_shown(file_name: str, kind: str, size: int | None) -> str:
    """A file that could not be brought into Slack."""
    details = _file_details(kind, size)
    return say("📎 {file} ({details}) could not be shown here.", file=file_name, details=details)


def _file_details(kind: str, size: int | None) -> str:
    return f"{kind}, {file_size(size)}" if size is not None else kind


def file_size(size: int) -> str:
    """A number of bytes."""
    if size < KILOBYTE:
        return say_many(size, "{count} byte", "{count} bytes")
    if size < KILOBYTE**2:
        return say("{count} KB", count=number(size / KILOBYTE))
    return say("{count} MB", count=number(size / KILOBYTE**2, 1))


def too_large_size(size: int, most: int) -> str:
    """The size of a file with more than `most` bytes, so that it is seen to be more."""
    shown = file_size(size)
    return say("over {count} MB", count=number(most / KILOBYTE**2)) if shown == file_size(most) else shown
