"""The dispatch channels: that of the settings, and those that rules name."""

import threading
from collections.abc import Iterator, Sequence

from desk.dispatch.channel import Dispatch
from desk.ports import ChannelEntry, Clock, DispatchNote, Workspace
from desk.values import ChannelChange
from wire.ids import ChannelId

ASK_AGAIN = 60.0
"""Seconds after which a rule's channel that could not be used is looked for again: until then that of the settings
stands in, and looking may mean listing all channels."""


class Dispatches:
    """Finds each dispatch channel once. Safe to use from many threads."""

    def __init__(
        self, workspace: Workspace, setting: str, named: Sequence[str], note: DispatchNote, clock: Clock
    ) -> None:
        self._workspace = workspace
        self._note = note
        self._clock = clock
        self._guard = threading.Lock()
        self.default = Dispatch(workspace, setting, note)
        self._others: dict[str, Dispatch] = {}
        self._named = tuple(self._called(each) for each in named)

    def __iter__(self) -> Iterator[Dispatch]:
        """Those that have to work: the settings' one first."""
        return iter(dict.fromkeys((self.default, *self._named)))

    def of(self, entry: ChannelEntry | None) -> Dispatch:
        """The one that was chosen for this conversation, even if no rule names it any more."""
        return self._called(entry.route.dispatch) if entry and entry.route else self.default

    def id_of(self, setting: str) -> ChannelId:
        """The channel that a setting or an ID means. Raises like `Dispatch.channel_id`."""
        return self._called(setting).channel_id()

    def changed(self, change: ChannelChange) -> bool:
        """Slack reported a change of some channel. Returns whether it was one of these."""
        with self._guard:
            known = (self.default, *self._others.values())
        found = [each for each in known if each.changed(change)]  # one channel may have two settings
        return bool(found)

    def _called(self, setting: str) -> Dispatch:
        if not setting or setting == self.default.setting:
            return self.default
        with self._guard:
            found = self._others.get(setting)
            if found is None:
                found = Dispatch(
                    self._workspace,
                    setting,
                    self._note,
                    variable="the rules (SK_ROUTING)",
                    clock=self._clock,
                    ask_again=ASK_AGAIN,
                )
                self._others[setting] = found
            return found
