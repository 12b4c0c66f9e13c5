"""Which blocks Slack accepts."""

import pytest

from sandbox.blocks import problems_in_blocks, problems_in_view, stored_blocks
from sandbox.identifiers import IdFactory


def plain(text="x"):
    return {"type": "plain_text", "text": text}


def mrkdwn(text="x"):
    return {"type": "mrkdwn", "text": text}


def button(**fields):
    return {"type": "button", "text": plain(), "action_id": "go", **fields}


def actions(*elements):
    return [{"type": "actions", "elements": list(elements)}]


def option(value="1"):
    return {"text": plain(), "value": value}


ACCEPTED = {
    "nothing": [],
    "section": [{"type": "section", "text": mrkdwn("a" * 3000)}],
    "section of fields": [{"type": "section", "fields": [mrkdwn("a" * 2000)] * 10}],
    "section with a button": [{"type": "section", "text": plain(), "accessory": button()}],
    "header": [{"type": "header", "text": plain("a" * 150)}],
    "divider": [{"type": "divider"}] * 50,
    "context": [{"type": "context", "elements": [mrkdwn()] * 10}],
    "context with a picture": [
        {"type": "context", "elements": [{"type": "image", "image_url": "https://x", "alt_text": "x"}]}
    ],
    "actions": actions(*[button(action_id=f"go{number}") for number in range(25)]),
    "button text": actions(button(text=plain("a" * 75))),
    "select": actions({"type": "static_select", "action_id": "pick", "options": [option()] * 100}),
    "image": [{"type": "image", "image_url": "https://x.example/a.png", "alt_text": "a picture"}],
    "rich text": [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": []}]}],
    "rich text with all kinds of parts": [
        {
            "type": "rich_text",
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U1"}]},
                {"type": "rich_text_quote", "elements": [{"type": "text", "text": "x", "style": {"bold": True}}]},
                {"type": "rich_text_preformatted", "elements": [{"type": "link", "url": "https://x.example"}]},
                {
                    "type": "rich_text_list",
                    "style": "bullet",
                    "elements": [{"type": "rich_text_section", "elements": [{"type": "emoji", "name": "eyes"}]}],
                },
            ],
        }
    ],
    "table": [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}],
    "markdown": [{"type": "markdown", "text": "**bold**"}],
    "input": [{"type": "input", "label": plain(), "element": {"type": "plain_text_input", "action_id": "a"}}],
}

REFUSED = {
    "51 blocks": [{"type": "divider"}] * 51,
    "broken rich text": [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": ["x"]}]}],
    "unknown mention": [
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "mob"}]}]}
    ],
    "unknown block": [{"type": "carousel"}],
    "no object": ["text"],
    "long section": [{"type": "section", "text": mrkdwn("a" * 3001)}],
    "empty section": [{"type": "section"}],
    "empty text": [{"type": "section", "text": mrkdwn("")}],
    "11 fields": [{"type": "section", "fields": [mrkdwn()] * 11}],
    "long field": [{"type": "section", "fields": [mrkdwn("a" * 2001)]}],
    "long header": [{"type": "header", "text": plain("a" * 151)}],
    "mrkdwn header": [{"type": "header", "text": mrkdwn()}],
    "26 actions": actions(*[button(action_id=f"go{number}") for number in range(26)]),
    "no actions": actions(),
    "11 context elements": [{"type": "context", "elements": [mrkdwn()] * 11}],
    "button in context": [{"type": "context", "elements": [button()]}],
    "long button text": actions(button(text=plain("a" * 76))),
    "mrkdwn button": actions(button(text=mrkdwn())),
    "long button value": actions(button(value="a" * 2001)),
    "long action_id": actions(button(action_id="a" * 256)),
    "same action_id twice": actions(button(), button()),
    "unknown style": actions(button(style="loud")),
    "unknown field": actions(button(colour="red")),
    "same block_id twice": [{"type": "divider", "block_id": "a"}] * 2,
    "long block_id": [{"type": "divider", "block_id": "a" * 256}],
    "101 options": actions({"type": "static_select", "options": [option()] * 101}),
    "select without options": actions({"type": "static_select"}),
    "overflow of 6": actions({"type": "overflow", "options": [option()] * 6}),
    "image without alt_text": [{"type": "image", "image_url": "https://x"}],
    "image without source": [{"type": "image", "alt_text": "x"}],
    "text input outside an input block": actions({"type": "plain_text_input", "action_id": "a"}),
}


@pytest.mark.parametrize("blocks", [pytest.param(blocks, id=name) for name, blocks in ACCEPTED.items()])
def test_blocks_within_the_limits_are_accepted(blocks):
    assert problems_in_blocks(blocks) == []


@pytest.mark.parametrize("blocks", [pytest.param(blocks, id=name) for name, blocks in REFUSED.items()])
def test_blocks_beyond_the_limits_are_refused_with_a_reason(blocks):
    assert problems_in_blocks(blocks)


def modal(**fields):
    return {"type": "modal", "title": plain("A form"), "blocks": [], **fields}


@pytest.mark.parametrize(
    ("view", "accepted"),
    [
        pytest.param(modal(), True, id="modal"),
        pytest.param(modal(title=plain("a" * 25)), False, id="long title"),
        pytest.param({"type": "modal", "blocks": []}, False, id="no title"),
        pytest.param(modal(private_metadata="a" * 3001), False, id="long private metadata"),
        pytest.param(modal(blocks=ACCEPTED["input"]), False, id="input without submit"),
        pytest.param(modal(blocks=ACCEPTED["input"], submit=plain("Send")), True, id="input with submit"),
        pytest.param(modal(blocks=[{"type": "divider"}] * 100), True, id="100 blocks"),
        pytest.param(modal(blocks=[{"type": "divider"}] * 101), False, id="101 blocks"),
        pytest.param({"type": "home", "blocks": ACCEPTED["section"]}, True, id="home"),
        pytest.param({"type": "home", "title": plain(), "blocks": []}, False, id="home with a title"),
        pytest.param({"type": "window", "blocks": []}, False, id="unknown type"),
    ],
)
def test_views_have_limits_of_their_own(view, accepted):
    assert (problems_in_view(view) == []) is accepted


def test_slack_adds_what_an_app_leaves_out():
    [section, row] = stored_blocks(
        [
            {"type": "section", "text": mrkdwn("a & b https://x.example")},
            *actions({"type": "button", "text": plain("<b>")}),
        ],
        IdFactory(),
    )
    assert section["block_id"]
    assert section["text"] == {"type": "mrkdwn", "text": "a &amp; b <https://x.example>", "verbatim": False}
    assert row["elements"][0]["action_id"]
    assert row["elements"][0]["text"] == {"type": "plain_text", "text": "&lt;b&gt;", "emoji": True}
