"""What Slack makes of text: typed by people, posted by apps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.markup import Names, stored_plain_text, stored_text, typed_text, unescape
from sandbox.mentions import live_mentions

NAMES = Names(
    person={"bruno": "<@UBRUNO0001|bruno>", "here": "<!here>"}.get, channel={"general": "<#CGENERAL01|general>"}.get
)


@pytest.mark.parametrize(
    ("typed", "carried"),
    [
        pytest.param("hello\nworld & <b>", "hello\nworld &amp; &lt;b&gt;", id="escapes"),
        pytest.param("hi @bruno, see #general", "hi <@UBRUNO0001|bruno>, see <#CGENERAL01|general>", id="names"),
        pytest.param("@nobody #nowhere a@b", "@nobody #nowhere a@b", id="unknown names stay"),
        pytest.param("@here now", "<!here> now", id="broadcasts"),
        pytest.param("see https://x.example/a?b=1&c=2.", "see <https://x.example/a?b=1&amp;c=2>.", id="url"),
        pytest.param("<https://x.example>", "&lt;<https://x.example>&gt;", id="url in angle brackets"),
        pytest.param("go to slack.com/help", "go to <http://slack.com/help|slack.com/help>", id="bare domain"),
        pytest.param("mail ada@x.example", "mail <mailto:ada@x.example|ada@x.example>", id="mail"),
        pytest.param("`@bruno <b>`", "`@bruno &lt;b&gt;`", id="code is left alone"),
        pytest.param("  spaced  ", "  spaced  ", id="spaces stay"),
        pytest.param("<!channel>", "&lt;!channel&gt;", id="typed markup is text"),
        pytest.param("&amp;", "&amp;amp;", id="typed entities are text"),
    ],
)
def test_typed_text_is_escaped_and_linked(typed, carried):
    assert typed_text(typed, NAMES) == carried


@pytest.mark.parametrize(
    ("posted", "stored"),
    [
        pytest.param("a & b < c > d", "a &amp; b &lt; c &gt; d", id="stray characters"),
        pytest.param("a &amp; &lt;b&gt;", "a &amp; &lt;b&gt;", id="entities stay"),
        pytest.param("<!channel> <@U1> <#C1|x>", "<!channel> <@U1> <#C1|x>", id="control sequences are live"),
        pytest.param("<https://x.example|x>", "<https://x.example|x>", id="links stay"),
        pytest.param("https://x.example/", "<https://x.example/>", id="urls become links"),
        pytest.param("`https://x.example/`", "`https://x.example/`", id="not in code"),
        pytest.param("<b>bold</b>", "&lt;b&gt;bold&lt;/b&gt;", id="html is text"),
        pytest.param("@bruno #general @here", "@bruno #general @here", id="names stay text"),
    ],
)
def test_posted_text_is_stored_as_slack_stores_it(posted, stored):
    assert stored_text(posted) == stored


def test_parse_none_links_no_urls():
    assert stored_text("https://x.example", link_urls=False) == "https://x.example"


def test_link_names_makes_names_live():
    assert stored_text("@here #general", names=NAMES) == "<!here> <#CGENERAL01|general>"


def test_plain_text_is_never_live():
    assert stored_plain_text("<!channel> & &amp;") == "&lt;!channel&gt; &amp; &amp;"


@given(st.text(alphabet=st.characters(exclude_characters="@#"), max_size=60).filter(lambda text: "." not in text))
def test_typed_text_without_names_and_links_comes_back_by_unescaping(text):
    assert unescape(typed_text(text, NAMES)) == text


@given(st.text(max_size=80))
def test_typed_text_never_carries_a_mention_that_was_not_meant(text):
    nobody = Names(person=lambda _: None, channel=lambda _: None)
    assert live_mentions({"text": typed_text(text, nobody)}) == []


@given(st.text(max_size=80))
def test_storing_text_twice_changes_nothing_more(text):
    assert stored_text(stored_text(text)) == stored_text(text)


@pytest.mark.parametrize(
    ("message", "live"),
    [
        pytest.param({"text": "hi <@U1> and <@U2|bob>"}, ["@U1", "@U2"], id="people"),
        pytest.param({"text": "<!here> <!channel> <!everyone|all>"}, ["!here", "!channel", "!everyone"], id="everyone"),
        pytest.param({"text": "<#C1|general> <#C2>"}, ["#C1", "#C2"], id="channels"),
        pytest.param({"text": "<!subteam^S1|@team>"}, ["!subteam^S1"], id="user groups"),
        pytest.param({"text": "&lt;!channel&gt; @here <https://x.example|<@U1>"}, ["@U1"], id="escaped is text"),
        pytest.param({"text": "<!date^1^{date}|x> <https://x.example>"}, [], id="dates and links"),
        pytest.param(
            {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "<@U1>"}}]}, ["@U1"], id="mrkdwn"
        ),
        pytest.param({"blocks": [{"type": "header", "text": {"type": "plain_text", "text": "<@U1>"}}]}, [], id="plain"),
        pytest.param(
            {"blocks": [{"type": "rich_text", "elements": [{"elements": [{"type": "broadcast", "range": "here"}]}]}]},
            ["!here"],
            id="rich text",
        ),
        pytest.param(
            {"attachments": [{"text": "<@U1>", "fields": [{"value": "<!here>"}]}]}, ["@U1", "!here"], id="old"
        ),
        pytest.param({"text": "<@U1> <@U1>"}, ["@U1"], id="once each"),
    ],
)
def test_live_mentions_are_found_wherever_they_stand(message, live):
    assert live_mentions(message) == live
