"""Sentences in the chosen language."""

import pytest

from speech import Speech

CATALOGS = {
    "de": {
        "Hello {name}": "Hallo {name}",
        "{count} day": "{count} Tag",
        "{count} days": "{count} Tage",
        "it answered {status}": "es hat mit {status} geantwortet",
        "{reason}; given up (for good)": "{reason}; aufgegeben (endgültig)",
    }
}
KEPT = ("{reason}; given up (for good)", "it answered {status}")


@pytest.fixture
def speech():
    return Speech(CATALOGS)


def test_english_is_spoken_until_another_language_is_chosen(speech):
    assert speech.say("Hello {name}", name="Jane") == "Hello Jane"


def test_the_chosen_language_is_spoken(speech):
    speech.use("de")

    assert speech.say("Hello {name}", name="Jane") == "Hallo Jane"
    assert speech.say_many(1, "{count} day", "{count} days") == "1 Tag"
    assert speech.say_many(2, "{count} day", "{count} days") == "2 Tage"


def test_english_can_be_chosen_again(speech):
    speech.use("de")
    speech.use("en")

    assert speech.say("Hello {name}", name="Jane") == "Hello Jane"


def test_a_sentence_that_is_not_in_the_catalog_is_said_in_english(speech):
    speech.use("de")

    assert speech.say("Good bye") == "Good bye"


def test_braces_in_a_value_take_no_effect(speech):
    assert speech.say("Hello {name}", name="{name}") == "Hello {name}"


def test_an_unknown_language_is_refused_and_the_known_ones_are_named(speech):
    with pytest.raises(ValueError, match="give one of en, de"):
        speech.use("fr")


def test_numbers_are_written_as_the_language_does(speech):
    assert (speech.number(1234567), speech.number(0.75, 1)) == ("1,234,567", "0.8")
    assert speech.say_many(1234, "{count} day", "{count} days") == "1,234 days"
    speech.use("de")

    assert (speech.number(1234567), speech.number(1234.5, 1)) == ("1.234.567", "1.234,5")
    assert speech.say_many(1234, "{count} day", "{count} days") == "1.234 Tage"


def test_what_is_kept_in_english_is_told_again_in_the_chosen_language(speech):
    told = "it answered 503; given up (for good)"
    assert speech.retell(told, KEPT) == told
    speech.use("de")

    assert speech.retell(told, KEPT) == "es hat mit 503 geantwortet; aufgegeben (endgültig)"
    assert speech.retell("it answered {status}\n!", KEPT) == "es hat mit {status}\n! geantwortet"


def test_what_nobody_knows_is_told_again_as_it_is(speech):
    speech.use("de")

    assert speech.retell("something else", KEPT) == "something else"


def test_a_sentence_can_be_had_in_every_language(speech):
    assert speech.in_all("Hello {name}", name="Jane") == {"Hello Jane", "Hallo Jane"}
    assert speech.in_all("Good bye") == {"Good bye"}
