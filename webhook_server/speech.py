"""The webhook server's speech: what agents and app users read of it is said through this."""

from speech import Speech
from webhook_server.german import GERMAN

SPEECH = Speech({"de": GERMAN})
say = SPEECH.say
say_many = SPEECH.say_many
