"""The stream over HTTP: who may listen, what is told, and where those go on who come back."""

import random
import socket
import struct
import threading

import psutil
import pytest
from server_fakes import eventually
from stream_office import StreamOffice

from webhook_server.domain.stream import Listening, Start, Typing
from webhook_server.stream import Timing, feeder, hub
from wire.messages import Never

PREFIXES = ("/v1", "/v1.1", "/v1/apps/app", "/v1.1/apps/app")


@pytest.fixture
def office(tmp_path, clock, ids, bot):
    """A webhook server at work on a real socket, beside a bot."""
    office = StreamOffice(tmp_path / "data", clock, ids, bot.url).serve()
    yield office
    office.end()


@pytest.fixture
def ann(office):
    """An app user's `_id`."""
    return office.begun("ann")


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_client_hears_at_once_that_it_is_heard(office, ann, prefix):
    with office.listen("ann", prefix=prefix) as ear:
        assert ear.headers["Content-Type"] == "text/event-stream"
        assert ear.headers["Connection"] == "close"
        assert ear.headers["Cache-Control"] == "no-cache, no-store"
        assert ear.headers["X-Accel-Buffering"] == "no"
        assert ear.headers["Access-Control-Allow-Origin"] == "*"
        assert ear.headers["X-Content-Type-Options"] == "nosniff"
        assert not {"Content-Length", "Transfer-Encoding"} & set(ear.headers)
        assert ear.comments == ["listening"]
        assert 1000 <= ear.retry <= 5000
        assert ear.last_id == "1"


def test_those_may_listen_who_may_read_the_app_user(office, ann):
    own = {"Authorization": f"Bearer {office.token({'scope': 'appUser', 'userId': 'ann'})}"}
    others = {"Authorization": f"Bearer {office.token({'scope': 'appUser', 'userId': 'bob'})}"}
    for ref, headers, status in (
        ("ann", {"app-token": "apt_test"}, 200),
        ("nobody", {"app-token": "apt_test"}, 404),
        ("ann", {"app-token": "wrong"}, 401),
        ("ann", {"X-No": "credential"}, 401),
        (ann, own, 200),
        ("ann", others, 403),
        ("ann", {"app-token": "apt_test"}, 401),  # seen with a JWT by now
    ):
        with office.ear(ref, headers=headers).head() as ear:
            assert ear.status == status, headers
    with office.ear("ann", prefix="/v1/apps/other").head() as ear:
        assert ear.status == 404


def test_refusals_are_json_and_leave_the_connection_as_it_is(office):
    with office.ear("nobody").head() as ear:
        assert ear.headers["Content-Type"] == "application/json"
        assert ear.headers["Connection"] is None


def test_a_stream_is_a_request_among_the_others_that_are_counted(office, ann):
    own = {"Authorization": f"Bearer {office.token({'scope': 'appUser', 'userId': 'ann'})}"}
    for _ in range(200):
        office.as_user("ann", "GET", "/v1/appusers/ann")
    with office.ear("ann", headers=own).head() as ear:
        assert ear.status == 429
        assert int(ear.headers["Retry-After"]) > 0


def test_a_reply_is_told_to_all_who_listen_to_that_app_user_and_to_nobody_else(office, ann):
    office.begun("bob")
    with office.listen("ann") as one, office.listen(ann) as other, office.listen("bob") as stranger:
        office.reply(ann, "line one\nline two \u2028 ünd „mehr“")
        for ear in (one, other):
            event = ear.event()
            assert event["type"] == "message"
            assert event["message"]["text"] == "line one\nline two \u2028 ünd „mehr“"
            assert event["message"]["role"] == "appMaker"
            assert event["message"]["name"] == "Alice"
            assert event["timestamp"] == pytest.approx(office.clock.now())
        listed = office.as_app("GET", "/v1/appusers/ann/messages").json["messages"]
        assert event["message"] == listed[-1]
        assert stranger.silent()


def test_what_the_app_writes_is_told_and_what_the_app_user_wrote_once_it_is_in_slack(office, ann, bot):
    with office.listen("ann") as ear:
        office.as_app("POST", "/v1/appusers/ann/messages", {"role": "appMaker", "text": "from the app"})
        assert ear.event()["message"]["text"] == "from the app"
        bot.gate.clear()
        said = office.say("ann", "from another device")["message"]
        assert ear.silent()
        bot.gate.set()
        assert ear.event() == {"type": "delivered", "message": said, "timestamp": office.clock.now()}


def test_what_slack_refuses_for_good_has_failed(office, ann, bot):
    bot.next_outcomes.append(Never(reason="is_archived"))
    with office.listen("ann") as ear:
        said = office.say("ann", "too late")["message"]
        assert ear.event() == {"type": "failed", "message": said, "timestamp": office.clock.now()}


def test_typing_is_told_to_those_who_listen_and_not_kept(office, ann):
    with office.listen("ann") as ear:
        office.reply(ann, "first")
        ear.event()
        known = ear.last_id
        office.hub.typing(Typing(ann, typing=True, role="appMaker", at=5.0, name="Alice", avatar_url="https://a/b.png"))
        office.hub.typing(Typing(ann, typing=False, role="appMaker", at=6.0))
        started = {"type": "typing:start", "role": "appMaker", "name": "Alice", "avatarUrl": "https://a/b.png"}
        assert ear.event() == started | {"timestamp": 5.0}
        assert ear.event() == {"type": "typing:stop", "role": "appMaker", "timestamp": 6.0}
        assert ear.last_id == known
    with office.listen("ann", known) as ear:
        assert ear.silent()


def test_whoever_begins_hears_nothing_of_before_and_misses_nothing_after(office, ann):
    office.reply(ann, "before")
    with office.listen("ann") as ear:
        went_on_from = ear.last_id
    office.reply(ann, "between")
    with office.listen("ann", went_on_from) as ear:
        assert ear.texts(1) == ["between"]
        office.reply(ann, "after")
        assert ear.texts(1) == ["after"]
        assert ear.silent()


def test_more_than_a_page_is_told_to_those_who_come_back(office, ann, monkeypatch):
    monkeypatch.setattr(feeder, "PAGE", 7)
    with office.listen("ann") as ear:
        known = ear.last_id
    texts = [f"reply {number}" for number in range(40)]
    for text in texts:
        office.reply(ann, text)
    with office.listen("ann", known) as ear:
        assert ear.texts(40) == texts
        office.reply(ann, "live")
        assert ear.texts(1) == ["live"]


@pytest.mark.parametrize("nonsense", ["x", "-1", "1.5", "99", "9" * 40, "²", "0x1"])
def test_an_id_that_is_none_of_ours_resets_the_client(office, ann, nonsense):
    with office.listen("ann", nonsense) as ear:
        assert ear.event()["type"] == "reset"
        assert ear.last_id == "1"
        office.reply(ann, "after")
        assert ear.texts(1) == ["after"]


def test_whoever_was_away_for_more_than_a_day_is_reset_and_others_are_not(office, ann):
    with office.listen("ann") as ear:
        long_ago = ear.last_id
    office.reply(ann, "yesterday")
    office.clock.turn(3600)
    office.reply(ann, "an hour later")
    office.clock.turn(86_400 - 3000)
    eventually(lambda: office.ledger.read(lambda books: books.stream_events.kept()).first == 3)
    with office.listen("ann", long_ago) as ear:
        assert ear.event()["type"] == "reset"
    with office.listen("ann", "2") as ear:
        assert ear.texts(1) == ["an hour later"]


def test_nothing_is_missed_and_nothing_doubled_by_those_who_come_and_go_while_messages_flow(office, ann, monkeypatch):
    """Replies are written from four threads while clients leave at any moment, and go on from what they heard."""
    monkeypatch.setattr(feeder, "PAGE", 5)
    monkeypatch.setattr(feeder, "MESSAGES", 3)
    chance, everything, heard = random.Random(7), threading.Event(), {number: [] for number in range(6)}
    with office.listen("ann") as ear:
        begin = ear.last_id

    def write(writer):
        for number in range(50):
            client = office.app.test_client()
            body = {"role": "appMaker", "text": f"{writer}/{number}"}
            headers = {"Authorization": f"Bearer {office.token({'scope': 'app'})}"}
            assert client.post("/v1/appusers/ann/messages", json=body, headers=headers).status_code == 201

    def listen(number):
        last_id = begin
        while len(heard[number]) < 200 and not everything.is_set():
            with office.listen("ann", last_id) as ear:
                for _ in range(chance.randint(1, 40)):
                    try:
                        heard[number].append(ear.event(0.2)["message"]["text"])
                    except TimeoutError:
                        break
                last_id = ear.last_id

    threads = [threading.Thread(target=listen, args=(number,)) for number in heard]
    threads += [threading.Thread(target=write, args=(writer,)) for writer in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    everything.set()
    listed = written_texts(office)
    assert len(listed) == 200
    for texts in heard.values():
        assert texts == listed


def written_texts(office):
    """All that the app wrote, page by page, in order."""
    texts, path = [], "/v1/appusers/ann/messages?after=0"
    while path:
        page = office.as_app("GET", path).json
        texts += [message["text"] for message in page["messages"] if message["role"] == "appMaker"]
        path = page.get("next", "").removeprefix("https://sk.example.org")
    return texts


def test_a_head_is_a_head(office, ann):
    with office.ear("ann", method="HEAD").head() as ear:
        assert (ear.status, ear.headers["Content-Type"]) == (200, "text/event-stream")
        assert ear.headers["Transfer-Encoding"] is None
        assert ear.body() == b""
    assert office.listeners() == 0


def test_old_http_is_spoken_with(office, ann):
    with office.listen("ann", version="1.0") as ear:
        assert (ear.version, ear.headers["Connection"]) == ("HTTP/1.0", "close")
        office.reply(ann, "still there")
        assert ear.texts(1) == ["still there"]


def test_an_answer_under_way_comes_before_the_stream(office, ann):
    """A client may send its next request without waiting for the answer."""
    before = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    with office.ear("ann", before=before).head() as ear:
        assert ear.headers["Content-Type"] == "application/json"
        assert ear._until(b'{"status":"ok"}') == b""
        ear.opened()
        office.reply(ann, "and now")
        assert ear.texts(1) == ["and now"]


def test_other_methods_are_refused(office, ann):
    assert office.as_app("POST", "/v1/appusers/ann/stream", {}).status_code == 405


def test_without_a_connection_to_hand_over_the_stream_ends_at_once(office, ann):
    """Whoever serves the application with something else gets clients that ask again and again, and nothing hangs."""
    response = office.as_app("GET", "/v1/appusers/ann/stream")
    assert response.status_code == 200
    assert response.text.startswith(": listening\nretry: ")


def test_those_who_leave_are_forgotten(office, ann):
    ears = [office.listen("ann") for _ in range(5)]
    assert office.listeners() == 5
    assert office.hub.listening(ann)
    for ear in ears:
        ear.close()
    eventually(lambda: office.listeners() == 0)
    assert not office.hub.listening(ann)


def test_those_who_leave_leave_nothing_behind(office, ann):
    """Whether they close their connection, break it off, or were gone before they were let in."""
    at_rest = connections_of(office)
    for number in range(30):
        ear = office.ear("ann") if number % 3 == 2 else office.listen("ann")
        if number % 3:
            ear.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        ear.close()
    eventually(lambda: office.listeners() == 0 and connections_of(office) == at_rest)
    office.reply(ann, "is anybody there?")
    with office.listen("ann", "1") as ear:
        assert ear.texts(1) == ["is anybody there?"]


def connections_of(office):
    """Sockets that this process has open on the server's port."""
    found = psutil.Process().net_connections("tcp")
    return len([connection for connection in found if connection.laddr and connection.laddr.port == office.port])


def test_whoever_talks_instead_of_listening_is_sent_away(office, ann):
    with office.listen("ann") as ear:
        ear.connection.sendall(b"x" * 20_000)
        assert ear.ended()


def test_clients_take_no_threads(office, ann):
    before = threading.active_count()
    ears = [office.listen("ann") for _ in range(15)]
    assert threading.active_count() <= before
    for ear in ears:
        ear.close()


def test_one_app_user_has_a_bounded_number_of_clients(office, ann, monkeypatch):
    monkeypatch.setattr(hub, "CLIENTS_OF_ONE", 2)
    office.begun("bob")
    with office.listen("ann"), office.listen("ann"), office.listen("bob"), office.ear("ann").head() as refused:
        assert (refused.status, refused.headers["Retry-After"]) == (429, "30")


def test_all_together_are_bounded(office, ann, monkeypatch):
    monkeypatch.setattr(office.hub, "_most", 2)
    office.begun("bob")
    with office.listen("ann"), office.listen("ann"), office.ear("bob").head() as refused:
        assert (refused.status, refused.headers["Retry-After"]) == (503, "30")


def test_clients_of_somebody_who_became_somebody_else_are_let_go(office, ann):
    with office.listen("ann") as ear:
        office.hub.close(ann)
        assert ear.ended()
    eventually(lambda: office.listeners() == 0)


def test_an_end_lets_all_go_and_those_who_come_back_go_on(office, ann):
    with office.listen("ann") as ear:
        office.reply(ann, "one")
        assert ear.texts(1) == ["one"]
        office.end()
        assert ear.ended()
    office.open()
    office.reply(ann, "two")
    office.serve()
    with office.listen("ann", ear.last_id) as back:
        assert back.texts(1) == ["two"]


def test_whoever_merges_comes_back_as_who_they_are_and_who_they_are_fetches_anew(office, ann):
    """The loser's messages now stand between those that the survivor's clients know."""
    device = {"device": {"id": "d1", "platform": "web"}}
    anonymous = office.as_token("POST", "/v1/init", device).json["appUser"]["_id"]
    office.begun(anonymous)
    with office.listen(anonymous) as loser, office.listen("ann") as survivor:
        assert office.as_app("POST", "/v1/init", device | {"userId": "ann"}).json["appUser"]["_id"] == ann
        assert survivor.event()["type"] == "reset"
        loser.body()
    with office.listen(anonymous, loser.last_id) as back:
        assert back.event()["type"] == "reset"
        office.reply(ann, "welcome")
        assert back.texts(1) == ["welcome"]


def test_when_credentials_change_all_have_to_show_theirs_again(office, ann):
    with office.listen("ann") as ear:
        office.hub.close_all()
        assert ear.ended()
    office.listen("ann").close()


def test_a_client_that_was_let_in_before_credentials_changed_is_let_go(office, ann):
    """It was on its way from the thread that authenticated it to the one that holds the lines."""
    before = Listening(ann, Start(0), office.hub.era)
    office.hub.close_all()
    ours, theirs = socket.socketpair()
    office.hub.take(ours, b"HTTP/1.1 200 OK", before)
    with theirs:
        assert theirs.recv(1) == b""
    assert office.listeners() == 0


@pytest.fixture
def quick_office(tmp_path, clock, ids, bot):
    """Like `office`, where nobody waits for long."""

    class Quick(StreamOffice):
        timing = Timing(heartbeat=0.3, stalled=0.6, life=3600.0)

    office = Quick(tmp_path / "data", clock, ids, bot.url).serve()
    yield office
    office.end()


def test_the_line_is_kept_warm(quick_office):
    quick_office.begun("ann")
    with quick_office.listen("ann") as ear:
        eventually(lambda: ear.silent(0.05) and ear.comments.count("still here") >= 3)


def test_a_client_that_takes_nothing_is_sent_away_and_misses_nothing(quick_office):
    ann = quick_office.begun("ann")
    with quick_office.listen("ann") as ear:
        begin = ear.last_id
    texts = [f"{number} " + "x" * 50_000 for number in range(30)]
    with quick_office.listen("ann", begin, receive_bytes=4096) as slow:
        for text in texts:
            quick_office.reply(ann, text)
        eventually(lambda: quick_office.listeners() == 0)
        heard = []
        try:
            while True:
                heard += slow.texts(1)
        except EOFError:
            pass
    assert len(heard) < 30
    with quick_office.listen("ann", slow.last_id) as back:
        assert heard + back.texts(30 - len(heard)) == texts


def test_a_slow_client_takes_little_room_holds_up_nobody_and_hears_everything(office, ann):
    texts = [f"{number} " + "x" * 50_000 for number in range(60)]
    with office.listen("ann", receive_bytes=4096) as slow, office.listen("ann") as quick:
        held = list(office.hub._clients[ann])
        for text in texts:
            office.reply(ann, text)
        assert quick.texts(60) == texts
        most = max(client.unwritten for client in held)
        assert 0 < most < feeder.ROOM_BYTES + 60_000
        assert slow.texts(60) == texts
        office.reply(ann, "live again")
        assert slow.texts(1) == quick.texts(1) == ["live again"]


def test_a_client_comes_back_in_time_to_show_that_it_still_may(tmp_path, clock, ids, bot):
    class ShortLived(StreamOffice):
        timing = Timing(heartbeat=0.1, life=0.2)

    office = ShortLived(tmp_path / "data", clock, ids, bot.url).serve()
    try:
        office.begun("ann")
        with office.listen("ann") as ear:
            ear.body()
    finally:
        office.end()
