"""`python -m webhook_server keys`: which keys sign the app's JWTs, a new one, and an end to one."""

import io
import re
import sqlite3

import pytest
from processes import free_port
from server_office import SECRET
from stream_office import StreamOffice

from webhook_server.__main__ import _parser, main
from webhook_server.operator import OperatorError, keys
from wire import operators as wire


def ask(office, *arguments):
    """Type it; returns the lines that it prints."""
    out = io.StringIO()
    given = _parser().parse_args(["keys", *arguments])
    assert keys.carry_out(given, office.settings, office.clock.now, out) == 0
    return out.getvalue().splitlines()


def added(office):
    """Add a key; returns its ID and secret."""
    lines = ask(office, "add")
    key_id, secret = (line.split()[-1] for line in lines[:2])
    assert re.fullmatch(r"app_[0-9a-f]{24}", key_id)
    assert len(secret) == 43
    return key_id, secret


def opens(office, key_id="key1", secret=None, claims=None):
    token = office.token(claims or {"scope": "app"}, secret=secret, kid=key_id)
    response = office.call("GET", "/v1/webhooks", token=token)
    assert response.status_code in {200, 401}
    return response.status_code == 200


@pytest.fixture(params=["beside a running server", "without one"])
def kept(request, office):
    """An office that the operator's command finds running, or resting; `wake` lets the latter answer again."""
    office.settings = office.settings.model_copy(update={"sk_server_url": f"http://127.0.0.1:{free_port()}"})
    if request.param == "without one":
        asleep = [office.close()]
        office.wake = lambda: asleep and [asleep.pop(), office.open()]
        yield office
        office.wake()
    else:
        office.close()
        office.open()
        office.wake = lambda: None
        with office.reachable():
            yield office


def test_a_key_is_added_beside_the_settings_own_and_its_secret_is_shown_once(kept, clock):
    key_id, secret = added(kept)
    clock.jump(3700)
    assert ask(kept) == [
        f"{'key1':<28}  {'from the settings':<22}  good",
        f"{key_id:<28}  {'added 1h 1m ago':<22}  good",
    ]
    kept.wake()
    assert opens(kept)
    assert opens(kept, key_id, secret)
    assert not opens(kept, key_id, SECRET)
    assert not opens(kept, "key1", secret)


def test_a_revoked_key_opens_nothing_and_no_other_is_touched(kept, clock):
    first = added(kept)
    clock.jump(1)
    second = added(kept)
    assert ask(kept, "revoke", first[0]) == [f"{first[0]} is revoked: what it signed opens nothing any more."]
    clock.jump(60)
    assert ask(kept)[1].split() == [first[0], "added", "1m", "1s", "ago", "revoked", "1m", "0s", "ago"]
    assert ask(kept, "revoke", first[0]), "once more changes nothing"
    assert ask(kept)[1].endswith("revoked 1m 0s ago")
    kept.wake()
    assert not opens(kept, *first)
    assert opens(kept, *second)
    assert opens(kept)


def test_the_settings_own_key_may_be_revoked_too_for_ever(kept):
    other = added(kept)
    ask(kept, "revoke", "key1")
    assert ask(kept)[0].split()[:4] == ["key1", "from", "the", "settings"]
    assert "revoked" in ask(kept)[0]
    kept.wake()
    assert not opens(kept)
    assert opens(kept, *other)
    kept.close()
    kept.open()
    assert not opens(kept)
    assert opens(kept, *other)


def test_an_end_to_the_last_key_is_told_as_such(kept):
    assert ask(kept, "revoke", "key1")[-1].startswith("No key is left")


def test_a_key_that_nobody_has_is_no_key(kept):
    with pytest.raises(OperatorError, match="No key has this ID"):
        ask(kept, "revoke", "key\x1b[2J")


def test_nothing_is_left_of_a_revoked_secret(office, tmp_path):
    office.settings = office.settings.model_copy(update={"sk_server_url": f"http://127.0.0.1:{free_port()}"})
    office.close()
    key_id, secret = added(office)
    ask(office, "revoke", key_id)
    with sqlite3.connect(tmp_path / "data" / "ledger.sqlite3") as connection:
        assert [row[0] for row in connection.execute("SELECT secret FROM keys")] == [""]
    office.open()
    assert secret


def test_a_key_holds_and_ends_from_the_next_request_on(office):
    new = wire.NewKey.model_validate(office.through_the_door(wire.ADD_KEY, wire.KeysRequest()).json)
    assert opens(office, new.key_id, new.secret)
    response = office.through_the_door(wire.REVOKE_KEY, wire.RevokeKeyRequest(key_id=new.key_id))
    assert [key["key_id"] for key in response.json["keys"]] == ["key1", new.key_id]
    assert not opens(office, new.key_id, new.secret)


@pytest.mark.parametrize("path", [wire.KEYS, wire.ADD_KEY, wire.REVOKE_KEY])
def test_only_the_operator_is_told_of_keys(office, path):
    asked = wire.RevokeKeyRequest(key_id="key1")
    assert office.through_the_door(path, asked, secret="another").status_code == 401
    assert opens(office)


def test_no_request_asks_the_ledger_for_keys(office, monkeypatch):
    new = wire.NewKey.model_validate(office.through_the_door(wire.ADD_KEY, wire.KeysRequest()).json)

    def never(_):
        raise AssertionError("the ledger was asked")

    monkeypatch.setattr("webhook_server.ledger.keys.Keys.all", never)
    assert opens(office, new.key_id, new.secret)
    assert not opens(office, "nobody's", new.secret)


def test_no_secret_is_told_twice_not_in_logs_and_not_in_answers(office, capfd):
    answer = office.through_the_door(wire.ADD_KEY, wire.KeysRequest())
    new = wire.NewKey.model_validate(answer.json)
    tokens = [
        office.token({"scope": "app"}, secret=new.secret, kid=new.key_id),
        office.token({"scope": "app"}, secret="another secret of some length, too"),
        office.token({"scope": "app"}, kid="nobody's"),
        office.token({"scope": "app", "exp": 1}),
        office.token({"scope": "nonsense"}),
        "nonsense.nonsense.nonsense",
    ]
    answers = [office.call("GET", "/v1/webhooks", token=token) for token in tokens]
    answers.append(office.as_token("GET", "/v1/webhooks"))
    answers.append(office.call("GET", "/v1/webhooks", headers={"app-token": "apt_of_somebody"}))
    answers.append(office.through_the_door(wire.KEYS, wire.KeysRequest()))
    answers.append(office.through_the_door(wire.REVOKE_KEY, wire.RevokeKeyRequest(key_id=new.key_id)))
    logged = capfd.readouterr()
    said = "".join([logged.out, logged.err, *(one.text for one in answers), repr(new)])
    assert "key_added" in said
    assert "key_revoked" in said
    for secret in (SECRET, new.secret, "apt_test", "apt_of_somebody", "the door's", *tokens):
        assert secret not in said


def test_streams_end_with_a_key_and_those_who_have_another_come_back(tmp_path, clock, ids, bot):
    office = StreamOffice(tmp_path / "data", clock, ids, bot.url).serve()
    try:
        office.begun("ann")
        new = wire.NewKey.model_validate(office.through_the_door(wire.ADD_KEY, wire.KeysRequest()).json)
        token = office.token({"scope": "app"}, secret=new.secret, kid=new.key_id)
        headers = {"Authorization": f"Bearer {token}"}
        with office.listen("ann", headers=headers) as ear, office.listen("ann") as other:
            office.through_the_door(wire.REVOKE_KEY, wire.RevokeKeyRequest(key_id=new.key_id))
            assert ear.ended()
            assert other.ended()
        with office.ear("ann", headers=headers).head() as refused:
            assert refused.status == 401
        office.listen("ann").close()
    finally:
        office.end()


def test_it_is_typed_after_the_programs_name(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("SK_SERVER_URL", f"http://127.0.0.1:{free_port()}")
    assert main(["keys", "add"]) == 0
    assert "secret:" in capsys.readouterr().out
    assert main(["keys"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
    assert main(["keys", "revoke", "nobody's"]) == 2
    assert capsys.readouterr().err == "No key has this ID.\n"
