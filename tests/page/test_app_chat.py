"""The app user's chat: tells when the server is away, keeps what was written, and sends it again under the same key."""

import base64
import json
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)
PICTURE = f"data:image/png;base64,{base64.b64encode(PIXEL).decode()}"

WAIT_SECONDS = 10


class Server:
    """Stands at the network's edge of the browser for the webhook server: answers the App API's calls, or is away."""

    def __init__(self, page: Page, url: str) -> None:
        self.away = False
        self.keys: list[str] = []
        self.uploads: list[bytes] = []
        self.messages: list[dict] = []
        self.profile: dict = {}
        self.tokens: set[str] = set()
        self.told: list[str] = []
        self.streams: list[str] = []
        self.last_event_ids: list[str | None] = []
        self.reads = 0
        self.erased = False
        page.route(f"{url}/**", self._answer)

    def say(self, text: str, **more: object) -> None:
        number = len(self.messages) + 1
        self.messages.append({"_id": f"m{number}", "received": float(number), "type": "text", "text": text, **more})

    def _answer(self, route: Route) -> None:
        request = route.request
        cors = {
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Headers": "*",
            "Access-Control-Allow-Methods": "*",
        }
        if request.method == "POST":
            self.tokens.add(request.headers["app-token"])
        if request.method == "POST" and request.url.endswith(("/messages", "/images")):
            self.keys.append(request.headers["idempotency-key"])
        if self.away:
            route.abort("connectionrefused")
        elif request.method == "POST" and "/conversation/" in request.url:
            self.told.append((request.post_data_json or {"type": "read"})["type"])
            route.fulfill(json={}, headers=cors)
        elif request.method == "POST" and request.url.endswith("/images"):
            self.uploads.append(request.post_data_buffer)
            self.say("", role="appUser", mediaUrl=PICTURE, type="image")
            route.fulfill(status=201, json={"message": self.messages[-1], "conversation": {}}, headers=cors)
        elif request.method == "POST" and request.url.endswith("/attachments?access=public"):
            self.uploads.append(request.post_data_buffer)
            stored = {"mediaUrl": "https://files.example/media/1/a%20report.pdf?x=1", "mediaType": "application/pdf"}
            route.fulfill(status=201, json=stored, headers=cors)
        elif request.method == "POST" and "mediaUrl" in (request.post_data_json or {}):
            self.say("", **request.post_data_json)
            route.fulfill(status=201, json={"message": self.messages[-1], "conversation": {}}, headers=cors)
        elif request.method == "POST" and request.url.endswith("/messages"):
            self.say(request.post_data_json["text"], role=request.post_data_json["role"])
            route.fulfill(status=201, json={"message": self.messages[-1], "conversation": {}}, headers=cors)
        elif request.method in {"POST", "PUT"}:
            self.profile |= request.post_data_json
            route.fulfill(status=201, json={"appUser": self.profile}, headers=cors)
        else:
            self._tell(route, cors)

    def _tell(self, route: Route, cors: dict[str, str]) -> None:
        request = route.request
        if request.url.endswith("/stream") and self.streams:
            self.last_event_ids.append(request.headers.get("last-event-id"))
            route.fulfill(body=self.streams.pop(0), content_type="text/event-stream; charset=utf-8", headers=cors)
        elif self.erased:
            route.fulfill(status=404, json={"error": {"code": "user_not_found", "description": "gone"}}, headers=cors)
        else:
            self.reads += request.url.rpartition("/")[2].startswith("messages")
            after = float(request.url.partition("after=")[2] or 0)
            new = [message for message in self.messages if message["received"] > after]
            route.fulfill(json={"conversation": {}, "messages": new}, headers=cors)


@pytest.fixture
def server(page, unused_server_url) -> Server:
    return Server(page, unused_server_url)


def wait_until(page: Page, holds: Callable[[], bool]) -> None:
    """Lets the page run until `holds`; the server's answers are given by this thread."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not holds():
        assert time.monotonic() < deadline, "it never came to that"
        page.wait_for_timeout(50)


def start_chatting(page: Page) -> None:
    page.get_by_test_id("app-user-save").click()
    expect(page.get_by_test_id("app-composer-input")).to_be_focused()


def write(page: Page, text: str) -> None:
    page.get_by_test_id("app-composer-input").fill(text)
    page.get_by_test_id("app-composer-input").press("Enter")


def test_a_server_that_is_down_is_shown_clearly(page, unused_server_url):
    expect(page.get_by_test_id("app-server-status")).to_have_attribute("data-status", "bad")
    expect(page.get_by_test_id("app-banner")).to_contain_text(f"does not answer at {unused_server_url}")


def test_an_app_user_is_created_writes_and_reads_the_answer(page, server):
    start_chatting(page)
    assert server.profile["properties"] == {"plan": "gold", "city": "Berlin"}
    write(page, "My photos are broken")
    mine = page.get_by_test_id("app-message").filter(has_text="My photos are broken")
    expect(mine).to_have_attribute("data-state", "sent")
    server.say("<b>Sorry</b> :)", role="appMaker", name="Alice Adams")
    expect(page.get_by_test_id("app-agent-name")).to_have_text("Alice Adams")
    expect(page.get_by_test_id("app-text").last).to_have_text("<b>Sorry</b> :)")
    expect(page.get_by_test_id("app-message")).to_have_count(2)


def test_what_was_not_sent_is_kept_over_a_reload_and_sent_once_under_its_key(page, server):
    start_chatting(page)
    server.away = True
    write(page, "one")
    expect(page.get_by_test_id("app-message")).to_have_attribute("data-state", "failed")
    page.reload()
    server.away = False
    page.get_by_test_id("app-retry").click()
    expect(page.get_by_test_id("app-message")).to_have_attribute("data-state", "sent")
    assert len(server.keys) == 2
    assert len(set(server.keys)) == 1


def test_an_image_is_sent_and_shown(page, server):
    start_chatting(page)
    page.get_by_test_id("app-file").set_input_files({"name": "pixel.png", "mimeType": "image/png", "buffer": PIXEL})
    expect(page.get_by_test_id("app-message")).to_have_attribute("data-state", "sent")
    assert PIXEL in server.uploads[0]
    assert b'name="role"\r\n\r\nappUser' in server.uploads[0]


def test_a_file_is_stored_and_sent_once_under_its_key(page, server):
    start_chatting(page)
    server.away = True
    file = {"name": "a report.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    page.get_by_test_id("app-file").set_input_files(file)
    expect(page.get_by_test_id("app-message")).to_have_attribute("data-state", "failed")
    expect(page.get_by_test_id("app-text")).to_have_text("a report.pdf")
    server.away = False
    page.get_by_test_id("app-retry").click()
    expect(page.get_by_test_id("app-message")).to_have_attribute("data-state", "sent")
    expect(page.get_by_test_id("app-text")).to_contain_text("a report.pdf")
    assert (server.messages[0]["type"], server.messages[0]["mediaType"]) == ("file", "application/pdf")
    assert b"%PDF-1.7" in server.uploads[0]


def test_a_file_that_was_not_sent_is_gone_with_the_page(page, server):
    start_chatting(page)
    server.away = True
    page.get_by_test_id("app-file").set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": b"hello"})
    expect(page.get_by_test_id("app-message")).to_have_attribute("data-state", "failed")
    server.away = False
    page.reload()
    expect(page.get_by_test_id("app-composer-input")).to_be_visible()
    expect(page.get_by_test_id("app-message")).to_have_count(0)


def test_the_profile_is_edited_and_wrong_properties_are_refused(page, server):
    start_chatting(page)
    page.get_by_test_id("app-menu").click()
    page.get_by_test_id("app-edit-profile").click()
    page.get_by_test_id("app-user-properties").fill("nonsense")
    page.get_by_test_id("app-user-save").click()
    expect(page.get_by_test_id("app-form-error")).to_contain_text("key=value")
    page.get_by_test_id("app-user-properties").fill(json.dumps({"plan": "free", "seats": 3}))
    page.get_by_test_id("app-user-save").click()
    expect(page.get_by_test_id("app-composer-input")).to_be_visible()
    assert server.profile["properties"] == {"plan": "free", "seats": 3}


def test_an_app_token_that_the_sandbox_does_not_know_is_asked_for(page, server, unused_server_url):
    access = {"server_url": unused_server_url, "app_id": "app", "app_token": None}
    page.route("**/_sandbox/app", lambda route: route.fulfill(json=access))
    page.reload()
    expect(page.get_by_test_id("app-token-form")).to_contain_text("python -m webhook_server credentials")
    page.get_by_test_id("app-token").fill("typed-in")
    page.keyboard.press("Enter")
    start_chatting(page)
    assert server.tokens == {"typed-in"}


def test_several_app_users_are_kept_and_switched(page, server):
    start_chatting(page)
    page.get_by_test_id("app-menu").click()
    page.get_by_test_id("app-new-user").click()
    page.get_by_test_id("app-user-userId").fill("tom-1")
    page.get_by_test_id("app-user-givenName").fill("Tom")
    page.get_by_test_id("app-user-save").click()
    users = page.get_by_test_id("app-user-select")
    expect(users).to_have_value("tom-1")
    users.select_option("mia-1")
    page.reload()
    expect(users).to_have_value("mia-1")


def event(number: int, **data: object) -> str:
    return f"id: {number}\ndata: {json.dumps(data)}\n\n"


def reply(number: int) -> dict:
    text = f"reply {number}"
    return {"_id": f"r{number}", "received": 100.0 + number, "type": "text", "role": "appMaker", "text": text}


def test_a_reply_on_screen_is_told_to_be_read_once(page, server):
    start_chatting(page)
    server.say("first", role="appMaker")
    expect(page.get_by_test_id("app-message")).to_have_count(1)
    wait_until(page, lambda: server.told == ["read"])
    seen = server.reads
    wait_until(page, lambda: server.reads > seen + 1)
    assert server.told == ["read"]
    server.say("second", role="appMaker")
    wait_until(page, lambda: server.told == ["read", "read"])


def test_a_reply_that_nobody_can_see_is_not_told_to_be_read(page, server):
    start_chatting(page)
    page.set_viewport_size({"width": 390, "height": 500})
    page.get_by_test_id("composer-input").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('.frame').parentElement.scrollIntoView()")
    server.say("below the edge", role="appMaker")
    expect(page.get_by_test_id("app-message")).to_have_count(1)
    seen = server.reads
    wait_until(page, lambda: server.reads > seen + 1)
    assert server.told == []
    page.get_by_test_id("app-composer-input").scroll_into_view_if_needed()
    wait_until(page, lambda: server.told == ["read"])


def test_reading_is_told_again_where_the_server_did_not_hear_it(page, server):
    start_chatting(page)
    server.say("hello", role="appMaker")
    unheard = []
    page.route("**/conversation/read", lambda route: (unheard.append(route), route.abort("connectionrefused")))
    wait_until(page, lambda: unheard)
    page.unroute("**/conversation/read")
    wait_until(page, lambda: server.told == ["read"])


def test_typing_is_told_once_in_a_while_and_its_end_with_the_message(page, server):
    start_chatting(page)
    page.get_by_test_id("app-composer-input").press_sequentially("My photos")
    wait_until(page, lambda: server.told == ["typing:start"])
    expect(page.get_by_test_id("app-composer-input")).to_have_value("My photos")
    page.get_by_test_id("app-composer-input").press("Enter")
    wait_until(page, lambda: server.told == ["typing:start", "typing:stop"])
    page.get_by_test_id("app-composer-input").press_sequentially("x")
    wait_until(page, lambda: server.told[2:] == ["typing:start"])
    page.get_by_test_id("app-composer-input").press("Backspace")
    wait_until(page, lambda: server.told[2:] == ["typing:start", "typing:stop"])


def test_whoever_stops_to_type_is_told_to_have_stopped(page, server):
    page.clock.install()
    start_chatting(page)
    page.get_by_test_id("app-composer-input").press_sequentially("Well")
    wait_until(page, lambda: server.told == ["typing:start"])
    page.clock.run_for(7_000)
    wait_until(page, lambda: server.told == ["typing:start", "typing:stop"])


def test_replies_come_over_the_stream_which_goes_on_where_it_ended(page, server):
    first = ": listening\nretry: 3000\nid: 7\n\n" + event(8, type="message", message=reply(1))
    second = event(9, type="delivered", message={**reply(2), "role": "appUser"}) + event(10, type="something new")
    server.streams = [first, second, "id: 10\n\n"]
    start_chatting(page)
    expect(page.get_by_test_id("app-text").filter(has_text="reply 1")).to_be_visible()
    expect(page.get_by_test_id("app-text").filter(has_text="reply 2")).to_be_visible()
    wait_until(page, lambda: len(server.last_event_ids) > 2)
    assert server.last_event_ids == [None, "8", "10"]


def test_after_a_reset_of_the_stream_everything_is_read_anew(page, server):
    server.streams = [event(2, type="message", message=reply(1)), event(3, type="reset")]
    start_chatting(page)
    expect(page.get_by_test_id("app-text")).to_have_text("reply 1")
    expect(page.get_by_test_id("app-message")).to_have_count(0)
    server.say("afterwards", role="appMaker")
    expect(page.get_by_test_id("app-text")).to_have_text("afterwards")


def test_an_erased_conversation_is_not_shown_any_more(page, server):
    start_chatting(page)
    server.say("a secret", role="appMaker")
    expect(page.get_by_test_id("app-message")).to_have_count(1)
    server.erased = True
    server.messages.clear()
    expect(page.get_by_test_id("app-message")).to_have_count(0)
    server.erased = False
    write(page, "Hello again")
    expect(page.get_by_test_id("app-text")).to_have_text("Hello again")


def test_a_conversation_that_ends_in_a_picture_is_shown_to_its_end(page, server):
    tower = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="900"><rect width="200" height="900"/></svg>'
    held = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/tower.svg", hold)
    start_chatting(page)
    server.say("", role="appMaker", type="image", mediaUrl="https://pictures.example/tower.svg")
    wait_until(page, lambda: held)
    held[0].fulfill(body=tower, content_type="image/svg+xml")
    page.wait_for_function(
        "() => { const list = document.querySelector('.bubbles');"
        " return list.scrollTop > 0 && list.scrollHeight - list.scrollTop - list.clientHeight < 2; }"
    )
