"""Canned answers in the ledger: kept under a name for everybody, replaced and removed knowingly."""

import pytest
from test_door import error

from wire import canned as wire
from wire.messages import Agent

ALICE = Agent(agent_id="UALICE", name="Alice")


def save(office, name, text, agent=ALICE):
    return office.through_the_door(wire.SAVE_CANNED, wire.SaveCanned(name=name, text=text, agent=agent))


def find(office, name, path=wire.CANNED):
    return office.through_the_door(path, wire.CannedRequest(name=name))


def listed(office):
    said = office.through_the_door(wire.CANNED_LIST, wire.CannedListRequest()).json
    return [(each.name, each.beginning) for each in wire.CannedList.model_validate(said).answers]


def test_what_is_saved_is_there_after_a_restart(office, clock):
    assert save(office, "hello", "Hello {givenName},\n\nthanks!").json == {}
    saved = clock.now()
    office.close()
    office.open()
    told = wire.Canned.model_validate(find(office, "hello").json)
    assert told == wire.Canned(name="hello", text="Hello {givenName},\n\nthanks!", agent=ALICE, saved=saved)
    assert listed(office) == [("hello", "Hello {givenName}, thanks!")]


def test_what_is_replaced_is_told(office):
    save(office, "hello", "old")
    replaced = wire.CannedSaved.model_validate(save(office, "hello", "new").json).replaced
    assert (replaced.text, replaced.agent) == ("old", ALICE)
    assert find(office, "hello").json["text"] == "new"


def test_the_same_saved_twice_replaces_nothing(office):
    save(office, "hello", "old")
    save(office, "hello", "new")
    assert save(office, "hello", "new").json == {}


def test_what_is_deleted_is_told_and_gone(office):
    save(office, "hello", "text")
    save(office, "bye", "other")
    assert find(office, "hello", wire.DELETE_CANNED).json["text"] == "text"
    assert error(find(office, "hello")) == (404, wire.NO_SUCH_CANNED)
    assert error(find(office, "hello", wire.DELETE_CANNED)) == (404, wire.NO_SUCH_CANNED)
    assert [name for name, _ in listed(office)] == ["bye"]


@pytest.mark.parametrize(("name", "text"), [("", "text"), ("x" * 51, "text"), ("hello", " \n")])
def test_what_makes_no_sense_is_refused(office, name, text):
    said = f'{{"name": "{name}", "text": {text!r}, "agent": {ALICE.model_dump_json()}}}'.replace("'", '"')
    assert error(office.through_the_door(wire.SAVE_CANNED, said.encode())) == (400, "bad_request")


def test_there_are_no_more_than_a_list_shows(office, monkeypatch):
    monkeypatch.setattr(wire, "MOST_CANNED", 2)
    save(office, "a", "1")
    save(office, "b", "2")
    assert error(save(office, "c", "3")) == (409, wire.TOO_MANY_CANNED)
    assert save(office, "b", "new").status_code == 200
