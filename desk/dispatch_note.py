"""DispatchNote as a small file beside the channel book: a hint that saves looking, never the truth."""

import json
from pathlib import Path

import structlog

from wire.ids import ChannelId

FILE_NAME = "dispatch.json"

_log = structlog.get_logger(__name__)


class DispatchNoteFile:
    """The note in `directory`. Whatever is wrong with the file, the channel is looked for, and it is written anew."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / FILE_NAME

    def read(self, setting: str) -> ChannelId | None:
        """The channel found for this `setting`; None where nothing legible says so."""
        try:
            noted = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            _log.warning("dispatch note not read", path=str(self._path), error=str(error))
            return None
        channel_id = noted.get("channel_id") if isinstance(noted, dict) and noted.get("setting") == setting else None
        return ChannelId(channel_id) if isinstance(channel_id, str) and channel_id else None

    def write(self, setting: str, channel_id: ChannelId) -> None:
        """Replace the file by one that is whole. Not waiting for the disk: a note lost in a power cut costs a look."""
        temporary = self._path.with_suffix(".json.new")
        try:
            temporary.write_text(json.dumps({"setting": setting, "channel_id": channel_id}), encoding="utf-8")
            temporary.replace(self._path)
        except OSError as error:
            _log.warning("dispatch note not written", path=str(self._path), error=str(error))
