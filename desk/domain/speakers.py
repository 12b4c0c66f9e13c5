"""Who may speak to app users, and see their profiles."""

from typing import Protocol

from desk.domain.wording.answers import Standing


class Speaker(Protocol):
    """What is to be known of a person."""

    @property
    def guest(self) -> bool:
        """A guest of the workspace."""

    @property
    def outsider(self) -> bool:
        """Somebody of another organisation."""

    @property
    def bot(self) -> bool:
        """Not a person at all."""

    @property
    def deactivated(self) -> bool:
        """No longer with us."""


def objection(person: Speaker) -> Standing | None:
    """Why this person may not speak to app users; `None`: they may."""
    if person.deactivated:
        return "deactivated"
    if person.bot:
        return "bot"
    if person.outsider:
        return "outsider"
    if person.guest:
        return "guest"
    return None
