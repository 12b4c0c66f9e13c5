"""The list of who waits for an answer."""

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
    "One app user waits for an answer": "Ein App-Nutzer wartet auf Antwort",
    "Nobody waits for an answer.": "Niemand wartet auf Antwort.",
    "One open conversation is yours": "Ein offenes Gespräch ist deins",
    "No open conversation is yours. `/sk !waiting` shows who waits for an answer.": (
        "Kein offenes Gespräch ist deins. `/sk !waiting` zeigt, wer auf Antwort wartet."
    ),
    "{name} in {channel}: {span}, {whose}": "{name} in {channel}: {span}, {whose}",
    "{name} (no channel yet): {span}, {whose}": "{name} (noch kein Channel): {span}, {whose}",
    "{agent} has it": "{agent} hat es",
    "nobody has it": "niemand hat es",
    "waits {span}": "wartet {span}",
    "answered": "beantwortet",
    "put off": "zurückgestellt",
    "… and one more": "… und noch eines",
    "`/sk !waiting` shows all, `/sk !waiting mine` yours. There is no “{word}”.": (
        "`/sk !waiting` zeigt alle, `/sk !waiting mine` deine. „{word}“ gibt es nicht."
    ),
}
