"""What agents read of the bot itself, and the administrators' list of channels."""

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
    "Still working on it… the answer will follow here. Do not send it again until then.": (
        "Ich bin noch dran… die Antwort folgt hier. Bitte bis dahin nicht noch einmal senden."
    ),
    "Done. If it was a reply, its notice in the channel shows how far it is.": (
        "Erledigt. War es eine Antwort, zeigt der Hinweis dazu im Channel, wie weit sie ist."
    ),
    "I am still starting: nothing was done, nothing was sent. Please try again in a moment.": (
        "Ich starte noch: nichts wurde getan, nichts wurde gesendet. Bitte gleich noch einmal versuchen."
    ),
    "I am being restarted: nothing was done, nothing was sent. Please try again in a moment.": (
        "Ich werde gerade neu gestartet: nichts wurde getan, nichts wurde gesendet. Bitte gleich noch einmal versuchen."
    ),
    "Too many commands are waiting: nothing was done, nothing was sent. Please try again in a minute.": (
        "Zu viele Befehle warten: nichts wurde getan, nichts wurde gesendet. "
        "Bitte in einer Minute noch einmal versuchen."
    ),
    "Something went wrong here, and it is in my log. If it was a reply and it went out, its notice appears in the "
    "channel; look for it before you send it again.": (
        "Hier ist etwas schiefgegangen, es steht in meinem Log. War es eine Antwort und ist sie hinausgegangen, "
        "erscheint der Hinweis dazu im Channel; sieh dort nach, bevor du sie noch einmal sendest."
    ),
    "Nothing was sent: a typed command cannot send files. To send this message with its files, choose "
    "“Send to app user” in its menu (⋮). Or type the text without them.": (
        "Nichts wurde gesendet: ein getippter Befehl kann keine Dateien senden. Um diese Nachricht mit ihren Dateien "
        "zu senden, wähle in ihrem Menü (⋮) „Send to app user“. Oder tippe den Text ohne sie."
    ),
    "This button does not work any more; nothing was done.": (
        "Dieser Knopf funktioniert nicht mehr; nichts wurde getan."
    ),
    "*{count} app user has a channel*": "*{count} App-Nutzer hat einen Channel*",
    "*{count} app users have a channel*": "*{count} App-Nutzer haben einen Channel*",
    "page {page} of {pages}: `!channels PAGE` shows another": (
        "Seite {page} von {pages}: `!channels SEITE` zeigt eine andere"
    ),
    "no channel yet": "noch kein Channel",
    "opening": "wird geöffnet",
    "open": "offen",
    "archived": "archiviert",
    "gone": "nicht mehr da",
}
