"""Who was let in listens as long as they might be let in again: not to somebody whom only a JWT opens by now."""

import socket
import time
from types import SimpleNamespace

import pytest
from server_fakes import eventually
from stream_office import StreamOffice

from webhook_server.domain.paging import Cut
from webhook_server.domain.stream import Listening, Start, Typing
from webhook_server.stream import Timing
from webhook_server.stream.client import Client
from webhook_server.stream.feeder import Feeder

PUBLIC = {"app-token": "apt_test"}
DEVICE = {"device": {"id": "d1", "platform": "web"}}


@pytest.fixture
def office(tmp_path, clock, ids, bot):
    office = StreamOffice(tmp_path / "data", clock, ids, bot.url).serve()
    yield office
    office.end()


@pytest.fixture
def ann(office):
    return office.begun("ann")


@pytest.fixture
def visitor(office):
    """Somebody anonymous on a device."""
    user_id = office.as_token("POST", "/v1/init", DEVICE).json["appUser"]["_id"]
    office.begun(user_id)
    return user_id


def bearer(office, **claims):
    return {"Authorization": f"Bearer {office.token(claims)}"}


def test_nothing_is_told_to_the_app_token_once_a_jwt_was_seen(office, ann, first_jwt):
    how, body = first_jwt
    method, _, path = how.partition(" ")
    with office.listen("ann", headers=PUBLIC) as public, office.listen("ann") as app:
        assert office.as_user("ann", method, path, body).status_code in {200, 201}
        office.reply(ann, "for ann alone")
        assert b"for ann alone" not in public.body()
        eventually(lambda: app.event().get("message", {}).get("text") == "for ann alone")
    with office.ear("ann", public.last_id, headers=PUBLIC).head() as back:
        assert back.status == 401


@pytest.fixture(
    params=[
        ("GET /v1/appusers/ann", None),
        ("PUT /v1/appusers/ann", {"givenName": "Ann"}),
        ("GET /v1/appusers/ann/messages", None),
        ("POST /v1/appusers/ann/messages", {"role": "appUser", "text": "it is me"}),
        ("POST /v1/appusers/ann/conversation/read", {}),
        ("DELETE /v1/appusers/ann/messages", None),
        ("DELETE /v1/appusers/ann/profile", None),
        ("POST /v1/init", DEVICE | {"userId": "ann"}),
    ],
    ids=lambda how: how[0],
)
def first_jwt(request):
    return request.param


def test_who_listens_with_that_jwt_goes_on(office, ann):
    own = bearer(office, scope="appUser", userId="ann")
    with office.listen("ann", headers=PUBLIC) as public, office.listen("ann", headers=own) as proved:
        public.body()
        office.reply(ann, "for ann alone")
        assert proved.texts(1) == ["for ann alone"]


def test_a_visitor_who_logs_in_with_a_jwt_is_told_of_to_the_app_token_no_longer(office, visitor):
    with office.listen(visitor, headers=PUBLIC) as public:
        met = office.as_user("ann", "POST", "/v1/init", DEVICE | {"userId": "ann"}).json["appUser"]["_id"]
        assert met == visitor
        office.reply(visitor, "for ann alone")
        assert b"for ann alone" not in public.body()


def test_a_visitor_who_gets_a_name_without_a_jwt_stays_open(office, visitor):
    """Whom the app token opens may be listened to with it."""
    with office.listen(visitor, headers=PUBLIC) as public:
        assert office.as_token("POST", "/v1/init", DEVICE | {"userId": "ann"}).json["appUser"]["_id"] == visitor
        assert office.as_token("GET", "/v1/appusers/ann").status_code == 200
        office.reply(visitor, "welcome")
        assert public.texts(1) == ["welcome"]


def test_a_login_with_a_jwt_that_merges_closes_what_the_app_token_opened_of_both(office, ann, visitor):
    with office.listen("ann", headers=PUBLIC) as survivor, office.listen(visitor, headers=PUBLIC) as loser:
        assert office.as_user("ann", "POST", "/v1/init", DEVICE | {"userId": "ann"}).json["appUser"]["_id"] == ann
        office.reply(ann, "for ann alone")
        assert b"for ann alone" not in survivor.body()
        assert b"for ann alone" not in loser.body()


def test_a_client_that_was_let_in_before_the_jwt_was_seen_is_told_nothing(office, ann):
    """It was on its way from the thread that authenticated it to the one that holds the lines."""
    office.as_user("ann", "GET", "/v1/appusers/ann")
    office.reply(ann, "for ann alone")
    ours, theirs = socket.socketpair()
    office.hub.take(ours, b"beginning", Listening(ann, Start(0, resumed=True), office.hub.era, public=True))
    with theirs, theirs.makefile("rb") as file:
        assert file.read() == b"beginning"
    eventually(lambda: office.listeners() == 0)


class Lines:
    """Stands in for the lines: notes what each client is told, and who is let go."""

    def __init__(self):
        self.told = []
        self.gone = []

    def put(self, client, frames):
        self.told += [frame.data for frame in frames if client not in self.gone]

    def hang_up(self, client):
        self.gone.append(client)


@pytest.fixture
def feeding(office):
    """A feeder whose turns are taken by hand."""
    lines = Lines()
    ledger = SimpleNamespace(read=office.ledger.read)
    return Feeder(ledger, lines, lambda message: {"text": message.draft.text}, lambda _: None), lines


@pytest.mark.parametrize("behind", [False, True])
def test_what_happens_before_anybody_looks_is_not_told_either(office, ann, feeding, behind):
    """Lock and reply are both on disk before the feeder's next turn."""
    feeder, lines = feeding
    client = Client(None, Listening(ann, Start(1, resumed=True), 0, public=True), 0.0)
    feeder.come(client)
    feeder._turn()
    assert client.known
    assert not client.behind
    if behind:
        feeder._audience.fall_behind(client)
    office.as_user("ann", "GET", "/v1/appusers/ann")
    office.reply(ann, "for ann alone")
    feeder.typing(Typing(ann, typing=True, role="appMaker", at=5.0, name="Alice"))
    feeder._turn()
    assert lines.told == []
    assert lines.gone == [client]
    assert not feeder._audience


def test_who_is_not_known_yet_is_not_told_who_types(office, ann, feeding):
    feeder, lines = feeding
    client = Client(None, Listening(ann, Start(1, resumed=True), 0, public=True), 0.0)
    client.queued = 1  # its beginning is not written yet
    office.as_user("ann", "GET", "/v1/appusers/ann")
    feeder.come(client)
    feeder.typing(Typing(ann, typing=True, role="appMaker", at=5.0, name="Alice"))
    feeder._turn()
    assert lines.told == []
    client.written = 1
    feeder._turn()
    assert lines.gone == [client]


def test_nobody_hears_of_locks(office, ann):
    with office.listen("ann") as app:
        office.as_user("ann", "GET", "/v1/appusers/ann")
        office.reply(ann, "answer")
        assert app.texts(1) == ["answer"]
        assert app.last_id == "3"
    with office.listen("ann", "1") as back:
        assert back.texts(1) == ["answer"]


@pytest.mark.parametrize("scope", ["app", "appUser"])
def test_a_jwt_that_expires_ends_its_stream(tmp_path, clock, ids, bot, scope):
    class Quick(StreamOffice):
        timing = Timing(heartbeat=0.1)

    office = Quick(tmp_path / "data", clock, ids, bot.url).serve()
    try:
        office.begun("ann")
        soon = bearer(office, scope=scope, userId="ann", exp=int(time.time()) - 57)  # a minute is allowed
        late = bearer(office, scope=scope, userId="ann", exp=10**400)
        with office.listen("ann", headers=late) as going_on, office.listen("ann", headers=soon) as ending:
            ending.body()
            assert going_on.silent(0.2)
    finally:
        office.end()


def test_nothing_is_told_to_a_jwt_that_expired(office, ann):
    """Also where the next look at the line is far away."""
    expiry = int(time.time()) - 58
    with office.listen("ann", headers=bearer(office, scope="app", exp=expiry)) as ear:
        eventually(lambda: time.time() > expiry + 60.1)
        office.reply(ann, "too late")
        assert b"too late" not in ear.body()


def state_of(office, text):
    def look(books):
        page = books.messages.page(books.app_users.find("ann"), Cut())
        [message_id] = [message.id for message in page.messages if message.draft.text == text]
        return books.receipts.find(message_id).standing.state

    return office.ledger.read(look)


@pytest.mark.parametrize("told_of_it", [False, True])
def test_who_comes_back_has_nothing_of_an_app_user_who_became_theirs(office, ann, visitor, told_of_it):
    """The visitor's reply has a number before the client's, which never heard it: it has to fetch it."""
    office.reply(visitor, "to the visitor")
    office.reply(ann, "to ann")
    with office.listen("ann") as ear:
        known = ear.last_id
        if told_of_it:
            office.as_app("POST", "/v1/init", DEVICE | {"userId": "ann"})
            assert ear.event()["type"] == "reset"
            known = ear.last_id
    office.as_app("POST", "/v1/init", DEVICE | {"userId": "ann"})
    with office.listen("ann", known) as back:
        if not told_of_it:
            assert back.event()["type"] == "reset"
        office.reply(ann, "afterwards")
        assert back.texts(1) == ["afterwards"]
    eventually(lambda: state_of(office, "afterwards") == "delivered")
    assert state_of(office, "to the visitor") == "waiting"
    office.as_app("GET", "/v1/appusers/ann/messages")
    eventually(lambda: state_of(office, "to the visitor") == "delivered")
