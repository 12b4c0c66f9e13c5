"""Where a line of the channel book is found: by app user, by channel, by name, and those with something left to do."""

from desk.channel_book.lines import Keys, Ordinary
from wire.ids import AppUserId, ChannelId


class Index:
    """Leads to documents' numbers. Not safe for many threads: the book's guard is held for every call.

    100,000 lines have to fit into memory several times over, so there is no set for a name that one line has.
    """

    def __init__(self) -> None:
        self._numbers: dict[AppUserId, int] = {}
        self._of_channel: dict[ChannelId, int] = {}
        self._names: dict[str, int | set[int]] = {}
        self._aliases: dict[AppUserId, AppUserId] = {}
        self._unfinished: set[int] = set()

    def own(self, app_user_id: AppUserId) -> int | None:
        """The app user's own line."""
        return self._numbers.get(app_user_id)

    def of_app_user(self, app_user_id: AppUserId) -> int | None:
        """The app user's line, which is another's where they turned out to be the same."""
        return self._numbers.get(self._aliases.get(app_user_id, app_user_id))

    def of_channel(self, channel_id: ChannelId) -> int | None:
        """The line that has this channel, now or previously; of several the one that was written last."""
        return self._of_channel.get(channel_id)

    def has_name(self, channel_name: str) -> bool:
        """Whether a line has this channel name."""
        return channel_name in self._names

    def unfinished(self) -> list[int]:
        """The lines on which something is left to do, oldest first."""
        return sorted(self._unfinished)

    def add(self, number: int, keys: Keys) -> None:
        """Let this line be found."""
        self._numbers[keys.app_user_id] = number
        for channel_id in keys.channel_ids:
            self._of_channel[channel_id] = number
        for merged_id in keys.merged:
            self._aliases[merged_id] = keys.app_user_id
        if keys.channel_name:
            self._add_name(number, keys.channel_name)
        if keys.unfinished:
            self._unfinished.add(number)

    def add_ordinary(self, found: Ordinary) -> None:
        """Let these lines, of which none was there, be found; the interpreter's own loops do most of it."""
        self._numbers.update(zip(found.app_user_ids, found.numbers, strict=True))
        self._of_channel.update(zip(found.channel_ids, found.numbers, strict=True))
        self._of_channel.pop(ChannelId(""), None)
        for name, number in zip(found.names, found.numbers, strict=True):
            if name and self._names.setdefault(name, number) != number:
                self._add_name(number, name)

    def remove(self, number: int, keys: Keys) -> None:
        """Let this line be found no more; what leads to another by now goes on doing so."""
        if self._numbers.get(keys.app_user_id) == number:
            del self._numbers[keys.app_user_id]
        for channel_id in keys.channel_ids:
            if self._of_channel.get(channel_id) == number:
                del self._of_channel[channel_id]
        for merged_id in keys.merged:
            if self._aliases.get(merged_id) == keys.app_user_id:
                del self._aliases[merged_id]
        self._remove_name(number, keys.channel_name)
        self._unfinished.discard(number)

    def _add_name(self, number: int, name: str) -> None:
        owners = self._names.setdefault(name, number)
        if isinstance(owners, set):
            owners.add(number)
        elif owners != number:
            self._names[name] = {owners, number}

    def _remove_name(self, number: int, name: str) -> None:
        owners = self._names.get(name)
        if isinstance(owners, set):
            owners.discard(number)
        if owners in (number, set()):
            del self._names[name]
