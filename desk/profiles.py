"""An app user's profile, as it is at this moment."""

import structlog

from desk.asking import Asked
from desk.domain import wording
from desk.domain.naming import title
from desk.domain.profiles import profile_blocks
from desk.domain.slack_text import escape
from desk.ports import AppSide, Clock
from desk.values import Answer
from wire.client import NoAnswerError, PeerAwayError, RefusedError
from wire.messages import Profile

_log = structlog.get_logger(__name__)


def show_profile(app_side: AppSide, clock: Clock, asked: Asked) -> Answer:
    """Ask for the profile of the channel's app user and lay it out."""
    entry = asked.there
    try:
        profile = app_side.profile(entry.app_user_id, seconds=asked.within.left(clock.now()))
    except (PeerAwayError, NoAnswerError) as error:
        _log.warning("profile not shown", app_user_id=entry.app_user_id, reason=str(error))
        return Answer(wording.profile_away())
    except RefusedError as error:
        _log.warning("profile not shown", app_user_id=entry.app_user_id, reason=error.code)
        return Answer(wording.profile_refused(escape(error.description)))
    full_name = " ".join(name for name in (profile.given_name, profile.surname) if name)
    name = title(full_name, entry.title, entry.app_user_id)
    blocks = profile_blocks(name, _fields(profile), profile.properties, typing=profile.typing)
    return Answer(escape(wording.profile_title(name)), tuple(blocks), carried_out=True)


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
    return [(wording.field_label(field), value) for field, value in values.items()]
