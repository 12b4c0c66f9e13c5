"""The local workspace's page in a real browser: an app user writes, an agent answers, both see it."""

import pytest
from people import ALICE, App, Slack, unique
from pictures import jpeg
from playwright.sync_api import expect

SECONDS = 1000


@pytest.fixture
def page(stack, browser_page):
    """The page of the running stack, wide enough for both sides."""
    browser_page.set_viewport_size({"width": 1440, "height": 900})
    browser_page.goto(stack.sandbox_url)
    return browser_page


def test_an_app_user_writes_an_agent_answers_and_both_see_it(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    name = unique("Wanda")[-12:].replace("-", "")
    page.get_by_test_id("app-user-userId").fill(name)
    page.get_by_test_id("app-user-givenName").fill(name)
    page.get_by_test_id("app-user-surname").fill("")
    page.get_by_test_id("app-user-save").click()
    page.get_by_test_id("app-composer-input").fill("Hello from the app")
    page.get_by_test_id("app-composer-send").click()

    page.get_by_test_id("channel-item").filter(has_text="general").click()
    notice = page.get_by_test_id("message").filter(has_text=f"{name} started a conversation")
    expect(notice).to_be_visible(timeout=20 * SECONDS)
    notice.get_by_test_id("channel-link").first.click()
    expect(page.get_by_test_id("channel-title")).to_contain_text(f"sk-{name.lower()}")
    expect(page.get_by_test_id("message").filter(has_text="Hello from the app")).to_be_visible(timeout=10 * SECONDS)

    page.get_by_test_id("composer-input").fill("/sk Hello from Slack")
    page.get_by_test_id("composer-input").press("Enter")
    reply = page.get_by_test_id("message").filter(has_text="replied").filter(has_text="Hello from Slack")
    received = page.get_by_test_id("app-message").filter(has_text="Hello from Slack")
    expect(received).to_be_visible(timeout=10 * SECONDS)
    expect(page.get_by_test_id("app-messages")).to_contain_text("Alice Adams")
    expect(reply).to_contain_text("✓✓ read", timeout=20 * SECONDS)
    assert len([url for url in asked if url.endswith("/conversation/read")]) == 1
    assert [url for url in asked if url.endswith("/stream")]

    page.get_by_test_id("app-composer-input").press_sequentially("And anoth")
    page.get_by_test_id("composer-input").fill("/sk !profile")
    page.get_by_test_id("composer-input").press("Enter")
    expect(page.get_by_test_id("message").last).to_contain_text("typing", timeout=10 * SECONDS)


def test_an_agent_sends_a_message_of_the_channel_after_a_preview(page, stack):
    app, slack = App(stack.server_url, stack.settings), Slack(stack.sandbox_url)
    name = unique("Vera")[-12:].replace("-", "")
    app.write(name, "May I see it?", name=name)
    channel_id = slack.conversation(f"sk-{name.lower()}")
    slack.say(ALICE, channel_id, "Here it is :tada:", ("photo.jpg", jpeg()))
    page.get_by_test_id("channel-item").filter(has_text=f"sk-{name.lower()}").click()
    message = page.get_by_test_id("message").filter(has_text="Here it is")
    message.hover()
    message.get_by_test_id("message-menu").click()
    page.get_by_role("menuitem", name="Send to app user").click()
    preview = page.get_by_test_id("view-modal")
    expect(preview).to_contain_text(f"{name} gets this", timeout=5 * SECONDS)
    expect(preview).to_contain_text("Here it is 🎉")
    expect(preview).to_contain_text("📎 photo.jpg (image/jpeg, ")
    page.get_by_test_id("view-submit").click()
    expect(preview).to_have_count(0)
    notice = page.get_by_test_id("message").filter(has_text="Alice Adams replied").filter(has_text="photo.jpg")
    expect(notice).to_be_visible(timeout=10 * SECONDS)
    assert app.replies(name)[0] == "Here it is 🎉"
