"""What the app writes: posts, ephemerals, edits, deletions."""

import pytest

ALICE, BRUNO = "UALICE0001", "UBRUNO0001"
SECTION = [{"type": "section", "text": {"type": "mrkdwn", "text": "a section"}}]


@pytest.fixture
def channel_id(town):
    return town.channel("sk-maria", ALICE)


def post(town, channel_id, **arguments):
    return town.ok("chat.postMessage", channel=channel_id, **({"text": "hello"} | arguments))


def test_a_post_comes_back_as_it_is_stored(town, channel_id):
    answer = post(town, channel_id, text="a & b")
    assert answer["channel"] == channel_id
    assert answer["message"]["text"] == "a &amp; b"
    assert (answer["message"]["user"], answer["message"]["bot_id"]) == ("UBOT000001", "BBOT000001")
    [stored] = town.messages(channel_id)
    assert stored["ts"] == answer["ts"]
    assert stored["x_call_id"] == town.get("calls", method="chat.postMessage")["calls"][0]["id"]


def test_a_post_under_another_name_has_no_user(town, channel_id):
    message = post(town, channel_id, username="Maria", icon_url="https://x.example/m.png")["message"]
    assert (message["subtype"], message["username"]) == ("bot_message", "Maria")
    assert message["icons"]["image_48"] == "https://x.example/m.png"
    assert (message["bot_id"], message["app_id"]) == ("BBOT000001", "A0SANDBOX1")
    assert "user" not in message


def test_another_name_needs_a_scope(town, channel_id):
    town.do("act/token", op="drop_scope", scope="chat:write.customize")
    answer = town.api("chat.postMessage", channel=channel_id, text="x", username="Maria")
    assert (answer["error"], answer["needed"]) == ("missing_scope", "chat:write.customize")


def test_text_is_cut_at_40000_characters(town, channel_id):
    assert len(post(town, channel_id, text="a" * 40_001)["message"]["text"]) == 40_000


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        pytest.param({"channel": "C0NOWHERE00", "text": "x"}, "channel_not_found", id="unknown channel"),
        pytest.param({"channel": "CRANDOM001", "text": "x"}, "not_in_channel", id="not a member"),
        pytest.param({"text": ""}, "no_text", id="empty"),
        pytest.param({"text": None}, "no_text", id="nothing"),
        pytest.param({"blocks": "["}, "invalid_blocks_format", id="broken blocks"),
        pytest.param({"blocks": {"type": "section"}}, "invalid_blocks_format", id="blocks are no list"),
        pytest.param({"blocks": [{"type": "section"}]}, "invalid_blocks", id="invalid blocks"),
        pytest.param(
            {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "a" * 3000}}] * 5},
            "msg_blocks_too_long",
            id="15,000 characters of blocks",
        ),
        pytest.param({"text": "x", "markdown_text": "x"}, "markdown_text_conflict", id="text and markdown"),
        pytest.param({"text": "x", "metadata": "["}, "invalid_metadata_format", id="broken metadata"),
        pytest.param({"text": "x", "metadata": {"event_type": "a"}}, "invalid_metadata_schema", id="half metadata"),
        pytest.param({"text": "x", "thread_ts": "1.1"}, "cannot_reply_to_message", id="no such thread"),
        pytest.param({"text": "x", "as_user": True}, "as_user_not_supported", id="as_user"),
        pytest.param({"text": "x", "attachments": [{}] * 101}, "too_many_attachments", id="101 attachments"),
    ],
)
def test_posts_are_refused_as_slack_refuses_them(town, channel_id, arguments, error):
    assert town.api("chat.postMessage", **({"channel": channel_id} | arguments))["error"] == error


def test_a_missing_argument_is_named(town):
    answer = town.api("chat.postMessage", text="x")
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: channel"]


def test_an_archived_channel_takes_no_posts(town, channel_id):
    town.ok("conversations.archive", channel=channel_id)
    assert town.api("chat.postMessage", channel=channel_id, text="x")["error"] == "is_archived"


def test_public_channels_take_posts_from_outside_with_the_scope_for_it(town):
    town.grant("chat:write.public")
    assert post(town, "CRANDOM001")["channel"] == "CRANDOM001"


def test_a_channel_can_be_named_and_a_person_written_to(town, channel_id):
    assert post(town, "#sk-maria")["channel"] == channel_id
    assert post(town, ALICE)["channel"].startswith("D")


def test_metadata_comes_back_to_those_who_ask_for_it(town, channel_id):
    metadata = {"event_type": "relayed", "event_payload": {"id": "1"}}
    post(town, channel_id, metadata=metadata)
    [told, *_] = town.ok("conversations.history", channel=channel_id, include_all_metadata=True)["messages"]
    assert told["metadata"] == metadata
    [untold, *_] = town.ok("conversations.history", channel=channel_id)["messages"]
    assert "metadata" not in untold


def test_live_mentions_are_recorded_for_each_message(town, channel_id):
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": f"<@{ALICE}>"}}]
    post(town, channel_id, text="<!channel> &lt;!here&gt; @everyone", blocks=blocks)
    post(town, channel_id, text="nobody")
    assert [message["x_live_mentions"] for message in town.messages(channel_id)] == [["!channel", f"@{ALICE}"], []]


@pytest.mark.parametrize("off", [pytest.param(False, id="JSON"), pytest.param("false", id="as a form has it")])
def test_people_see_that_a_posts_markup_is_off_and_the_app_reads_no_more_than_slack_documents(town, channel_id, off):
    answer = post(town, channel_id, text="*a*", mrkdwn=off)
    [read, *_] = town.ok("conversations.history", channel=channel_id)["messages"]
    assert "mrkdwn" not in answer["message"] | read
    post(town, channel_id, text="*b*")
    assert [message.get("mrkdwn") for message in town.messages(channel_id)] == [False, None]


def test_markup_that_is_off_stays_off_until_an_update_says_otherwise(town, channel_id):
    ts = post(town, channel_id, mrkdwn=False)["ts"]
    town.ok("chat.update", channel=channel_id, ts=ts, text="*a*")
    assert town.messages(channel_id)[0]["mrkdwn"] is False
    message = town.ok("chat.update", channel=channel_id, ts=ts, text="*b*", mrkdwn=True)["message"]
    assert "mrkdwn" not in message | town.messages(channel_id)[0]


def test_names_become_live_only_where_asked_for(town, channel_id):
    post(town, channel_id, text="@here")
    post(town, channel_id, text="@here", link_names=True)
    post(town, channel_id, text="#general", parse="full")
    assert [one["x_live_mentions"] for one in town.messages(channel_id)] == [[], ["!here"], ["#CGENERAL01"]]


def test_replies_form_a_thread_and_stay_out_of_the_history(town, channel_id):
    parent = post(town, channel_id)["ts"]
    reply = post(town, channel_id, thread_ts=parent, text="reply")["ts"]
    post(town, channel_id, thread_ts=reply, text="reply to the reply")
    post(town, channel_id, thread_ts=parent, text="for all", reply_broadcast=True)
    thread = town.ok("conversations.replies", channel=channel_id, ts=parent)["messages"]
    assert [message["text"] for message in thread] == ["hello", "reply", "reply to the reply", "for all"]
    assert (thread[0]["reply_count"], thread[0]["latest_reply"]) == (3, thread[-1]["ts"])
    history = town.ok("conversations.history", channel=channel_id, limit=2)["messages"]
    assert [message["text"] for message in history] == ["for all", "hello"]


def test_an_update_changes_what_is_given_and_keeps_the_rest(town, channel_id):
    metadata = {"event_type": "relayed", "event_payload": {}}
    ts = post(town, channel_id, blocks=SECTION, metadata=metadata, username="Maria")["ts"]
    message = town.ok("chat.update", channel=channel_id, ts=ts, text="changed")["message"]
    assert message["text"] == "changed"
    assert message["blocks"][0]["text"]["text"] == "a section"
    assert (message["username"], message["metadata"]) == ("Maria", metadata)
    assert message["edited"]["user"] == "UBOT000001"


def test_an_update_with_empty_blocks_removes_them(town, channel_id):
    ts = post(town, channel_id, blocks=SECTION, metadata={"event_type": "a", "event_payload": {}})["ts"]
    message = town.ok("chat.update", channel=channel_id, ts=ts, text="x", blocks=[], metadata={})["message"]
    assert not {"blocks", "metadata"} & message.keys()


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        pytest.param({"text": "a" * 4001}, "msg_too_long", id="4001 characters"),
        pytest.param({"text": "x", "ts": "1.1"}, "message_not_found", id="unknown message"),
        pytest.param({"text": "x", "channel": "C0NOWHERE00"}, "channel_not_found", id="unknown channel"),
        pytest.param({}, "no_text", id="nothing new"),
        pytest.param({"text": ""}, "no_text", id="emptied"),
        pytest.param({"blocks": [{"type": "x"}]}, "invalid_blocks", id="invalid blocks"),
    ],
)
def test_updates_are_refused_as_slack_refuses_them(town, channel_id, arguments, error):
    ts = post(town, channel_id)["ts"]
    assert town.api("chat.update", **({"channel": channel_id, "ts": ts} | arguments))["error"] == error


def test_only_own_messages_can_be_changed(town, channel_id):
    ts = town.do("act/message", user=ALICE, channel=channel_id, text="mine")["ts"]
    assert town.api("chat.update", channel=channel_id, ts=ts, text="x")["error"] == "cant_update_message"
    assert town.api("chat.delete", channel=channel_id, ts=ts)["error"] == "cant_delete_message"


def test_an_archived_channels_messages_stay_as_they_are(town, channel_id):
    ts = post(town, channel_id)["ts"]
    town.ok("conversations.archive", channel=channel_id)
    assert town.api("chat.update", channel=channel_id, ts=ts, text="x")["error"] == "is_inactive"


def test_a_deleted_message_is_gone(town, channel_id):
    parent = post(town, channel_id)["ts"]
    ts = post(town, channel_id, thread_ts=parent)["ts"]
    town.ok("chat.delete", channel=channel_id, ts=ts)
    assert town.api("chat.delete", channel=channel_id, ts=ts)["error"] == "message_not_found"
    assert "reply_count" not in town.messages(channel_id)[0]


def test_an_ephemeral_is_for_one_person(town, channel_id):
    answer = town.ok("chat.postEphemeral", channel=channel_id, user=ALICE, text="psst", blocks=SECTION)
    [shown] = town.get("ephemerals", user=ALICE, channel=channel_id)["messages"]
    assert (shown["ts"], shown["text"], shown["x_from_slack"]) == (answer["message_ts"], "psst", False)
    assert town.get("ephemerals", user=BRUNO)["messages"] == []
    assert town.messages(channel_id) == []


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        pytest.param({"user": BRUNO, "text": "x"}, "user_not_in_channel", id="not in the channel"),
        pytest.param({"text": ""}, "no_text", id="empty"),
        pytest.param({"text": "a" * 40_001}, "msg_too_long", id="too long"),
        pytest.param({"channel": "CGENERAL01", "text": "x"}, "not_in_channel", id="bot not in the channel"),
    ],
)
def test_ephemerals_are_refused_as_slack_refuses_them(town, channel_id, arguments, error):
    assert town.api("chat.postEphemeral", **({"channel": channel_id, "user": ALICE} | arguments))["error"] == error


def test_an_ephemerals_markup_can_be_off(town, channel_id):
    town.ok("chat.postEphemeral", channel=channel_id, user=ALICE, text="*a*", mrkdwn=False)
    assert town.get("ephemerals", user=ALICE)["messages"][0]["mrkdwn"] is False


def test_a_permalink_leads_to_the_page(town, channel_id):
    ts = post(town, channel_id)["ts"]
    permalink = town.ok("chat.getPermalink", channel=channel_id, message_ts=ts)["permalink"]
    assert permalink == f"{town.url}/archives/{channel_id}/p{ts.replace('.', '')}"
    assert town.api("chat.getPermalink", channel=channel_id, message_ts="1.1")["error"] == "message_not_found"


def test_links_are_unfurled_only_where_the_app_lets_them(town, channel_id):
    for unfurl in ({}, {"unfurl_links": True}, {"unfurl_media": False}):
        post(town, channel_id, text="https://x.example/a https://x.example/a.png", **unfurl)
    previews = [[one["from_url"] for one in message.get("attachments", [])] for message in town.messages(channel_id)]
    page, picture = "https://x.example/a", "https://x.example/a.png"
    assert previews == [[picture], [page, picture], []]
