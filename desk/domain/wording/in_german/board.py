"""The notices of cases in dispatch channels, their buttons, and reminders."""

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
    "{title} wrote again in {link}": "{title} hat wieder geschrieben: {link}",
    "{agent} began a conversation with {title} in {link}": "{agent} hat ein Gespräch mit {title} begonnen: {link}",
    "⏳ waiting since {moment}": "⏳ wartet seit {moment}",
    "💤 snoozed until {moment}": "💤 zurückgestellt bis {moment}",
    "🙋 claimed by {agent}": "🙋 übernommen von {agent}",
    "💬 first answered by {agent} after {duration}": "💬 erste Antwort von {agent} nach {duration}",
    "Open": "Öffnen",
    "Claim": "Übernehmen",
    "Release": "Zurückgeben",
    "Profile": "Profil",
    "Reopen": "Wieder öffnen",
    "{link}: nobody has answered for {duration}": "{link}: seit {duration} keine Antwort",
    "{called} {link}: nobody has answered for {duration}": "{called} {link}: seit {duration} keine Antwort",
    "{link}: the snooze is over": "{link}: die Zurückstellung ist vorbei",
    "the app user's channel is not open yet": "der Channel des App-Nutzers ist noch nicht offen",
    "✅ closed": "✅ geschlossen",
    "✅ closed ({reason})": "✅ geschlossen ({reason})",
    "✅ closed by {agent}": "✅ geschlossen von {agent}",
    "✅ closed by {agent} ({reason})": "✅ geschlossen von {agent} ({reason})",
}
