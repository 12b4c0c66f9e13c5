"""Two lines of the channel book become one, because two app users turned out to be the same: a pure decision."""

from dataclasses import replace

from desk.dispatch.routing import told_in
from desk.domain import wording
from desk.domain.channel_names import slug
from desk.domain.naming import short_id
from desk.ports import ChannelEntry, Joining
from wire.ids import AppUserId


def join(survivor: ChannelEntry, loser: ChannelEntry | None, merged_id: AppUserId, now: float) -> ChannelEntry:
    """The survivor's line afterwards. Its open channel goes on; if it has none, the loser's open channel does.

    What people have to be told about it is in `joining`.
    """
    merged = (*survivor.merged, merged_id, *(loser.merged if loser else ()))
    survivor = replace(survivor, merged=tuple(dict.fromkeys(merged)))
    if loser is None:
        return survivor
    previous = (*survivor.previous, *loser.previous)
    both = replace(survivor, previous=previous, uploads=(*survivor.uploads, *loser.uploads))
    both = replace(both, boards=told_in(survivor, loser))
    both = replace(both, joined=(*both.joined, *loser.joined), joining=(*both.joining, *loser.joining))
    if not _is_open(loser):
        return _without_channel(both, loser, now)
    return _beside(both, loser, now) if _is_open(survivor) else _taken_over(both, loser, now)


def is_nameless(entry: ChannelEntry) -> bool:
    """Whether somebody is called by their ID, for want of a name."""
    return entry.title in wording.all_nameless(short_id(entry.app_user_id))


def _is_open(entry: ChannelEntry) -> bool:
    return entry.channel_id is not None and entry.state in {"opening", "open"}


def _without_channel(both: ChannelEntry, loser: ChannelEntry, now: float) -> ChannelEntry:
    """The loser's channel is closed, or was never made: only a notice in the dispatch channel may tell of it."""
    if loser.channel_id:
        return replace(both, previous=(*both.previous, loser.channel_id))
    if not loser.announced:
        return both
    if not both.announced and not both.channel_id:
        return replace(both, announced=loser.announced, route=loser.route, case_id=loser.case_id)
    return _telling(both, Joining(loser.app_user_id, loser.title, now, announced=loser.announced))


def _beside(both: ChannelEntry, loser: ChannelEntry, now: float) -> ChannelEntry:
    channels = (loser.channel_id,) if loser.channel_id else ()
    news = Joining(loser.app_user_id, loser.title, now, channel_id=loser.channel_id, announced=loser.announced)
    both = replace(both, previous=(*both.previous, *channels), joined=(*both.joined, *channels))
    return _telling(both, news)


def _taken_over(both: ChannelEntry, loser: ChannelEntry, now: float) -> ChannelEntry:
    owed = both.announced is not None and not both.linked  # a notice that waits for its link: now it can have one
    news = Joining(
        loser.app_user_id,
        loser.title,
        now,
        channel_id=loser.channel_id,
        announced=loser.announced if both.announced else None,
        rename=is_nameless(loser) and not is_nameless(both) and bool(slug(both.title)),
    )
    closed = (both.channel_id,) if both.channel_id else ()
    taken = replace(
        both,
        channel_name=loser.channel_name,
        channel_id=loser.channel_id,
        state="opening" if owed else loser.state,
        asked=None,
        invited=loser.invited,
        introduced=loser.introduced,
        announced=both.announced if owed else loser.announced,
        linked=False if owed else loser.linked,
        route=loser.route,
        case_id=both.case_id if owed else loser.case_id,
        previous=(*both.previous, *closed),
        continues=both.channel_id if both.state == "archived" else loser.continues,
    )
    return _telling(taken, news)


def _telling(both: ChannelEntry, news: Joining) -> ChannelEntry:
    return replace(both, joining=(*both.joining, news))
