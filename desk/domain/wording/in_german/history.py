"""What agents read of a conversation's history."""

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
    "The conversation with {title}": "Das Gespräch mit {title}",
    "Nothing was said in the conversation with {title} yet.": "Im Gespräch mit {title} wurde noch nichts gesagt.",
    "{count} older line is left out: Slack has no room for it.": (
        "{count} ältere Zeile fehlt: Slack hat keinen Platz für sie."
    ),
    "{count} older lines are left out: Slack has no room for them.": (
        "{count} ältere Zeilen fehlen: Slack hat keinen Platz für sie."
    ),
    "There is more before that: /sk !history {most} shows the last {most}.": (
        "Davor gibt es mehr: /sk !history {most} zeigt die letzten {most}."
    ),
    "There is more before that.": "Davor gibt es mehr.",
    "How many lines? `/sk !history` takes a number from 1 to {most}, or nothing.": (
        "Wie viele Zeilen? Hinter `/sk !history` kommt eine Zahl von 1 bis {most} oder nichts."
    ),
    "The history cannot be shown: the app's side does not answer. Please try again later.": (
        "Der Verlauf kann nicht gezeigt werden: der Server der App antwortet nicht. Bitte später noch einmal versuchen."
    ),
    "The history cannot be shown: {description}": "Der Verlauf kann nicht gezeigt werden: {description}",
    "{name} (sent by the app)": "{name} (von der App gesendet)",
    "Sent by the app": "Von der App gesendet",
}
