"""What people read of the webhook server in German: each sentence under its English one."""

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
    # --- why a reply did not arrive
    "the app's server answered {status}": "der Server der App hat mit {status} geantwortet",
    "the app's server gave no answer within {seconds} seconds": (
        "der Server der App hat {seconds} Sekunden lang nicht geantwortet"
    ),
    "the app's server could not be reached": "der Server der App war nicht zu erreichen",
    "the app's server closed the connection without an answer": (
        "der Server der App hat die Verbindung ohne Antwort geschlossen"
    ),
    "the app's webhook points to a private address": "der Webhook der App zeigt auf eine private Adresse",
    "the app's server has no valid certificate": "der Server der App hat kein gültiges Zertifikat",
    "{reason}; tried for more than a day": "{reason}; mehr als einen Tag lang versucht",
    "the bot refused it ({problem})": "der Bot hat es abgelehnt ({problem})",
    # --- why something is refused
    "there is no such app user any more": "diesen App-Nutzer gibt es nicht mehr",
    "there is no such reply any more": "diese Antwort gibt es nicht mehr",
    "a reply with this ID exists, with another text or for another app user": (
        "eine Antwort mit dieser ID gibt es schon, mit anderem Text oder für einen anderen App-Nutzer"
    ),
    "you sent the same text a moment ago": "denselben Text hast du gerade eben gesendet",
    "the app's side is busy or broken at the moment; please try again": (
        "der Server der App ist gerade überlastet oder gestört; bitte noch einmal versuchen"
    ),
    "the app's side failed; its log tells why": "im Server der App ist ein Fehler aufgetreten; mehr steht im Log",
    "files cannot be had at the moment; please try again": (
        "Dateien sind gerade nicht zu bekommen; bitte noch einmal versuchen"
    ),
    # --- names and files
    "{name} (sent by the app)": "{name} (von der App gesendet)",
    "Sent by the app": "Von der App gesendet",
    "[the file {name} was removed]": "[die Datei {name} wurde entfernt]",
    # --- cases
    "There is no conversation with this app user to which that could be done.": (
        "Mit diesem App-Nutzer gibt es kein Gespräch, mit dem das ginge."
    ),
    "{who} takes care of this conversation.": "{who} kümmert sich um dieses Gespräch.",
    "Somebody else takes care of this conversation.": "Jemand anderes kümmert sich um dieses Gespräch.",
    "Nobody takes care of this conversation.": "Um dieses Gespräch kümmert sich niemand.",
    "{who} has closed this conversation.": "{who} hat dieses Gespräch geschlossen.",
    "This conversation is closed.": "Dieses Gespräch ist geschlossen.",
    "This conversation is open.": "Dieses Gespräch ist offen.",
    "Nobody waits for an answer in this conversation, so there is nothing to put off.": (
        "In diesem Gespräch wartet niemand auf Antwort, also gibt es nichts zurückzustellen."
    ),
    # --- notes and canned answers
    "A note with this ID exists, with another text or about another app user.": (
        "Eine Notiz mit dieser ID gibt es, mit anderem Text oder zu einem anderen App-Nutzer."
    ),
    "No canned answer has this name.": "Keine gespeicherte Antwort heißt so.",
    "There are {limit} canned answers already: delete one first.": (
        "Es gibt schon {limit} gespeicherte Antworten: lösche erst eine."
    ),
}
