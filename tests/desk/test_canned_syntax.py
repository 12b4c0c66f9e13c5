"""What is typed behind `!canned`, and how a text's placeholders are filled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.canned import (
    ACTIONS,
    PLACEHOLDERS,
    Deed,
    Followed,
    ListAll,
    NoAction,
    NoName,
    TooLittle,
    TooMuch,
    Unfilled,
    as_name,
    broken,
    fill,
    parse,
    unknown,
)

TRICKY = st.text(st.sampled_from("{}|\\.ab givenName"))
"""Texts in which much looks like a placeholder."""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("", ListAll(), id="nothing"),
        pytest.param("list", ListAll(), id="list"),
        pytest.param("list all", TooMuch("list"), id="list with more"),
        pytest.param("Hello", Deed("send", "hello"), id="a name alone"),
        pytest.param("send Hello", Deed("send", "hello"), id="send"),
        pytest.param("send hello now", TooMuch("send"), id="send with more"),
        pytest.param("show hello", Deed("show", "hello"), id="show"),
        pytest.param("DELETE\nhello", Deed("delete", "hello"), id="delete, on two lines"),
        pytest.param("delete", TooLittle("delete"), id="delete without a name"),
        pytest.param("save hello Hi {name},\n\n  yes ", Deed("save", "hello", "Hi {name},\n\n  yes"), id="save"),
        pytest.param("save hello\nHi", Deed("save", "hello", "Hi"), id="save with the text on its own line"),
        pytest.param("save hello", TooLittle("save"), id="save without a text"),
        pytest.param("save", TooLittle("save"), id="save without anything"),
        pytest.param("save list x", NoName("list"), id="a name that is an action"),
        pytest.param("show <@U1>", NoName("<@U1>"), id="a name that is none"),
        pytest.param("shwo hello", NoAction("shwo", "show"), id="a slip of the pen"),
        pytest.param("Hi extra", Followed("hi"), id="a name with more"),
        pytest.param("<@U1> extra", NoName("<@U1>"), id="a name that is none, with more"),
    ],
)
def test_what_is_typed_means(typed, meant):
    assert parse(typed) == meant


@given(st.text())
def test_whatever_is_typed_is_understood_or_refused(typed):
    meant = parse(typed)
    if isinstance(meant, Deed):
        assert meant.action in ACTIONS
        assert as_name(meant.name) == meant.name
        assert bool(meant.text) == (meant.action == "save")
    if isinstance(meant, NoAction):
        assert meant.nearest in ACTIONS


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Hello-2", "hello-2"),
        ("GRÜSSE", "grüsse"),
        ("Grüße", "grüsse"),
        ("u\u0308ber", "über"),
        ("x" * 50, "x" * 50),
        ("x" * 51, None),
        ("ß" * 26, None),
        ("a_b", None),
        ("a{b}", None),
        ("", None),
        ("Save", None),
    ],
)
def test_names(word, name):
    assert as_name(word) == name


VALUES = {"givenName": "Zoë", "name": "Zoë Z", "agent": "Alice", "properties.plan": "gold", "properties.a b": "c"}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Hello {givenName}!", "Hello Zoë!"),
        ("{ GIVENNAME } / {Agent}", "Zoë / Alice"),
        ("{givenName|there} {surname|there} {userId|}.", "Zoë there ."),
        ("{properties.plan} {Properties.a b} {properties.none|-}", "gold c -"),
        ("no { } {} {1} {a b} } {", "no { } {} {1} {a b} } {"),
        ('{"a": 1}', '{"a": 1}'),
        (r"\{givenName} {givenName}", "{givenName} Zoë"),
        (r"\\{givenName}", r"\{givenName}"),
        ("{surname} {properties.x} {surname}", Unfilled(("surname", "properties.x"))),
        ("{surname|} {surname}", Unfilled(("surname",))),
        ("{properties.Plan}", Unfilled(("properties.Plan",))),
    ],
)
def test_a_text_is_filled(text, filled):
    assert fill(text, VALUES) == filled


def test_a_value_of_white_space_is_missing():
    assert fill("{givenName|there}", {"givenName": " \n"}) == "there"
    assert fill("{givenName}", {"givenName": " "}) == Unfilled(("givenName",))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("{givenName} {properties.x} {agent|x}", ()),
        ("{firstname} {firstname} {last|x}", ("firstname", "last")),
        ("{}{1}{a b}\\{firstname}", ()),
        ("{properties}", ("properties",)),
        ("{name.first}", ("name.first",)),
    ],
)
def test_what_is_no_placeholder_is_found(text, names):
    assert unknown(text) == names


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("{givenName} {properties.x|y} {} {1} {a b} \\{name", ()),
        ('{"a": 1} { {{x}} }', ()),
        ("Hi {givenName", ("{givenName",)),
        ("Hi { name\nbye } {name\n", ("{ name", "{name")),
        ("{givenName {surname}", ("{givenName",)),
        ("{properties.} {Properties.|x} {properties. }", ("{properties.}", "{Properties.|x}", "{properties. }")),
        ("{givenName there} {nobody", ("{givenName there}", "{nobody")),
        ("{name|a{b}", ("{name|a",)),
    ],
)
def test_what_begins_as_a_placeholder_and_is_none_is_found(text, pieces):
    assert broken(text) == pieces


@given(st.dictionaries(st.sampled_from(PLACEHOLDERS), TRICKY | st.text()), TRICKY | st.text())
def test_no_brace_of_a_value_ever_takes_effect(values, text):
    marks = {name: f"\ue000{number}\ue001" for number, name in enumerate(values) if values[name].strip()}
    filled, marked = fill(text, values), fill(text, marks)
    if isinstance(marked, Unfilled) or "\ue000" in text:
        return
    for name, mark in marks.items():
        marked = marked.replace(mark, values[name]) if mark not in "".join(values.values()) else filled
    assert filled == marked


@given(st.text().filter(lambda text: "{" not in text))
def test_a_text_without_braces_stays_as_it_is(text):
    assert fill(text, {}) == text
    assert unknown(text) == broken(text) == ()


@given(TRICKY | st.text())
def test_any_text_can_be_said_with_its_braces_written_out(text):
    assert fill(text.replace("\\", "").replace("{", "\\{"), VALUES) == text.replace("\\", "")
