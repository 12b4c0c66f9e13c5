"""The syntax of what follows `/sk`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.commands import (
    COMMANDS,
    NoHelp,
    NotUnderstood,
    Order,
    Say,
    ShowUsage,
    TooLittle,
    TooMuch,
    looks_like_a_command,
    parse,
)
from desk.domain.wording import commands as wording


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        pytest.param("", ShowUsage(), id="nothing"),
        pytest.param(" \n ", ShowUsage(), id="white space"),
        pytest.param("!help", ShowUsage(), id="help"),
        pytest.param("!help profile", ShowUsage("!profile"), id="help for a command"),
        pytest.param("!help !Profile now", ShowUsage("!profile"), id="help for a command as it is typed"),
        pytest.param("!help profil", NoHelp("profil", "!profile"), id="help for a slip of the pen"),
        pytest.param("!profile", Order("!profile"), id="profile"),
        pytest.param(" !Profile \n", Order("!profile"), id="profile among white space, in capitals"),
        pytest.param("!Profile share \n", Order("!profile", "share"), id="profile with more"),
        pytest.param("hello", Say("hello"), id="a text"),
        pytest.param("hello !profile", Say("hello !profile"), id="a text with a command inside"),
        pytest.param("  hello\n", Say("  hello\n"), id="a text with white space around"),
        pytest.param(r"\!profile", Say("!profile"), id="a text that begins with !"),
        pytest.param(r"  \!wow", Say("  !wow"), id="the same behind spaces"),
        pytest.param(r"\\!wow", Say(r"\\!wow"), id="two backslashes are text"),
        pytest.param("!profil", NotUnderstood("!profil", "!profile"), id="a slip of the pen"),
        pytest.param("!h", NotUnderstood("!h", "!help"), id="a beginning"),
        pytest.param("!help ?", NoHelp("?", None), id="help for nothing like a command"),
        pytest.param("!", NotUnderstood("!", None), id="the mark alone"),
        pytest.param("!!", NotUnderstood("!!", None), id="two marks"),
        pytest.param("!?", NotUnderstood("!?", None), id="marks"),
        pytest.param("! close", NotUnderstood("!", None), id="the mark apart"),
        pytest.param("!kill", NotUnderstood("!kill", None), id="nothing like a command"),
        pytest.param("!clsoe", NotUnderstood("!clsoe", "!close"), id="letters the wrong way round"),
        pytest.param("!pro file", NotUnderstood("!pro", "!profile"), id="a command torn apart"),
    ],
)
def test_what_is_typed_means(typed, command):
    assert parse(typed) == command


UNSEEN = st.text(
    st.characters(categories=("Cf", "Cc", "Zs", "Zl", "Zp")) | st.sampled_from("\u3164\u2800\ufe0f"), max_size=5
)


@given(UNSEEN, st.sampled_from("!\uff01\ufe57\ufe15"), st.text())
def test_what_begins_with_an_exclamation_mark_is_never_sent_whatever_unseen_precedes_it(unseen, mark, rest):
    assert not isinstance(parse(unseen + mark + rest), Say)
    assert looks_like_a_command(unseen + mark + rest)
    assert parse(f"{unseen}\\{mark}{rest}") == Say(unseen + mark + rest)


@given(UNSEEN)
def test_what_nobody_sees_is_nothing_to_send(unseen):
    assert parse(unseen) == ShowUsage()


@pytest.mark.parametrize("typed", ["\uff01claim", "\ufe57Claim", "\u200b!claim", "\ufeff \u2060\uff01claim "])
def test_commands_run_however_their_exclamation_mark_is_written(typed):
    assert parse(typed) == Order("!claim")


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("/sk hi", True),
        ("\u200b/SK", True),
        ("!hi", True),
        ("/skate", False),
        ("sk", False),
        ("", False),
        ("a !b", False),
    ],
)
def test_messages_that_begin_as_commands_do_look_like_one(text, is_one):
    assert looks_like_a_command(text) == is_one


@given(st.text())
def test_a_command_is_never_sent_and_a_text_never_changed(typed):
    command = parse(typed)
    if isinstance(command, Say):
        assert command.text == typed or "\\" in typed
        assert command.text.strip()
    if isinstance(command, NotUnderstood | NoHelp):
        assert command.nearest in {None, *COMMANDS}


@given(UNSEEN, st.text(st.characters(categories=("L", "P", "S", "N")) | st.sampled_from("!\\ \n"), min_size=1))
def test_any_text_can_be_sent(unseen, seen):
    text = unseen + seen
    if parse(seen) == ShowUsage() or seen.lstrip().startswith("\\"):
        return
    typed = text if isinstance(parse(text), Say) else text.replace(seen.lstrip(), "\\" + seen.lstrip(), 1)
    assert parse(typed) == Say(text)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_a_help_of_its_own(command):
    assert f"/sk {command}" in wording.help_for(command)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_is_in_the_list_of_all(command):
    assert command in wording.usage()


def test_the_list_of_all_commands_fits_a_screen():
    lines = wording.usage().splitlines()
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 120


@pytest.mark.parametrize(("command", "syntax"), COMMANDS.items())
def test_each_command_takes_what_it_takes(command, syntax):
    bare, followed = parse(command), parse(f"{command}  something\n")
    if command == "!help":
        return
    assert bare == (TooLittle(command) if syntax.takes == "something" else Order(command))
    assert followed == (TooMuch(command) if syntax.takes == "nothing" else Order(command, "something"))
