"""What whoever typed or pressed something reads alone."""

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
    "This is no app user's channel, so there is nobody to send it to. Nothing was sent. "
    "Use {example} in an app user's channel: {dispatch} lists the conversations.": (
        "Das ist kein Channel eines App-Nutzers, also gibt es niemanden, an den es gehen könnte. "
        "Nichts wurde gesendet. {example} gehört in den Channel eines App-Nutzers: die Gespräche stehen in {dispatch}."
    ),
    "This is no app user's channel, so there is nobody to send it to. Nothing was sent. "
    "Use {example} in an app user's channel: the notices here lead to them.": (
        "Das ist kein Channel eines App-Nutzers, also gibt es niemanden, an den es gehen könnte. "
        "Nichts wurde gesendet. {example} gehört in den Channel eines App-Nutzers: die Hinweise hier führen dorthin."
    ),
    "This is no app user's channel, so {command} has nobody to be about. Nothing was done. "
    "Type it in an app user's channel: {dispatch} lists the conversations.": (
        "Das ist kein Channel eines App-Nutzers, also gibt es niemanden, um den es bei {command} gehen könnte. "
        "Nichts wurde getan. Der Befehl gehört in den Channel eines App-Nutzers: die Gespräche stehen in {dispatch}."
    ),
    "This is no app user's channel, so {command} has nobody to be about. Nothing was done. "
    "Type it in an app user's channel: the notices here lead to them.": (
        "Das ist kein Channel eines App-Nutzers, also gibt es niemanden, um den es bei {command} gehen könnte. "
        "Nichts wurde getan. Der Befehl gehört in den Channel eines App-Nutzers: die Hinweise hier führen dorthin."
    ),
    "This app user is being erased: nothing was done. The channel will be closed.": (
        "Dieser App-Nutzer wird gerade gelöscht: nichts wurde getan. Der Channel wird geschlossen."
    ),
    "This conversation goes on in {link}. Nothing was done: type {command} there.": (
        "Dieses Gespräch geht in {link} weiter. Nichts wurde getan: {command} gehört dorthin."
    ),
    "Guests of this workspace cannot do this. Nothing was done.": (
        "Gäste dieses Workspace können das nicht. Nichts wurde getan."
    ),
    "People from other organisations cannot do this. Nothing was done.": (
        "Wer zu einer anderen Organisation gehört, kann das nicht. Nichts wurde getan."
    ),
    "Bots cannot do this. Nothing was done.": "Bots können das nicht. Nichts wurde getan.",
    "This account is deactivated and cannot do this. Nothing was done.": (
        "Dieses Konto ist deaktiviert und kann das nicht. Nichts wurde getan."
    ),
    "Slack does not say who you are at the moment, so nothing was done. Please try again in a few seconds.": (
        "Slack sagt gerade nicht, wer du bist, darum wurde nichts getan. "
        "Bitte in ein paar Sekunden noch einmal versuchen."
    ),
    "Guests see no conversations here.": "Gäste sehen hier keine Gespräche.",
    "People from other organisations see no conversations here.": (
        "Wer zu einer anderen Organisation gehört, sieht hier keine Gespräche."
    ),
    "Slack does not say who you are at the moment. Please open this tab again in a few seconds.": (
        "Slack sagt gerade nicht, wer du bist. Bitte diesen Tab in ein paar Sekunden noch einmal öffnen."
    ),
    "This account sees no conversations here.": "Dieses Konto sieht hier keine Gespräche.",
    "This app user is being erased: nothing was sent. The channel will be closed.": (
        "Dieser App-Nutzer wird gerade gelöscht: nichts wurde gesendet. Der Channel wird geschlossen."
    ),
    "This conversation goes on in {link}. Nothing was sent: use {example} there.": (
        "Dieses Gespräch geht in {link} weiter. Nichts wurde gesendet: {example} gehört dorthin."
    ),
    "Guests of this workspace cannot speak to app users. Nothing was sent: ask a member to answer.": (
        "Gäste dieses Workspace können nicht mit App-Nutzern sprechen. Nichts wurde gesendet: "
        "bitte ein Mitglied um die Antwort."
    ),
    "People from other organisations cannot speak to app users. Nothing was sent.": (
        "Wer zu einer anderen Organisation gehört, kann nicht mit App-Nutzern sprechen. Nichts wurde gesendet."
    ),
    "Bots cannot speak to app users. Nothing was sent.": (
        "Bots können nicht mit App-Nutzern sprechen. Nichts wurde gesendet."
    ),
    "This account is deactivated and cannot speak to app users. Nothing was sent.": (
        "Dieses Konto ist deaktiviert und kann nicht mit App-Nutzern sprechen. Nichts wurde gesendet."
    ),
    "Slack does not say who you are at the moment, so nothing was sent. Please try again in a few seconds.": (
        "Slack sagt gerade nicht, wer du bist, darum wurde nichts gesendet. "
        "Bitte in ein paar Sekunden noch einmal versuchen."
    ),
    "Nothing was sent: the app's side does not answer (the webhook server is down). Please try again later.": (
        "Nichts wurde gesendet: der Server der App antwortet nicht (der Webhook-Server läuft nicht). "
        "Bitte später noch einmal versuchen."
    ),
    "Nothing was sent: {description}": "Nichts wurde gesendet: {description}",
    "Nothing was sent: earlier replies in this channel are still on their way. Please try again in a moment.": (
        "Nichts wurde gesendet: frühere Antworten in diesem Channel sind noch unterwegs. "
        "Bitte gleich noch einmal versuchen."
    ),
    "No answer yet: your reply may or may not have gone out. I keep asking, and tell you here as soon as it is "
    "known. Please do not send it again until then.": (
        "Noch keine Rückmeldung: vielleicht ist deine Antwort hinausgegangen, vielleicht nicht. Ich frage weiter nach "
        "und sage es hier, sobald es feststeht. Bitte sende sie bis dahin nicht noch einmal."
    ),
    "Your reply “{words}” has gone out. Its notice in this channel shows how far it is.": (
        "Deine Antwort „{words}“ ist hinausgegangen. Der Hinweis dazu in diesem Channel zeigt, wie weit sie ist."
    ),
    "Your reply “{words}” was not sent: {description}": ("Deine Antwort „{words}“ wurde nicht gesendet: {description}"),
    "Nobody can tell whether your reply “{words}” has gone out. If it did, its notice appears in this channel.": (
        "Ob deine Antwort „{words}“ hinausgegangen ist, lässt sich nicht sagen. "
        "Wenn ja, erscheint der Hinweis dazu in diesem Channel."
    ),
    "You sent “{words}” already, at {time}, and it went out. Nothing was sent now. Send it once more?": (
        "„{words}“ hast du um {time} schon gesendet, und es ist hinausgegangen. Jetzt wurde nichts gesendet. "
        "Noch einmal senden?"
    ),
    "Send again": "Noch einmal senden",
    "Nothing was done: the app's side does not answer. Please try again in a moment.": (
        "Nichts wurde getan: der Server der App antwortet nicht. Bitte gleich noch einmal versuchen."
    ),
    "Nothing was done: {description}": "Nichts wurde getan: {description}",
    "It is not sent again: the app's side does not answer. Please press Retry later.": (
        "Es wird nicht noch einmal gesendet: der Server der App antwortet nicht. "
        "Bitte später „Noch einmal versuchen“ drücken."
    ),
    "It is not sent again: {description}": "Es wird nicht noch einmal gesendet: {description}",
    "No answer yet: if it is sent again, its notice will say so.": (
        "Noch keine Rückmeldung: wenn es noch einmal gesendet wird, sagt es der Hinweis dazu."
    ),
    "This button is out of date: nothing was done.": "Dieser Knopf ist veraltet: nichts wurde getan.",
    "This cannot be shown: the app's side does not answer. Please try again in a moment.": (
        "Das kann nicht gezeigt werden: der Server der App antwortet nicht. Bitte gleich noch einmal versuchen."
    ),
    "This cannot be shown: {description}": "Das kann nicht gezeigt werden: {description}",
}
