"""Where conversations go: decided once, noted in the channel book, and told to the dispatch channel that was chosen."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import structlog

from desk.dispatch.announcing import Announcing
from desk.dispatch.boards import Boards
from desk.dispatch.channel import DispatchError
from desk.domain.routing import Route, Rule, Traits, deciding, routed
from desk.ports import ChannelBook, ChannelEntry
from wire.ids import AgentId
from wire.messages import Place

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class House:
    """What the settings say of new conversations, and the `rules` that say something else of some of them.

    `on_call` are IDs of user groups and people, for late reminders.
    """

    invite: tuple[AgentId, ...] = ()
    private: bool = False
    rules: tuple[Rule, ...] = ()
    on_call: tuple[str, ...] = ()


class Routing:
    """Decides for `Openings`. One call at a time per app user: the caller holds the lock."""

    def __init__(self, *, book: ChannelBook, boards: Boards, house: House, trouble: Callable[[], None]) -> None:
        self._book = book
        self._boards = boards
        self._house = house
        self._trouble = trouble

    def of(self, entry: ChannelEntry) -> Route:
        """Where the conversation goes: as was decided, else as the settings say."""
        return entry.route or Route(invite=self._house.invite, private=self._house.private)

    def decided(self, entry: ChannelEntry, traits: Traits) -> ChannelEntry:
        """The line with the decision, which is made once: whatever changes later, it goes on as it began."""
        begun = entry.channel_id or entry.asked is not None or entry.announced
        if not self._house.rules or entry.route or begun:
            return entry
        rule = deciding(self._house.rules, traits)
        entry = replace(entry, route=routed(rule, self.of(entry)))
        self._book.keep(entry)
        _log.info("routed", app_user_id=entry.app_user_id, rule=rule.name if rule else None)
        return entry

    def quoted(self, entry: ChannelEntry | None, first_words: str) -> str:
        """What may be read of the first words outside: in a private channel, they are for those in it alone.

        Without a line in the channel book nobody knows yet whether the channel will be private.
        """
        return "" if entry is None or self.of(entry).private else first_words

    def board(self, entry: ChannelEntry) -> Announcing:
        """The board on which the conversation is told of."""
        return self._boards.of(entry)

    def told(
        self, entry: ChannelEntry, tell: Callable[[Announcing, ChannelEntry], Place]
    ) -> tuple[ChannelEntry, Place]:
        """Have the chosen dispatch channel told. One that cannot be used gives way to that of the settings, for good.

        Returns the line, and where the notice stands.

        Raises:
            WorkspaceError: Slack did not take it now.
            DispatchError: the settings' dispatch channel cannot be used either.
        """
        if entry.route and entry.route.dispatch:
            for _ in range(2):  # twice: it may have been replaced by another of its name
                try:
                    return entry, tell(self.board(entry), entry)
                except DispatchError as error:
                    problem = str(error)
            _log.warning("goes to the settings' dispatch channel", app_user_id=entry.app_user_id, problem=problem)
            entry = self._rerouted(entry, entry.route)
        return entry, tell(self.board(entry), entry)

    def _rerouted(self, entry: ChannelEntry, route: Route) -> ChannelEntry:
        """The line of a conversation that is told of in the settings' dispatch channel from now on."""
        self.board(entry).forget([entry.app_user_id])
        self._trouble()
        boards, announced = told_in(entry), None
        if entry.state != "opening":  # its notices stay where they are
            boards, announced = tuple(dict.fromkeys((*boards, route.dispatch))), entry.announced
        entry = replace(entry, route=replace(route, dispatch=""), announced=announced, boards=boards)
        self._book.keep(entry)
        return entry


def told_in(*entries: ChannelEntry) -> tuple[str, ...]:
    """The dispatch channels in which any of these was told of, by ID or name."""
    told = [(*entry.boards, *((entry.announced.channel_id,) if entry.announced else ())) for entry in entries]
    return tuple(dict.fromkeys(channel_id for each in told for channel_id in each))
