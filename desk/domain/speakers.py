"""Who may speak to app users, and see their profiles."""

from typing import Protocol

from desk.domain import wording


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


def objection(person: Speaker) -> str | None:
    """Why this person may not speak to app users; `None`: they may."""
    if person.deactivated:
        return wording.refused_deactivated()
    if person.bot:
        return wording.refused_bot()
    if person.outsider:
        return wording.refused_outsider()
    if person.guest:
        return wording.refused_guest()
    return None
