"""Examples, all of one story: Ann asks for her order. Each is checked: requests are made, answers fit their models."""

import json
from typing import Any

from webhook_server import wording

Json = dict[str, Any]

USER_ID = "ann"

APP_USER: Json = {
    "_id": "5f2c1d9be8a44d0f9c3b7a61",
    "userId": "ann",
    "givenName": "Ann",
    "properties": {"plan": "gold"},
    "conversationStarted": True,
    "credentialRequired": False,
    "devices": [],
    "clients": [],
}
_NEW_APP_USER: Json = {**APP_USER, "conversationStarted": False}
_FORGOTTEN: Json = {name: value for name, value in APP_USER.items() if name != "givenName"}
_DEVICE: Json = {
    "id": "6d1f0c3e-8b1a-4f4e-9a53-2f5f0f6f7c11",
    "platform": "ios",
    "appVersion": "4.2.0",
    "lastSeen": "2030-12-31T23:59:59.000Z",
    "active": True,
}
MESSAGE: Json = {
    "_id": "a0d7c8e45b7f4c1f8e21b6d3",
    "authorId": "5f2c1d9be8a44d0f9c3b7a61",
    "role": "appUser",
    "type": "text",
    "name": "Ann",
    "text": "Where is my order?",
    "metadata": {"orderId": "A-17"},
    "received": 1700000000.123,
}
REPLY: Json = {
    "_id": "c3f19a6b0d5e4b728f64e1a9",
    "authorId": "0b9d1e7f2a3c4d5e6f708192",
    "role": "appMaker",
    "type": "text",
    "name": "Bea",
    "text": "On its way!",
    "received": 1700000042.5,
}
MEDIA_ID = "3f9d2c7ab0e64f1d8c5a7b2e9d0f4a61"
FILE_NAME = "receipt.png"
EXPIRES = 1700604800
SIGNATURE = "1f0c9d5b7a3e46289c1b0d2f4e6a8c70"
MEDIA_URL = f"https://sk.example.org/media/{MEDIA_ID}/{FILE_NAME}?expires={EXPIRES}&signature={SIGNATURE}"
IMAGE: Json = {
    "_id": "b7e1d29c3f5a48608a1c2d4e",
    "authorId": "5f2c1d9be8a44d0f9c3b7a61",
    "role": "appUser",
    "type": "image",
    "name": "Ann",
    "text": MEDIA_URL,
    "mediaUrl": MEDIA_URL,
    "mediaType": "image/png",
    "received": 1700000055.75,
}
EVENT: Json = {"type": "message", "message": REPLY, "timestamp": REPLY["received"]}
CONVERSATION: Json = {
    "_id": "9e8d7c6b5a49382716051423",
    "appMakers": ["0b9d1e7f2a3c4d5e6f708192"],
    "appUsers": ["5f2c1d9be8a44d0f9c3b7a61"],
    "unreadCount": 1,
}
_BEGUN: Json = {**CONVERSATION, "appMakers": [], "unreadCount": 0}
WEBHOOK: Json = {
    "_id": "4c7b9e2d1a604f3c8b5d0e6f",
    "triggers": ["message", "conversation:start"],
    "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=",
    "target": "https://example.org/smooch",
}

_POSTED: Json = {"role": "appUser", "name": "Ann", "text": "Where is my order?", "metadata": {"orderId": "A-17"}}

BODIES: dict[str, Json] = {
    "init": {"device": {"id": _DEVICE["id"], "platform": "ios", "appVersion": "4.2.0"}, "userId": "ann"},
    "createAppUser": {"userId": "ann", "givenName": "Ann", "properties": {"plan": "gold"}},
    "updateAppUser": {"surname": "Lee", "signedUpAt": "2030-12-31T23:59:59Z", "properties": {"plan": "gold"}},
    "postEvent": {"name": "checkout:opened"},
    "readConversation": {},
    "postActivity": {"role": "appUser", "type": "typing:start"},
    "postConversationMessage": _POSTED,
    "postMessage": _POSTED,
    "createWebhook": {"target": WEBHOOK["target"], "triggers": WEBHOOK["triggers"]},
    "updateWebhook": {"triggers": ["*"]},
    "removeAttachment": {"mediaUrl": MEDIA_URL},
}
"""Bodies of requests, by the operation's ID."""

ANSWERS: dict[str, Any] = {
    "isUp": {"status": "ok"},
    "isReady": {"status": "ready"},
    "init": {"app": {"_id": "app"}, "appUser": {**_NEW_APP_USER, "devices": [_DEVICE]}},
    "createAppUser": {"appUser": _NEW_APP_USER},
    "getAppUser": {"appUser": APP_USER},
    "updateAppUser": {"appUser": {**APP_USER, "surname": "Lee", "signedUpAt": "2030-12-31T23:59:59.000Z"}},
    "deleteProfile": {"appUser": {**_FORGOTTEN, "properties": {}}},
    "postEvent": {"conversationUpdated": False},
    "readConversation": {},
    "postActivity": {"conversation": CONVERSATION},
    "deleteMessages": {},
    "getConversation": {"conversation": {**CONVERSATION, "messages": [MESSAGE, REPLY]}},
    "postConversationMessage": {"message": MESSAGE, "conversation": {**_BEGUN, "messages": [MESSAGE]}},
    "getMessages": {"conversation": CONVERSATION, "messages": [MESSAGE, REPLY]},
    "postMessage": {"message": MESSAGE, "conversation": {**_BEGUN, "messages": [MESSAGE]}},
    "listen": f"id: 42\ndata: {json.dumps(EVENT)}\n\n",
    "postConversationImage": {"message": IMAGE, "conversation": {**_BEGUN, "messages": [IMAGE]}},
    "postImage": {"message": IMAGE, "conversation": {**_BEGUN, "messages": [IMAGE]}},
    "createAttachment": {"mediaUrl": MEDIA_URL, "mediaType": "image/png"},
    "removeAttachment": {},
    "createWebhook": {"webhook": WEBHOOK},
    "listWebhooks": {"webhooks": [WEBHOOK]},
    "getWebhook": {"webhook": WEBHOOK},
    "updateWebhook": {"webhook": {**WEBHOOK, "triggers": ["*"]}},
    "deleteWebhook": {},
}
"""Answers, by the operation's ID."""

_ABOUT: Json = {"app": {"_id": "app"}, "appUser": APP_USER, "version": "v1"}
_DELIVERY: Json = {
    "message": {"_id": MESSAGE["_id"]},
    "messages": [MESSAGE],
    "conversation": {"_id": CONVERSATION["_id"]},
    "isFinalEvent": True,
    "timestamp": 1700000001.25,
}

PAYLOADS: dict[str, Json] = {
    "message:appUser": {"trigger": "message:appUser", "messages": [MESSAGE], **_ABOUT},
    "message:appMaker": {"trigger": "message:appMaker", "messages": [REPLY], **_ABOUT},
    "conversation:start": {
        "trigger": "conversation:start",
        "conversation": {"_id": CONVERSATION["_id"]},
        "source": {"type": "api"},
        "timestamp": 1700000000.123,
        **_ABOUT,
    },
    "conversation:read": {
        "trigger": "conversation:read",
        "conversation": {"_id": CONVERSATION["_id"]},
        "source": {"type": "api"},
        "timestamp": 1700000060.0,
        **_ABOUT,
    },
    "delivery:success": {"trigger": "delivery:success", "destination": {"type": "slack"}, **_DELIVERY, **_ABOUT},
    "delivery:failure": {
        "trigger": "delivery:failure",
        "destination": {"type": "webhook"},
        "error": {"code": "webhook_failed", "message": "the app's server answered 404"},
        **_DELIVERY,
        **_ABOUT,
    },
    "merge:appUser": {
        "trigger": "merge:appUser",
        "surviving": APP_USER,
        "discarded": [{"_id": "7a1b2c3d4e5f60718293a4b5"}],
        "timestamp": 1700000100.0,
        **_ABOUT,
    },
}
"""What webhooks are told, by trigger."""

_REFUSED = {
    "app_not_found": wording.app_not_found(),
    "bad_request": wording.text_needed(),
    "conversation_not_found": wording.conversation_not_found(),
    "forbidden": wording.app_scope_needed(),
    "image_too_large": wording.image_too_large(),
    "image_unreadable": wording.image_unreadable(),
    "internal_error": wording.something_broke(),
    "ledger_unavailable": wording.busy_or_broken(),
    "link_expired": wording.link_expired(),
    "range_not_satisfiable": wording.range_beyond_end(),
    "link_invalid": wording.link_invalid(),
    "media_busy": wording.media_busy(),
    "media_not_found": wording.media_not_found(),
    "media_unavailable": wording.media_unavailable(),
    "too_busy": wording.too_many_bodies(),
    "too_large": wording.body_too_large(1_048_576),
    "too_many_listeners": wording.too_many_listeners(20),
    "too_many_requests": wording.too_many_requests(1),
    "too_many_streams": wording.too_many_streams(2000),
    "too_many_webhooks": wording.too_many_webhooks(10),
    "unauthorized": wording.credentials_missing(),
    "unsupported_media_type": wording.json_expected(),
    "upload_empty": wording.upload_empty(),
    "user_exists": wording.user_exists(),
    "user_not_found": wording.user_not_found(),
    "webhook_not_found": wording.webhook_not_found(),
}


def refusal(code: str) -> Json:
    """An answer to what is refused."""
    return {"error": {"code": code, "description": _REFUSED[code]}}
