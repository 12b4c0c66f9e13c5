"""What an app shows besides messages: modals, its Home tab, nothing in time. The app here is slack_sdk's client."""

import threading
from collections.abc import Callable, Iterator

import pytest
import requests
from playwright.sync_api import expect
from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

GENERAL = "CGENERAL01"


def plain(text: str) -> dict:
    return {"type": "plain_text", "text": text}


def modal(title: str) -> dict:
    name = {"type": "plain_text_input", "action_id": "name", "initial_value": "Mia"}
    plan = {"type": "static_select", "action_id": "plan", "options": [{"text": plain("Gold"), "value": "gold"}]}
    return {
        "type": "modal",
        "title": plain(title),
        "submit": plain("Save"),
        "close": plain("Never mind"),
        "notify_on_close": True,
        "blocks": [
            {"type": "input", "block_id": "n", "label": plain("Name"), "element": name},
            {"type": "input", "block_id": "p", "label": plain("Plan"), "element": plan},
        ],
    }


class App:
    """A connected app. `hear` is called for each event.

    `answer` is called for each command and interaction, and gives the acknowledgement's payload.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self.web = WebClient("xoxb-sandbox", base_url=f"{url}api/")
        self.begin_again()
        self._client = SocketModeClient("xapp-sandbox", web_client=WebClient(base_url=f"{url}api/"))
        self._client.socket_mode_request_listeners.append(self._take)
        self._opened = threading.Event()
        self._client.on_message_listeners.append(lambda message: self._opened.set() if '"hello"' in message else None)

    def begin_again(self) -> None:
        self.payloads: list[dict] = []
        self.answer: Callable[[SocketModeRequest], dict | None] = lambda _request: None
        self.hear: Callable[[dict], None] = lambda _event: None
        self.acknowledges = True

    def connect(self) -> None:
        self._client.connect()
        assert self._opened.wait(5)

    def close(self) -> None:
        """Let the other end hang up first: the client alone would wait seconds for its next word."""
        self._client.auto_reconnect_enabled = False
        requests.post(f"{self._url}_sandbox/socket", json={"op": "drop"}, timeout=10)
        self._client.close()

    def _take(self, client: SocketModeClient, request: SocketModeRequest) -> None:
        if request.type == "events_api":
            client.send_socket_mode_response(SocketModeResponse(request.envelope_id))
            self.hear(request.payload["event"])
            return
        self.payloads.append(request.payload)
        payload = self.answer(request)
        if self.acknowledges:
            client.send_socket_mode_response(SocketModeResponse(request.envelope_id, payload))


@pytest.fixture(scope="module")
def connected_app(running_sandbox) -> Iterator[App]:
    app = App(running_sandbox.url)
    app.connect()
    yield app
    app.close()


@pytest.fixture
def app(page, connected_app) -> App:
    connected_app.begin_again()
    expect(page.get_by_test_id("app-status")).to_have_text("App connected")
    return connected_app


def write(page, text: str) -> None:
    page.get_by_test_id("composer-input").fill(text)
    page.get_by_test_id("composer-input").press("Enter")


def test_a_command_reaches_the_app_and_its_answer_is_for_the_caller_alone(page, app):
    app.answer = lambda _request: {"text": "Nothing was *sent*"}
    write(page, "/sk !help\nplease")
    expect(page.get_by_test_id("only-visible-to-you")).to_be_visible()
    expect(page.get_by_test_id("message-body").last).to_have_text("Nothing was sent")
    expect(page.get_by_test_id("composer-input")).to_have_value("")
    assert app.payloads[0]["text"] == "!help\nplease"


def test_a_modal_is_filled_corrected_and_submitted(page, app):
    def answer(request: SocketModeRequest) -> dict | None:
        payload = request.payload
        if request.type == "slash_commands":
            app.web.views_open(trigger_id=payload["trigger_id"], view=modal("Tea & cake"))
        elif payload["view"]["state"]["values"]["n"]["name"]["value"] == "Mia":
            return {"response_action": "errors", "errors": {"n": "This name is taken."}}
        return None

    app.answer = answer
    write(page, "/sk !profile")
    dialog = page.get_by_test_id("view-modal")
    expect(dialog.get_by_role("heading")).to_have_text("Tea & cake")

    page.get_by_test_id("view-submit").click()
    expect(dialog.get_by_text("Please complete this required field.")).to_be_visible()
    dialog.get_by_label("Plan").select_option("Gold")
    page.get_by_test_id("view-submit").click()
    expect(dialog.get_by_text("This name is taken.")).to_be_visible()
    dialog.get_by_label("Name").fill("Mia M.")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)

    values = app.payloads[-1]["view"]["state"]["values"]
    assert values["n"]["name"]["value"] == "Mia M."
    assert values["p"]["plan"]["selected_option"]["value"] == "gold"


def test_a_modal_closes_with_escape_and_the_app_hears_of_it(page, app):
    app.answer = lambda request: (
        app.web.views_open(trigger_id=request.payload["trigger_id"], view=modal("Profile")) and None
        if request.type == "slash_commands"
        else None
    )
    write(page, "/sk !profile")
    expect(page.get_by_test_id("view-modal")).to_be_visible()
    with page.expect_response("**/act/view"):
        page.keyboard.press("Escape")
    expect(page.get_by_test_id("view-modal")).to_have_count(0)
    assert app.payloads[-1]["type"] == "view_closed"


def test_the_home_tab_shows_what_the_app_published_and_its_buttons_work(page, app):
    button = {"type": "button", "action_id": "go", "text": plain("Go"), "value": "1"}
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "Your *desk*"}, "accessory": button}]
    page.get_by_test_id("home-item").click()
    expect(page.get_by_test_id("empty-home")).to_be_visible()
    app.web.views_publish(user_id="UALICE0001", view={"type": "home", "blocks": blocks})
    expect(page.get_by_test_id("home")).to_contain_text("Your desk")
    with page.expect_response("**/act/action"):
        page.get_by_test_id("home").get_by_role("button", name="Go").click()
    assert app.payloads[-1]["actions"][0]["action_id"] == "go"


def test_opening_the_home_tab_tells_the_app_and_what_it_publishes_later_is_shown_at_once(page, app):
    def publish(words: str) -> None:
        button = {"type": "button", "action_id": "go", "text": plain("Go"), "value": "1"}
        link = {"type": "rich_text_section", "elements": [{"type": "channel", "channel_id": GENERAL}]}
        blocks = [
            {"type": "rich_text", "elements": [link]},
            {"type": "section", "text": plain(words), "accessory": button},
        ]
        app.web.views_publish(user_id="UALICE0001", view={"type": "home", "blocks": blocks})

    app.hear = lambda event: publish("on opening") if event["type"] == "app_home_opened" else None
    page.get_by_test_id("home-item").click()
    home = page.get_by_test_id("home")
    expect(home).to_contain_text("on opening")
    home.get_by_role("button", name="Go").focus()
    publish("a moment later")
    expect(home).to_contain_text("a moment later")
    expect(home.get_by_role("button", name="Go")).to_be_focused()
    home.get_by_test_id("channel-link").click()
    expect(page.get_by_test_id("channel-title")).to_have_text("general")
    expect(home).to_be_hidden()


def test_what_is_chosen_in_a_message_reaches_the_app(page, app):
    app.web.conversations_join(channel=GENERAL)
    menu = {"type": "static_select", "action_id": "who", "options": [{"text": plain("Alice"), "value": "a"}]}
    more = {"type": "overflow", "action_id": "more", "options": [{"text": plain("Archive"), "value": "x"}]}
    app.web.chat_postMessage(channel=GENERAL, text="x", blocks=[{"type": "actions", "elements": [menu, more]}])
    with page.expect_response("**/act/action"):
        page.get_by_test_id("block-field").select_option("Alice")
    assert app.payloads[-1]["actions"][0]["selected_option"]["value"] == "a"
    page.get_by_test_id("block-overflow").click()
    with page.expect_response("**/act/action"):
        page.get_by_role("menuitem", name="Archive").click()
    assert app.payloads[-1]["actions"][0]["selected_option"]["value"] == "x"


def test_a_command_that_times_out_stays_in_the_box(page, app):
    app.acknowledges = False
    write(page, "/sk hello")
    notice = page.get_by_test_id("slack-notice")
    expect(notice).to_have_attribute("data-kind", "operation_timeout")
    expect(page.get_by_test_id("composer-input")).to_have_value("/sk hello")
