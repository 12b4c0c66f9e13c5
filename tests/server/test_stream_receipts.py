"""A reply that waits for the app to fetch it is delivered once a client of its app user has it."""

import pytest
from server_fakes import eventually
from stream_office import StreamOffice

from webhook_server.domain.paging import Cut
from webhook_server.ledger import LedgerUnavailableError

MESSAGES = "/v1/appusers/ann/messages"
CONVERSATION = "/v1/appusers/ann/conversation"


@pytest.fixture
def office(tmp_path, clock, ids, bot):
    office = StreamOffice(tmp_path / "data", clock, ids, bot.url).serve()
    yield office
    office.end()


@pytest.fixture
def ann(office):
    return office.begun("ann")


@pytest.fixture
def writes(office, monkeypatch):
    """How often something was written since."""
    counted, write = [], office.ledger.write
    monkeypatch.setattr(office.ledger, "write", lambda job: counted.append(job) or write(job))
    return counted


def state_of(office, text):
    def look(books):
        page = books.messages.page(books.app_users.find("ann"), Cut())
        [message_id] = [message.id for message in page.messages if message.draft.text == text]
        return books.receipts.find(message_id).standing.state

    return office.ledger.read(look)


def test_a_reply_that_was_written_to_a_listening_client_is_delivered(office, ann, bot):
    with office.listen("ann") as ear:
        assert office.reply(ann, "answer").json["state"] == "waiting"
        assert ear.texts(1) == ["answer"]
        eventually(lambda: bot.states[-1:] == ["delivered"])
        assert state_of(office, "answer") == "delivered"


def test_nobody_who_listens_leaves_it_waiting(office, ann, bot):
    with office.listen("ann"):
        pass
    eventually(lambda: office.listeners() == 0)
    office.reply(ann, "answer")
    eventually(lambda: bot.states == ["waiting"])
    assert state_of(office, "answer") == "waiting"


@pytest.mark.parametrize("path", [MESSAGES, CONVERSATION])
@pytest.mark.parametrize("who", ["app", "user", "token"])
def test_a_reply_that_was_fetched_is_delivered(office, ann, bot, path, who):
    office.reply(ann, "answer")
    if who == "user":
        office.as_user("ann", "GET", path)
    else:
        {"app": office.as_app, "token": office.as_token}[who]("GET", path)
    eventually(lambda: bot.states[-1:] == ["delivered"])
    assert bot.states in (["waiting", "delivered"], ["delivered"])


def test_a_page_without_it_does_not_deliver_it(office, ann, bot):
    office.reply(ann, "answer")
    eventually(lambda: bot.states == ["waiting"])
    office.as_app("GET", f"{MESSAGES}?before=1")
    office.as_user("bob", "GET", MESSAGES)
    assert state_of(office, "answer") == "waiting"


def test_what_is_delivered_is_written_down_once(office, ann, bot, writes):
    office.reply(ann, "answer")
    office.as_app("GET", MESSAGES)
    eventually(lambda: bot.states[-1:] == ["delivered"])
    eventually(lambda: office.ledger.read(lambda books: books.receipts.unshown()) == ())
    eventually(lambda: office.ledger.read(lambda books: books.cases.untold(office.clock.now())) == ())
    writes.clear()
    for _ in range(3):
        office.as_app("GET", MESSAGES)
        office.as_app("GET", CONVERSATION)
    with office.listen("ann", "0") as ear:
        assert [event["type"] for event in ear.events(2)] == ["delivered", "message"]
    assert writes == []


def test_a_reply_with_a_webhook_is_judged_by_that(office, ann, bot, app):
    app.next_statuses.extend([500] * 50)
    office.register(app.url, "message:appMaker")
    office.reply(ann, "answer")
    office.as_app("GET", MESSAGES)
    with office.listen("ann", "0") as ear:
        ear.events(2)
    eventually(lambda: app.requests)
    assert state_of(office, "answer") == "sending"


def test_whoever_comes_back_has_what_was_before(office, ann, bot):
    """The process may have died between writing to the client and writing that down."""
    office.reply(ann, "answer")
    eventually(lambda: bot.states == ["waiting"])
    with office.listen("ann", "2"):
        eventually(lambda: bot.states[-1:] == ["delivered"])


def test_whoever_begins_anew_has_nothing_yet(office, ann, bot):
    office.reply(ann, "answer")
    eventually(lambda: bot.states == ["waiting"])
    with office.listen("ann") as ear:
        assert ear.silent()
    assert state_of(office, "answer") == "waiting"


def test_a_ledger_that_cannot_be_written_for_a_while_forgets_nothing(office, ann, bot, monkeypatch):
    write, broken = office.ledger.write, True

    def maybe(job):
        if broken:
            raise LedgerUnavailableError("full")
        return write(job)

    office.reply(ann, "answer")
    monkeypatch.setattr(office.ledger, "write", maybe)
    office.as_app("GET", MESSAGES)
    broken = False
    office.clock.turn(2)
    eventually(lambda: bot.states[-1:] == ["delivered"])
