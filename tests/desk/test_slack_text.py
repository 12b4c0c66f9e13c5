"""Slack's text format, both ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.slack_text import Names, escape, length, shorten, split, to_plain, unescape

NAMES = Names(
    person={"UALICE0001": "Alice Adams"}.get,
    channel={"CGENERAL01": "general"}.get,
)


@pytest.mark.parametrize(
    ("slack", "plain"),
    [
        pytest.param("a &amp; b &lt;c&gt;", "a & b <c>", id="escapes"),
        pytest.param("&amp;lt;", "&lt;", id="an escape that was typed"),
        pytest.param("<@UALICE0001>", "@Alice Adams", id="a person"),
        pytest.param("<@UALICE0001|alice>", "@Alice Adams", id="a person with a label"),
        pytest.param("<@UNOBODY001|bob>", "@bob", id="an unknown person with a label"),
        pytest.param("<@UNOBODY001>", "@UNOBODY001", id="an unknown person"),
        pytest.param("<#CGENERAL01|general>", "#general", id="a channel"),
        pytest.param("<#CGENERAL01>", "#general", id="a channel without a label"),
        pytest.param("<#CSECRET001|>", "#CSECRET001", id="a channel that cannot be seen"),
        pytest.param("<!here>", "@here", id="here"),
        pytest.param("<!channel|channel>", "@channel", id="channel with a label"),
        pytest.param("<!subteam^S123|@support>", "@support", id="a user group"),
        pytest.param("<!subteam^S123>", "@subteam", id="a user group without a label"),
        pytest.param("<!date^1^{date}|today>", "today", id="a date"),
        pytest.param("<https://a.example/?x=1&amp;y=2>", "https://a.example/?x=1&y=2", id="a link"),
        pytest.param("<https://a.example|docs &amp; more>", "docs & more (https://a.example)", id="a labelled link"),
        pytest.param("<http://a.example|a.example>", "a.example", id="a domain that Slack linked"),
        pytest.param("<http://a.example/|a.example>", "a.example", id="a domain that Slack linked with a slash"),
        pytest.param("<https://a.example|https://a.example>", "https://a.example", id="a link labelled with itself"),
        pytest.param("<mailto:a@b.example|a@b.example>", "a@b.example", id="a mail address"),
        pytest.param("<mailto:a@b.example>", "a@b.example", id="a mail address without a label"),
        pytest.param("<tel:+491234|+49 1234>", "+49 1234 (tel:+491234)", id="a telephone number"),
        pytest.param("a < b", "a < b", id="a lonely bracket"),
        pytest.param("~so~ *bold* `x`", "~so~ *bold* `x`", id="markup is text"),
        pytest.param("well done :tada:", "well done 🎉", id="an emoji"),
        pytest.param("`:tada:` ```\n:tada:```", "`:tada:` ```\n:tada:```", id="emoji names in code"),
        pytest.param("<https://a.example/:tada:/x>", "https://a.example/:tada:/x", id="an emoji name in a link"),
        pytest.param("<https://a.example|go :tada:>", "go 🎉 (https://a.example)", id="an emoji in a link's label"),
        pytest.param("&lt;:tada:&gt;", "<🎉>", id="an emoji between escapes"),
    ],
)
def test_what_slack_sends_reads_as(slack, plain):
    assert to_plain(slack, NAMES) == plain


@given(st.text())
def test_escaping_is_undone_and_leaves_nothing_live(text):
    escaped = escape(text)
    assert unescape(escaped) == text
    assert to_plain(escaped, Names()) == text
    assert "<" not in escaped
    assert ">" not in escaped


@given(st.text(), st.integers(min_value=10, max_value=60))
def test_pieces_fit_and_are_the_text(text, limit):
    pieces = split(text, limit)
    assert "".join(pieces) == text
    assert all(length(piece) <= limit for piece in pieces)
    assert all(pieces) or pieces == [""]


@pytest.mark.parametrize(
    ("text", "limit", "pieces"),
    [
        pytest.param("one two three", 9, ["one two ", "three"], id="between words"),
        pytest.param("abcdefghij", 4, ["abcd", "efgh", "ij"], id="inside a word that is too long"),
        pytest.param("&&&", 10, ["&&", "&"], id="never inside an escape"),
        pytest.param("👍👍👍", 5, ["👍👍", "👍"], id="never inside a character"),
        pytest.param("abc👩\u200d👩\u200d👧", 8, ["abc", "👩\u200d👩\u200d👧"], id="never inside a family"),
        pytest.param("xxe\u0301", 3, ["xx", "e\u0301"], id="never before an accent"),
        pytest.param("", 5, [""], id="nothing"),
    ],
)
def test_texts_are_cut(text, limit, pieces):
    assert split(text, limit) == pieces


@given(st.text(), st.integers(min_value=10, max_value=60))
def test_shortened_texts_fit(text, limit):
    short = shorten(text, limit)
    assert length(short) <= limit
    assert short == text or short.endswith("…")
