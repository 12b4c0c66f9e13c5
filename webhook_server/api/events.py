"""Events that an app's client tells of: that there was one stands in the log, and nothing of it anywhere."""

from typing import Annotated

import structlog
from flask import Response
from pydantic import Field

from webhook_server.api.answers import answer
from webhook_server.api.bodies import Body, read
from webhook_server.api.house import House

NAME_CHARACTERS = 256

_log = structlog.get_logger()


class EventBody(Body):
    """Something that happened in the app."""

    name: Annotated[str, Field(min_length=1, max_length=NAME_CHARACTERS)] = Field(
        description="What happened, in a word of the app's own.", examples=["order_placed"]
    )


class EventsApi:
    """The app's own events over HTTP."""

    def __init__(self, house: House) -> None:
        self._house = house

    def note(self, ref: str) -> Response:
        """POST /appusers/{id}/events."""
        caller = self._house.caller()
        read(EventBody)
        user = self._house.read_user(caller, ref)
        _log.info("app_event", app_user_id=user.id)
        return answer({"conversationUpdated": False})
