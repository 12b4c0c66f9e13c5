"""What agents read who begin a conversation."""

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
    "Nothing was sent: write the text behind the user ID, such as `/sk !start jane Hello!`.": (
        "Nichts wurde gesendet: der Text gehört hinter die Nutzer-ID der App, etwa `/sk !start jane Hallo!`."
    ),
    "Nothing was sent: the text begins with `!`. If it is meant as text, write `\\!` instead.": (
        "Nichts wurde gesendet: der Text beginnt mit `!`. Ist er als Text gemeint, schreibe `\\!` stattdessen."
    ),
    "Nothing was sent: there is no app user “{user}”. Give the ID by which the app knows them, "
    "or the app user ID from their profile.": (
        "Nichts wurde gesendet: einen App-Nutzer „{user}“ gibt es nicht. Gebraucht wird die Nutzer-ID der App "
        "oder die App-Nutzer-ID aus dem Profil."
    ),
    "A channel for {name} is being opened, and then your text goes out: I tell you here when it has. If you read "
    "nothing here within a minute, look into that channel: without a notice on your text there, nothing was sent. "
    "Then type it again.": (
        "Ein Channel für {name} wird geöffnet, dann geht dein Text hinaus: hier steht es, sobald er draußen ist. Steht "
        "hier nach einer Minute nichts, sieh in dem Channel nach: ohne einen Hinweis zu deinem Text wurde nichts "
        "gesendet. Dann schreibe ihn noch einmal."
    ),
    "Nothing was sent: Slack's limits let no channel be opened for {name} at the moment. "
    "Please try again in {seconds} s.": (
        "Nichts wurde gesendet: Slacks Grenzen lassen gerade keinen Channel für {name} zu. "
        "Bitte in {seconds} s noch einmal versuchen."
    ),
    "Nothing was sent: the channel for {name} could not be opened ({reason}). Please try again later.": (
        "Nichts wurde gesendet: der Channel für {name} ließ sich nicht öffnen ({reason}). "
        "Bitte später noch einmal versuchen."
    ),
    "Your text has gone out: the conversation is in {link}.": (
        "Dein Text ist hinausgegangen: das Gespräch ist in {link}."
    ),
    "The conversation is in {link}.": "Das Gespräch ist in {link}.",
}
