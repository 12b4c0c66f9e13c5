"""DispatchNote as a small file beside the channel book: a hint that saves looking, never the truth."""

import json
import threading
from pathlib import Path
from typing import Any

import structlog

from wire.ids import ChannelId

FILE_NAME = "dispatch.json"

_log = structlog.get_logger(__name__)


class DispatchNoteFile:
    """The note in `directory`. Whatever is wrong with the file, the channel is looked for, and it is written anew."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / FILE_NAME
        self._writing = threading.Lock()  # what one writes, the next reads before writing

    def read(self, setting: str) -> ChannelId | None:
        """The channel found for this `setting`; None where nothing legible says so."""
        return self._read().get(setting)

    def write(self, setting: str, channel_id: ChannelId) -> None:
        """Replace the file by one that is whole. Not waiting for the disk: a note lost in a power cut costs a look."""
        temporary = self._path.with_suffix(".json.new")
        with self._writing:
            channels = self._read() | {setting: channel_id}
            try:
                temporary.write_text(json.dumps({"channels": channels}), encoding="utf-8")
                temporary.replace(self._path)
            except OSError as error:
                _log.warning("dispatch note not written", path=str(self._path), error=str(error))

    def _read(self) -> dict[str, ChannelId]:
        try:
            noted = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            _log.warning("dispatch note not read", path=str(self._path), error=str(error))
            return {}
        return _channels(noted)


def _channels(noted: Any) -> dict[str, ChannelId]:
    """What is noted, as far as it is legible; before there were rules, it was one setting with its channel."""
    if not isinstance(noted, dict):
        return {}
    channels = noted.get("channels", {noted.get("setting"): noted.get("channel_id")})
    if not isinstance(channels, dict):
        return {}
    legible = {setting: found for setting, found in channels.items() if isinstance(setting, str)}
    return {setting: ChannelId(found) for setting, found in legible.items() if isinstance(found, str) and found}
