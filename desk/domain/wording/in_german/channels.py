"""What stands in app users' channels and in dispatch channels."""

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
    # --- app users' messages
    "User {id}": "Nutzer {id}",
    "(a message without text)": "(eine Nachricht ohne Text)",
    "image": "Bild",
    "{name} sent a file: {link} ({details})": "{name} hat eine Datei gesendet: {link} ({details})",
    "📎 {file} ({details}) could not be shown here.": "📎 {file} ({details}) konnte hier nicht gezeigt werden.",
    "{count} bytes": "{count} Bytes",
    "{count} KB": "{count} KB",
    "{count} MB": "{count} MB",
    # --- app users' channels
    "This channel is the conversation with {name}.": "Dieser Channel ist das Gespräch mit {name}.",
    "This channel is the conversation with {name} (user ID {user_id}).": (
        "Dieser Channel ist das Gespräch mit {name} (Nutzer-ID {user_id})."
    ),
    "Answer with /sk and your text: it goes to the app user. Everything else you write here stays in Slack.": (
        "Antworte mit /sk und deinem Text: er geht an den App-Nutzer. Alles andere, was du hier schreibst, "
        "bleibt in Slack."
    ),
    "/sk !profile shows what the app knows about this user; /sk !help explains the commands.": (
        "/sk !profile zeigt, was die App von diesem Nutzer weiß; /sk !help erklärt die Befehle."
    ),
    "The earlier conversation is in {link}.": "Das frühere Gespräch steht in {link}.",
    "What was said last:": "Zuletzt gesagt wurde:",
    "An agent": "Jemand aus dem Team",
    "{before} is {who}: this channel is the conversation with them from now on.": (
        "{before} ist {who}: dieser Channel ist von jetzt an das gemeinsame Gespräch."
    ),
    "{before} is {who}: the conversation goes on in {link}. What you send from here with /sk still reaches them.": (
        "{before} ist {who}: das Gespräch geht in {link} weiter. Was du von hier mit /sk sendest, kommt weiterhin an."
    ),
    "{before} in {link} is {who} as well: that conversation goes on here.": (
        "{before} in {link} ist ebenfalls {who}: jenes Gespräch geht hier weiter."
    ),
    "This conversation goes on in {link}. /sk does nothing here.": (
        "Dieses Gespräch geht in {link} weiter. /sk bewirkt hier nichts."
    ),
    # --- dispatch channels
    "{before} is {title}: the conversation is in {link}": "{before} ist {title}: das Gespräch ist in {link}",
    "{before} is {title}": "{before} ist {title}",
    "{title} started a conversation in {link}": "{title} hat ein Gespräch in {link} begonnen",
    "{title} started a conversation. Slack holds its channel back: the link follows here.": (
        "{title} hat ein Gespräch begonnen. Slack hält den Channel noch zurück: der Link folgt hier."
    ),
}
