"""What is said through the door about canned answers: texts that agents keep, to send them again and again."""

from typing import Annotated

from pydantic import Field

from wire.messages import Agent, Said

CANNED_LIST = "/internal/canned"
"""Path on the webhook server: which canned answers there are (`CannedListRequest` → `CannedList`)."""
CANNED = "/internal/canned/one"
"""Path on the webhook server: one of them (`CannedRequest` → `Canned`)."""
SAVE_CANNED = "/internal/canned/save"
"""Path on the webhook server: one is kept, instead of what had its name (`SaveCanned` → `CannedSaved`)."""
DELETE_CANNED = "/internal/canned/delete"
"""Path on the webhook server: one is removed (`CannedRequest` → `Canned`, as it was)."""

NO_SUCH_CANNED = "no_such_canned"
"""Code of a refusal: no canned answer has this name."""
TOO_MANY_CANNED = "too_many_canned"
"""Code of a refusal: there are MOST_CANNED already."""

MOST_CANNED = 200
"""So many that a list of all still fits into one answer in Slack."""
NAME_LENGTH = 50
BEGINNING = 100
"""Characters of a text that a list shows at most."""

Name = Annotated[str, Field(min_length=1, max_length=NAME_LENGTH)]


class CannedListRequest(Said):
    """Asks for all canned answers."""


class CannedHead(Said):
    """A canned answer in the list of all: its name, and how its text begins, on one line."""

    name: Name
    beginning: str


class CannedList(Said):
    """All canned answers, by name."""

    answers: tuple[CannedHead, ...]


class CannedRequest(Said):
    """Asks for one canned answer, or for its end."""

    name: Name


class Canned(Said):
    """A canned answer: a text, its placeholders not filled. `agent` saved it at `saved`, seconds since the epoch."""

    name: Name
    text: str
    agent: Agent
    saved: float


class SaveCanned(Said):
    """What an agent wants to be kept under a name. The same twice changes nothing."""

    name: Name
    text: str
    agent: Agent


class CannedSaved(Said):
    """It is kept. `replaced` had its name before, if its text was another one."""

    replaced: Canned | None = None
