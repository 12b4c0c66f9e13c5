"""What people read when they send a message of the channel on to the app user."""

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
    "Send to app user": "An App-Nutzer senden",
    "{name} gets this, as it stands here:": "{name} bekommt das, so wie es hier steht:",
    "This was sent to {name} already, as it stands here, and is not sent again:": (
        "Das wurde schon an {name} gesendet, so wie es hier steht, und wird nicht noch einmal gesendet:"
    ),
    "Nothing of this message can be sent:": "Von dieser Nachricht kann nichts gesendet werden:",
    "Each file goes as a message of its own.": "Jede Datei ist eine eigene Nachricht.",
    "Only the beginning is shown here: all {count} characters are sent.": (
        "Hier steht nur der Anfang: gesendet werden alle {count} Zeichen."
    ),
    "And {count} more file.": "Und {count} weitere Datei.",
    "And {count} more files.": "Und {count} weitere Dateien.",
    "📎 {name} ({kind}, {size})": "📎 {name} ({kind}, {size})",
    "🚫 {name} ({kind}, {size}) is not sent: {why}": "🚫 {name} ({kind}, {size}) wird nicht gesendet: {why}",
    "unknown type": "unbekannter Typ",
    "{name} wrote this: it is not sent back. Nothing was sent.": (
        "Das hat {name} geschrieben, es wird nicht zurückgeschickt. Nichts wurde gesendet."
    ),
    "Nobody wrote this: it is a line of Slack's own. Nothing was sent.": (
        "Das hat niemand geschrieben, es ist eine Zeile von Slack selbst. Nichts wurde gesendet."
    ),
    "This is a post of mine, and it is for you, not for the app user. Nothing was sent.": (
        "Das habe ich für das Team geschrieben, nicht für den App-Nutzer. Nichts wurde gesendet."
    ),
    "This looks like a command: it begins with `!` or `/sk`. Nothing was sent. "
    "Write the text without it, and choose the shortcut again.": (
        "Das sieht aus wie ein Befehl: es beginnt mit `!` oder `/sk`. Nichts wurde gesendet. "
        "Den Text ohne das schreiben und die Aktion noch einmal wählen."
    ),
    "There is no text in this message, and no file that can be sent. Nothing was sent.": (
        "Diese Nachricht hat keinen Text und keine Datei, die gesendet werden kann. Nichts wurde gesendet."
    ),
    "This message was deleted. Nothing was sent.": "Diese Nachricht wurde gelöscht. Nichts wurde gesendet.",
    "This message is not what the preview showed: it was edited, or its files have changed. Nothing was sent. "
    "Choose the shortcut again to see it as it is now.": (
        "Diese Nachricht ist nicht mehr, was die Vorschau gezeigt hat: sie wurde bearbeitet, oder ihre Dateien haben "
        "sich geändert. Nichts wurde gesendet. Die Aktion noch einmal wählen, um sie zu sehen, wie sie jetzt ist."
    ),
    "Since the preview it has turned out that this app user is somebody else. Nothing was sent. "
    "Choose the shortcut again to see who gets it.": (
        "Seit der Vorschau hat sich gezeigt, dass dieser App-Nutzer jemand anderes ist. Nichts wurde gesendet. "
        "Die Aktion noch einmal wählen, um zu sehen, wer es bekommt."
    ),
    "I am not in this channel, so I cannot see the message. Nothing was sent. Invite me, and try again.": (
        "Ich bin nicht in diesem Channel und sehe die Nachricht nicht. Nichts wurde gesendet. "
        "Bitte einladen und noch einmal versuchen."
    ),
    "Slack does not show me this message at the moment. Nothing was sent. Please try again.": (
        "Slack zeigt mir diese Nachricht gerade nicht. Nichts wurde gesendet. Bitte noch einmal versuchen."
    ),
    "Slack did not open the preview in time. Nothing was sent. Please choose the shortcut again.": (
        "Slack hat die Vorschau nicht rechtzeitig geöffnet. Nichts wurde gesendet. Bitte die Aktion noch einmal wählen."
    ),
    "This is out of date. Nothing was sent. Please choose the shortcut again.": (
        "Das ist veraltet. Nichts wurde gesendet. Bitte die Aktion noch einmal wählen."
    ),
    "the text": "der Text",
    "Slack did not hand over {name} ({reason}).": "Slack hat {name} nicht herausgegeben ({reason}).",
    "The app's side does not take {name}: {reason}": "Der Server der App nimmt {name} nicht an: {reason}",
    "Slack did not answer": "Slack hat nicht geantwortet",
    "The app's side does not answer.": "Der Server der App antwortet nicht.",
    "The app's side did not answer in time.": "Der Server der App hat nicht rechtzeitig geantwortet.",
    "Earlier replies in this channel are still on their way.": (
        "Frühere Antworten in diesem Channel sind noch unterwegs."
    ),
    "Something went wrong here, and it is in my log. What went out has its notice in the channel. Choose the "
    "shortcut again to send what is missing: nothing is sent twice.": (
        "Hier ist etwas schiefgegangen, es steht in meinem Log. Was hinausging, hat seinen Hinweis im Channel. Die "
        "Aktion noch einmal wählen, um zu senden, was fehlt: nichts wird doppelt gesendet."
    ),
    "Sent now: {parts}. Sent before, and not again: {others}.": (
        "Jetzt gesendet: {parts}. Schon vorher gesendet, und nicht noch einmal: {others}."
    ),
    "This message had been sent already. Nothing was sent now.": (
        "Diese Nachricht war schon gesendet worden. Jetzt wurde nichts gesendet."
    ),
    "Send what is missing": "Senden, was fehlt",
    "Try again": "Noch einmal versuchen",
    "{parts} and {count} more": "{parts} und {count} weitere",
    "it was deleted.": "sie wurde gelöscht.",
    "it does not lie in Slack. Send its link instead.": "sie liegt nicht in Slack. Stattdessen den Link senden.",
    "Slack does not give it out, because it is too old or belongs to another organisation.": (
        "Slack gibt sie nicht heraus, weil sie zu alt ist oder einer anderen Organisation gehört."
    ),
    "canvases, lists and posts are no files. Send it as a PDF.": (
        "Canvases, Listen und Beiträge sind keine Dateien. Als PDF senden."
    ),
    "there is nothing in it.": "sie ist leer.",
    "it is larger than 10 MB.": "sie ist größer als 10 MB.",
    "the image is broken.": "das Bild ist beschädigt.",
    "the image has too many pixels. Send a smaller one.": "das Bild hat zu viele Pixel. Ein kleineres senden.",
    "Sent: {parts}.": "Gesendet: {parts}.",
    "Not known yet, I keep asking: {parts}.": "Noch nicht bekannt, ich frage weiter nach: {parts}.",
    "Not sent: {parts}.": "Nicht gesendet: {parts}.",
}
