"""Blocks show what they hold, and nothing in them becomes markup or script of the page."""

import pytest
from playwright.sync_api import Page, expect

HOSTILE = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'
PLAIN = {"type": "plain_text", "text": HOSTILE}
MRKDWN = {"type": "mrkdwn", "text": HOSTILE}
OPTION = {"text": PLAIN, "value": "a"}
BUTTON = {"type": "button", "action_id": "b", "text": PLAIN, "url": "javascript:window.hacked=1"}

HOSTILE_BLOCKS = {
    "section": {"type": "section", "text": MRKDWN, "fields": [PLAIN, MRKDWN], "accessory": BUTTON},
    "context": {"type": "context", "elements": [PLAIN, MRKDWN]},
    "context picture": {
        "type": "context",
        "elements": [{"type": "image", "image_url": "javascript:1", "alt_text": HOSTILE}],
    },
    "header": {"type": "header", "text": PLAIN},
    "image": {"type": "image", "image_url": "data:image/svg+xml,<svg onload=1>", "alt_text": HOSTILE, "title": PLAIN},
    "actions": {
        "type": "actions",
        "elements": [BUTTON, {"type": "static_select", "action_id": "s", "placeholder": PLAIN, "options": [OPTION]}],
    },
    "input": {
        "type": "input",
        "label": PLAIN,
        "hint": PLAIN,
        "element": {"type": "checkboxes", "action_id": "c", "options": [OPTION]},
    },
    "rich text": {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": HOSTILE},
                    {"type": "link", "url": "javascript:1", "text": HOSTILE},
                ],
            }
        ],
    },
    "unknown": {"type": HOSTILE},
}

RENDER = """async (blocks) => {
  const { renderBlocks } = await import("/page/js/slack/blocks.js");
  const acts = [];
  const box = renderBlocks(blocks, { act: async (...all) => acts.push(all) });
  document.body.append(box);
  const all = [...box.querySelectorAll("*")];
  box.remove();
  return {
    text: box.textContent,
    tags: all.map((node) => node.tagName.toLowerCase()),
    handlers: all.flatMap((node) => node.getAttributeNames()).filter((name) => name.startsWith("on")),
    addresses: all.flatMap((node) => [node.getAttribute("href"), node.getAttribute("src")]).filter(Boolean),
    hacked: window.hacked ?? null,
  };
}"""


@pytest.mark.parametrize("block", HOSTILE_BLOCKS.values(), ids=HOSTILE_BLOCKS)
def test_hostile_text_in_any_block_stays_text(modules: Page, block):
    shown = modules.evaluate(RENDER, [block])
    assert HOSTILE in shown["text"]
    assert "script" not in shown["tags"]
    assert shown["handlers"] == []
    assert shown["addresses"] == []
    assert shown["hacked"] is None


def test_an_apps_message_shows_its_blocks(page, sandbox):
    sandbox.call("conversations.join", channel="CGENERAL01")
    sandbox.call(
        "chat.postMessage",
        channel="CGENERAL01",
        text="fallback",
        username="Mia Miller",
        blocks=[
            {"type": "header", "text": {"type": "plain_text", "text": "Tea & cake"}},
            {
                "type": "section",
                "text": {"type": "mrkdwn", "text": "*Email* mia@example.com"},
                "fields": [{"type": "mrkdwn", "text": "*Plan*\ngold"}, {"type": "plain_text", "text": "<@UALICE0001>"}],
            },
            {"type": "divider"},
            {"type": "context", "elements": [{"type": "mrkdwn", "text": "Delivered"}]},
            {
                "type": "actions",
                "elements": [
                    {
                        "type": "button",
                        "action_id": "retry",
                        "style": "primary",
                        "text": {"type": "plain_text", "text": "Retry"},
                    },
                ],
            },
        ],
    )
    message = page.get_by_test_id("message").last
    expect(message.get_by_test_id("message-author")).to_have_text("Mia Miller")
    expect(message.get_by_test_id("app-badge")).to_be_visible()
    expect(message.get_by_test_id("block-header")).to_have_text("Tea & cake")
    expect(message.get_by_test_id("block-section")).to_contain_text("<@UALICE0001>")
    expect(message.get_by_test_id("live-mention")).to_have_count(0)
    expect(message).to_have_class("message")
    expect(message.get_by_test_id("block-context")).to_have_text("Delivered")
    expect(message.get_by_role("button", name="Retry")).to_have_class("block-button block-button-primary")


def test_text_that_the_app_posts_without_markup_shows_its_stars(page, sandbox):
    sandbox.call("conversations.join", channel="CGENERAL01")
    sandbox.call("chat.postMessage", channel="CGENERAL01", text="*bold* _no_ `code`", username="Mia", mrkdwn=False)
    body = page.get_by_test_id("message-body").last
    expect(body).to_have_text("*bold* _no_ `code`")
    expect(body.locator("strong, em, code")).to_have_count(0)


def test_a_button_asks_first_where_the_app_wants_it_and_says_when_nobody_answers(page, sandbox):
    sandbox.call("conversations.join", channel="CGENERAL01")
    confirm = {
        "title": {"type": "plain_text", "text": "Close it?"},
        "text": {"type": "mrkdwn", "text": "*Really*"},
        "confirm": {"type": "plain_text", "text": "Do it"},
        "deny": {"type": "plain_text", "text": "No"},
    }
    button = {
        "type": "button",
        "action_id": "close",
        "text": {"type": "plain_text", "text": "Close"},
        "confirm": confirm,
    }
    sandbox.call("chat.postMessage", channel="CGENERAL01", text="x", blocks=[{"type": "actions", "elements": [button]}])

    page.get_by_test_id("block-button").click()
    dialog = page.get_by_test_id("confirm-dialog")
    expect(dialog).to_contain_text("Really")
    page.get_by_test_id("confirm-no").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_test_id("slack-notice")).to_have_count(0)

    page.get_by_test_id("block-button").click()
    page.get_by_test_id("confirm-yes").click()
    expect(page.get_by_test_id("slack-notice")).to_have_attribute("data-kind", "dispatch_failed")


def test_a_button_with_a_link_into_the_workspace_opens_the_channel_here(page, sandbox):
    sandbox.call("conversations.join", channel="CGENERAL01")
    target = sandbox.call("conversations.create", name="sk-zoe")["channel"]["id"]
    sandbox.call("conversations.invite", channel=target, users="UALICE0001")
    button = {
        "type": "button",
        "action_id": "sk_open",
        "text": {"type": "plain_text", "text": "Open"},
        "url": f"https://slack.com/app_redirect?channel={target}&team=T0SANDBOX1",
    }
    block = {"type": "actions", "elements": [button]}
    sandbox.call("chat.postMessage", channel="CGENERAL01", text="x", blocks=[block])
    page.get_by_test_id("block-button").get_by_text("Open").click()
    expect(page.get_by_test_id("channel-title")).to_contain_text("sk-zoe")
    assert len(page.context.pages) == 1
