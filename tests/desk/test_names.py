"""What app users and their channels are called."""

# ruff: noqa: RUF001 - names are written in many alphabets

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.channel_names import LENGTH_LIMIT, candidates, slug
from desk.domain.naming import NAME_LIMIT, clean, title

USER_ID = "a1b2c3d4e5f6a1b2c3d4e5f6"


@pytest.mark.parametrize(
    ("name", "slugged"),
    [
        ("Zoë Müller-Lüdenscheidt", "zoe-muller-ludenscheidt"),
        ("Straße", "strasse"),
        ("Łukasz Ørsted", "lukasz-orsted"),
        ("Владимир Щукин", "vladimir-shchukin"),
        ("Σωκράτης", "sokratis"),
        ("Tiếng Việt", "tieng-viet"),
        ("İpek ılık", "ipek-ilik"),
        ("Ａｌｉｃｅ", "alice"),
        ("山田太郎", ""),
        ("👍", ""),
        ("bob@example.com", ""),
        ("Bob (bob@example.com)", "bob"),
        ("O'Brien, Pat!", "o-brien-pat"),
        ("--__--", ""),
    ],
)
def test_names_in_slacks_alphabet(name, slugged):
    assert slug(name) == slugged


@pytest.mark.parametrize(
    ("taken", "names"),
    [
        (set(), ["sk-zoe", "sk-zoe-2", "sk-zoe-3"]),
        ({"sk-zoe", "sk-zoe-3"}, ["sk-zoe-2", "sk-zoe-4", "sk-zoe-5"]),
    ],
)
def test_names_to_try(taken, names):
    tried = list(candidates("Zoë", USER_ID, lambda name: name in taken))
    assert tried[:3] == names[:3]
    assert tried[-1] == f"sk-zoe-{USER_ID}"


def test_somebody_without_a_writable_name_gets_a_short_id():
    assert next(candidates("山田太郎", USER_ID, lambda _: False)) == f"sk-user-{USER_ID[-6:]}"


@given(st.text(), st.sets(st.text()))
def test_every_name_is_one_that_slack_takes(name, taken):
    tried = list(candidates(name, USER_ID, lambda tried: tried in taken))
    assert len(tried) == len(set(tried))
    for channel_name in tried:
        assert re.fullmatch(r"[a-z0-9_-]+", channel_name)
        assert len(channel_name) <= LENGTH_LIMIT
        assert channel_name not in taken


@pytest.mark.parametrize(
    ("message_name", "profile_name", "called"),
    [
        ("Zoë", "Other", "Zoë"),
        ("  ", "Other", "Other"),
        (None, None, f"User {USER_ID[-6:]}"),
        ("\u202eevil\u202c", None, "evil"),
        ("two\nlines", None, "two lines"),
        ("می\u200cخواهم", None, "می\u200cخواهم"),
        ("\u200d\u200c", "Other", "Other"),
        ("x" * 200, None, "x" * NAME_LIMIT),
    ],
)
def test_an_app_user_is_called(message_name, profile_name, called):
    assert title(message_name, profile_name, USER_ID) == called


@given(st.text())
def test_a_cleaned_name_is_one_line_and_stays_clean(name):
    cleaned = clean(name)
    assert len(cleaned) <= NAME_LIMIT
    assert "\n" not in cleaned
    assert clean(cleaned) == cleaned
