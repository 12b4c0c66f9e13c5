"""NAME: what an app user is called in Slack."""

import re
import unicodedata

from desk.domain import wording

NAME_LIMIT = 80
"""Slack shows no longer `username`."""
SHORT_ID = 6

_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_KEPT_JOINERS = {"\u200c", "\u200d"}  # half of the world's scripts, and emoji, are written with them


def title(message_name: str | None, profile_name: str | None, app_user_id: str) -> str:
    """The message's name, else the profile's, else "User" and a short ID; one line, without invisible tricks."""
    for name in (message_name, profile_name):
        cleaned = clean(name or "")
        if cleaned:
            return cleaned
    return wording.nameless(short_id(app_user_id))


def clean(name: str) -> str:
    """A name as one line of visible characters, at most NAME_LIMIT long; empty if nothing is left."""
    spaced = re.sub(r"\s", " ", name)
    visible = "".join(letter for letter in spaced if letter in _KEPT_JOINERS or not _hidden(letter))
    visible = re.sub(" +", " ", visible)
    if not any(unicodedata.category(character)[0] in "LNSP" for character in visible):
        return ""
    return visible.strip()[:NAME_LIMIT].strip()


def short_id(app_user_id: str) -> str:
    """The end of an ID: enough to tell people apart, short enough to be read."""
    return app_user_id[-SHORT_ID:]


def _hidden(letter: str) -> bool:
    """Control characters, marks that turn text around, and what no font has."""
    return unicodedata.category(letter) in _DROPPED or letter == "\ufffc"
