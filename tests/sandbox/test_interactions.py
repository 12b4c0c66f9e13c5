"""Commands, clicks, shortcuts, forms, and what the app may answer to them."""

import pytest
import requests

ALICE, BRUNO, GUEST = "UALICE0001", "UBRUNO0001", "UGUEST0001"


def plain(text="x"):
    return {"type": "plain_text", "text": text}


BUTTON = {"type": "button", "text": plain("Go"), "action_id": "go", "value": "42"}
SELECT = {
    "type": "static_select",
    "action_id": "pick",
    "options": [{"text": plain("One"), "value": "1"}, {"text": plain("Two"), "value": "2"}],
}
ROW = [{"type": "actions", "block_id": "row", "elements": [BUTTON, SELECT]}]
INPUT = {
    "type": "input",
    "block_id": "why",
    "label": plain("Why?"),
    "element": {"type": "plain_text_input", "action_id": "text"},
}
FORM = {
    "type": "modal",
    "callback_id": "form",
    "title": plain("A form"),
    "submit": plain("Send"),
    "notify_on_close": True,
    "blocks": [INPUT],
}


@pytest.fixture
def channel_id(town):
    return town.quiet_channel("sk-maria", ALICE)


class Deeds:
    """What a person does while the app acknowledges."""

    def __init__(self, town, app_socket, channel_id):
        self.town, self.app_socket, self.channel_id = town, app_socket, channel_id

    def __call__(self, path, response=None, **fields):
        """Do it, acknowledge it; the payload the app got, and what the person saw."""
        outcome = self.town.later(self.town.do, path, **{"user": ALICE, "channel": self.channel_id, **fields})
        while "event" in (frame := self.app_socket.next())["payload"]:
            self.app_socket.acknowledge(frame)
        self.app_socket.acknowledge(frame, response)
        return frame["payload"], outcome()

    def command(self, text="hello", response=None, **fields):
        return self("act/command", response, command="/sk", text=text, **fields)

    def open_form(self, view=FORM):
        payload, _ = self.command()
        return self.town.ok("views.open", trigger_id=payload["trigger_id"], view=view)["view"]


@pytest.fixture
def act(town, channel_id, app_socket):
    return Deeds(town, app_socket, channel_id)


def test_a_commands_payload(town, act, channel_id):
    payload, seen = act.command("hi @bruno\n<b> & https://x.example #general")
    assert payload["command"] == "/sk"
    assert payload["text"] == f"hi <@{BRUNO}|bruno>\n&lt;b&gt; &amp; <https://x.example> <#CGENERAL01|general>"
    assert (payload["channel_id"], payload["channel_name"]) == (channel_id, "sk-maria")
    assert (payload["user_id"], payload["user_name"], payload["team_domain"]) == (ALICE, "alice", "sandbox")
    assert payload["response_url"].startswith(f"{town.url}/response/")
    assert (seen["outcome"], seen["trigger_id"]) == ("ok", payload["trigger_id"])


def test_a_private_channels_name_is_withheld(town, app_socket):
    channel_id = town.channel("secret", ALICE, is_private=True)
    payload, _ = Deeds(town, app_socket, channel_id).command()
    assert (payload["channel_id"], payload["channel_name"]) == (channel_id, "privategroup")


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({"command": "/unheard-of"}, "unknown_command"),
        ({"command": "/sk", "thread_ts": "1.1"}, "not_supported_in_thread"),
    ],
)
def test_commands_that_slack_itself_refuses(town, channel_id, app_socket, fields, outcome):
    assert town.do("act/command", user=ALICE, channel=channel_id, text="x", **fields)["outcome"] == outcome
    [notice] = town.get("ephemerals", user=ALICE)["messages"]
    assert notice["x_from_slack"]
    assert app_socket.is_silent()


def test_an_acknowledgement_may_speak_to_all(town, act, channel_id):
    act.command(response={"response_type": "in_channel", "text": "hello all"})
    assert [message["text"] for message in town.messages(channel_id)] == ["hello all"]


def test_an_acknowledgement_with_broken_blocks_shows_nothing(town, act):
    _, seen = act.command(response={"blocks": [{"type": "party"}]})
    assert seen["response_error"] == "invalid_blocks"
    assert town.get("ephemerals", user=ALICE)["messages"] == []


def test_an_answer_may_come_without_markup(town, channel_id, act):
    payload, _ = act.command(response={"text": "*a*", "mrkdwn": False})
    requests.post(
        payload["response_url"], json={"text": "*b*", "mrkdwn": False, "response_type": "in_channel"}, timeout=5
    )
    assert town.get("ephemerals", user=ALICE)["messages"][-1]["mrkdwn"] is False
    assert town.messages(channel_id)[-1]["mrkdwn"] is False


def test_a_response_url_works_five_times(town, act):
    payload, _ = act.command()
    answers = [requests.post(payload["response_url"], json={"text": str(number)}, timeout=5) for number in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [404]
    assert answers[-1].json()["error"] == "used_url"
    shown = town.get("ephemerals", user=ALICE)["messages"]
    assert [message["text"] for message in shown] == list("01234")
    assert len(town.get("calls", method="response_url")["calls"]) == 6


def test_a_response_url_works_for_half_an_hour(town, act):
    payload, _ = act.command()
    town.clock.turn(1801)
    answer = requests.post(payload["response_url"], json={"text": "late"}, timeout=5)
    assert answer.json()["error"] == "expired_url"


def test_a_response_url_works_where_the_bot_is_no_member(town, channel_id, act):
    town.ok("conversations.leave", channel=channel_id)
    payload, _ = act.command()
    url = payload["response_url"]
    assert requests.post(url, json={"text": "x", "response_type": "in_channel"}, timeout=5).text == "ok"
    assert [message["text"] for message in town.messages(channel_id)] == ["x"]
    assert requests.post(url, json={"text": ""}, timeout=5).json()["error"] == "no_text"


def test_a_click_brings_the_message_and_the_action(town, act, channel_id):
    ts = town.ok("chat.postMessage", channel=channel_id, text="x", blocks=ROW)["ts"]
    payload, seen = act("act/action", ts=ts, action_id="go")
    assert seen["outcome"] == "ok"
    assert (payload["type"], payload["user"]["id"], payload["channel"]["id"]) == ("block_actions", ALICE, channel_id)
    assert payload["container"] == {
        "type": "message",
        "message_ts": ts,
        "channel_id": channel_id,
        "is_ephemeral": False,
    }
    assert payload["message"]["ts"] == ts
    [action] = payload["actions"]
    assert (action["action_id"], action["block_id"], action["value"]) == ("go", "row", "42")
    chosen, _ = act("act/action", ts=ts, action_id="pick", value="2")
    assert chosen["actions"][0]["selected_option"]["text"]["text"] == "Two"


def test_an_answer_to_a_click_may_replace_or_delete_the_message(town, act, channel_id):
    ts = town.ok("chat.postMessage", channel=channel_id, text="x", blocks=ROW)["ts"]
    payload, _ = act("act/action", ts=ts, action_id="go")
    requests.post(payload["response_url"], json={"text": "done", "replace_original": True}, timeout=5)
    [message] = town.messages(channel_id)
    assert (message["ts"], message["text"], "blocks" in message) == (ts, "done", False)
    requests.post(payload["response_url"], json={"delete_original": True}, timeout=5)
    assert town.messages(channel_id) == []


def test_buttons_of_ephemerals_work_too(town, act, channel_id):
    ts = town.ok("chat.postEphemeral", channel=channel_id, user=ALICE, text="x", blocks=ROW)["message_ts"]
    payload, _ = act("act/action", ts=ts, action_id="go", ephemeral=True)
    assert payload["container"]["is_ephemeral"]
    assert "message" not in payload
    requests.post(payload["response_url"], json={"text": "done", "replace_original": True}, timeout=5)
    assert [shown["text"] for shown in town.get("ephemerals", user=ALICE)["messages"]] == ["done"]
    requests.post(payload["response_url"], json={"delete_original": "true"}, timeout=5)
    assert town.get("ephemerals", user=ALICE)["messages"] == []


def test_a_message_shortcut(town, act, channel_id):
    ts = town.do("act/message", user=ALICE, channel=channel_id, text="look")["ts"]
    payload, seen = act("act/shortcut", ts=ts, callback_id="send_on")
    assert seen["outcome"] == "ok"
    assert (payload["type"], payload["callback_id"], payload["message"]["text"]) == (
        "message_action",
        "send_on",
        "look",
    )
    assert payload["message_ts"] == ts


def test_a_trigger_opens_one_view_within_three_seconds(town, act):
    payload, _ = act.command()
    trigger_id = payload["trigger_id"]
    town.ok("views.open", trigger_id=trigger_id, view=FORM)
    assert town.api("views.open", trigger_id=trigger_id, view=FORM)["error"] == "exchanged_trigger_id"
    late, _ = act.command()
    town.clock.turn(3.1)
    assert town.api("views.open", trigger_id=late["trigger_id"], view=FORM)["error"] == "expired_trigger_id"
    assert town.api("views.open", trigger_id="1.2.x", view=FORM)["error"] == "invalid_trigger_id"


def test_a_form_is_sent_and_closes(town, act):
    view = act.open_form()
    state = {"why": {"text": {"value": "because"}}}
    payload, seen = act("act/view", view_id=view["id"], state=state)
    assert payload["type"] == "view_submission"
    assert payload["view"]["state"]["values"] == {"why": {"text": {"type": "plain_text_input", "value": "because"}}}
    assert seen["response_action"] == "close"
    assert town.get("views", user=ALICE)["views"] == []


@pytest.mark.parametrize(
    ("response", "action", "open_views"),
    [
        pytest.param({"response_action": "errors", "errors": {"why": "no"}}, "errors", 1, id="errors"),
        pytest.param({"response_action": "update", "view": FORM}, "update", 1, id="update"),
        pytest.param({"response_action": "push", "view": FORM}, "push", 2, id="push"),
        pytest.param({"response_action": "clear"}, "clear", 0, id="clear"),
        pytest.param({"response_action": "update", "view": {"type": "party"}}, "stays", 1, id="broken view"),
    ],
)
def test_what_the_app_answers_to_a_form(town, act, response, action, open_views):
    view = act.open_form()
    state = {"why": {"text": {"value": "because"}}}
    _, seen = act("act/view", response, view_id=view["id"], state=state)
    assert seen["response_action"] == action
    assert len(town.get("views", user=ALICE)["views"]) == open_views


def test_a_required_field_has_to_be_filled(town, act):
    view = act.open_form()
    assert town.try_to("act/view", user=ALICE, view_id=view["id"], state={}).status_code == 400


def test_closing_a_form_is_told_where_the_app_asked_for_it(town, act):
    view = act.open_form()
    payload, _ = act("act/view", view_id=view["id"], close=True)
    assert (payload["type"], payload["view"]["id"]) == ("view_closed", view["id"])
    silent = act.open_form({**FORM, "notify_on_close": False})
    assert town.do("act/view", user=ALICE, view_id=silent["id"], close=True)["outcome"] == "ok"
    assert act.app_socket.is_silent()


def test_modals_stack_up_to_three(town, act):
    act.open_form()
    for expected in (None, None, "push_limit_reached"):
        payload, _ = act.command()
        answer = town.api("views.push", trigger_id=payload["trigger_id"], view=FORM)
        assert answer.get("error") == expected


def test_a_view_is_updated_unless_somebody_was_quicker(town, act):
    view = act.open_form()
    changed = town.ok("views.update", view_id=view["id"], hash=view["hash"], view=FORM)["view"]
    assert changed["hash"] != view["hash"]
    again = town.api("views.update", view_id=view["id"], hash=view["hash"], view=FORM)
    assert again["error"] == "hash_conflict"
    assert town.api("views.update", view_id="V0NOWHERE00", view=FORM)["error"] == "not_found"


def test_external_ids_are_unique(town, act):
    act.open_form({**FORM, "external_id": "mine"})
    payload, _ = act.command()
    answer = town.api("views.push", trigger_id=payload["trigger_id"], view={**FORM, "external_id": "mine"})
    assert answer["error"] == "duplicate_external_id"
    town.ok("views.update", external_id="mine", view=FORM)


def test_views_are_refused_as_slack_refuses_them(town, act):
    payload, _ = act.command()
    trigger_id = payload["trigger_id"]
    assert town.api("views.open", trigger_id=trigger_id, view={"type": "modal"})["error"] == "invalid_arguments"
    large = {**FORM, "private_metadata": "a" * 260_000}
    assert town.api("views.open", trigger_id=trigger_id, view=large)["error"] == "view_too_large"
    home = {"type": "home", "blocks": []}
    assert town.api("views.open", trigger_id=trigger_id, view=home)["error"] == "invalid_arguments"
    assert town.api("views.publish", user_id="UNOBODY000", view=home)["error"] == "invalid_arguments"


def test_a_home_tab_has_buttons_that_work(town, act):
    view = town.ok("views.publish", user_id=ALICE, view={"type": "home", "blocks": ROW})["view"]
    payload, _ = act("act/action", view_id=view["id"], action_id="go")
    assert (payload["container"], payload["view"]["id"]) == ({"type": "view", "view_id": view["id"]}, view["id"])
    again = town.ok("views.publish", user_id=ALICE, view={"type": "home", "blocks": []}, hash=view["hash"])["view"]
    assert again["id"] == view["id"]


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        pytest.param("act/command", {"command": "/sk", "user": "UNOBODY000"}, 404, id="nobody"),
        pytest.param("act/command", {"command": "/sk", "user": BRUNO}, 403, id="not a member"),
        pytest.param("act/command", {"command": "/sk", "user": GUEST}, 404, id="a guest who sees no such channel"),
        pytest.param("act/command", {}, 400, id="no command"),
        pytest.param("act/message", {"text": ""}, 400, id="nothing to send"),
        pytest.param("act/message", {"text": "a" * 40_001}, 400, id="too long"),
        pytest.param("act/message", {"text": "x", "thread_ts": "1.1"}, 404, id="no such thread"),
        pytest.param("act/message", {"text": 7}, 400, id="no text but a number"),
        pytest.param("act/action", {"ts": "1.1", "action_id": "go"}, 404, id="no such message"),
        pytest.param("act/shortcut", {"ts": "1.1", "callback_id": "x"}, 404, id="no message for a shortcut"),
        pytest.param("act/view", {"view_id": "V0NOWHERE00"}, 404, id="no such view"),
        pytest.param("act/channel", {"op": "party"}, 400, id="unknown deed"),
        pytest.param("act/channel", {"op": "create", "name": "No Good"}, 409, id="bad name"),
        pytest.param("act/channel", {"op": "archive", "channel": "CGENERAL01"}, 403, id="the general channel"),
        pytest.param("act/person", {"op": "party"}, 400, id="unknown deed to a person"),
        pytest.param("act/token", {"op": "party"}, 400, id="unknown deed to the token"),
        pytest.param("socket", {"op": "party"}, 400, id="unknown disturbance"),
        pytest.param("faults", {"method": "party", "kind": "500"}, 400, id="unknown method"),
        pytest.param("faults", {"method": "*", "kind": "party"}, 400, id="unknown fault"),
        pytest.param("limits", {}, 400, id="on or off?"),
    ],
)
def test_what_people_cannot_do_they_are_told_how_to(town, channel_id, path, fields, status):
    response = town.try_to(path, **({"user": ALICE, "channel": channel_id} | fields))
    assert (response.status_code, bool(response.json()["error"])) == (status, True)


def test_people_change_their_own_messages_alone(town, channel_id):
    ts = town.ok("chat.postMessage", channel=channel_id, text="the app's")["ts"]
    assert town.try_to("act/message", "PUT", user=ALICE, channel=channel_id, ts=ts, text="x").status_code == 403
    assert town.try_to("act/message", "DELETE", user=ALICE, channel=channel_id, ts=ts).status_code == 403


def test_a_deactivated_person_does_nothing(town, channel_id):
    town.do("act/person", user=ALICE, op="deactivate")
    assert town.try_to("act/message", user=ALICE, channel=channel_id, text="x").status_code == 403
