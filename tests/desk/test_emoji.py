"""Slack's names of emoji become the characters; everything else stays as it was typed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.emoji_names import with_emoji

SEEN_ON_THE_PAGE = (Path(__file__).parents[2] / "sandbox/page/js/slack/emoji.js").read_text().split("`")[1].split()
SCOTLAND = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        pytest.param(":smile:", "😄", id="by itself"),
        pytest.param("so:smile:nice :tada::tada:", "so😄nice 🎉🎉", id="between letters, and two of them"),
        pytest.param("你好:smile:世界", "你好😄世界", id="in a script without spaces"),
        pytest.param(":+1: :-1: :100:", "👍 👎 💯", id="names that are no words"),
        pytest.param(":+1::skin-tone-3:", "👍🏼", id="a tone of skin"),
        pytest.param(":woman-running::skin-tone-6:", "🏃🏿\u200d♀️", id="a tone of skin within a sequence"),
        pytest.param(":point_up::skin-tone-2:", "☝🏻", id="a tone of skin in place of a variation selector"),
        pytest.param(":tada::skin-tone-2:", "🎉🏻", id="a tone of skin on something without skin"),
        pytest.param(":flag-de: :flag-scotland:", f"🇩🇪 {SCOTLAND}", id="flags"),
        pytest.param(":large_orange_circle: :man-shrugging:", "🟠 🤷\u200d♂️", id="names of Slack's own"),
        pytest.param(":satellite: :egg:", "🛰️ 🥚", id="names that mean something else elsewhere"),
        pytest.param("at 10:30:45", "at 10:30:45", id="a time"),
        pytest.param("10:100:45 and 1:100:2", "10:100:45 and 1:100:2", id="numbers that are names"),
        pytest.param("2001:bed:0:a:b:1", "2001:bed:0:a:b:1", id="an address"),
        pytest.param("a:x:b", "a:x:b", id="a short name between letters"),
        pytest.param("done :x:, :v:", "done ❌, ✌️", id="short names by themselves"),
        pytest.param(":our_logo: :party-parrot:", ":our_logo: :party-parrot:", id="emoji that only the workspace has"),
        pytest.param("std::vector::push_back", "std::vector::push_back", id="a program"),
        pytest.param("well:known:smile:", "well:known😄", id="a colon that belongs to the next name"),
        pytest.param(":Smile: : smile :", ":Smile: : smile :", id="no names"),
        pytest.param(":flag-xx:", ":flag-xx:", id="the flag of nobody"),
    ],
)
def test_what_is_typed_is_shown_as(typed, shown):
    assert with_emoji(typed) == shown


def test_the_names_that_people_use_most_are_known():
    for name, character in zip(SEEN_ON_THE_PAGE[::2], SEEN_ON_THE_PAGE[1::2], strict=True):
        assert with_emoji(f":{name}:").replace("\ufe0f", "") == character.replace("\ufe0f", ""), name


@given(st.text() | st.text(alphabet=":0123456789abc_+- \n"))
def test_a_text_without_names_of_emoji_is_unchanged(text):
    parts = [with_emoji(f":{name}:") == f":{name}:" for name in text.split(":")]
    if all(parts):
        assert with_emoji(text) == text


@given(st.text(), st.text())
def test_an_emoji_changes_nothing_around_it(before, behind):
    whole = with_emoji(f"{before} :tada: {behind}")
    assert whole == f"{with_emoji(f'{before} ')}🎉{with_emoji(f' {behind}')}"
