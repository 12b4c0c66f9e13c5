"""Files that clients upload, over HTTP, and what is left of them when something goes wrong."""

import io
import json
import threading
from contextlib import ExitStack
from types import SimpleNamespace

import pytest
from pictures import bomb, jpeg, moving, png
from server_fakes import eventually
from server_office import Office

from webhook_server.api.multipart import BODY_BYTES
from webhook_server.errors import MediaUnavailableError
from webhook_server.media import reencode, room
from webhook_server.media.room import SWEEP_SECONDS, UNUSED_ANONYMOUS_SECONDS, UNUSED_SECONDS
from webhook_server.media.store import RESERVE_BYTES, Store
from wire.uploads import FILE_BYTES

ATTACHMENTS = "/v1/attachments"
IMAGES = "/v1/appusers/ann/images"
PUBLIC = "https://sk.example.org"


def form(content=None, file_name="photo.png", /, **fields):
    """What a client's library makes of a file and some fields."""
    files = {} if content is None else {"source": (io.BytesIO(content), file_name)}
    return {"data": {**fields, **files}, "content_type": "multipart/form-data"}


def uploaded(office, content=b"hello", name="a.txt", **options):
    response = office.as_app("POST", ATTACHMENTS, **form(content, name), **options)
    assert response.status_code == 201, response.text
    return response.json


def fetched(office, url, **options):
    assert url.startswith(f"{PUBLIC}/media/")
    return office.client.open(url.removeprefix(PUBLIC), **options)


def error(response):
    return response.status_code, response.json["error"]["code"]


def kept(office):
    """The names of all files that the server keeps."""
    return {path.name for path in (office.settings.sk_data_dir / "media").iterdir()}


def test_an_attachment_is_answered_and_served(office):
    answer = uploaded(office, png(), "Grüße 🌻.png")
    assert answer["mediaType"] == "image/png"
    served = fetched(office, answer["mediaUrl"])
    assert (served.status_code, served.content_type) == (200, "image/png")
    assert "filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%F0%9F%8C%BB.png" in served.headers["Content-Disposition"]


def test_smoochs_way_of_asking_for_a_public_link_is_taken(office):
    assert office.as_app("POST", ATTACHMENTS + "?access=public", **form(png())).status_code == 201


@pytest.mark.parametrize("prefix", ["/v1", "/v1.1", "/v1/apps/app", "/V1.1/Apps/app"])
def test_every_prefix_takes_uploads(office, prefix):
    assert office.as_app("POST", f"{prefix}/Attachments", **form(b"x")).status_code == 201
    for path in ("/appUsers/ann/images", "/appusers/ann/conversation/Images"):
        response = office.as_app("POST", prefix + path, **form(b"x", role="appUser"))
        assert response.status_code == 201


def test_an_image_is_a_message_like_a_posted_one(office):
    response = office.as_app("POST", IMAGES, **form(png(), role="appUser", name="Ann"))
    assert response.status_code == 201
    message, conversation = response.json["message"], response.json["conversation"]
    user = office.user("ann")
    assert message == {
        "_id": message["_id"],
        "authorId": user["_id"],
        "role": "appUser",
        "type": "image",
        "name": "Ann",
        "text": message["mediaUrl"],
        "mediaUrl": message["mediaUrl"],
        "mediaType": "image/png",
        "received": office.clock.now(),
    }
    assert conversation["messages"] == [message]
    assert office.as_app("GET", "/v1/appusers/ann/messages").json["messages"] == [message]
    assert fetched(office, message["mediaUrl"]).status_code == 200


def test_what_is_no_image_is_a_file(office):
    response = office.as_app("POST", IMAGES, **form(b"%PDF-1.7\n%\xe2\xe3", "cv.pdf", role="appUser", text="My CV"))
    message = response.json["message"]
    assert (message["type"], message["text"], message["mediaType"]) == ("file", "My CV", "application/pdf")


def test_a_message_can_refer_to_an_attachment(office):
    answer = uploaded(office, jpeg())
    said = office.say("ann", "", mediaUrl=answer["mediaUrl"], mediaType="text/html", type="image")["message"]
    assert (said["type"], said["mediaType"]) == ("image", "image/jpeg")
    assert said["text"] == said["mediaUrl"]
    as_file = office.say("ann", "look", mediaUrl=answer["mediaUrl"], type="file")["message"]
    assert (as_file["type"], as_file["text"]) == ("file", "look")
    text = uploaded(office, b"hello")
    assert office.say("ann", "", mediaUrl=text["mediaUrl"], type="image")["message"]["type"] == "file"


def test_links_are_made_anew_whenever_a_message_is_told(office):
    said = office.as_app("POST", IMAGES, **form(png(), role="appUser")).json["message"]
    office.clock.turn(30 * 86_400)
    assert error(fetched(office, said["mediaUrl"])) == (403, "link_expired")
    for told in (
        office.as_app("GET", "/v1/appusers/ann/messages").json["messages"][0],
        office.as_app("GET", "/v1/appusers/ann/conversation").json["conversation"]["messages"][0],
    ):
        assert told["mediaUrl"] == told["text"] != said["mediaUrl"]
        assert fetched(office, told["mediaUrl"]).status_code == 200


def test_webhooks_and_the_bot_hear_of_uploads(busy_office, bot, app):
    busy_office.register(app.url, "message:appUser")
    busy_office.as_app("POST", IMAGES, **form(png(), "Grüße.png", role="appUser"))
    (incoming,) = eventually(lambda: bot.incoming)
    (message,) = incoming.messages
    assert (message.type, message.text, message.media.name, message.media.type) == (
        "image",
        "",
        "Grüße.png",
        "image/png",
    )
    assert fetched(busy_office, message.media_url).status_code == 200
    (body,) = eventually(lambda: app.bodies)
    assert body["messages"][0]["mediaUrl"] == body["messages"][0]["text"]
    assert fetched(busy_office, body["messages"][0]["mediaUrl"]).status_code == 200


def test_what_was_removed_before_slack_had_it_is_told_in_words(tmp_path, clock, ids, bot):
    office = Office(tmp_path / "data", clock, ids, bot.url)
    for text in ("", "My CV"):
        office.as_app("POST", IMAGES, **form(b"hello", "cv.txt", role="appUser", text=text))
    for said in office.as_app("GET", "/v1/appusers/ann/messages").json["messages"]:
        office.as_app("POST", f"{ATTACHMENTS}/remove", {"mediaUrl": said["mediaUrl"]})
    office.start()
    eventually(lambda: len(bot.texts) == 2)
    assert bot.texts == ["[the file cv.txt was removed]", "My CV"]
    messages = [message for incoming in bot.incoming for message in incoming.messages]
    assert [(message.type, message.media, message.media_url) for message in messages] == [("text", None, None)] * 2
    office.close()


@pytest.mark.parametrize("path", [ATTACHMENTS, IMAGES])
@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        pytest.param(form(), (400, "bad_request"), id="no file"),
        pytest.param(form(b""), (400, "upload_empty"), id="an empty file"),
        pytest.param(form(b"x" * (FILE_BYTES + 1)), (413, "too_large"), id="too large a file"),
        pytest.param(form(bomb()), (413, "image_too_large"), id="too many pixels"),
        pytest.param(form(jpeg((600, 400))[:3000]), (400, "image_unreadable"), id="half a jpeg"),
        pytest.param(form(png((600, 400))[:500]), (400, "image_unreadable"), id="half a png"),
        pytest.param(form(moving("GIF")[:500]), (400, "image_unreadable"), id="half a gif"),
        pytest.param(form(moving("WEBP")[:500]), (400, "image_unreadable"), id="half a webp"),
        pytest.param({"json": {"role": "appUser"}}, (415, "unsupported_media_type"), id="JSON"),
        pytest.param(
            {"data": b"x", "content_type": "multipart/form-data; boundary=x"}, (400, "bad_request"), id="no parts"
        ),
        pytest.param({"data": b"x", "content_type": "multipart/form-data"}, (400, "bad_request"), id="no boundary"),
        pytest.param(
            {"data": b"x", "content_type": "multipart/form-data; boundary=\xfc"},
            (400, "bad_request"),
            id="odd boundary",
        ),
        pytest.param(
            {
                "data": b'--x\r\nContent-Disposition: form-data; name="source"; filename="a"\r\n\r\nhalf',
                "content_type": "multipart/form-data; boundary=x",
            },
            (400, "bad_request"),
            id="cut off",
        ),
        pytest.param(form(b"x", role="appUser", junk="y" * 1_200_000), (413, "too_large"), id="too large a text"),
        pytest.param(
            {"data": b"x" * 2_000_000, "content_type": "multipart/form-data; boundary=x"},
            (400, "bad_request"),
            id="no beginning",
        ),
        pytest.param(
            {"data": b"x" * (BODY_BYTES + 1), "content_type": "multipart/form-data; boundary=x"},
            (413, "too_large"),
            id="too large a body",
        ),
    ],
)
def test_what_is_refused_leaves_nothing_behind(office, path, request_, expected):
    if isinstance(request_.get("data"), dict):
        data = dict(request_["data"])
        if "source" in data:
            data["source"] = (io.BytesIO(data["source"][0].getvalue()), data["source"][1])
        request_ = request_ | {"data": {"role": "appUser"} | data}
    assert error(office.as_app("POST", path, **request_)) == expected
    assert kept(office) == set()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({}, 400, id="no role"),
        pytest.param({"role": "agent"}, 400, id="no such role"),
        pytest.param({"role": "appUser", "avatarUrl": "javascript:x"}, 400, id="no URL"),
        pytest.param({"role": "appUser", "name": "a\0b"}, 400, id="no text"),
    ],
)
def test_an_images_fields_are_checked_like_a_messages(office, fields, expected):
    assert error(office.as_app("POST", IMAGES, **form(b"x", **fields))) == (expected, "bad_request")
    assert kept(office) == set()


def test_texts_that_are_no_utf8_are_refused(office):
    body = (
        b'--x\r\nContent-Disposition: form-data; name="role"\r\n\r\n\xff\r\n'
        b'--x\r\nContent-Disposition: form-data; name="source"; filename="a"\r\n\r\nhello\r\n--x--\r\n'
    )
    response = office.as_app("POST", IMAGES, data=body, content_type="multipart/form-data; boundary=x")
    assert error(response) == (400, "bad_request")


def test_who_may_upload(office):
    upload = {"role": "appUser"}
    assert error(office.call("POST", ATTACHMENTS, **form(b"x"))) == (401, "unauthorized")
    assert error(office.call("POST", IMAGES, **form(b"x", **upload))) == (401, "unauthorized")
    assert error(office.as_token("POST", IMAGES, **form(b"x", **upload))) == (404, "user_not_found")
    assert error(office.as_user("bob", "POST", IMAGES, **form(b"x", **upload))) == (403, "forbidden")
    assert kept(office) == set()
    office.say("ann", "hello")
    assert office.as_token("POST", IMAGES, **form(b"x", **upload)).status_code == 201
    assert error(office.as_token("POST", IMAGES, **form(b"x", role="appMaker"))) == (403, "forbidden")
    assert office.as_user("ann", "POST", IMAGES, **form(b"x", **upload)).status_code == 201
    assert error(office.as_user("ann", "POST", IMAGES, **form(b"x", role="appMaker"))) == (403, "forbidden")
    assert error(office.as_token("POST", IMAGES, **form(b"x", **upload))) == (401, "unauthorized")
    assert office.as_app("POST", IMAGES, **form(b"x", role="appMaker", name="Bot")).status_code == 201
    assert office.as_token("POST", ATTACHMENTS, **form(b"x")).status_code == 201
    assert office.as_user("ann", "POST", ATTACHMENTS, **form(b"x")).status_code == 201
    assert len(kept(office)) == 5


def from_address(office, address):
    return office.as_token("POST", ATTACHMENTS, {}, environ_overrides={"REMOTE_ADDR": address}).status_code


@pytest.mark.parametrize(
    ("flooding", "same", "other"),
    [
        pytest.param("198.51.100.7", "198.51.100.7", "198.51.100.8", id="IPv4"),
        pytest.param("2001:db8::1", "2001:db8::ffff:2", "2001:db8:0:1::1", id="IPv6, by network"),
        pytest.param("::ffff:198.51.100.7", "198.51.100.7", "::ffff:198.51.100.8", id="IPv4 as IPv6"),
    ],
)
def test_anonymous_uploads_are_counted_by_where_they_come_from(office, flooding, same, other):
    assert [from_address(office, flooding) for _ in range(201)] == [415] * 200 + [429]
    assert from_address(office, same) == 429
    assert from_address(office, other) == 415
    assert office.as_user("ann", "POST", ATTACHMENTS, **form(b"x")).status_code == 201


@pytest.mark.parametrize("path", [ATTACHMENTS, IMAGES])
def test_a_repeat_returns_the_first_answer_and_keeps_one_file(office, path):
    key = {"headers": {"Idempotency-Key": "k1"}}
    first = office.as_app("POST", path, **form(b"hello", role="appUser"), **key)
    again = office.as_app("POST", path, **form(b"hello", role="appUser"), **key)
    assert (again.status_code, again.json) == (201, first.json)
    assert len(kept(office)) == 1
    assert office.as_app("POST", path, **form(b"hello", role="appUser")).json != first.json
    assert len(kept(office)) == 2


def test_repeats_at_the_same_moment_are_one(office):
    answers = []

    def post():
        client = office.app.test_client()
        headers = {"Authorization": f"Bearer {office.token({'scope': 'app'})}", "Idempotency-Key": "k1"}
        answers.append(client.post(IMAGES, **form(b"hello", role="appUser"), headers=headers))

    threads = [threading.Thread(target=post) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len({answer.get_data(as_text=True) for answer in answers}) == 1
    assert len(office.as_app("GET", "/v1/appusers/ann/messages").json["messages"]) == 1
    assert len(kept(office)) == 1


def test_two_with_the_public_token_and_the_same_key_get_a_file_each(office):
    key = {"headers": {"Idempotency-Key": "1"}}
    first = office.as_token("POST", ATTACHMENTS, **form(b"mine"), **key).json
    second = office.as_token("POST", ATTACHMENTS, **form(b"yours"), **key).json
    assert [fetched(office, answer["mediaUrl"]).data for answer in (first, second)] == [b"mine", b"yours"]


def test_removing_takes_the_bytes_and_leaves_the_message(office):
    answer = uploaded(office, png())
    said = office.say("ann", "look", mediaUrl=answer["mediaUrl"])["message"]
    removed = office.as_app("POST", f"{ATTACHMENTS}/remove", {"mediaUrl": said["mediaUrl"]})
    assert (removed.status_code, removed.json) == (200, {})
    assert kept(office) == set()
    assert office.as_app("GET", "/v1/appusers/ann/messages").json["messages"] == [said]
    assert error(fetched(office, said["mediaUrl"])) == (404, "media_not_found")
    again = office.as_app("POST", f"{ATTACHMENTS}/remove", {"mediaUrl": said["mediaUrl"]})
    assert (again.status_code, again.json) == (200, {})
    refused = office.as_app("POST", "/v1/appusers/ann/messages", {"role": "appUser", "mediaUrl": said["mediaUrl"]})
    assert error(refused) == (400, "bad_request")


def test_an_old_link_still_tells_what_to_remove(office):
    answer = uploaded(office)
    said = office.say("ann", "", mediaUrl=answer["mediaUrl"])["message"]
    office.clock.turn(30 * 86_400)
    assert office.as_app("POST", f"{ATTACHMENTS}/remove", {"mediaUrl": said["mediaUrl"]}).status_code == 200
    assert kept(office) == set()


def test_only_the_app_removes_and_only_what_is_here(office):
    url = uploaded(office)["mediaUrl"]
    for call in (office.as_token, lambda *args: office.as_user("ann", *args)):
        assert error(call("POST", f"{ATTACHMENTS}/remove", {"mediaUrl": url})) == (403, "forbidden")
    for wrong in (url[:-1] + "x", "https://example.org/a.png", "javascript:x", ""):
        assert error(office.as_app("POST", f"{ATTACHMENTS}/remove", {"mediaUrl": wrong})) == (400, "bad_request")
    assert len(kept(office)) == 1


@pytest.mark.parametrize("change", [lambda url: url[:-1] + "x", lambda url: url.partition("?")[0]])
def test_a_message_cannot_refer_to_a_link_that_was_not_made_here(office, change):
    body = {"role": "appUser", "mediaUrl": change(uploaded(office)["mediaUrl"])}
    assert error(office.as_app("POST", "/v1/appusers/ann/messages", body)) == (400, "bad_request")


def test_a_message_cannot_refer_to_a_link_that_has_expired(office):
    url = uploaded(office)["mediaUrl"]
    office.clock.turn(8 * 86_400)
    response = office.as_app("POST", "/v1/appusers/ann/messages", {"role": "appUser", "mediaUrl": url})
    assert "expired" in response.json["error"]["description"]


def test_a_file_that_lies_elsewhere_stays_there(office):
    said = office.say("ann", "", mediaUrl="https://example.org/a.png")["message"]
    assert said["mediaUrl"] == said["text"] == "https://example.org/a.png"
    assert kept(office) == set()


def test_what_nobody_refers_to_is_removed_after_a_day(office):
    unused, used = uploaded(office, b"unused"), uploaded(office, b"used")
    office.say("ann", "", mediaUrl=used["mediaUrl"])
    office.clock.turn(UNUSED_SECONDS - 1)
    late = uploaded(office, b"late")
    office.server.keeper._room.sweep()
    assert len(kept(office)) == 3
    office.clock.turn(2)
    office.server.keeper._room.sweep()
    assert len(kept(office)) == 2
    assert error(fetched(office, unused["mediaUrl"])) == (404, "media_not_found")
    assert fetched(office, used["mediaUrl"]).data == b"used"
    assert fetched(office, late["mediaUrl"]).data == b"late"


def test_a_server_at_work_sweeps_by_itself(busy_office):
    uploaded(busy_office)
    busy_office.clock.turn(UNUSED_SECONDS + 1)
    eventually(lambda: kept(busy_office) == set())


def test_what_a_crash_left_is_cleared_at_the_next_start(tmp_path, clock, ids):
    office = Office(tmp_path / "data", clock, ids)
    kept_url = uploaded(office, b"kept")["mediaUrl"]
    gone = uploaded(office, b"gone")["mediaUrl"].split("/")[4]
    office.ledger.write(lambda books: books.media.remove(gone))  # and then the power went
    directory = office.settings.sk_data_dir / "media"
    (directory / "half.part").write_bytes(b"half")
    office.close()
    office.open()
    assert not (directory / "half.part").exists()
    office.start()
    eventually(lambda: len(kept(office)) == 1)
    assert fetched(office, kept_url).data == b"kept"
    office.close()


def free_disk(monkeypatch, size):
    monkeypatch.setattr("webhook_server.media.store.shutil.disk_usage", lambda _: SimpleNamespace(free=size))


def test_a_disk_that_is_full_takes_no_uploads_and_says_so(office, monkeypatch):
    free_disk(monkeypatch, RESERVE_BYTES + FILE_BYTES - 1)
    response = office.as_app("POST", IMAGES, **form(b"x", role="appUser"))
    assert error(response) == (503, "media_unavailable")
    assert "Retry-After" in response.headers
    free_disk(monkeypatch, RESERVE_BYTES + FILE_BYTES)
    assert office.as_app("POST", IMAGES, **form(b"x", role="appUser")).status_code == 201


def test_an_image_needs_room_to_be_written_anew(office, monkeypatch):
    free_disk(monkeypatch, RESERVE_BYTES + FILE_BYTES + reencode.FILE_BYTES - 1)
    assert error(office.as_app("POST", ATTACHMENTS, **form(png()))) == (503, "media_unavailable")
    assert kept(office) == set()
    free_disk(monkeypatch, RESERVE_BYTES + FILE_BYTES + reencode.FILE_BYTES)
    assert office.as_app("POST", ATTACHMENTS, **form(png())).status_code == 201


def test_uploads_at_the_same_moment_share_what_is_free(tmp_path, monkeypatch):
    """However many begin at once, all of them at their largest leave the reserve untouched."""
    free_disk(monkeypatch, RESERVE_BYTES + 7 * FILE_BYTES + 5)
    store, begun, together, refused = Store(tmp_path), ExitStack(), threading.Barrier(20), []

    def begin():
        together.wait(10)
        try:
            begun.enter_context(store.unfinished(FILE_BYTES))
        except MediaUnavailableError:
            refused.append(1)

    threads = [threading.Thread(target=begin) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(refused) == 13
    begun.close()
    with store.unfinished(7 * FILE_BYTES):
        pass


def anonymous(office, content, status=201):
    response = office.as_token("POST", ATTACHMENTS, **form(content, "a.txt"))
    assert response.status_code == status, response.text
    return response.json


def test_what_nobody_refers_to_goes_after_an_hour_if_nobody_in_particular_uploaded_it(office):
    used, _ = anonymous(office, b"used"), anonymous(office, b"unused")
    uploaded(office, b"the app's")
    office.say("ann", "", mediaUrl=used["mediaUrl"])
    office.clock.turn(UNUSED_ANONYMOUS_SECONDS - 1)
    anonymous(office, b"late")
    office.server.keeper._room.sweep()
    assert len(kept(office)) == 4
    office.clock.turn(2)
    office.server.keeper._room.sweep()
    left = {(office.settings.sk_data_dir / "media" / name).read_bytes() for name in kept(office)}
    assert left == {b"used", b"the app's", b"late"}


@pytest.mark.parametrize(
    ("limit", "value"),
    [pytest.param("ANONYMOUS_UPLOADS", 2, id="many"), pytest.param("ANONYMOUS_BYTES", 8, id="large")],
)
def test_the_public_token_cannot_fill_the_disk(office, monkeypatch, limit, value):
    monkeypatch.setattr(room, limit, value)
    first, _ = anonymous(office, b"1234"), anonymous(office, b"5678")
    refusal = anonymous(office, b"9", 503)
    assert refusal["error"]["code"] == "media_unavailable"
    assert len(kept(office)) == 2
    uploaded(office, b"the app's")  # and everybody who is somebody
    assert office.as_user("ann", "POST", ATTACHMENTS, **form(b"x")).status_code == 201
    office.say("ann", "", mediaUrl=first["mediaUrl"])
    anonymous(office, b"there is room again")
    anonymous(office, b"9", 503)
    office.clock.turn(UNUSED_ANONYMOUS_SECONDS + SWEEP_SECONDS)
    office.server.keeper._room.sweep()
    anonymous(office, b"and again")


def test_a_file_that_cannot_be_kept_is_no_message(office, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Store, "keep", full)
    response = office.as_app("POST", IMAGES, **form(b"x", role="appUser"))
    assert error(response) == (503, "media_unavailable")
    assert kept(office) == set()
    assert error(office.as_app("GET", "/v1/appusers/ann/conversation")) == (404, "user_not_found")


@pytest.mark.parametrize(
    ("content", "name", "content_type", "disposition"),
    [
        pytest.param(png(), "a.png", "image/png", "inline", id="png"),
        pytest.param(moving("GIF"), "a.gif", "image/gif", "inline", id="gif"),
        pytest.param(b"%PDF-1.7\n%\xe2\xe3", "a.pdf", "application/pdf", "attachment", id="pdf"),
        pytest.param(b"<html><script>alert(1)</script>", "a.png", "application/octet-stream", "attachment", id="html"),
        pytest.param(b"<svg xmlns='x'>", "a.svg", "application/octet-stream", "attachment", id="svg"),
        pytest.param(b"hello", "a.txt", "text/plain; charset=utf-8", "attachment", id="text"),
    ],
)
def test_browsers_show_only_images_that_were_written_here(office, content, name, content_type, disposition):
    url = uploaded(office, content, name)["mediaUrl"]
    for method in ("GET", "HEAD"):
        served = fetched(office, url, method=method)
        assert (served.status_code, served.content_type) == (200, content_type)
        assert served.headers["Content-Disposition"].startswith(disposition)
        assert served.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in served.headers["Content-Security-Policy"]
        assert served.headers["Cache-Control"].startswith("private")
        assert served.headers["Access-Control-Allow-Origin"] == "*"
    assert served.data == b""


def test_parts_of_a_file_and_what_has_not_changed(office):
    url = uploaded(office, b"0123456789")["mediaUrl"]
    part = fetched(office, url, headers={"Range": "bytes=2-4"})
    assert (part.status_code, part.data, part.headers["Content-Range"]) == (206, b"234", "bytes 2-4/10")
    assert fetched(office, url, headers={"Range": "bytes=20-"}).status_code == 416
    same = fetched(office, url, headers={"If-None-Match": part.headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/media/" + "a" * 32 + "/x.png",
        "/media/" + "a" * 32 + "/x.png?expires=2000000000&signature=" + "0" * 64,
        "/media/..%2F..%2Fsecrets.env/x?expires=2000000000&signature=0",
        "/media/%C3%BC/%00?expires=%FF&signature=%ED%A0%80",
    ],
)
def test_without_a_good_link_there_is_nothing(office, path):
    assert error(office.client.get(path)) == (403, "link_invalid")


def test_a_lost_file_is_not_found(office):
    url = uploaded(office)["mediaUrl"]
    for name in kept(office):
        (office.settings.sk_data_dir / "media" / name).unlink()
    assert error(fetched(office, url)) == (404, "media_not_found")


def test_answers_are_not_changed_by_what_clients_write_into_names(office):
    response = office.as_app("POST", IMAGES, **form(b"x", 'a"\\b;c.txt', role="appUser", name='"<b>'))
    assert json.loads(response.text)["message"]["name"] == '"<b>'
    assert fetched(office, response.json["message"]["mediaUrl"]).status_code == 200


def test_a_file_that_cannot_be_removed_is_tried_again(office, monkeypatch):
    first, second = uploaded(office, b"first"), uploaded(office, b"second")
    stuck = first["mediaUrl"].split("/")[4]
    remove = Store.remove

    def refuse(store, media_id):
        if media_id == stuck:
            raise PermissionError(13, "Permission denied")
        remove(store, media_id)

    with monkeypatch.context() as patch:
        patch.setattr(Store, "remove", refuse)
        for answer in (first, second):
            office.as_app("POST", f"{ATTACHMENTS}/remove", {"mediaUrl": answer["mediaUrl"]})
        assert kept(office) == {stuck}
        office.server.keeper._room.sweep()
    assert error(fetched(office, first["mediaUrl"])) == (404, "media_not_found")
    office.server.keeper._room.sweep()
    assert kept(office) == set()
