"""The numbers."""

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
    "since {moment}": "seit {moment}",
    "Conversations begun": "Begonnene Gespräche",
    "Answered for the first time": "Erste Antworten",
    "Closed": "Geschlossen",
    "Waiting now": "Warten jetzt",
    "Longest wait now": "Längste Wartezeit jetzt",
    "Half of first answers within": "Hälfte der ersten Antworten binnen",
    "Nine of ten within": "Neun von zehn binnen",
    "none": "keine",
    "{label}: {value}": "{label}: {value}",
    "No agent has replied, closed or claimed anything.": (
        "Niemand hat geantwortet, etwas geschlossen oder übernommen."
    ),
    "… and one more agent": "… und noch jemand",
    "… and {count} more agents": "… und {count} weitere",
    "`/sk !stats today` shows today's numbers, `/sk !stats week` this week's. There is no “{word}”.": (
        "`/sk !stats today` zeigt die Zahlen von heute, `/sk !stats week` die dieser Woche. „{word}“ gibt es nicht."
    ),
    "This week's numbers": "Zahlen dieser Woche",
    "Today's numbers": "Zahlen von heute",
    "Agent": "Team",
    "First answers": "Erste Antworten",
    "Replies": "Antworten",
    "Open now": "Jetzt offen",
}
