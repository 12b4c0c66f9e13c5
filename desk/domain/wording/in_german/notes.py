"""What agents read about notes."""

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
    "📝 Note by {name}": "📝 Notiz von {name}",
    "The note was not kept: the app's side does not answer. Please try again later.": (
        "Die Notiz wurde nicht gespeichert: der Server der App antwortet nicht. Bitte später noch einmal versuchen."
    ),
    "The note was not kept: {description}": "Die Notiz wurde nicht gespeichert: {description}",
    "No answer yet: the note may or may not have been kept. `/sk !history` shows whether it was.": (
        "Noch keine Antwort: die Notiz ist gespeichert oder auch nicht. `/sk !history` zeigt es."
    ),
    "The note is kept, and `/sk !history` shows it; Slack does not let it be posted in the channel.": (
        "Die Notiz ist gespeichert, und `/sk !history` zeigt sie; Slack lässt sie nicht in den Channel."
    ),
}
