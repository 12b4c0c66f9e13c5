"""The gate of the Web API: tokens, scopes, arguments however they come, the log."""

import pytest
import requests

from sandbox.cast import BOT_SCOPES

URLENCODED = "application/x-www-form-urlencoded"


@pytest.fixture
def call(town):
    def call(method="auth.test", verb="POST", **request):
        return requests.request(verb, f"{town.url}/api/{method}", timeout=5, **request)

    return call


@pytest.mark.parametrize(
    ("token", "method", "error"),
    [
        pytest.param("", "auth.test", "not_authed", id="none"),
        pytest.param("xoxb-other", "auth.test", "invalid_auth", id="unknown"),
        pytest.param("xapp-sandbox", "auth.test", "not_allowed_token_type", id="the app's where the bot's is due"),
        pytest.param(
            "xoxb-sandbox", "apps.connections.open", "not_allowed_token_type", id="the bot's where the app's is due"
        ),
        pytest.param("xoxb-sandbox", "chat.party", "unknown_method", id="unknown method"),
    ],
)
def test_tokens_open_what_they_are_for(town, token, method, error):
    assert town.api(method, token=token)["error"] == error


def test_the_token_may_be_an_argument(call):
    assert call(data={"token": "xoxb-sandbox"}).json()["ok"]
    assert call(verb="GET", params={"token": "xoxb-sandbox"}).json()["user_id"] == "UBOT000001"


def test_the_token_stays_out_of_the_log(town, call):
    call(data={"token": "xoxb-sandbox"})
    [logged] = town.get("calls")["calls"]
    assert logged["args"] == {}


def test_the_answer_tells_the_scopes(town):
    headers = town.api_response("users.info", user="UALICE0001").headers
    assert headers["x-oauth-scopes"] == ",".join(BOT_SCOPES)
    assert headers["x-accepted-oauth-scopes"] == "users:read"


def test_a_missing_scope_is_named(town):
    town.do("act/token", op="drop_scope", scope="users:read")
    answer = town.api("users.info", user="UALICE0001")
    assert (answer["error"], answer["needed"]) == ("missing_scope", "users:read")
    assert "users:read" not in answer["provided"].split(",")
    town.do("act/token", op="grant_scope", scope="users:read")
    town.ok("users.info", user="UALICE0001")


@pytest.mark.parametrize(
    ("op", "error"), [("revoke", "token_revoked"), ("expire", "token_expired"), ("deactivate", "account_inactive")]
)
def test_a_token_may_stop_working(town, op, error):
    town.do("act/token", op=op)
    assert town.api("auth.test")["error"] == error
    town.do("act/token", op="restore")
    town.ok("auth.test")


def test_a_replaced_token_is_revoked_and_the_new_one_works(town):
    new = town.do("act/token", op="replace")["bot_token"]
    assert town.api("auth.test")["error"] == "token_revoked"
    town.ok("auth.test", token=new)


def test_the_app_may_revoke_its_token_itself(town):
    assert town.ok("auth.revoke", test="1")["revoked"] is False
    assert town.ok("auth.revoke")["revoked"] is True
    assert town.api("auth.test")["error"] == "token_revoked"


def test_json_and_forms_mean_the_same(town, call):
    channel_id = town.channel()
    headers = {"Authorization": "Bearer xoxb-sandbox"}
    blocks = '[{"type": "divider"}]'
    form = call("chat.postMessage", headers=headers, data={"channel": channel_id, "text": "a", "blocks": blocks})
    body = {"channel": channel_id, "text": "a", "blocks": [{"type": "divider"}]}
    json = call("chat.postMessage", headers=headers, json=body)
    assert [answer.json()["message"]["blocks"][0]["type"] for answer in (form, json)] == ["divider"] * 2
    assert form.json()["message"].keys() == json.json()["message"].keys()


def test_json_counts_only_where_slack_documents_it(town, call):
    headers = {"Authorization": "Bearer xoxb-sandbox"}
    answer = call("users.info", headers=headers, json={"user": "UALICE0001"}).json()
    assert answer["error"] == "invalid_arguments"


def test_a_missing_charset_is_a_warning(call):
    headers = {"Authorization": "Bearer xoxb-sandbox"}
    answer = call(headers=headers, json={}).json()
    assert (answer["warning"], answer["response_metadata"]["warnings"]) == ("missing_charset", ["missing_charset"])
    superfluous = call(headers={**headers, "Content-Type": f"{URLENCODED}; charset=utf-8"}, data="a=b").json()
    assert superfluous["warning"] == "superfluous_charset"


@pytest.mark.parametrize(("body", "error"), [("{", "invalid_json"), ("[]", "json_not_object")])
def test_unreadable_json_is_refused(call, body, error):
    headers = {"Authorization": "Bearer xoxb-sandbox", "Content-Type": "application/json; charset=utf-8"}
    assert call(headers=headers, data=body).json()["error"] == error


def test_undocumented_arguments_are_noted(town):
    town.api("chat.postMessage", channel="C1", text="x", mood="good")
    assert town.get("calls")["calls"][-1]["undocumented_args"] == ["mood"]


def test_the_log_can_be_searched_and_emptied(town):
    channel_id = town.channel()
    town.ok("chat.postMessage", channel=channel_id, text="x")
    town.api("chat.postMessage", channel="CRANDOM001", text="x")
    assert len(town.get("calls", method="chat.postMessage")["calls"]) == 2
    assert len(town.get("calls", method="chat.*", channel=channel_id)["calls"]) == 1
    [refused] = town.get("calls", channel="CRANDOM001")["calls"]
    assert (refused["status"], refused["ok"], refused["error"]) == (200, False, "not_in_channel")
    town.clock.turn(10)
    assert town.get("calls", since=town.clock.now())["calls"] == []
    assert town.try_to("calls?since=then", "GET").status_code == 400
    town.do("calls", "DELETE")
    assert town.get("calls")["calls"] == []


def test_api_test_echoes(town):
    assert town.ok("api.test", token="", foo="bar")["args"] == {"foo": "bar"}
    assert town.api("api.test", token="", error="my_error")["error"] == "my_error"
