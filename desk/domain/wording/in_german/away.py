"""Whether the team is there, and what app users are told while it is not."""

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
    "The team is not there: no office hours begin within a year.": (
        "Das Team ist nicht da: binnen eines Jahres beginnen keine Bürozeiten."
    ),
    "The team is away, as {agent} said. `/sk !away off` ends that.": (
        "Das Team ist laut {agent} abwesend. `/sk !away off` beendet das."
    ),
    "App users who write are told, at most once in 12 hours: {text}": (
        "App-Nutzer, die schreiben, lesen höchstens einmal in 12 Stunden: {text}"
    ),
    "App users who write are told nothing: `/sk !away on TEXT` says what they are told.": (
        "App-Nutzer, die schreiben, lesen davon nichts: `/sk !away on TEXT` legt fest, was sie lesen."
    ),
    "Nothing was done: `/sk !away` shows how it is, `/sk !away on`, `/sk !away on 2h TEXT` or "
    "`/sk !away on until 17:00 TEXT` lets the team be away, `/sk !away off` lets it be back. "
    "A TEXT that begins with a digit or like a time goes into quotation marks.": (
        "Nichts wurde getan: `/sk !away` zeigt, wie es ist, `/sk !away on`, `/sk !away on 2h TEXT` oder "
        "`/sk !away on until 17:00 TEXT` meldet das Team abwesend, `/sk !away off` wieder anwesend. "
        "Ein TEXT, der mit einer Ziffer oder wie eine Zeit beginnt, steht in Anführungszeichen."
    ),
    "Nothing was done: TEXT may have {most} characters.": (
        "Nichts wurde getan: TEXT darf höchstens {most} Zeichen haben."
    ),
    "No answer yet: it may or may not have been done. `/sk !away` shows how it is.": (
        "Noch keine Antwort: vielleicht ist es getan, vielleicht nicht. `/sk !away` zeigt, wie es ist."
    ),
    "The team is there, until {until}.": "Das Team ist da, bis {until}.",
    "The team is there.": "Das Team ist da.",
    "{agent}: the team is away until {until}; app users are told “{text}”.": (
        "{agent}: das Team ist bis {until} abwesend; App-Nutzer lesen „{text}“."
    ),
    "{agent}: the team is away; app users are told “{text}”.": (
        "{agent}: das Team ist abwesend; App-Nutzer lesen „{text}“."
    ),
    "{agent}: the team is away until {until}; app users are told nothing.": (
        "{agent}: das Team ist bis {until} abwesend; App-Nutzer lesen davon nichts."
    ),
    "{agent}: the team is away; app users are told nothing.": (
        "{agent}: das Team ist abwesend; App-Nutzer lesen davon nichts."
    ),
    "{agent}: the team is back.": "{agent}: das Team ist wieder da.",
    "The team is not there: office hours begin {until}.": "Das Team ist nicht da: die Bürozeiten beginnen {until}.",
    "The team is away until {until}, as {agent} said.": "Das Team ist laut {agent} bis {until} abwesend.",
}
