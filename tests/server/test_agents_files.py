"""Files that agents send: taken in from the bot, and brought to the app user by replies."""

import json

import pytest
from pictures import SECRET, jpeg, png

from webhook_server.courier.to_agent import _news
from wire.messages import REPLIES, Agent, KeptFile, Reply
from wire.uploads import FILE_BYTES, UPLOADS, MalformedError, Upload, pack, unpack


@pytest.fixture
def ann(office):
    """The `_id` of an app user who has written."""
    office.say("ann", "help")
    return office.user("ann")["_id"]


def hand_over(office, content, name="notes.txt", **options):
    return office.through_the_door(UPLOADS, pack(Upload(name=name), content), **options)


def kept(office, content=b"some notes", name="notes.txt"):
    response = hand_over(office, content, name)
    assert response.status_code == 200, response.text
    return KeptFile.model_validate(response.json)


def reply(office, ann, file, message_id="a" * 24, text=""):
    said = Reply(
        message_id=message_id,
        app_user_id=ann,
        channel_id="C1",
        text=text,
        agent=Agent(agent_id="UALICE", name="Alice"),
        media=file,
    )
    return office.through_the_door(REPLIES, said)


def messages(office):
    return office.as_app("GET", "/v1/appusers/ann/messages").json["messages"][1:]


def on_disk(office):
    return {path.name for path in (office.settings.sk_data_dir / "media").iterdir()}


def error(response):
    return response.status_code, response.json["error"]["code"]


def test_a_file_reaches_the_app_user_as_a_message_of_its_agent(office, ann):
    file = kept(office)
    assert (file.name, file.type, file.size) == ("notes.txt", "text/plain", 10)
    assert reply(office, ann, file).json == {"message_id": "a" * 24, "state": "waiting", "repeated": False}
    [message] = messages(office)
    assert (message["role"], message["type"], message["name"], message["mediaType"]) == (
        "appMaker",
        "file",
        "Alice",
        "text/plain",
    )
    assert message["text"] == message["mediaUrl"]
    path = message["mediaUrl"].removeprefix(office.settings.sk_public_url)
    assert office.client.get(path).data == b"some notes"


def test_an_image_is_written_anew_and_is_one_for_the_app(office, ann):
    file = kept(office, jpeg(), "photo.jpeg")
    assert (file.name, file.type) == ("photo.jpeg", "image/jpeg")
    reply(office, ann, file)
    [message] = messages(office)
    assert message["type"] == "image"
    content = office.client.get(message["mediaUrl"].removeprefix(office.settings.sk_public_url)).data
    assert SECRET.encode() not in content


def test_what_a_file_is_called_does_not_decide_what_it_is(office):
    assert kept(office, b"<html><script>", "photo.png").type == "text/html"
    assert kept(office, png(), "../../notes.txt").name == "notes.txt.png"


def test_the_same_reply_twice_is_one_and_the_second_file_goes(office, ann):
    first, second = kept(office), kept(office)
    reply(office, ann, first)
    assert reply(office, ann, second).json["repeated"]
    assert reply(office, ann, first).json["repeated"]
    assert len(messages(office)) == 1
    assert on_disk(office) == {first.media_id}


def test_two_files_at_once_are_not_taken_for_one_sent_twice(office, ann):
    reply(office, ann, kept(office), "a" * 24)
    assert reply(office, ann, kept(office), "b" * 24).status_code == 200
    assert len(messages(office)) == 2


def test_a_file_that_is_not_there_any_more_sends_nothing(office, ann):
    lost = kept(office).model_copy(update={"media_id": "0" * 32})
    assert error(reply(office, ann, lost)) == (400, "bad_request")
    assert messages(office) == []


def test_a_refused_reply_leaves_no_file(office):
    assert error(reply(office, "b" * 24, kept(office))) == (404, "user_not_found")
    assert on_disk(office) == set()


def test_a_receipt_names_the_file(office, ann):
    reply(office, ann, kept(office, name="Grüße 🌻.txt"))
    news = office.ledger.read(lambda books: _news(books, "a" * 24, ()))
    assert (news.said.text, news.said.file_name) == ("", "Grüße 🌻.txt")


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        pytest.param(b"", (400, "upload_empty"), id="nothing"),
        pytest.param(b"x" * (FILE_BYTES + 1), (413, "too_large"), id="a byte too many"),
        pytest.param(b"x" * (FILE_BYTES + 10_000), (413, "too_large"), id="far too much"),
        pytest.param(jpeg()[:200], (400, "image_unreadable"), id="half an image"),
    ],
)
def test_what_is_no_good_is_refused_and_leaves_nothing(office, content, refusal):
    assert error(hand_over(office, content)) == refusal
    assert on_disk(office) == set()


def test_a_file_may_be_as_large_as_files_may_be(office):
    assert kept(office, b"x" * FILE_BYTES).size == FILE_BYTES


def test_only_what_is_signed_is_kept(office):
    assert error(hand_over(office, b"x", secret="another")) == (401, "bad_signature")
    assert error(hand_over(office, b"x", now=office.clock.now() - 301)) == (401, "bad_signature")
    assert error(office.through_the_door(UPLOADS, b"no line")) == (400, "bad_request")
    assert on_disk(office) == set()


@pytest.mark.parametrize(
    "body", [b"", b"\n", b"{}\nx", b"[]\nx", b'{"name": "a"}', json.dumps({"name": "a" * 5000}).encode() + b"\n"]
)
def test_what_was_not_packed_is_not_unpacked(body):
    with pytest.raises(MalformedError):
        unpack(body)


def test_what_was_packed_is_unpacked_as_it_was():
    upload, content = unpack(pack(Upload(name="a\nb {🌻}"), b"\nx\n"))
    assert (upload.name, bytes(content)) == ("a\nb {🌻}", b"\nx\n")
    with pytest.raises(ValueError, match="too long"):
        pack(Upload(name="a" * 5000), b"")
