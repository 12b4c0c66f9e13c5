"""Uploaded files and how Slack describes them."""

import mimetypes
import re
from dataclasses import dataclass, field

from pydantic import Base64Bytes

from sandbox import cast
from sandbox.identifiers import ChannelId, FileId, IdFactory, JsonObject, UserId

PRETTY_TYPES = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "gif": "GIF", "pdf": "PDF", "txt": "Plain Text"}


@dataclass(slots=True)
class StoredFile:
    """A file; `content` is None until its bytes have been uploaded, `is_complete` once it may be shared."""

    id: FileId
    name: str
    title: str
    owner: UserId
    created: int
    announced_length: int = 0
    content: Base64Bytes | None = None
    alt_text: str = ""
    is_complete: bool = False
    channels: list[ChannelId] = field(default_factory=list)

    @property
    def mimetype(self) -> str:
        """Guessed from the name, as Slack does for uploads without one."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"


class UploadTickets:
    """The addresses that take the bytes of announced files."""

    def __init__(self, ids: IdFactory) -> None:
        self._ids = ids
        self._tickets: dict[str, FileId] = {}

    def issue(self, file_id: FileId) -> str:
        """A new address's last part."""
        ticket = self._ids.secret(32)
        self._tickets[ticket] = file_id
        return ticket

    def find(self, ticket: str) -> FileId | None:
        """Whose bytes the address takes."""
        return self._tickets.get(ticket)


def file_object(file: StoredFile, base_url: str, private: frozenset[ChannelId] = frozenset()) -> JsonObject:
    """Slack's `file` object; `private` names the channels that are not public among those it was shared in."""
    filetype = file.name.rpartition(".")[2].lower() if "." in file.name else "binary"
    name_in_url = re.sub(r"[^a-z0-9._-]", "_", file.name.lower())
    url = f"{base_url}/files/{cast.TEAM_ID}-{file.id}/{name_in_url}"
    described: JsonObject = {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype,
        "filetype": filetype,
        "pretty_type": PRETTY_TYPES.get(filetype, filetype.upper()),
        "user": file.owner,
        "user_team": cast.TEAM_ID,
        "editable": False,
        "size": len(file.content or b""),
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": any(channel_id not in private for channel_id in file.channels),
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": url,
        "url_private_download": url + "?download=1",
        "permalink": f"{cast.WORKSPACE_URL}files/{file.owner}/{file.id}/{name_in_url}",
        "comments_count": 0,
        "is_starred": False,
        "channels": [channel_id for channel_id in file.channels if channel_id not in private],
        "groups": [channel_id for channel_id in file.channels if channel_id in private],
        "ims": [],
        "has_rich_preview": False,
        "file_access": "visible",
    }
    if file.alt_text:
        described["alt_txt"] = file.alt_text
    return described
