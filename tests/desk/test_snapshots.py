"""Whatever the desk shows in Slack looks as it did, in each language, and every layout is among the cases.

The snapshots lie in `snapshots/LANGUAGE/LAYOUT/CASE.json`. After a change that is meant,
`UPDATE_SNAPSHOTS=1 pytest tests/desk/test_snapshots.py` writes them anew; what changed is read in the diff.
"""

import pytest
from every_layout import CASES, LONGEST
from layout_cases import many
from layout_limits import problems
from layout_scan import calls, layouts
from snapshots import compare, without_a_case

from desk.domain.wording.speech import SPEECH

LANGUAGES = ["en", "de"]
UNITS = {
    "escaped": "&",
    "angle": "<",
    "word": "x",
    "words": "to be ",
    "lines": "a\n",
    "wide": "字",
    "emoji": "😀",
    "family": "👩‍👩‍👧‍👦",
    "right-to-left": "שלום",
    "turned": "\u202eabc\u202c",
    "combining": "e\u0301\u0323",
    "marks-alone": "\u0301",
    "beyond": "𐐨",
}
"""Of what the longest inputs are made."""
ADAPTERS = {"desk/slack/workspace.py:SlackWorkspace.publish_home"}
"""Hand on what others have made."""
SHOWN = {**CASES, **{name: lambda made=made: made(many("&")) for name, made in LONGEST.items()}}


@pytest.fixture(params=LANGUAGES)
def language(request):
    SPEECH.use(request.param)
    yield request.param
    SPEECH.use("en")


@pytest.mark.parametrize("name", SHOWN)
def test_it_looks_as_it_did(language, name):
    compare(f"{language}/{name}", SHOWN[name]())


@pytest.mark.parametrize("name", CASES)
def test_slack_takes_it(language, name):
    assert problems(name, CASES[name]()) == []


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("name", LONGEST)
def test_slack_takes_it_at_its_longest(language, name, unit):
    assert problems(name, LONGEST[name](many(UNITS[unit]))) == []


def test_each_snapshot_has_its_case():
    assert without_a_case({f"{language}/{name}" for language in LANGUAGES for name in SHOWN}) == []


def test_each_layout_has_its_case():
    with calls() as called:
        for show in SHOWN.values():
            show()
    assert layouts() - called - ADAPTERS == set()
