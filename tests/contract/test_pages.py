"""Pages of a conversation: none missed, none doubled, also while new messages come."""

from urllib.parse import urlsplit

import pytest
from contract_scene import Scene
from contract_shapes import check_error, page_answer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from server_fakes import CountingIds, TurnableClock
from server_office import Office

from webhook_server import intake
from webhook_server.domain.values import AuthorId, Draft
from wire.ids import MessageId


def get(office, url):
    parts = urlsplit(url)
    answer = office.as_app("GET", f"{parts.path}?{parts.query}")
    assert answer.status_code == 200, answer.text
    assert page_answer(answer.json)
    assert len(answer.json["messages"]) <= 100
    return answer.json


def texts(page):
    return [message["text"] for message in page["messages"]]


@pytest.fixture(scope="module")
def long(tmp_path_factory):
    """A conversation of 250 messages, and the `received` of each."""
    office = Office(tmp_path_factory.mktemp("long"), TurnableClock(), CountingIds())
    for number in range(250):
        if number % 7 == 0:
            office.clock.turn(0.4)
        office.say("ann", str(number))
    yield office
    office.close()


def start(office, user="ann"):
    return f"{office.settings.sk_public_url}/v1/appusers/{user}/messages"


def walk(office, url, way):
    """All pages from `url` along `previous` or `next`."""
    pages = [get(office, url)]
    while way in pages[-1]:
        pages.append(get(office, pages[-1][way]))
    return pages


def test_backwards_along_previous(long):
    pages = walk(long, start(long), "previous")
    assert [len(page["messages"]) for page in pages] == [100, 100, 50]
    assert [text for page in reversed(pages) for text in texts(page)] == [str(number) for number in range(250)]
    assert ["next" in page for page in pages] == [False, True, True]


def test_forwards_along_next(long):
    pages = walk(long, start(long) + "?after=0", "next")
    assert [len(page["messages"]) for page in pages] == [100, 100, 50]
    assert [text for page in pages for text in texts(page)] == [str(number) for number in range(250)]
    assert ["previous" in page for page in pages] == [False, True, True]


@pytest.mark.parametrize("place", [0, 1, 99, 100, 149, 150, 248, 249])
def test_every_message_cuts_exactly(long, place):
    everything = [m for page in reversed(walk(long, start(long), "previous")) for m in page["messages"]]
    received = everything[place]["received"]
    before, after = get(long, f"{start(long)}?before={received!r}"), get(long, f"{start(long)}?after={received!r}")
    assert texts(before) == [str(number) for number in range(max(0, place - 100), place)]
    assert texts(after) == [str(number) for number in range(place + 1, min(250, place + 101))]


def test_links_are_absolute_and_lead_back_the_way_the_client_came(long):
    page = get(long, start(long).replace("/v1/", "/v1.1/apps/app/").replace("appusers", "appUsers"))
    assert page["previous"].startswith("https://sk.example.org/v1.1/apps/app/appUsers/ann/messages?before=")


@pytest.mark.parametrize(
    "query",
    [
        "before=1&after=2",
        "before=",
        "after=",
        "before=x",
        "after=NaN",
        "after=inf",
        "before=-inf",
        "before=1e400",
        "before=1_0",
        "after=0x10",
    ],
)
def test_nonsense_is_refused(long, query):
    check_error(long.as_app("GET", f"/v1/appusers/ann/messages?{query}"), 400, "bad_request")


@pytest.mark.parametrize(("query", "count"), [("before=0", 0), ("after=99999999999", 0), ("before=-5", 0)])
def test_pages_beyond_the_ends_are_empty(long, query, count):
    assert len(get(long, f"{start(long)}?{query}")["messages"]) == count


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.integers(1, 130)),
        st.tuples(st.just("turn"), st.floats(-5, 5)),
        st.tuples(st.just("page"), st.just(0)),
    ),
    min_size=1,
    max_size=12,
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    office = Office(tmp_path_factory.mktemp("shared"), TurnableClock(), CountingIds())
    office.written = []
    yield office
    office.close()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 220), STEPS)
def test_walking_back_while_messages_come_finds_all_that_were_there(shared, already, steps):
    scene, written = Scene(shared), ["first words"]
    write(scene, written, already)
    there, url, found = list(written), start(shared, scene.user), []
    for kind, amount in steps:
        if kind == "page" and url:
            page = get(shared, url)
            if not found:
                there = list(written)
            found, url = texts(page) + found, page.get("previous")
        else:
            happen(scene, written, kind, amount)
    while url:
        page = get(shared, url)
        if not found:
            there = list(written)
        found, url = texts(page) + found, page.get("previous")
    assert found == there


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 220), STEPS)
def test_walking_on_while_messages_come_finds_all_in_the_end(shared, already, steps):
    scene, written = Scene(shared), ["first words"]
    write(scene, written, already)
    reader = Reader(shared, scene.user)
    for kind, amount in steps:
        if kind == "page":
            reader.step()
        else:
            happen(scene, written, kind, amount)
    while reader.step():
        pass
    assert reader.found == written


class Reader:
    """A client that keeps up: along `next`, and after the last message that it saw where there is no next page."""

    def __init__(self, office, user):
        self._office, self._user = office, user
        self._url = f"{start(office, user)}?after=0"
        self.found = []

    def step(self):
        """Whether there was something new."""
        page = get(self._office, self._url)
        self.found += texts(page)
        if page["messages"]:
            self._url = (
                page.get("next") or f"{start(self._office, self._user)}?after={page['messages'][-1]['received']!r}"
            )
        return bool(page["messages"])


def happen(scene, written, kind, amount):
    if kind == "write":
        write(scene, written, amount)
    elif kind == "turn":
        scene.office.clock.jump(amount)


def write(scene, written, count):
    """`count` messages, as many requests would have brought them, in one transaction: this is about reading."""
    texts = [str(len(written) + number) for number in range(count)]
    office = scene.office

    def job(books):
        user = books.app_users.find(scene.user)
        for text in texts:
            message_id = MessageId(f"f{len(office.written):023x}")
            office.written.append(text)
            draft = Draft("appUser", AuthorId(user.id), text)
            user = intake.accept(books, user, message_id, draft, office.clock.now()).app_user

    office.ledger.write(job)
    written += texts
