"""The desk's speech: its wording says every sentence through it."""

from desk.domain.wording.german import GERMAN
from desk.domain.wording.in_german import IN_GERMAN
from speech import Speech

SPEECH = Speech({"de": {**IN_GERMAN, **GERMAN}})
say = SPEECH.say
say_many = SPEECH.say_many
number = SPEECH.number
