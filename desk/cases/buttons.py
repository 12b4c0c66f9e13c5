"""The buttons below a case's dispatch notice: what the commands in its channel do, without going there."""

from collections.abc import Callable, Mapping
from functools import partial

from desk.asking import Asked, Pressed
from desk.cases.deeds import Deeds, Whose
from desk.counter import Button
from desk.domain import situation, wording
from desk.ports import ChannelBook, ChannelEntry
from desk.values import Answer, Typed
from wire.cases import Deed, DeedKind
from wire.ids import AppUserId
from wire.messages import Agent


class CaseButtons:
    """Carries out buttons. `profile` answers `!profile`."""

    def __init__(self, *, book: ChannelBook, deeds: Deeds, profile: Callable[[Asked], Answer]) -> None:
        self._book = book
        self._deeds = deeds
        self._profile = profile

    def table(self) -> Mapping[str, Button]:
        """Each button by its `action_id`. They may stand anywhere."""
        deeds: Mapping[str, DeedKind] = {
            situation.CLAIM_ACTION: "claim",
            situation.RELEASE_ACTION: "release",
            situation.CLOSE_ACTION: "close",
            situation.REOPEN_ACTION: "reopen",
        }
        actions: dict[str, Callable[[Pressed], Answer]] = {
            action_id: partial(self._do, kind) for action_id, kind in deeds.items()
        }
        actions |= {situation.PROFILE_ACTION: self._show_profile}
        return {action_id: Button(action, anywhere=True) for action_id, action in actions.items()}

    def _do(self, kind: DeedKind, pressed: Pressed) -> Answer:
        entry, case_id = self._meant(pressed)
        if entry is None or case_id is None:
            return Answer(wording.unknown_button())
        if entry.erasure:
            return Answer(wording.nothing_done_erased())
        person, press = pressed.person, pressed.press
        deed = Deed(
            request_id=f"press:{person.agent_id}:{press.message_ts}:{press.action_id}:{case_id}",
            app_user_id=entry.app_user_id,
            agent=Agent(agent_id=person.agent_id, name=person.name, avatar_url=person.avatar_url),
            kind=kind,
            case_id=case_id,
        )
        channel_id = entry.channel_id if entry.state == "open" else None
        return self._deeds.do(deed, Whose(entry.app_user_id, entry.title, channel_id, case_id), pressed.within)

    def _show_profile(self, pressed: Pressed) -> Answer:
        entry, _ = self._meant(pressed)
        if entry is None:
            return Answer(wording.unknown_button())
        if entry.erasure:
            return Answer(wording.nothing_done_erased())
        press = pressed.press
        typed = Typed(press.agent_id, press.channel_id, "!profile", f"press:{press.message_ts}")
        return self._profile(Asked(typed, "", pressed.person, entry, pressed.within))

    def _meant(self, pressed: Pressed) -> tuple[ChannelEntry | None, int | None]:
        app_user_id, case_id = situation.read_value(pressed.press.value)
        return self._book.of_app_user(AppUserId(app_user_id)), case_id
