"""Fields that several requests have: what the reference says of their form, where a validator alone knows it."""

from typing import Annotated

from pydantic import Field, WithJsonSchema
from pydantic.config import JsonDict

from webhook_server.domain import triggers
from webhook_server.domain.values import USER_ID_BYTES

HTTP_URL = WithJsonSchema(
    {
        "type": "string",
        "format": "http-url",
        "pattern": r"^https?://([A-Za-z0-9._~%:-]+@)?[A-Za-z0-9.-]+(:[0-9]{1,5})?([/?]\S*)?$",
    }
)
"""A text that a validator takes for a URL of the web."""

USER_ID = WithJsonSchema({"type": "string", "format": "user-id", "minLength": 1, "maxLength": USER_ID_BYTES})
"""A text that a validator takes for a `userId`. The format `user-id` stands for the limit, which counts bytes."""

MOMENT = WithJsonSchema(
    {
        "anyOf": [
            {"type": "string", "format": "date-time"},
            {"type": "number", "minimum": -62135596800, "maximum": 253402300799},
        ]
    }
)
"""A time as text, or as seconds since the epoch, of the years 1 to 9999."""

SECONDS = Annotated[float, Field(ge=-(2**53), le=2**53)]
"""A time in a query, in seconds since the epoch."""

_PLAIN: JsonDict = {"type": ["string", "number", "boolean", "null"]}

FLAT = WithJsonSchema({"type": "object", "additionalProperties": _PLAIN})
"""An object whose values are no objects or lists."""

TRIGGER = WithJsonSchema({"type": "string", "enum": sorted(triggers.KNOWN)})
"""A text that a validator takes for the name of a trigger."""

SOMETHING_TO_SAY: JsonDict = {
    "anyOf": [
        {"required": ["text"], "properties": {"text": {"type": "string", "pattern": r"\S"}}},
        {
            "required": ["mediaUrl"],
            "properties": {"mediaUrl": {"type": "string"}, "text": {"type": ["string", "null"], "pattern": r"^$|\S"}},
        },
    ],
    "if": {"required": ["type"], "properties": {"type": {"enum": ["image", "file"]}}},
    "then": {"required": ["mediaUrl"], "properties": {"mediaUrl": {"type": "string"}}},
}
"""A message has a text that is not blank, or a mediaUrl; an image or a file has a mediaUrl."""
