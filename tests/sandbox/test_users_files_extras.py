"""People, files, reactions, pins, bookmarks, user groups, the workspace itself."""

import pytest
import requests

ALICE = "UALICE0001"
TOKEN = {"Authorization": "Bearer xoxb-sandbox"}


@pytest.fixture
def channel_id(town):
    return town.channel("sk-maria", ALICE)


def upload(town, content=b"hello", name="a.txt"):
    ticket = town.ok("files.getUploadURLExternal", filename=name, length=len(content))
    assert requests.post(ticket["upload_url"], data=content, timeout=5).text == f"OK - {len(content)}"
    return ticket["file_id"]


def test_who_is_who(town):
    people = {person["id"]: person for person in town.ok("users.list")["members"]}
    assert people["UADMIN0001"]["is_admin"]
    assert people["UGUEST0001"]["is_restricted"]
    assert people["USTRANGER1"]["is_stranger"]
    assert people["UBOT000001"]["is_bot"]
    assert town.api("users.info", user="UNOBODY000")["error"] == "user_not_found"


def test_users_come_in_pages_where_a_limit_is_given(town):
    first = town.ok("users.list", limit=3)
    rest = town.ok("users.list", limit=9, cursor=first["response_metadata"]["next_cursor"])
    assert len(first["members"]) + len(rest["members"]) == len(town.ok("users.list")["members"])


def test_an_email_needs_a_scope(town):
    assert "email" not in town.ok("users.info", user=ALICE)["user"]["profile"]
    assert town.api("users.lookupByEmail", email="alice@sandbox.example")["error"] == "missing_scope"
    town.grant("users:read.email", "users.profile:read")
    assert town.ok("users.lookupByEmail", email="alice@sandbox.example")["user"]["id"] == ALICE
    assert town.api("users.lookupByEmail", email="nobody@sandbox.example")["error"] == "users_not_found"
    assert town.ok("users.profile.get", user=ALICE)["profile"]["email"] == "alice@sandbox.example"


def test_the_workspace_and_the_bot(town):
    assert town.ok("team.info")["team"]["domain"] == "sandbox"
    assert town.api("team.info", team="T0NOWHERE00")["error"] == "team_not_found"
    assert town.ok("bots.info", bot="BBOT000001")["bot"]["user_id"] == "UBOT000001"
    assert town.api("bots.info", bot="B0NOWHERE00")["error"] == "bot_not_found"


def test_there_are_no_user_groups(town):
    town.grant("usergroups:read")
    assert town.ok("usergroups.list")["usergroups"] == []
    assert town.api("usergroups.users.list", usergroup="S1")["error"] == "no_such_subteam"


def test_a_file_is_announced_uploaded_and_shared(town, channel_id):
    town.grant("files:write", "files:read")
    file_id = upload(town)
    assert town.api("files.info", file=file_id)["error"] == "file_not_found"
    [file] = town.ok(
        "files.completeUploadExternal",
        files=[{"id": file_id, "title": "A"}],
        channel_id=channel_id,
        initial_comment="look & see",
    )["files"]
    assert (file["title"], file["size"], file["mimetype"], file["channels"]) == ("A", 5, "text/plain", [channel_id])
    [message] = town.messages(channel_id)
    assert (message["text"], message["files"][0]["id"], message["subtype"]) == ("look &amp; see", file_id, "file_share")
    assert town.ok("files.info", file=file_id)["file"]["id"] == file_id


def test_a_private_url_opens_for_the_bots_token_alone(town, channel_id):
    town.grant("files:write", "files:read")
    [file] = town.ok("files.completeUploadExternal", files=[{"id": upload(town)}], channel_id=channel_id)["files"]
    assert requests.get(file["url_private"], headers=TOKEN, timeout=5).content == b"hello"
    refused = requests.get(file["url_private"], allow_redirects=False, timeout=5)
    assert (refused.status_code, "redir" in refused.headers["Location"]) == (302, True)
    town.do("act/token", op="drop_scope", scope="files:read")
    assert requests.get(file["url_private"], headers=TOKEN, allow_redirects=False, timeout=5).status_code == 302
    assert requests.get(f"{town.url}/_sandbox/files/{file['id']}", timeout=5).content == b"hello"


def test_a_persons_file_can_be_fetched(town, channel_id):
    town.grant("files:read")
    files = [{"name": "a.png", "content_base64": "AAEC"}]
    town.do("act/message", user=ALICE, channel=channel_id, text="look", files=files)
    [file] = town.messages(channel_id)[0]["files"]
    response = requests.get(file["url_private"], headers=TOKEN, timeout=5)
    assert (response.content, response.headers["Content-Type"]) == (b"\x00\x01\x02", "image/png")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        pytest.param({"files": "["}, "invalid_arguments", id="broken list"),
        pytest.param({"files": [{"id": "F0NOWHERE00"}]}, "file_not_found", id="unknown file"),
        pytest.param({"channel_id": "CRANDOM001"}, "not_in_channel", id="bot not in the channel"),
        pytest.param({"channel_id": "C0NOWHERE00"}, "channel_not_found", id="unknown channel"),
    ],
)
def test_sharing_is_refused_as_slack_refuses_it(town, channel_id, arguments, error):
    town.grant("files:write")
    good = {"files": [{"id": upload(town)}], "channel_id": channel_id}
    assert town.api("files.completeUploadExternal", **(good | arguments))["error"] == error


def test_an_upload_has_the_announced_length_and_an_address_of_its_own(town):
    town.grant("files:write")
    ticket = town.ok("files.getUploadURLExternal", filename="a.txt", length=3)
    assert requests.post(ticket["upload_url"], data=b"hello", timeout=5).status_code == 400
    assert requests.post(ticket["upload_url"], files={"file": b"abc"}, timeout=5).status_code == 200
    assert requests.post(ticket["upload_url"] + "x", data=b"abc", timeout=5).status_code == 404
    assert town.api("files.getUploadURLExternal", filename="a.txt", length=0)["error"] == "invalid_arguments"


PNG = b"\x89PNG\r\n\x1a\n"


def stored(town, content=PNG, name="photo", **where):
    [file] = town.ok("files.completeUploadExternal", files=[{"id": upload(town, content, name)}], **where)["files"]
    return file


def image_of(file_id):
    return [{"type": "image", "alt_text": "a photo", "slack_file": {"id": file_id}}]


def test_an_image_block_shows_an_uploaded_image(town, channel_id):
    file = stored(town)
    town.ok("chat.postMessage", channel=channel_id, text="photo", username="Zoe", blocks=image_of(file["id"]))
    [message] = town.messages(channel_id)
    assert message["blocks"][0]["slack_file"] == {"id": file["id"]}


def test_slack_takes_a_while_to_look_into_a_file(town, channel_id):
    town.do("files", processing_seconds=3)
    file = stored(town)
    assert (file["mimetype"], file["filetype"]) == ("", "")
    wish = {"channel": channel_id, "text": "photo", "blocks": image_of(file["id"])}
    refusal = town.api("chat.postMessage", **wish)
    assert refusal["error"] == "invalid_blocks"
    assert "invalid slack file [json-pointer:/blocks/0/slack_file]" in refusal["response_metadata"]["messages"][0]
    town.clock.turn(3)
    assert town.ok("files.info", file=file["id"])["file"]["mimetype"] == "image/png"
    town.ok("chat.postMessage", **wish)


@pytest.mark.parametrize(
    "shown",
    [
        pytest.param({"id": "F0NOWHERE00"}, id="unknown file"),
        pytest.param({"id": "https://sandbox.slack.com/files/x"}, id="no ID"),
        pytest.param({}, id="nothing"),
    ],
)
def test_a_block_shows_no_other_file(town, channel_id, shown):
    blocks = [{"type": "image", "alt_text": "x", "slack_file": shown}]
    assert town.api("chat.postMessage", channel=channel_id, text="x", blocks=blocks)["error"] == "invalid_blocks"


def test_a_text_file_is_no_image(town, channel_id):
    file = stored(town, b"hello", "a.txt")
    wish = {"channel": channel_id, "text": "x", "blocks": image_of(file["id"])}
    assert town.api("chat.postMessage", **wish)["error"] == "invalid_blocks"


def test_a_link_to_a_file_shares_it_under_the_bots_own_name_only(town, channel_id):
    file = stored(town, b"hello", "a.txt")
    text = f"see <{file['permalink']}|a.txt>"
    town.ok("chat.postMessage", channel=channel_id, text=text, username="Zoe")
    assert town.ok("files.info", file=file["id"])["file"]["channels"] == []
    town.ok("chat.postMessage", channel=channel_id, text=text)
    assert [[each["id"] for each in message.get("files", [])] for message in town.messages(channel_id)] == [
        [],
        [file["id"]],
    ]
    assert town.ok("files.info", file=file["id"])["file"]["channels"] == [channel_id]


def test_a_deleted_file_leaves_a_tombstone(town, channel_id):
    file = stored(town, b"hello", "a.txt", channel_id=channel_id)
    town.ok("files.delete", file=file["id"])
    assert town.messages(channel_id)[0]["files"] == [{"id": file["id"], "mode": "tombstone"}]
    assert town.api("files.info", file=file["id"])["error"] == "file_deleted"
    assert town.api("files.delete", file=file["id"])["error"] == "file_deleted"
    assert town.api("files.delete", file="F0NOWHERE00")["error"] == "file_not_found"
    assert requests.get(f"{town.url}/_sandbox/files/{file['id']}", timeout=5).status_code == 404
    files = [{"name": "a.png", "content_base64": "AAEC"}]
    town.do("act/message", user=ALICE, channel=channel_id, text="look", files=files)
    theirs = town.messages(channel_id)[-1]["files"][0]["id"]
    assert town.api("files.delete", file=theirs)["error"] == "cant_delete_file"


def test_reactions_come_and_go(town, channel_id):
    town.grant("reactions:write", "reactions:read")
    ts = town.ok("chat.postMessage", channel=channel_id, text="x")["ts"]
    item = {"channel": channel_id, "timestamp": ts}
    town.ok("reactions.add", name="eyes", **item)
    assert town.api("reactions.add", name="eyes", **item)["error"] == "already_reacted"
    assert town.ok("reactions.get", **item)["message"]["reactions"] == [
        {"name": "eyes", "users": ["UBOT000001"], "count": 1}
    ]
    town.ok("reactions.remove", name="eyes", **item)
    assert town.api("reactions.remove", name="eyes", **item)["error"] == "no_reaction"
    assert town.api("reactions.add", name="No Emoji", **item)["error"] == "invalid_name"
    assert town.api("reactions.add", name="eyes", channel=channel_id, timestamp="x")["error"] == "bad_timestamp"
    assert town.api("reactions.add", name="eyes", channel=channel_id)["error"] == "no_item_specified"


def test_a_message_is_pinned_once(town, channel_id):
    town.grant("pins:write")
    ts = town.ok("chat.postMessage", channel=channel_id, text="x")["ts"]
    town.ok("pins.add", channel=channel_id, timestamp=ts)
    assert town.api("pins.add", channel=channel_id, timestamp=ts)["error"] == "already_pinned"
    assert town.ok("conversations.history", channel=channel_id)["pin_count"] == 1


def test_a_bookmark_is_a_link(town, channel_id):
    town.grant("bookmarks:write")
    link = {"channel_id": channel_id, "title": "Profile", "type": "link"}
    assert town.ok("bookmarks.add", link="https://x.example", **link)["bookmark"]["title"] == "Profile"
    assert town.api("bookmarks.add", link="x.example", **link)["error"] == "invalid_link"
    assert town.api("bookmarks.add", **(link | {"type": "party"}))["error"] == "invalid_bookmark_type"


def test_faults_meet_uploads_files_and_response_urls_too(town, channel_id):
    town.grant("files:write", "files:read")
    ticket = town.ok("files.getUploadURLExternal", filename="a.txt", length=5)
    for kind, status in (("500", 500), ("ratelimited", 429)):
        town.do("faults", method="upload", kind=kind)
        assert requests.post(ticket["upload_url"], data=b"hello", timeout=5).status_code == status
    town.do("faults", method="upload", kind="reset")
    with pytest.raises(requests.ConnectionError):
        requests.post(ticket["upload_url"], data=b"hello", timeout=5)
    assert requests.post(ticket["upload_url"], data=b"hello", timeout=5).status_code == 200
    assert [call["status"] for call in town.get("calls", method="upload")["calls"]] == [500, 429, 0, 200]
