"""The syntax of what follows `/sk`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.commands import KNOWN, NotUnderstood, Say, ShowProfile, ShowUsage, TooMuch, parse


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        pytest.param("", ShowUsage(), id="nothing"),
        pytest.param(" \n ", ShowUsage(), id="white space"),
        pytest.param("!help", ShowUsage(), id="help"),
        pytest.param("!help profile", ShowUsage(), id="help with more"),
        pytest.param("!profile", ShowProfile(), id="profile"),
        pytest.param(" !Profile \n", ShowProfile(), id="profile among white space, in capitals"),
        pytest.param("!profile now", TooMuch("!profile"), id="profile with more"),
        pytest.param("hello", Say("hello"), id="a text"),
        pytest.param("hello !profile", Say("hello !profile"), id="a text with a command inside"),
        pytest.param("  hello\n", Say("  hello\n"), id="a text with white space around"),
        pytest.param(r"\!profile", Say("!profile"), id="a text that begins with !"),
        pytest.param(r"  \!wow", Say("  !wow"), id="the same behind spaces"),
        pytest.param(r"\\!wow", Say(r"\\!wow"), id="two backslashes are text"),
        pytest.param("!profil", NotUnderstood("!profil", "!profile"), id="a slip of the pen"),
        pytest.param("!h", NotUnderstood("!h", "!help"), id="a beginning"),
        pytest.param("!pro file", NotUnderstood("!pro", "!profile"), id="a command torn apart"),
    ],
)
def test_what_is_typed_means(typed, command):
    assert parse(typed) == command


@given(st.text())
def test_a_command_is_never_sent_and_a_text_never_changed(typed):
    command = parse(typed)
    if isinstance(command, Say):
        assert command.text == typed or typed.lstrip().startswith("\\!")
        assert command.text.strip()
    if isinstance(command, NotUnderstood):
        assert command.nearest in KNOWN


@given(st.text(min_size=1).filter(lambda text: text.strip()))
def test_any_text_can_be_sent(text):
    start = text.lstrip()
    typed = text[: len(text) - len(start)] + "\\" + start if start.startswith(("!", "\\!")) else text
    if start.startswith("\\!"):
        return
    assert parse(typed) == Say(text)
