"""The choke point: what Slack does not document is not answered."""

import pytest

from sandbox.documented import METHODS, OBSERVED_ERRORS, Tier, Undocumented, check_answer
from sandbox.web_api.registry import HANDLERS


def test_every_documented_method_is_carried_out_and_no_other():
    assert HANDLERS.keys() == METHODS.keys()


def test_observed_errors_belong_to_documented_methods():
    assert OBSERVED_ERRORS.keys() <= METHODS.keys()


@pytest.mark.parametrize(
    ("method", "tier"),
    [("conversations.create", Tier.TWO), ("chat.update", Tier.THREE), ("users.info", Tier.FOUR)],
)
def test_tiers_are_slacks(method, tier):
    assert METHODS[method].tier is tier


@pytest.mark.parametrize(
    ("method", "answer"),
    [
        pytest.param("auth.test", {"ok": True, "user_id": "U1"}, id="documented key"),
        pytest.param("auth.test", {"ok": False, "error": "invalid_auth"}, id="documented error"),
        pytest.param("chat.delete", {"ok": False, "error": "ratelimited"}, id="common error"),
        pytest.param("conversations.unarchive", {"ok": False, "error": "not_in_channel"}, id="observed error"),
        pytest.param("users.info", {"ok": True, "user": {"id": "U1"}}, id="documented object"),
    ],
)
def test_documented_answers_pass(method, answer):
    check_answer(METHODS[method], answer)


@pytest.mark.parametrize(
    ("method", "answer"),
    [
        pytest.param("auth.test", {"ok": True, "mood": "good"}, id="key"),
        pytest.param("auth.test", {"ok": False, "error": "bad_mood"}, id="error"),
        pytest.param("users.info", {"ok": True, "user": {"mood": "good"}}, id="key in an object"),
        pytest.param("conversations.list", {"ok": True, "channels": [{"mood": "good"}]}, id="key in a list"),
        pytest.param("chat.postMessage", {"ok": False, "error": "msg_too_long"}, id="another method's error"),
    ],
)
def test_undocumented_answers_are_refused(method, answer):
    with pytest.raises(Undocumented):
        check_answer(METHODS[method], answer)


def test_an_undocumented_answer_is_a_500_in_the_log(town, monkeypatch):
    monkeypatch.setitem(HANDLERS, "auth.test", lambda _call: {"mood": "good"})
    assert town.api_response("auth.test").status_code == 500
    [call] = town.get("calls", method="auth.test")["calls"]
    assert (call["status"], call["error"]) == (500, "undocumented: auth.test: key mood")
