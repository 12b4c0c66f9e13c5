"""What agents read in their Home tab."""

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
    "Conversations": "Gespräche",
    "{count} open conversation is yours": "{count} offenes Gespräch ist deins",
    "{count} app user waits for an answer": "{count} App-Nutzer wartet auf Antwort",
    "the longest since {moment}": "am längsten seit {moment}",
    "Yours": "Deine",
    "Waiting": "Wartende",
    "{title} in {channel}": "{title} in {channel}",
    "None is yours. Claim one, and it stands here until it is closed.": (
        "Keins ist deins. Eins, das du übernimmst, steht hier, bis es geschlossen wird."
    ),
    "Nobody else waits.": "Sonst wartet niemand.",
    "☕ Nobody waits, and nothing of yours is open. New conversations appear here by themselves.": (
        "☕ Niemand wartet, und nichts von dir ist offen. Neue Gespräche erscheinen hier von selbst."
    ),
    "⚠ The app's side does not answer at the moment, so nobody can say who waits. "
    "This page looks again by itself; app users' messages are kept meanwhile.": (
        "⚠ Der Server der App antwortet gerade nicht, darum ist nicht bekannt, wer wartet. "
        "Hier wird von selbst wieder nachgesehen; Nachrichten von App-Nutzern bleiben solange aufgehoben."
    ),
    "Slack did not open the dialog. Please press the button once more.": (
        "Slack hat das Fenster nicht geöffnet. Bitte noch einmal auf den Knopf drücken."
    ),
    "Conversation": "Gespräch",
    "Done": "Fertig",
    "Open this tab again to see who waits.": "Diesen Tab neu öffnen, um zu sehen, wer wartet.",
}
