"""What a channel may be called."""

import pytest

from sandbox.channels import checked_name
from sandbox.errors import SlackError


@pytest.mark.parametrize("name", ["sk-maria", "a", "a" * 80, "2024_plan"])
def test_good_names(name):
    assert checked_name(name) == name


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("", "invalid_name_required"),
        ("a" * 81, "invalid_name_maxlength"),
        ("Maria", "invalid_name_specials"),
        ("maría", "invalid_name_specials"),
        ("a b", "invalid_name_specials"),
        ("a.b", "invalid_name_specials"),
        ("#a", "invalid_name_specials"),
        ("--", "invalid_name_punctuation"),
        ("_-_", "invalid_name_punctuation"),
    ],
)
def test_bad_names_have_their_own_errors(name, error):
    with pytest.raises(SlackError) as refusal:
        checked_name(name)
    assert refusal.value.code == error
