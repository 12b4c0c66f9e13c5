"""The desk's speech: its wording says every sentence through it."""

from desk.domain.wording.in_german import GERMAN
from speech import Speech

SPEECH = Speech({"de": GERMAN})
say = SPEECH.say
say_many = SPEECH.say_many
number = SPEECH.number
