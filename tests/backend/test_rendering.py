"""Errbot's Markdown as Slack text."""

import pytest

from desk.errbot_backend.rendering import to_plain, to_slack


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("**!sk** - Send TEXT", "*!sk* - Send TEXT"),
        ("### All commands\n\n**Sk**", "*All commands*\n\n*Sk*"),
        ("- **!help** - a line\n- two", "• *!help* - a line\n• two"),
        ("You said <!channel> & <@U1>", "You said &lt;!channel&gt; &amp; &lt;@U1&gt;"),
        ("2 ** 3 ** 4", "2 ** 3 ** 4"),
    ],
)
def test_markdown_becomes_slack_text_in_which_nothing_is_live(markdown, text):
    assert to_slack(markdown) == text


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("!echo a &amp; b &lt;c&gt;", "!echo a & b <c>"),
        ("!repos install <https://example.com/x|example.com/x>", "!repos install https://example.com/x"),
        ("!echo &amp;lt;", "!echo &lt;"),
        ("!room <#C1|general>", "!room <#C1|general>"),
    ],
)
def test_what_was_typed_for_errbot_becomes_plain_again(typed, plain):
    assert to_plain(typed) == plain
