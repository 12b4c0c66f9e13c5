"""The contract's App API, one row an operation: what to send, what comes back, and who may.

Written from the contract, not from the code: a test holds the two against each other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import contract_shapes as shapes
from contract_pictures import PNG

SAY = {"role": "appUser", "text": "hello"}
TYPE = {"role": "appUser", "type": "typing:start"}
TARGET = "https://app.example.org/hook"


def picture(**fields):
    """A multipart body with a picture in it; a new one every time, because sending it uses it up."""
    return lambda: {"source": (BytesIO(PNG), "dot.png", "image/png"), **fields}


@dataclass(frozen=True)
class Row:
    """An operation. `{user}`, `{webhook}` and `{media}` in path and body stand for what a test has prepared.

    `who`: "anybody" with a credential for the user; "jwt" for all but the app token; "app" for the backend alone.
    `invalid` are bodies that are refused; `about_user` says whether the path names an app user.
    """

    name: str
    line: str
    shape: Callable[[Any], bool]
    status: int = 200
    body: dict | None = None
    form: Callable[[], dict] | None = None
    query: str = ""
    who: str = "anybody"
    invalid: tuple[Any, ...] = ()
    streaming: bool = False

    @property
    def method(self):
        return self.line.partition(" ")[0]

    @property
    def path(self):
        return self.line.partition(" ")[2]

    @property
    def about_user(self):
        return "{user}" in self.path

    @property
    def takes_json(self):
        return self.body is not None


_NOT_TEXT = (7, ["x"], {"a": 1}, True)

PROFILE_WRONG = (
    *({"givenName": value} for value in _NOT_TEXT),
    *({"surname": value} for value in _NOT_TEXT),
    *({"email": value} for value in _NOT_TEXT),
    {"signedUpAt": "yesterday"},
    {"signedUpAt": ["2030"]},
    {"properties": ["a"]},
    {"properties": "a"},
    {"properties": {"a": {"b": 1}}},
    {"properties": {"a": [1]}},
    {"givenName": "a\0b"},
)

MESSAGE_WRONG = (
    {},
    {"role": "appUser"},
    {"text": "x"},
    {"role": "agent", "text": "x"},
    {"role": "AppUser", "text": "x"},
    {"role": None, "text": "x"},
    {"role": "appUser", "text": ""},
    {"role": "appUser", "text": " \n\t"},
    *({"role": "appUser", "text": value} for value in _NOT_TEXT),
    {"role": "appUser", "text": "x", "type": "carousel"},
    {"role": "appUser", "text": "x", "type": "image"},
    {"role": "appUser", "mediaUrl": "javascript:alert(1)"},
    {"role": "appUser", "mediaUrl": "//example.org/a"},
    {"role": "appUser", "text": "x", "avatarUrl": "data:x"},
    {"role": "appUser", "text": "x", "name": {"a": 1}},
    {"role": "appUser", "text": "x", "email": 7},
    {"role": "appUser", "text": "x", "metadata": "a"},
    {"role": "appUser", "text": "x", "metadata": ["a"]},
    {"role": "appUser", "text": "\ud800"},
)

WEBHOOK_WRONG = (
    {"target": "ftp://example.org"},
    {"target": "example.org/hook"},
    {"target": "https://example.org/#part"},
    {"target": "https://"},
    {"target": 7},
    {"target": TARGET, "triggers": "message"},
    {"target": TARGET, "triggers": ["massage"]},
    {"target": TARGET, "triggers": [7]},
)

DEVICE = {"id": "phone-of-{user}", "platform": "ios"}

TABLE = (
    Row(
        "init",
        "POST /init",
        shapes.init_answer,
        body={"device": DEVICE, "userId": "{user}", "givenName": "Ann"},
        invalid=(
            {},
            {"device": {}},
            {"device": {"id": "a"}},
            {"device": {"platform": "web"}},
            {"device": "phone"},
            {"device": {"id": 7, "platform": "web"}},
            {"device": {"id": "", "platform": "web"}},
            {"device": {"id": "a", "platform": "web", "info": "x"}},
            {"device": DEVICE, "userId": ""},
            {"device": DEVICE, "userId": 7},
            {"device": DEVICE, "userId": "x" * 257},
            *({"device": DEVICE, **wrong} for wrong in PROFILE_WRONG),
        ),
    ),
    Row(
        "create app user",
        "POST /appusers",
        shapes.app_user_answer,
        201,
        body={"userId": "new-{user}", "email": "ann@example.org", "credentialRequired": True},
        who="app",
        invalid=(
            {},
            {"userId": ""},
            {"userId": 7},
            {"userId": None},
            {"userId": "é" * 129},
            {"userId": "x", "credentialRequired": "yes"},
            *({"userId": "x", **wrong} for wrong in PROFILE_WRONG),
        ),
    ),
    Row("get app user", "GET /appusers/{user}", shapes.app_user_answer),
    Row(
        "update app user",
        "PUT /appusers/{user}",
        shapes.app_user_answer,
        body={"surname": "Lee", "properties": {"plan": "gold", "visits": 7, "vip": True}},
        invalid=PROFILE_WRONG,
    ),
    Row("delete profile", "DELETE /appusers/{user}/profile", shapes.app_user_answer, who="jwt"),
    Row(
        "track event",
        "POST /appusers/{user}/events",
        shapes.event_answer,
        body={"name": "checkout"},
        invalid=({}, {"name": ""}, {"name": 7}, {"name": None}, {"name": ["a"]}),
    ),
    Row("get conversation", "GET /appusers/{user}/conversation", shapes.conversation_answer),
    Row(
        "post message to the conversation",
        "POST /appusers/{user}/conversation/messages",
        shapes.message_answer,
        201,
        body=SAY,
        invalid=MESSAGE_WRONG,
    ),
    Row(
        "post message",
        "POST /appusers/{user}/messages",
        shapes.message_answer,
        201,
        body=SAY,
        invalid=MESSAGE_WRONG,
    ),
    Row("list messages", "GET /appusers/{user}/messages", shapes.page_answer),
    Row("delete messages", "DELETE /appusers/{user}/messages", shapes.nothing, who="jwt"),
    Row(
        "upload image to the conversation",
        "POST /appusers/{user}/conversation/images",
        shapes.message_answer,
        201,
        form=picture(role="appUser", name="Ann"),
    ),
    Row(
        "upload image",
        "POST /appusers/{user}/images",
        shapes.message_answer,
        201,
        form=picture(role="appUser", name="Ann"),
    ),
    Row("mark as read", "POST /appusers/{user}/conversation/read", shapes.nothing, body={}),
    Row(
        "tell of typing",
        "POST /appusers/{user}/conversation/activity",
        shapes.bare_conversation_answer,
        body=TYPE,
        invalid=(
            {},
            {"role": "appUser"},
            {"type": "typing:start"},
            {"role": "appUser", "type": "typing"},
            {"role": "agent", "type": "typing:start"},
            {"role": "appUser", "type": 7},
            {"role": "appUser", "type": "typing:start", "name": 7},
            {"role": "appUser", "type": "typing:start", "avatarUrl": "data:x"},
        ),
    ),
    Row("stream", "GET /appusers/{user}/stream", shapes.nothing, streaming=True),
    Row(
        "upload attachment",
        "POST /attachments",
        shapes.attachment_answer,
        201,
        form=picture(),
        query="access=public",
    ),
    Row(
        "remove attachment",
        "POST /attachments/remove",
        shapes.nothing,
        body={"mediaUrl": "{media}"},
        who="app",
        invalid=({}, {"mediaUrl": 7}, {"mediaUrl": ""}),
    ),
    Row(
        "create webhook",
        "POST /webhooks",
        shapes.webhook_answer,
        201,
        body={"target": TARGET},
        who="app",
        invalid=({}, {"target": None}, *WEBHOOK_WRONG),
    ),
    Row("list webhooks", "GET /webhooks", shapes.webhooks_answer, who="app"),
    Row("get webhook", "GET /webhooks/{webhook}", shapes.webhook_answer, who="app"),
    Row(
        "update webhook",
        "PUT /webhooks/{webhook}",
        shapes.webhook_answer,
        body={"triggers": ["message:appUser", "*"]},
        who="app",
        invalid=WEBHOOK_WRONG,
    ),
    Row("delete webhook", "DELETE /webhooks/{webhook}", shapes.nothing, who="app"),
)

PREFIXES = ("/v1", "/v1.1", "/v1/apps/app", "/v1.1/apps/app")
ODD_CASES = ("/V1", "/V1.1", "/v1/Apps/app", "/V1.1/APPS/app")
"""Fixed words match in any case, the app's ID exactly."""
