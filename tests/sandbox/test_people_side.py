"""What the page sees: state, feed, page, a fresh start, and the workspace kept on disk."""

import json

import pytest
import requests

from sandbox.snapshot import Keeper
from sandbox.world import World

ALICE = "UALICE0001"


def test_the_state_lists_everyone_and_everything(town):
    state = town.get("state")
    assert state["team"] == {"id": "T0SANDBOX1", "name": "Sandbox", "domain": "sandbox"}
    assert (state["bot"]["id"], state["bot"]["user_id"]) == ("BBOT000001", "UBOT000001")
    assert {"UALICE0001", "UBRUNO0001", "UADMIN0001", "UGUEST0001", "USTRANGER1"} <= {
        person["id"] for person in state["people"]
    }
    assert [(channel["name"], "UBOT000001" in channel["members"]) for channel in state["channels"]] == [
        ("general", False),
        ("random", False),
    ]
    assert state["commands"][0]["command"] == "/sk"


def test_an_unknown_channel_has_no_messages(town):
    assert town.try_to("messages?channel=C0NOWHERE00", "GET").status_code == 404


def test_the_feed_tells_what_changes_as_it_happens(town):
    with requests.get(f"{town.url}/_sandbox/updates", stream=True, timeout=5) as feed:
        lines = feed.iter_lines(decode_unicode=True, chunk_size=1)
        assert next(lines) == ": welcome"
        channel_id = town.channel("sk-maria", ALICE)
        ts = town.ok("chat.postMessage", channel=channel_id, text="hello")["ts"]
        town.ok("chat.update", channel=channel_id, ts=ts, text="changed")
        town.ok("chat.postEphemeral", channel=channel_id, user=ALICE, text="psst")
        town.ok("chat.delete", channel=channel_id, ts=ts)
        town.ok("views.publish", user_id=ALICE, view={"type": "home", "blocks": []})
        town.do("act/person", user="UBRUNO0001", op="deactivate")
        town.do("reset")
        seen = []
        while not seen or seen[-1]["type"] != "reset":
            line = next(lines)
            if line.startswith("data: "):
                seen.append(json.loads(line.removeprefix("data: ")))
    own = [one for one in seen if one.get("ts") == ts or one["type"] in {"ephemeral", "view", "person", "reset"}]
    assert [one["type"] for one in own] == [
        "message",
        "message_changed",
        "ephemeral",
        "message_deleted",
        "view",
        "person",
        "reset",
    ]
    assert own[0]["message"]["text"] == "hello"


def test_the_feed_tells_when_limits_change(town):
    with requests.get(f"{town.url}/_sandbox/updates", stream=True, timeout=5) as feed:
        lines = feed.iter_lines(decode_unicode=True, chunk_size=1)
        assert next(lines) == ": welcome"
        town.do("limits", enabled=True)
        assert json.loads(next(line for line in lines if line.startswith("data: "))[6:]) == {
            "type": "limits",
            "enabled": True,
        }


def test_a_listener_that_goes_away_is_no_error(town, caplog):
    with requests.get(f"{town.url}/_sandbox/updates", stream=True, timeout=5) as feed:
        next(feed.iter_lines(chunk_size=1))
    town.until(lambda: town.do("limits", enabled=False) and not town.world.updates._listeners)
    town.get("state")
    assert caplog.records == []


def test_a_reset_brings_a_fresh_workspace_and_keeps_the_connection(town, app_socket):
    channel_id = town.channel("sk-maria", ALICE)
    town.do("faults", method="*", kind="500")
    town.do("reset")
    assert town.try_to(f"messages?channel={channel_id}", "GET").status_code == 404
    assert (town.get("calls")["calls"], town.get("faults")["faults"]) == ([], [])
    assert len(town.get("socket")["connections"]) == 1
    town.channel("sk-maria")


def test_the_page_and_its_files_are_served(town):
    assert "<html" in requests.get(town.url, timeout=5).text
    assert requests.get(f"{town.url}/page/index.html", timeout=5).status_code == 200
    script = requests.get(f"{town.url}/page/js/main.js", timeout=5)
    assert (script.status_code, script.headers["Cache-Control"]) == (200, "no-cache")
    known = {"If-None-Match": script.headers["ETag"]}
    assert requests.get(script.url, headers=known, timeout=5).status_code == 304
    opened = requests.get(f"{town.url}/archives/CGENERAL01/p1", allow_redirects=False, timeout=5)
    assert opened.headers["Location"] == "/#CGENERAL01"


@pytest.mark.parametrize(
    ("name", "disposition"),
    [
        pytest.param("a.png", None, id="picture"),
        pytest.param("a.html", "attachment; filename*=UTF-8''a.html", id="page"),
        pytest.param("a.svg", "attachment; filename*=UTF-8''a.svg", id="picture that may hold scripts"),
        pytest.param('"ü".txt', "attachment; filename*=UTF-8''%22%C3%BC%22.txt", id="any name"),
    ],
)
def test_a_file_opens_in_the_browser_only_where_it_can_do_no_harm(town, name, disposition):
    file = {"name": name, "content_base64": "/wA="}
    town.do("act/message", user=ALICE, channel="CGENERAL01", text="", files=[file])
    [file] = town.get("messages", channel="CGENERAL01")["messages"][-1]["files"]
    served = requests.get(f"{town.url}/_sandbox/files/{file['id']}", timeout=5)
    assert served.content == b"\xff\x00"
    assert served.headers.get("Content-Disposition") == disposition
    assert served.headers["X-Content-Type-Options"] == "nosniff"


def test_the_chat_learns_where_the_app_api_is(town):
    assert town.get("app") == {"server_url": "", "app_id": "app", "app_token": None}


def test_a_workspace_comes_back_from_disk(town, tmp_path):
    channel_id = town.channel("sk-maria", ALICE)
    town.ok("chat.postMessage", channel=channel_id, text="hello", username="Maria")
    town.ok("chat.postEphemeral", channel=channel_id, user=ALICE, text="psst")
    town.ok("chat.postMessage", channel=channel_id, text="*hello*", mrkdwn=False)
    town.do("act/message", user=ALICE, channel=channel_id, text="", files=[{"name": "a", "content_base64": "/wA="}])
    town.ok("views.publish", user_id=ALICE, view={"type": "home", "blocks": []})
    path = tmp_path / "kept" / "sandbox.json"
    Keeper(town.world, path).save()
    other = World()
    Keeper(other, path).load()
    assert other.workspace == town.world.workspace
    assert [entry.name for entry in path.parent.iterdir()] == ["sandbox.json"]


def test_a_workspace_that_cannot_be_read_is_set_aside(tmp_path):
    path = tmp_path / "sandbox.json"
    path.write_text("{")
    world = World()
    Keeper(world, path).load()
    assert "CGENERAL01" in world.workspace.channels
    assert (tmp_path / "sandbox.unreadable").read_text() == "{"


def test_the_app_is_installed_anew_with_a_kept_workspace(town, tmp_path):
    town.do("act/token", op="drop_scope", scope="users:read")
    path = tmp_path / "sandbox.json"
    Keeper(town.world, path).save()
    Keeper(town.world, path).load()
    assert "users:read" in town.world.workspace.credentials.bot_scopes


def test_a_member_sets_the_topic(town):
    channel_id = town.channel("sk-maria", ALICE)
    town.do("act/channel", user=ALICE, op="set_topic", channel=channel_id, topic="hello")
    assert town.ok("conversations.info", channel=channel_id)["channel"]["topic"]["value"] == "hello"
    refused = {"user": "UBRUNO0001", "op": "set_topic", "channel": channel_id, "topic": "x"}
    assert town.try_to("act/channel", **refused).status_code == 403
    assert town.try_to("act/channel", **(refused | {"user": ALICE, "topic": "x" * 251})).status_code == 400


def test_somebody_who_is_called_otherwise_has_another_name_and_picture(town):
    before = town.ok("users.info", user="UBRUNO0001")["user"]["profile"]
    town.do("act/person", user="UBRUNO0001", op="rename", real_name="Bruno Beck", color="123456")
    after = town.ok("users.info", user="UBRUNO0001")["user"]["profile"]
    assert (after["real_name"], after["last_name"]) == ("Bruno Beck", "Beck")
    assert after["image_192"] != before["image_192"]
