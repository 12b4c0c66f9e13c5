"""Takes the pictures of `docs/agents.md`: the real processes in a browser. `make pictures`."""

import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from people import ALICE, BRUNO, GENERAL, App, Receiver, Slack, shown, shown_all
from pictures import jpeg
from playwright.sync_api import Locator, Page, expect, sync_playwright
from processes import Stack, wait_for

DIRECTORY = Path(__file__).parents[2] / "docs" / "images"
WINDOW = {"width": 1180, "height": 860}
SECONDS = 1000
FACE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 72"><rect width="72" height="72" fill="#f2c6a0"/>
<circle cx="36" cy="30" r="15" fill="#7a4a2b"/><path d="M8 72c2-20 14-26 28-26s26 6 28 26" fill="#2f6f8f"/></svg>"""


class Photographer:
    """Looks at the local workspace as Alice, and takes pictures of what she sees."""

    def __init__(self, page: Page, url: str) -> None:
        self._page = page
        page.route("https://pictures.example/**", lambda route: route.fulfill(body=FACE, content_type="image/svg+xml"))
        page.goto(url)

    def channel(self, name: str) -> None:
        self._page.get_by_test_id("channel-item").filter(has_text=name).first.click()
        expect(self._page.get_by_test_id("channel-title")).to_contain_text(name)

    def message(self, *texts: str) -> Locator:
        """The newest message that has all these texts."""
        found = self._page.get_by_test_id("message")
        for text in texts:
            found = found.filter(has_text=text)
        return found.last

    def take(self, name: str, *texts: str) -> None:
        message = self.message(*texts)
        expect(message).to_be_visible(timeout=20 * SECONDS)
        self._shoot(name, message)

    def home(self, text: str) -> None:
        self._page.get_by_test_id("home-item").click()
        expect(self._page.get_by_test_id("home")).to_contain_text(text, timeout=20 * SECONDS)
        blocks = self._page.get_by_test_id("home")
        top, last = blocks.bounding_box(), blocks.get_by_test_id("block-actions").last.bounding_box()
        height = last["y"] + last["height"] + 20 - top["y"]
        self._page.screenshot(path=DIRECTORY / "home-tab.png", clip={**top, "height": height})

    def preview(self, text: str) -> None:
        expect(self._page.get_by_test_id("view-modal")).to_contain_text(text, timeout=10 * SECONDS)
        self._shoot("preview", self._page.get_by_test_id("view-modal"))
        self._page.get_by_test_id("view-close").click()

    def _shoot(self, name: str, what: Locator) -> None:
        what.scroll_into_view_if_needed()
        self._page.mouse.move(0, 0)
        what.screenshot(path=DIRECTORY / f"{name}.png")


@contextmanager
def running(directory: Path):
    stack = Stack(directory, SK_INVITE=f"{ALICE},{BRUNO}", SK_REMIND_AFTER="10m", SK_ON_CALL_AFTER="20m")
    try:
        yield stack.start()
    finally:
        stack.end()


def conversation(app: App, slack: Slack, user_id: str, name: str, text: str) -> str:
    """An app user writes; returns their channel, once its dispatch notice tells who waits."""
    given, _, surname = name.partition(" ")
    app.create(user_id, givenName=given, surname=surname, email=f"{user_id}@example.com")
    app.write(user_id, text, name=name)
    channel_id = slack.conversation(f"sk-{name.lower().replace(' ', '-')}")
    wait_for(lambda: any(name in shown(m) and "waiting" in shown(m) for m in slack.messages(GENERAL)), "the notice")
    return channel_id


def dispatch_notices(app: App, slack: Slack, camera: Photographer) -> None:
    """One conversation, from its first words to its close."""
    name = "Mira Holm"
    channel_id = conversation(app, slack, "mira", name, "Hello, my order has not come yet. Can you have a look?")
    camera.channel("general")
    camera.take("dispatch-waiting", name, "waiting since")
    slack.command(ALICE, channel_id, "!claim")
    camera.take("dispatch-claimed", name, "claimed by")
    slack.command(ALICE, channel_id, "!snooze 2h")
    camera.take("dispatch-snoozed", name, "snoozed")
    slack.command(ALICE, channel_id, "Hello Mira, I am looking for it.")
    camera.take("dispatch-answered", name, "first answered by")
    slack.command(ALICE, channel_id, "!close found, it comes tomorrow")
    camera.take("dispatch-closed", name, "closed by")


def reply_notices(app: App, slack: Slack, camera: Photographer, receiver: Receiver) -> None:
    """A reply in each of its states."""
    channel_id = conversation(app, slack, "jonas", "Jonas Beck", "Is the shop open tomorrow?")
    camera.channel("sk-jonas-beck")
    slack.command(ALICE, channel_id, "Yes, from nine to five.")
    camera.take("reply-waiting", "Yes, from nine", "waiting for the app")
    webhook = app.webhook(receiver.url)
    slack.command(ALICE, channel_id, "On Saturday from ten.")
    camera.take("reply-delivered", "On Saturday", "delivered")
    app.call("POST", "/appusers/jonas/conversation/read", {})
    camera.take("reply-read", "On Saturday", "read")
    receiver.answers += [500, 403]  # the second answer is final
    slack.command(ALICE, channel_id, "On Sunday it is closed.")
    camera.take("reply-sending", "On Sunday", "sending")
    camera.take("reply-failed", "On Sunday", "failed")
    app.call("DELETE", f"/webhooks/{webhook['_id']}")


def others(app: App, slack: Slack, camera: Photographer) -> None:
    """Profile card, preview, canned answer, Home tab."""
    app.call("PUT", "/appusers/jonas", {"properties": {"plan": "gold", "orders": 17, "newsletter": True}})
    device = {
        "id": "phone",
        "platform": "ios",
        "appVersion": "4.2",
        "info": {"currentUrl": "https://example.com/hours"},
    }
    app.call("POST", "/init", {"device": device, "userId": "jonas"})
    channel_id = slack.channel_named("sk-jonas-beck")["id"]
    app.write("jonas", "Great, thank you!", name="Jonas Beck", avatarUrl="https://pictures.example/jonas.svg")
    wait_for(lambda: "Great, thank you!" in shown_all(slack.messages(channel_id)), "his thanks")
    slack.command(ALICE, channel_id, "!profile")
    camera.take("profile-card", "jonas@example.com")
    slack.command(ALICE, channel_id, "!canned save hello Hello {givenName|there}, {agent} speaking. How can I help?")
    slack.command(ALICE, channel_id, "!canned hello")
    camera.take("canned-preview", "Hello Jonas")
    said = "This is how to find us :round_pushpin:\nThe entrance is in the yard, behind the green gate."
    ts = slack.say(ALICE, channel_id, said, ("map.jpg", jpeg((640, 400))))
    slack.choose(ALICE, channel_id, ts, "sk_send_to_app_user")
    camera.preview("behind the green gate")
    conversation(app, slack, "lena", "Lena Ott", "The app says that my card was refused.")
    conversation(app, slack, "pavel", "Pavel Novak", "How do I change my address?")
    slack.command(BRUNO, slack.channel_named("sk-pavel-novak")["id"], "!claim")
    slack.command(BRUNO, channel_id, "!note He comes on Saturday: keep his parcel at the desk.")
    slack.command(ALICE, channel_id, "!history")
    camera.channel("sk-jonas-beck")
    camera.take("history", "keep his parcel", "Is the shop open")
    slack.command(ALICE, channel_id, "!stats")
    camera.take("stats", "Bruno Bauer", "First answers")
    slack.command(ALICE, channel_id, "!help")
    camera.take("help", "!claim", "!stats")
    camera.home("Lena Ott")


def main() -> None:
    """Take all pictures."""
    DIRECTORY.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as directory, running(Path(directory)) as stack, sync_playwright() as player:
        browser = player.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport=WINDOW, device_scale_factor=2, timezone_id="Europe/Berlin")
        app, slack = App(stack.server_url, stack.settings), Slack(stack.sandbox_url)
        camera = Photographer(page, stack.sandbox_url)
        with Receiver().running() as receiver:
            dispatch_notices(app, slack, camera)
            reply_notices(app, slack, camera, receiver)
            others(app, slack, camera)
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
