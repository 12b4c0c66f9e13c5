"""Sentences in the chosen language."""

import pytest

from speech import Speech

CATALOGS = {"de": {"Hello {name}": "Hallo {name}", "{count} day": "{count} Tag", "{count} days": "{count} Tage"}}


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
