"""What Slack sends is read into values; what must run nothing is nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.commands import COMMANDS
from desk.errbot_backend.arrivals import (
    ButtonPress,
    ChannelChanged,
    FormSent,
    HomeOpened,
    Me,
    Nothing,
    PersonChanged,
    ShortcutChosen,
    SlashCommand,
    TokensRevoked,
    TypedMessage,
)
from desk.errbot_backend.reading import own_command, read

ME = Me("UBOT", "BBOT")


def event(**fields):
    return read("events_api", {"type": "event_callback", "event_id": "Ev1", "event": fields}, ME)


def message(**fields):
    return event(**({"type": "message", "channel": "C1", "user": "UALICE", "ts": "1.5", "text": "!sk hi"} | fields))


def test_a_slash_command_keeps_its_text_byte_for_byte():
    text = "  hello\n\nworld &amp; &lt;b&gt; <@UBRUNO>  "
    payload = {
        "command": "/sk",
        "text": text,
        "user_id": "UALICE",
        "channel_id": "C1",
        "channel_name": "privategroup",
        "trigger_id": "12.34.ab",
        "response_url": "https://hooks.slack.com/commands/1",
    }
    command = read("slash_commands", payload, ME)
    assert command == SlashCommand("UALICE", "C1", text, "12.34.ab", "https://hooks.slack.com/commands/1")
    assert command.key == "slash:12.34.ab"


def test_a_typed_command_is_known_by_channel_and_ts_whatever_its_event_id():
    typed = message()
    assert typed == TypedMessage("UALICE", "C1", "1.5", "!sk hi")
    assert typed.key == "message:C1:1.5"


def test_a_command_in_a_thread_and_one_with_files_say_so():
    assert message(thread_ts="1.0").thread_ts == "1.0"
    assert message(thread_ts="1.5").thread_ts is None
    assert message(subtype="file_share", files=[{"id": "F1"}]).has_files


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"text": "hello"}, id="talk"),
        pytest.param({"text": " !sk hi"}, id="not at the beginning"),
        pytest.param({"text": ""}, id="no text"),
        pytest.param({"text": None}, id="text is null"),
        pytest.param({"bot_id": "BBOT"}, id="our own post"),
        pytest.param({"bot_id": "BBOT", "subtype": "bot_message", "user": None}, id="our own post under another name"),
        pytest.param({"bot_id": "BOTHER"}, id="another bot's post"),
        pytest.param({"app_id": "A1"}, id="another app's post"),
        pytest.param({"user": "UBOT"}, id="our own post without bot_id"),
        pytest.param({"user": None}, id="nobody's post"),
        pytest.param({"subtype": "message_changed", "message": {"text": "!sk hi", "user": "UALICE"}}, id="an edit"),
        pytest.param({"subtype": "message_deleted"}, id="a deletion"),
        pytest.param({"subtype": "thread_broadcast", "thread_ts": "1.0"}, id="a thread's broadcast"),
        pytest.param({"subtype": "message_replied"}, id="a thread's notice"),
        pytest.param({"subtype": "channel_topic"}, id="a topic"),
        pytest.param({"subtype": "me_message"}, id="a /me"),
    ],
)
def test_these_messages_run_nothing(fields):
    assert isinstance(message(**fields), Nothing)


@pytest.mark.parametrize(
    ("fields", "change"),
    [
        ({"type": "channel_archive", "channel": "C1", "user": "U1"}, ChannelChanged("C1", "archived")),
        ({"type": "group_archive", "channel": "C1"}, ChannelChanged("C1", "archived")),
        ({"type": "channel_unarchive", "channel": "C1", "user": "U1"}, ChannelChanged("C1", "unarchived")),
        ({"type": "group_unarchive", "channel": "C1"}, ChannelChanged("C1", "unarchived")),
        ({"type": "channel_deleted", "channel": "C1"}, ChannelChanged("C1", "deleted")),
        ({"type": "group_deleted", "channel": "C1"}, ChannelChanged("C1", "deleted")),
        (
            {"type": "channel_rename", "channel": {"id": "C1", "name": "new", "created": 1}},
            ChannelChanged("C1", "renamed", "new"),
        ),
        ({"type": "group_rename", "channel": {"id": "C1", "name": "new"}}, ChannelChanged("C1", "renamed", "new")),
        ({"type": "member_left_channel", "channel": "C1", "user": "UBOT"}, ChannelChanged("C1", "left")),
        ({"type": "channel_left", "channel": "C1"}, ChannelChanged("C1", "left")),
        ({"type": "user_change", "user": {"id": "UALICE"}}, PersonChanged("UALICE")),
        ({"type": "tokens_revoked", "tokens": {"bot": ["UBOT"]}}, TokensRevoked()),
        ({"type": "app_uninstalled"}, TokensRevoked()),
        ({"type": "app_home_opened", "user": "UALICE", "channel": "D1", "tab": "home"}, HomeOpened("UALICE")),
    ],
)
def test_events_about_channels_people_and_tokens(fields, change):
    assert event(**fields) == change


def test_the_messages_tab_is_no_home():
    assert isinstance(event(type="app_home_opened", user="UALICE", channel="D1", tab="messages"), Nothing)


def test_somebody_else_leaving_a_channel_is_nothing():
    assert isinstance(event(type="member_left_channel", channel="C1", user="UALICE"), Nothing)


def test_a_press_of_a_button_on_a_message():
    payload = {
        "type": "block_actions",
        "user": {"id": "UALICE"},
        "container": {"type": "message", "message_ts": "2.5", "channel_id": "C1", "is_ephemeral": False},
        "actions": [{"action_id": "sk_retry", "block_id": "b", "type": "button", "value": "abc"}],
        "trigger_id": "1.2.x",
        "response_url": "https://hooks.slack.com/actions/1",
    }
    press = ButtonPress("UALICE", "C1", "2.5", "sk_retry", "abc", "1.2.x", "https://hooks.slack.com/actions/1")
    assert read("interactive", payload, ME) == press


def shortcut(**message):
    payload = {
        "type": "message_action",
        "callback_id": "sk_send_to_app_user",
        "trigger_id": "1.2.x",
        "message_ts": "2.5",
        "response_url": "https://hooks.slack.com/app/1",
        "message": {"type": "message", "user": "UBRUNO", "ts": "2.5", "text": "hi"} | message,
        "channel": {"id": "C1", "name": "privategroup"},
        "user": {"id": "UALICE"},
    }
    return read("interactive", payload, ME)


def test_a_shortcut_in_a_messages_menu():
    url = "https://hooks.slack.com/app/1"
    assert shortcut() == ShortcutChosen("UALICE", "C1", "2.5", "sk_send_to_app_user", "1.2.x", url)
    assert shortcut().key == "shortcut:1.2.x"


def test_a_shortcut_of_a_message_in_a_thread_says_in_which():
    assert shortcut(thread_ts="1.0").thread_ts == "1.0"
    assert shortcut(thread_ts="2.5").thread_ts is None


def form(metadata):
    payload = {
        "type": "view_submission",
        "user": {"id": "UALICE"},
        "trigger_id": "1.2.x",
        "view": {"id": "V1", "callback_id": "sk_send_to_app_user", "private_metadata": metadata, "state": {}},
        "response_urls": [],
    }
    return read("interactive", payload, ME)


def test_a_form_that_was_sent_belongs_to_the_channel_that_it_names():
    metadata = '{"channel_id":"C1","ts":"2.5"}'
    assert form(metadata) == FormSent("UALICE", "C1", "sk_send_to_app_user", metadata, "1.2.x")
    assert form(metadata).key == "form:1.2.x"


@pytest.mark.parametrize("metadata", [None, "", "{}", "[]", "1", "x", '"channel_id"'])
def test_a_form_that_names_no_channel_is_nothing(metadata):
    assert isinstance(form(metadata), Nothing)


def test_a_press_of_a_button_in_a_home_tab_has_neither_channel_nor_response_url():
    payload = {
        "type": "block_actions",
        "user": {"id": "UALICE"},
        "container": {"type": "view", "view_id": "V1"},
        "view": {"id": "V1", "type": "home"},
        "actions": [{"action_id": "sk_claim", "block_id": "b", "type": "button", "value": "abc:1"}],
        "trigger_id": "1.2.x",
    }
    press = read("interactive", payload, ME)
    assert press == ButtonPress("UALICE", "", "", "sk_claim", "abc:1", "1.2.x", "", "home")
    assert press.lane == HomeOpened("UALICE").lane


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "view_submission", "view": {"id": "V1"}},
        {"type": "view_closed"},
        {"type": "message_action", "callback_id": "c"},
        {"type": "shortcut", "callback_id": "c"},
        {"type": "block_actions", "container": {"type": "view", "view_id": "V1"}, "actions": []},
        {
            "type": "block_actions",
            "container": {"type": "view"},
            "view": {"type": "workflow_step"},
            "actions": [{"action_id": "sk_claim"}],
        },
    ],
)
def test_interactions_that_nobody_offers_are_nothing(payload):
    assert isinstance(read("interactive", payload, ME), Nothing)


@pytest.mark.parametrize("kind", ["slash_commands", "interactive", "events_api", "news", ""])
@pytest.mark.parametrize("payload", [{}, {"event": {}}, {"event": None}, {"type": "block_actions", "actions": []}])
def test_what_cannot_be_understood_is_nothing(kind, payload):
    assert isinstance(read(kind, payload, ME), Nothing)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        pytest.param("!sk", "", id="alone"),
        pytest.param("!sk hi", "hi", id="with text"),
        pytest.param("!SK hi", "hi", id="as a telephone writes it"),
        pytest.param("!sk  two\n lines ", " two\n lines ", id="white space is kept"),
        pytest.param("!sk\nhi", "hi", id="a new line parts as well"),
        pytest.param("!sk !profile", "!profile", id="a command within"),
        pytest.param("!Claim", "!Claim", id="a command alone, as a telephone writes it"),
        pytest.param("!help close", "!help close", id="a command that Errbot has, too"),
        pytest.param("!note two\n lines ", "!note two\n lines ", id="a command with text"),
        pytest.param("!waiting\nmine", "!waiting\nmine", id="a command and a new line"),
        pytest.param("!close!", None, id="a command with more in its word"),
        pytest.param("!status", None, id="Errbot's"),
        pytest.param("!skip", None, id="another word"),
        pytest.param("!profiles", None, id="another word again"),
        pytest.param("! sk", None, id="apart"),
    ],
)
def test_our_commands_in_typed_messages(text, command):
    assert own_command(text) == command


@given(st.text())
def test_any_text_typed_after_the_command_and_a_space_arrives_as_it_is(text):
    assert own_command(f"!sk {text}") == text


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_typed_alone_is_ours(command):
    assert own_command(command) == command
    assert own_command(f"{command} more") == f"{command} more"
    assert own_command(f"{command}s") is None
    assert isinstance(message(text=command), TypedMessage)
    assert isinstance(message(text=command, bot_id="BOTHER"), Nothing)
    assert isinstance(message(subtype="message_changed", message={"text": command, "user": "UALICE"}), Nothing)
