"""An app user's profile, as it is at this moment: to whoever asks, or to everybody in the channel."""

import structlog

from desk.asking import Asked
from desk.conversations.files import icon
from desk.domain.naming import title as title_of
from desk.domain.pictures import without_pictures
from desk.domain.profiles import Card, Device, profile_blocks
from desk.domain.slack_text import escape
from desk.domain.wording import profiles as wording
from desk.domain.wording.reasons import retold
from desk.errors import BadBlocksError, InDoubtError, WorkspaceError
from desk.lanes import Lanes
from desk.memory import Memory
from desk.outcomes import setback
from desk.ports import AppSide, Clock, Mark, Post
from desk.values import Answer
from wire.client import NoAnswerError, PeerAwayError, RefusedError
from wire.ids import AppUserId
from wire.messages import Counts, Profile

SHARED = "sk_profile"
SHARE = "share"
SHARES_REMEMBERED = 1_000
MOST_URL = 3_000
"""Characters of an address that Slack takes."""

_log = structlog.get_logger(__name__)


class Profiles:
    """`!profile`: shows it to the caller; `!profile share`: posts it, once a request."""

    def __init__(self, app_side: AppSide, lanes: Lanes, clock: Clock) -> None:
        self._app_side = app_side
        self._lanes = lanes
        self._clock = clock
        self._shares: Memory[str, bool] = Memory(SHARES_REMEMBERED)

    def show(self, asked: Asked) -> Answer:
        """Ask for the profile of the channel's app user and lay it out."""
        if asked.argument and asked.argument.casefold() != SHARE:
            return Answer(wording.share_or_nothing())
        if asked.argument and self._shares.get(asked.typed.request_id):
            return Answer("", carried_out=True)
        entry, seconds = asked.there, asked.within.left(self._clock.now())
        card = ask_for_card(self._app_side, entry.app_user_id, entry.title, seconds)
        if isinstance(card, Answer):
            return card
        return self._share(asked, card) if asked.argument else _shown(card)

    def _share(self, asked: Asked, card: Card) -> Answer:
        text = wording.shared(escape(asked.person.name), escape(card.title))
        blocks = tuple(profile_blocks(card, asked.person.name))
        mark = Mark(SHARED, (asked.typed.request_id,))
        log = _log.bind(app_user_id=asked.there.app_user_id, channel_id=asked.typed.channel_id)
        try:
            try:
                self._lanes.post(asked.typed.channel_id, Post(text, mark, blocks))
            except BadBlocksError:  # Slack could not load the picture
                self._lanes.post(asked.typed.channel_id, Post(text, mark, without_pictures(blocks)))
        except InDoubtError as error:
            log.warning("profile perhaps shared", reason=str(error))
            return Answer(wording.perhaps_shared())
        except WorkspaceError as error:
            log.warning("profile not shared", reason=str(error))
            return Answer(wording.not_shared(escape(retold(setback(error).reason))))
        self._shares.put(asked.typed.request_id, value=True)
        log.info("profile shared", agent_id=asked.typed.agent_id)
        return Answer("", carried_out=True)


def profile_answer(app_side: AppSide, app_user_id: AppUserId, title: str, seconds: float) -> Answer:
    """The profile for whoever asked for it. `title`: what the app user is called where the profile names nobody."""
    card = ask_for_card(app_side, app_user_id, title, seconds)
    return card if isinstance(card, Answer) else _shown(card)


def ask_for_card(app_side: AppSide, app_user_id: AppUserId, title: str, seconds: float) -> Card | Answer:
    """The profile as it is now, or, where it cannot be had, a sentence on why."""
    try:
        profile = app_side.profile(app_user_id, seconds=seconds)
    except (PeerAwayError, NoAnswerError) as error:
        _log.warning("profile not shown", app_user_id=app_user_id, reason=str(error))
        return Answer(wording.away())
    except RefusedError as error:
        _log.warning("profile not shown", app_user_id=app_user_id, reason=error.code)
        return Answer(wording.refused(escape(error.description)))
    return _card(profile, title)


def _shown(card: Card) -> Answer:
    return Answer(escape(wording.profile_of(card.title)), tuple(profile_blocks(card)), carried_out=True)


def _card(profile: Profile, known_as: str) -> Card:
    full_name = " ".join(name for name in (profile.given_name, profile.surname) if name)
    devices = [Device(each.platform, each.last_seen, each.app_version, each.page) for each in profile.devices]
    return Card(
        title_of(full_name, known_as, profile.app_user_id),
        _standing(profile),
        _fields(profile),
        profile.properties,
        typing=profile.typing,
        avatar_url=_picture(profile.avatar_url),
        devices=devices,
        more_devices=profile.more_devices,
        seen=(profile.first_seen, profile.last_seen),
        counts=_counted(profile.counts),
    )


def _standing(profile: Profile) -> str:
    if profile.verified:
        return wording.verified()
    return wording.claimed() if profile.user_id else wording.anonymous()


def _picture(avatar_url: str | None) -> str | None:
    """An avatar that Slack can load, as far as its address tells."""
    url = icon(avatar_url)
    return url if url and len(url) <= MOST_URL and url.isprintable() and " " not in url else None


def _counted(counts: Counts | None) -> tuple[str, ...]:
    if counts is None:
        return ()
    return (
        wording.conversations(counts.conversations),
        wording.messages(counts.messages),
        wording.replies(counts.replies),
    )


def _fields(profile: Profile) -> list[tuple[str, str | None]]:
    values = {
        "user_id": profile.user_id,
        "given_name": profile.given_name,
        "surname": profile.surname,
        "email": profile.email,
        "signed_up_at": profile.signed_up_at,
        "conversation_started": wording.yes_or_no(profile.conversation_started),
        "app_user_id": profile.app_user_id,
    }
    return [(wording.field_label(field), value) for field, value in values.items() if value or field == "user_id"]
