"""What the bot says in app users' channels of the conversation itself."""

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
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
    "Answer with /sk and your text: it goes to the app user. Everything else you write here stays in Slack.": (
        "Antworte mit /sk und deinem Text: er geht an den App-Nutzer. Alles andere, was du hier schreibst, "
        "bleibt in Slack."
    ),
    "/sk !profile shows what the app knows about this user; /sk !help explains the commands.": (
        "/sk !profile zeigt, was die App von diesem App-Nutzer weiß; /sk !help erklärt die Befehle."
    ),
    "This channel is the conversation with {name} (user ID {user_id}).": (
        "Dieser Channel ist das Gespräch mit {name} (Nutzer-ID der App: {user_id})."
    ),
    "This channel is the conversation with {name}.": "Dieser Channel ist das Gespräch mit {name}.",
    "The earlier conversation is in {link}.": "Das frühere Gespräch steht in {link}.",
    "What was said last:": "Zuletzt gesagt wurde:",
}
