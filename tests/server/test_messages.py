"""Messages and conversations over HTTP."""

import io
from urllib.parse import urlsplit

import pytest

from webhook_server import wording

ANN = "/v1/appusers/ann"


def test_posting_answers_with_message_and_conversation(office):
    response = office.as_app("POST", f"{ANN}/messages", {"role": "appUser", "text": "Hällo\n<b>", "name": "Ann"})
    assert response.status_code == 201
    message, conversation = response.json["message"], response.json["conversation"]
    user = office.user("ann")
    assert message == {
        "_id": message["_id"],
        "authorId": user["_id"],
        "role": "appUser",
        "type": "text",
        "name": "Ann",
        "text": "Hällo\n<b>",
        "received": office.clock.now(),
    }
    assert conversation == {
        "_id": conversation["_id"],
        "appMakers": [],
        "appUsers": [user["_id"]],
        "unreadCount": 0,
        "messages": [message],
    }
    assert user["conversationStarted"] is True


@pytest.mark.parametrize("prefix", ["/v1", "/v1.1", "/v1/apps/app", "/V1.1/Apps/app"])
@pytest.mark.parametrize("rest", ["messages", "conversation/messages", "Conversation/Messages"])
def test_every_prefix_and_path_leads_to_the_same_conversation(office, prefix, rest):
    body = {"role": "appUser", "text": "hello"}
    assert office.as_app("POST", f"{prefix}/appUsers/ann/{rest}", body).status_code == 201
    assert office.texts("ann") == ["hello"]


def test_another_app_is_not_found(office):
    response = office.as_app("GET", "/v1/apps/other/appusers/ann")
    assert (response.status_code, response.json["error"]["code"]) == (404, "app_not_found")


def test_received_grows_though_the_clock_stands_still_or_goes_back(office):
    office.say("ann", "1")
    office.say("ann", "2")
    office.clock.jump(-3600)
    office.say("ann", "3")
    times = [message["received"] for message in office.as_app("GET", f"{ANN}/messages").json["messages"]]
    assert times == sorted(set(times))
    assert office.texts("ann") == ["1", "2", "3"]


def test_metadata_and_media_round_trip(office):
    metadata = {"order": 7, "tags": ["a", None], "deep": {"ü": True}}
    said = office.say("ann", "", mediaUrl="https://example.org/a.png", mediaType="image/png", metadata=metadata)
    assert said["message"]["text"] == "https://example.org/a.png"
    assert said["message"]["type"] == "image"
    assert said["message"]["metadata"] == metadata
    assert (
        office.say("ann", "see", mediaUrl="https://example.org/a.pdf", mediaType="application/pdf")["message"]
        | {
            "type": "file",
            "text": "see",
        }
        == office.as_app("GET", f"{ANN}/messages").json["messages"][1]
    )


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"role": "appUser"},
        {"role": "appUser", "text": ""},
        {"role": "appUser", "text": " \n"},
        {"role": "appUser", "text": 7},
        {"role": "appuser", "text": "x"},
        {"role": "agent", "text": "x"},
        {"text": "x"},
        {"role": "appUser", "text": "x", "type": "carousel"},
        {"role": "appUser", "text": "x", "type": "image"},
        {"role": "appUser", "mediaUrl": "javascript:alert(1)"},
        {"role": "appUser", "mediaUrl": "http://["},
        {"role": "appUser", "text": "x", "avatarUrl": "data:x"},
        {"role": "appUser", "text": "x", "metadata": [1]},
        {"role": "appUser", "text": "x", "name": {"a": 1}},
        {"role": "appUser", "text": "x\0"},
        {"role": "appUser", "text": "x", "metadata": {"a": ["\ud800"]}},
    ],
)
def test_what_is_no_message_is_refused_and_nobody_created(office, body):
    response = office.as_app("POST", f"{ANN}/messages", body)
    assert (response.status_code, response.json["error"]["code"]) == (400, "bad_request")
    assert office.as_app("GET", ANN).status_code == 404


def test_a_link_to_an_upload_is_no_avatar(office):
    """It would be gone after a week, and what no message refers to after a day."""

    def picture():
        return {"role": "appUser", "source": (io.BytesIO(b"hello"), "a.txt")}

    office.say("ann", "hello")
    link = office.as_app("POST", "/v1/attachments", data=picture()).json["mediaUrl"]
    elsewhere = [link.replace("sk.example", "cdn.example"), "https://sk.example.org/pictures/ann.png"]
    for avatar, accepted in ((link, False), (link.partition("?")[0], False), *((url, True) for url in elsewhere)):
        asked = [
            office.as_app("POST", f"{ANN}/messages", {"role": "appUser", "text": "x", "avatarUrl": avatar}),
            office.as_app("POST", f"{ANN}/images", data=picture() | {"avatarUrl": avatar}),
            office.as_app(
                "POST",
                f"{ANN}/conversation/activity",
                {"role": "appMaker", "type": "typing:start", "avatarUrl": avatar},
            ),
        ]
        for response in asked:
            assert (response.status_code < 300) == accepted, response.text
            assert accepted or response.json["error"]["description"] == wording.avatar_url_expires()
    assert office.texts("ann")[:2] == ["hello", "x"]


def test_escapes_that_only_look_strange_pass(office):
    text = "\\u0000 \\ud800 \U0001f600 \x7f\t"
    office.say("ann", text)
    assert office.texts("ann") == [text]


def test_too_long_user_ids_are_not_created(office):
    response = office.as_app("POST", f"/v1/appusers/{'x' * 257}/messages", {"role": "appUser", "text": "x"})
    assert response.status_code == 400


def test_the_backend_may_write_as_app_maker(office):
    office.say("ann", "help")
    body = {"role": "appMaker", "text": "We are on it", "name": "Shop", "email": "shop@example.org"}
    first = office.as_app("POST", f"{ANN}/messages", body).json
    second = office.as_app("POST", f"{ANN}/messages", body).json
    assert first["message"]["role"] == "appMaker"
    assert second["conversation"]["appMakers"] == [first["message"]["authorId"]]
    assert second["conversation"]["unreadCount"] == 2


def test_no_message_yet(office):
    office.as_app("POST", "/v1/appusers", {"userId": "ann"})
    listed = office.as_app("GET", f"{ANN}/messages")
    assert (listed.status_code, listed.json["messages"]) == (200, [])
    assert "previous" not in listed.json
    assert "next" not in listed.json
    missing = office.as_app("GET", f"{ANN}/conversation")
    assert (missing.status_code, missing.json["error"]["code"]) == (404, "conversation_not_found")


def test_the_conversation_holds_its_messages(office):
    office.say("ann", "1")
    office.say("ann", "2")
    conversation = office.as_app("GET", f"{ANN}/conversation").json["conversation"]
    assert [message["text"] for message in conversation["messages"]] == ["1", "2"]


def follow(office, url):
    parts = urlsplit(url)
    assert f"{parts.scheme}://{parts.netloc}" == "https://sk.example.org"
    return office.as_app("GET", f"{parts.path}?{parts.query}").json


def test_pages_miss_nothing_and_double_nothing(office):
    for number in range(250):
        office.say("ann", str(number))
    page = office.as_app("GET", "/v1.1/apps/app/appUsers/ann/messages").json
    assert "next" not in page
    pages = [page]
    while "previous" in page:
        assert page["previous"].startswith("https://sk.example.org/v1.1/apps/app/appUsers/ann/messages?before=")
        page = follow(office, page["previous"])
        pages.insert(0, page)
    assert [len(page["messages"]) for page in pages] == [50, 100, 100]
    assert [m["text"] for page in pages for m in page["messages"]] == [str(number) for number in range(250)]
    forward = [pages[0]]
    while "next" in forward[-1]:
        forward.append(follow(office, forward[-1]["next"]))
    assert [m["text"] for page in forward for m in page["messages"]] == [str(number) for number in range(250)]
    assert "previous" in forward[-1]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("before=1&after=2", wording.two_cuts()),
        ("before=x&after=y", wording.two_cuts()),
        ("before=x", wording.no_time()),
        ("before=nan", wording.no_time()),
        ("after=", wording.no_time()),
        ("after=-Infinity", wording.no_time()),
    ],
)
def test_nonsense_queries_are_refused_and_told_what_is_wrong(office, query, told):
    office.say("ann", "1")
    refused = office.as_app("GET", f"{ANN}/messages?{query}")
    assert (refused.status_code, refused.json["error"]["description"]) == (400, told)


def test_bounds_are_exclusive(office):
    times = [office.say("ann", str(number))["message"]["received"] for number in range(3)]
    before = office.as_app("GET", f"{ANN}/messages?before={times[1]!r}").json["messages"]
    after = office.as_app("GET", f"{ANN}/messages?after={times[1]!r}").json["messages"]
    assert ([m["text"] for m in before], [m["text"] for m in after]) == (["0"], ["2"])
