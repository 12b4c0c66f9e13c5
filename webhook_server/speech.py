"""The app's side's speech: what agents read of it is said through it. Developers and operators read English."""

from speech import Speech
from webhook_server.german import GERMAN

SPEECH = Speech({"de": GERMAN})
say = SPEECH.say
say_many = SPEECH.say_many
