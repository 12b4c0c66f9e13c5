"""Every sentence that people in Slack read is there in every language, and no translation is there for nothing."""

import importlib
import string
import sys
from collections import Counter, defaultdict
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from sentences import ROOT, SIDES, catalogs, modules

from desk.domain.wording.in_german import AREAS
from settings.model import LANGUAGES
from speech import ENGLISH

PAIRS = [(side, language) for side in SIDES for language in LANGUAGES if language != ENGLISH]
WORDING = ROOT / "desk/domain/wording"


def placeholders(sentence):
    return {name for _, name, *_ in string.Formatter().parse(sentence) if name is not None}


def said(side):
    return [each for module in modules(side) for each in module.sentences()]


@pytest.mark.parametrize("side", SIDES)
def test_the_languages_of_the_setting_are_those_that_each_side_speaks(side):
    assert (ENGLISH, *catalogs(side)) == LANGUAGES


@pytest.mark.parametrize(("side", "language"), PAIRS)
def test_every_sentence_is_translated_with_the_same_values(side, language):
    catalog = catalogs(side)[language]
    missing = [f"{each.where}: {each.sentence!r}" for each in said(side) if each.sentence not in catalog]
    assert not missing, "\n".join(missing)
    other = [key for key, value in catalog.items() if placeholders(key) != placeholders(value)]
    assert not other, "\n".join(other)


@pytest.mark.parametrize(("side", "language"), PAIRS)
def test_every_translation_is_of_a_sentence_that_is_said(side, language):
    sentences = {each.sentence for each in said(side)}
    unused = [key for key in catalogs(side)[language] if key not in sentences]
    assert not unused, "\n".join(unused)


@pytest.mark.parametrize("side", SIDES)
def test_no_word_reaches_people_that_is_not_said_in_their_language(side):
    unsaid = [each for module in modules(side) if "wording" in module.name for each in module.unsaid()]
    assert not unsaid, "\n".join(unsaid)


@pytest.mark.parametrize("side", SIDES)
def test_sentences_are_said_by_wording_modules_alone(side):
    elsewhere = [module.name for module in modules(side) if "wording" not in module.name and module.calls()]
    assert not elsewhere


def test_no_sentence_is_translated_in_two_areas():
    seen = Counter(sentence for area in AREAS for sentence in area)
    assert [sentence for sentence, times in seen.items() if times > 1] == []


@pytest.mark.parametrize(
    "name", [each.stem for each in (WORDING / "in_german").glob("*.py") if each.stem != "__init__"]
)
def test_a_translation_stands_in_the_module_that_is_called_like_the_english_one(name):
    german = importlib.import_module(f"desk.domain.wording.in_german.{name}").GERMAN
    homes = defaultdict(set)
    for module in modules("desk"):
        home = "backend" if "errbot_backend" in module.name else module.path.stem
        for each in module.sentences():
            homes[each.sentence].add(home)
    assert [key for key in german if homes[key] != {name} and (name != "shared" or len(homes[key]) < 2)] == []
