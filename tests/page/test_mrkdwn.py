"""mrkdwn becomes nodes of the page exactly where Slack would format, and stays text everywhere else."""

import pytest
from playwright.sync_api import Page

RENDER = """async (text) => {
  const { mrkdwn } = await import("/page/js/slack/mrkdwn-view.js");
  const box = document.createElement("div");
  box.append(...mrkdwn(text));
  for (const node of box.querySelectorAll("*")) {
    for (const name of node.getAttributeNames()) {
      if (name !== "href" && name !== "data-kind") node.removeAttribute(name);
    }
  }
  return box.innerHTML;
}"""

FORMATTED = {
    "plain": ("hello", "<p>hello</p>"),
    "empty": ("", ""),
    "line breaks": ("a\nb", "<p>a<br>b</p>"),
    "bold": ("*b* c", "<p><strong>b</strong> c</p>"),
    "italics": ("_i_", "<p><em>i</em></p>"),
    "strike": ("~s~", "<p><s>s</s></p>"),
    "nested": ("*b _i_*", "<p><strong>b <em>i</em></strong></p>"),
    "in brackets": ("(*b*)", "<p>(<strong>b</strong>)</p>"),
    "snake case": ("my_file_name", "<p>my_file_name</p>"),
    "a product": ("2*3*4", "<p>2*3*4</p>"),
    "space inside": ("* b*", "<p>* b*</p>"),
    "not over lines": ("*a\nb*", "<p>*a<br>b*</p>"),
    "unclosed": ("*a", "<p>*a</p>"),
    "code": ("`a *b*`", "<p><code>a *b*</code></p>"),
    "code keeps entities as text": ("`&lt;b&gt;`", "<p><code>&lt;b&gt;</code></p>"),
    "mark inside code": ("*a `*` b*", "<p><strong>a <code>*</code> b</strong></p>"),
    "pre": ("a\n```\nx *y*\n  z\n```\nb", "<p>a</p><pre>x *y*<br>  z</pre><p>b</p>"),
    "unclosed pre": ("a ```b", "<p>a ```b</p>"),
    "quote": ("&gt; q\n&gt; r\ns", "<blockquote>q<br>r</blockquote><p>s</p>"),
    "quote as apps write it": ("> q", "<blockquote>q</blockquote>"),
    "long quote": ("&gt;&gt;&gt;q\nr", "<blockquote>q<br>r</blockquote>"),
    "list": ("• a\n• b", "<div><span>•</span><span>a</span></div><div><span>•</span><span>b</span></div>"),
    "link": ("<https://a.example/?b=1&amp;c=2|docs>", '<p><a href="https://a.example/?b=1&amp;c=2">docs</a></p>'),
    "bare link": ("<https://a.example/x>", '<p><a href="https://a.example/x">https://a.example/x</a></p>'),
    "mail": ("<mailto:a@b.example|a@b.example>", '<p><a href="mailto:a@b.example">a@b.example</a></p>'),
    "person": ("<@UALICE0001>", '<p><span data-kind="user">@Alice Adams</span></p>'),
    "unknown person": ("<@U0NOBODY>", '<p><span data-kind="user">@U0NOBODY</span></p>'),
    "channel": ("<#CGENERAL01|old-name>", "<p><button>#general</button></p>"),
    "broadcast": ("<!channel>", '<p><span data-kind="broadcast">@channel</span></p>'),
    "broadcast in bold": ("*<!here>*", '<p><strong><span data-kind="broadcast">@here</span></strong></p>'),
    "user group": ("<!subteam^S1|@team>", '<p><span data-kind="usergroup">@team</span></p>'),
    "date": ("<!date^0^{date_num}|then>", "<p><time>1970-01-01</time></p>"),
    "emoji": ("a :wave: b", "<p>a <span>👋</span> b</p>"),
    "skin tone": (":wave::skin-tone-3:", "<p><span>👋</span></p>"),
    "unknown emoji": (":no-such-thing:", "<p>:no-such-thing:</p>"),
    "a time of day": ("at 10:30:00", "<p>at 10:30:00</p>"),
}

AS_TEXT = {
    "escaped broadcast": ("&lt;!channel&gt;", "<!channel>"),
    "escaped person": ("&lt;@UALICE0001&gt;", "<@UALICE0001>"),
    "escaped once": ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
    "tag": ("<b>x</b>", "<b>x</b>"),
    "script": ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    "image with handler": ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
    "script address": ("<javascript:alert(1)|click>", "click"),
    "data address": ("<data:text/html,x|click>", "click"),
    "other entities": ("&quot; &#60;", "&quot; &#60;"),
}


SHOWN = """async (text) => {
  const { mrkdwn } = await import("/page/js/slack/mrkdwn-view.js");
  const box = document.createElement("div");
  box.append(...mrkdwn(text));
  return [box.textContent, [...box.querySelectorAll("*")].map((node) => node.tagName)];
}"""


@pytest.mark.parametrize(("text", "html"), FORMATTED.values(), ids=FORMATTED)
def test_formats_as_slack_does(modules: Page, text, html):
    assert modules.evaluate(RENDER, text) == html


@pytest.mark.parametrize(("text", "shown"), AS_TEXT.values(), ids=AS_TEXT)
def test_everything_else_is_shown_as_text(modules: Page, text, shown):
    words, tags = modules.evaluate(SHOWN, text)
    assert words == shown
    assert set(tags) <= {"P", "SPAN"}


def test_text_posted_without_marks_keeps_them_as_characters(modules: Page):
    words, tags = modules.evaluate(
        SHOWN.replace("mrkdwn(text)", "mrkdwn(text, { marked: false })"), "*a* `b` &lt;c&gt;\n> d"
    )
    assert words == "*a* `b` <c>> d"
    assert set(tags) == {"P", "BR"}


def test_editing_shows_what_a_person_typed(modules: Page):
    typed = modules.evaluate(
        """async (text) => (await import("/page/js/slack/mrkdwn.js")).asTyped(text, (id) => id)""",
        "a &lt;b&gt; &amp; <@U1|alice> in <#C1|general> <https://a.example> <!here>",
    )
    assert typed == "a <b> & @alice in #general https://a.example @here"


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "1 Jan 1970, 00:00"),
        (86_400, "yesterday, 00:00"),
        (2 * 86_400, "today, 00:00"),
        (3 * 86_400, "tomorrow, 00:00"),
    ],
)
def test_days_nearby_are_called_what_people_call_them(modules: Page, seconds: int, shown: str) -> None:
    now = 2 * 86_400_000 + 3_600_000
    script = """async ([seconds, now]) => {
      const { dateText } = await import("/page/js/time.js");
      const offset = new Date(now).getTimezoneOffset() * 60;
      return dateText(seconds + offset, "{date_short_pretty}, {time}", "then", new Date(now + offset * 1000));
    }"""
    assert modules.evaluate(script, [seconds, now]) == shown
