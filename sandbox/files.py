"""Uploaded files and how Slack describes them."""

import mimetypes
import re
from dataclasses import dataclass, field

from pydantic import Base64Bytes

from sandbox import cast
from sandbox.identifiers import ChannelId, FileId, IdFactory, JsonObject, UserId

PRETTY_TYPES = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "gif": "GIF", "pdf": "PDF", "txt": "Plain Text"}
IMAGE_TYPES = frozenset({"image/png", "image/jpeg", "image/gif"})
"""What an image block may show."""
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"%PDF-", "application/pdf"),
)


@dataclass(slots=True)
class StoredFile:
    """A file; `content` is None until its bytes have been uploaded, `is_complete` once it may be shared.

    Slack looks into a file a while after it was completed: from `ready_at` on its type is known and blocks may show it.
    """

    id: FileId
    name: str
    title: str
    owner: UserId
    created: int
    announced_length: int = 0
    content: Base64Bytes | None = None
    alt_text: str = ""
    is_complete: bool = False
    is_deleted: bool = False
    ready_at: float = 0.0
    channels: list[ChannelId] = field(default_factory=list)

    @property
    def mimetype(self) -> str:
        """What the content begins like, else what the name says."""
        for beginning, kind in _SIGNATURES:
            if self.content and self.content.startswith(beginning):
                return kind
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    @property
    def permalink(self) -> str:
        """Its address in the workspace; a message that holds it shares the file."""
        return f"{cast.WORKSPACE_URL}files/{self.owner}/{self.id}/{self.name_in_url}"

    @property
    def name_in_url(self) -> str:
        """Its name as addresses hold it."""
        return re.sub(r"[^a-z0-9._-]", "_", self.name.lower())


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


def tombstone(file: StoredFile) -> JsonObject:
    """What a message holds in a file's place once it was deleted."""
    return {"id": file.id, "mode": "tombstone"}


def file_object(
    file: StoredFile, base_url: str, private: frozenset[ChannelId] = frozenset(), *, ready: bool = True
) -> JsonObject:
    """Slack's `file` object; `private` names the channels that are not public among those it was shared in.

    `ready`: Slack has looked into it; before that it has no type.
    """
    filetype = file.name.rpartition(".")[2].lower() if "." in file.name else "binary"
    url = f"{base_url}/files/{cast.TEAM_ID}-{file.id}/{file.name_in_url}"
    described: JsonObject = {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype if ready else "",
        "filetype": filetype if ready else "",
        "pretty_type": PRETTY_TYPES.get(filetype, filetype.upper()) if ready else "",
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
        "permalink": file.permalink,
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
