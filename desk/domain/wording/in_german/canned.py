"""What agents read about canned answers."""

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
    "Canned answers": "Gespeicherte Antworten",
    "There are no canned answers yet. `/sk !canned save NAME TEXT` keeps one.": (
        "Es gibt noch keine gespeicherten Antworten. `/sk !canned save NAME TEXT` speichert eine."
    ),
    "Send one with /sk !canned NAME: you see what it says before it goes out.": (
        "Eine senden: /sk !canned NAME. Du siehst, was sie sagt, bevor sie hinausgeht."
    ),
    "Canned answer “{name}”, saved by {by}": "Gespeicherte Antwort „{name}“, gespeichert von {by}",
    "The canned answer “{name}” is saved. `/sk !canned {name}` shows what it says, and sends it.": (
        "Die Antwort „{name}“ ist gespeichert. `/sk !canned {name}` zeigt, was sie sagt, und sendet sie."
    ),
    "“{name}” is saved. It replaces this text, saved by {by}:": (
        "„{name}“ ist gespeichert. Ersetzt wurde dieser Text von {by}:"
    ),
    "“{name}” is deleted. It said:": "„{name}“ ist gelöscht. Der Text war:",
    "“{name}” for {title}. Nothing was sent yet:": "„{name}“ für {title}. Noch wurde nichts gesendet:",
    "Only its beginning is shown here; it has {characters} characters.": (
        "Hier steht nur der Anfang; der Text hat {characters} Zeichen."
    ),
    "There is no canned answer “{name}”. Nothing was done. `/sk !canned` lists all.": (
        "Eine gespeicherte Antwort „{name}“ gibt es nicht. Nichts wurde getan. `/sk !canned` listet alle."
    ),
    "Canned answers cannot {word}. Nothing was done. Did you mean `/sk !canned {nearest}`? "
    "`/sk !help !canned` explains them.": (
        "Mit gespeicherten Antworten geht „{word}“ nicht. Nichts wurde getan. War `/sk !canned {nearest}` gemeint? "
        "`/sk !help !canned` erklärt sie."
    ),
    "`/sk !canned {name}` takes nothing behind the name. Nothing was done. `/sk !help canned` explains it.": (
        "Hinter dem Namen in `/sk !canned {name}` kommt nichts. Nichts wurde getan. `/sk !help canned` erklärt es."
    ),
    "“{word}” is no name for a canned answer: a name has letters, digits and dashes, at most {length}, "
    "and is none of list, show, save, delete, send. Nothing was done.": (
        "„{word}“ ist kein Name für eine Antwort: ein Name hat Buchstaben, Ziffern und Striche, höchstens {length}, "
        "und ist weder list noch show, save, delete oder send. Nichts wurde getan."
    ),
    "Which one? `/sk !canned {action} NAME`. `/sk !canned` lists all.": (
        "Welche? `/sk !canned {action} NAME`. `/sk !canned` listet alle."
    ),
    "Nothing was saved: `/sk !canned save NAME TEXT` needs a name and a text.": (
        "Nichts wurde gespeichert: `/sk !canned save NAME TEXT` braucht Namen und Text."
    ),
    "Nothing follows the name in `/sk !canned {action} NAME`, and nothing follows `list`. Nothing was done.": (
        "Hinter dem Namen in `/sk !canned {action} NAME` kommt nichts, auch nicht hinter `list`. Nichts wurde getan."
    ),
    "Nothing was saved: {names} is no placeholder. There are `{{givenName}}`, `{{surname}}`, `{{name}}`, "
    "`{{userId}}`, `{{agent}}` and `{{properties.KEY}}`; a brace that is none is written `\\{{`.": (
        "Nichts wurde gespeichert: {names} ist kein Platzhalter. Es gibt `{{givenName}}`, `{{surname}}`, `{{name}}`, "
        "`{{userId}}`, `{{agent}}` und `{{properties.KEY}}`; eine Klammer, die keiner ist, wird `\\{{` geschrieben."
    ),
    "Nothing was saved: {names} are no placeholders. There are `{{givenName}}`, `{{surname}}`, `{{name}}`, "
    "`{{userId}}`, `{{agent}}` and `{{properties.KEY}}`; a brace that is none is written `\\{{`.": (
        "Nichts wurde gespeichert: {names} sind keine Platzhalter. Es gibt `{{givenName}}`, `{{surname}}`, "
        "`{{name}}`, `{{userId}}`, `{{agent}}` und `{{properties.KEY}}`; eine Klammer, die keiner ist, wird `\\{{` "
        "geschrieben."
    ),
    "Nothing was saved: {pieces} begins as a placeholder and is none. One is written `{{givenName}}` or "
    "`{{properties.KEY}}`; a brace that is none is written `\\{{`.": (
        "Nichts wurde gespeichert: {pieces} beginnt wie ein Platzhalter und ist keiner. Einer wird `{{givenName}}` "
        "oder `{{properties.KEY}}` geschrieben, eine Klammer, die keiner ist, `\\{{`."
    ),
    "Nothing was saved: {pieces} begin as placeholders and are none. One is written `{{givenName}}` or "
    "`{{properties.KEY}}`; a brace that is none is written `\\{{`.": (
        "Nichts wurde gespeichert: {pieces} beginnen wie Platzhalter und sind keine. Einer wird `{{givenName}}` "
        "oder `{{properties.KEY}}` geschrieben, eine Klammer, die keiner ist, `\\{{`."
    ),
    "Nothing was sent: “{name}” needs {names}, which {title} does not have. Write the text yourself, "
    "or save it with something that stands there instead, such as `{{{first}|…}}`.": (
        "Nichts wurde gesendet: „{name}“ braucht {names}, was {title} nicht hat. Schreibe den Text selbst, "
        "oder speichere ihn mit etwas, das stattdessen dort steht, etwa `{{{first}|…}}`."
    ),
    "Nothing was sent: “{name}” is empty once it is filled.": "Nichts wurde gesendet: „{name}“ ist ausgefüllt leer.",
    "No answer yet: it may or may not have been done. `/sk !canned` lists what there is.": (
        "Noch keine Antwort: es ist getan oder auch nicht. `/sk !canned` listet, was es gibt."
    ),
    "Nothing was saved: there are {limit} canned answers already. Delete one that nobody needs with "
    "`/sk !canned delete NAME`.": (
        "Nichts wurde gespeichert: es gibt schon {limit} Antworten. Lösche eine, die niemand braucht, mit "
        "`/sk !canned delete NAME`."
    ),
}
