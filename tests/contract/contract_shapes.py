"""The shapes of answers as the contract gives them, held strictly: nothing missing, nothing more, and nothing null."""

import re

ID = re.compile(r"[0-9a-f]{24}")


def is_id(value):
    return isinstance(value, str) and ID.fullmatch(value) is not None


def is_text(value):
    return isinstance(value, str)


def is_count(value):
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def is_seconds(value):
    return isinstance(value, float) and value > 1_000_000_000


def is_flag(value):
    return isinstance(value, bool)


def is_url(value):
    return isinstance(value, str) and value.startswith(("http://", "https://"))


def is_moment(value):
    return isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", value) is not None


def is_flat(value):
    return isinstance(value, dict) and all(isinstance(one, (str, int, float, bool)) for one in value.values())


def is_object(value):
    return isinstance(value, dict)


def one_of(*words):
    return lambda value: value in words


def many(check):
    return lambda value: isinstance(value, list) and all(check(one) for one in value)


def nothing_in(value):
    return value == []


def shape(required, optional=None):
    """A check of an object: all of `required`, some of `optional`, and no other field."""

    def check(value):
        assert isinstance(value, dict), value
        known = required | (optional or {})
        assert set(required) <= set(value) <= set(known), f"fields {sorted(value)}, known {sorted(known)}"
        for name, field in value.items():
            assert known[name](field), f"{name}: {field!r}"
        return True

    return check


device = shape(
    {"id": is_text, "platform": is_text, "lastSeen": is_moment, "active": is_flag},
    {"appVersion": is_text, "info": is_object},
)

app_user = shape(
    {
        "_id": is_id,
        "properties": is_flat,
        "conversationStarted": is_flag,
        "credentialRequired": is_flag,
        "devices": many(device),
        "clients": nothing_in,
    },
    {"userId": is_text, "givenName": is_text, "surname": is_text, "email": is_text, "signedUpAt": is_moment},
)

message = shape(
    {
        "_id": is_id,
        "authorId": is_id,
        "role": one_of("appUser", "appMaker"),
        "type": one_of("text", "image", "file"),
        "text": is_text,
        "received": is_seconds,
    },
    {
        "name": is_text,
        "avatarUrl": is_url,
        "mediaUrl": is_url,
        "mediaType": is_text,
        "metadata": is_object,
    },
)

_conversation = {"_id": is_id, "appMakers": many(is_id), "appUsers": many(is_id), "unreadCount": is_count}

bare_conversation = shape(_conversation)
conversation = shape(_conversation | {"messages": many(message)})

webhook = shape({"_id": is_id, "triggers": many(is_text), "secret": is_text, "target": is_url})

nothing = shape({})
app_user_answer = shape({"appUser": app_user})
init_answer = shape({"app": shape({"_id": is_text}), "appUser": app_user})
message_answer = shape({"message": message, "conversation": conversation})
conversation_answer = shape({"conversation": conversation})
bare_conversation_answer = shape({"conversation": bare_conversation})
page_answer = shape(
    {"conversation": bare_conversation, "messages": many(message)}, {"previous": is_url, "next": is_url}
)
event_answer = shape({"conversationUpdated": is_flag})
attachment_answer = shape({"mediaUrl": is_url, "mediaType": is_text})
webhook_answer = shape({"webhook": webhook})
webhooks_answer = shape({"webhooks": many(webhook)})

error_answer = shape({"error": shape({"code": is_text, "description": is_text})})


def check_error(response, status, code=None):
    """A refusal: JSON in the one shape, readable by browsers, in good English, and no more than that."""
    assert response.status_code == status, f"{response.status_code} {response.text}"
    assert response.content_type == "application/json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert error_answer(response.json)
    error = response.json["error"]
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", error["code"])
    assert error["description"].endswith((".", "…"))
    assert "Traceback" not in response.text
    if code:
        assert error["code"] == code
    if status == 401:
        assert "WWW-Authenticate" in response.headers
    if status == 429:
        assert int(response.headers["Retry-After"]) >= 1


def no_nulls(value):
    """Whether nothing in `value` is null; `metadata` is the sender's own."""
    if isinstance(value, dict):
        return all(no_nulls(one) for name, one in value.items() if name != "metadata")
    return all(map(no_nulls, value)) if isinstance(value, list) else value is not None
