"""What stands around app users' messages, and for what they sent."""

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
    "User {id}": "Nutzer {id}",
    "(a message without text)": "(eine Nachricht ohne Text)",
    "image": "Bild",
    "{name} sent a file: {link} ({details})": "{name} hat eine Datei gesendet: {link} ({details})",
    "📎 {file} ({details}) could not be shown here.": "📎 {file} ({details}) konnte hier nicht gezeigt werden.",
    "{count} MB": "{count} MB",
    "over {count} MB": "über {count} MB",
    "{count} byte": "{count} Byte",
    "{count} bytes": "{count} Bytes",
    "{count} KB": "{count} KB",
}
