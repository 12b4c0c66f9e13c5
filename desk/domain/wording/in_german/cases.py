"""What is said of deeds, to whoever does them and to all in the channel."""

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
    "Nothing was done: there is no conversation with {name} yet.": (
        "Nichts wurde getan: mit {name} gibt es noch kein Gespräch."
    ),
    "Nothing was done: the conversation with {name} is open.": (
        "Nichts wurde getan: das Gespräch mit {name} ist offen."
    ),
    "Nothing was done: {name} waits for no answer, so there is nothing to put off.": (
        "Nichts wurde getan: {name} wartet auf keine Antwort, es gibt also nichts zurückzustellen."
    ),
    "Nothing was done: {who} has the conversation with {name}. They can `!release` it, and anybody can `!assign` it.": (
        "Nichts wurde getan: {who} hat das Gespräch mit {name}. "
        "`!release` gibt es zurück, und alle können es mit `!assign` zuteilen."
    ),
    "Nothing was done: {who} has the conversation with {name}, and only they can give it back.": (
        "Nichts wurde getan: das Gespräch mit {name} kann nur {who} zurückgeben."
    ),
    "Nothing was done: {who} has closed the conversation with {name}. `/sk !reopen` in its channel opens it again.": (
        "Nichts wurde getan: {who} hat das Gespräch mit {name} geschlossen. "
        "`/sk !reopen` in seinem Channel öffnet es wieder."
    ),
    "No answer yet: it may or may not have been done. Please look, or try again: twice does no harm.": (
        "Noch keine Antwort: vielleicht ist es getan, vielleicht nicht. "
        "Bitte nachsehen oder noch einmal versuchen: zweimal schadet nicht."
    ),
    "The conversation with {name} is yours already.": "Das Gespräch mit {name} ist schon deins.",
    "The conversation with {name} is {who}'s already.": "{who} hat das Gespräch mit {name} schon.",
    "The conversation with {name} is nobody's already.": "Das Gespräch mit {name} gehört schon niemandem mehr.",
    "The conversation with {name} is closed already.": "Das Gespräch mit {name} ist schon geschlossen.",
    "The conversation with {name} is closed already: {who} closed it.": (
        "Das Gespräch mit {name} ist schon geschlossen: {who} hat es geschlossen."
    ),
    "The conversation with {name} is open already.": "Das Gespräch mit {name} ist schon offen.",
    "Nothing was done: mention one person, such as `/sk !assign @Alice`, and choose the name that Slack offers.": (
        "Nichts wurde getan: erwähne eine Person, etwa `/sk !assign @Alice`, und wähle den Namen, den Slack vorschlägt."
    ),
    "Nothing was done: Slack does not show that person here. Mention a member of this workspace.": (
        "Nichts wurde getan: Slack zeigt diese Person hier nicht. Erwähne jemanden aus diesem Workspace."
    ),
    "Nothing was done: Slack does not say at the moment who that is. Please try again in a few seconds.": (
        "Nichts wurde getan: Slack sagt gerade nicht, wer das ist. Bitte in ein paar Sekunden noch einmal versuchen."
    ),
    "Nothing was done: {who}'s account is deactivated. Mention another member.": (
        "Nichts wurde getan: das Konto von {who} ist deaktiviert. Erwähne jemand anderen."
    ),
    "Nothing was done: {who} is a bot, and cannot speak to app users. Mention a person.": (
        "Nichts wurde getan: {who} ist ein Bot und kann nicht mit App-Nutzern sprechen. Erwähne eine Person."
    ),
    "Nothing was done: {who} is from another organisation, and cannot speak to app users. "
    "Mention a member of this workspace.": (
        "Nichts wurde getan: {who} gehört zu einer anderen Organisation und kann nicht mit App-Nutzern sprechen. "
        "Erwähne jemanden aus diesem Workspace."
    ),
    "Nothing was done: {who} is a guest, and cannot speak to app users. Mention a member of this workspace.": (
        "Nichts wurde getan: {who} ist Gast und kann nicht mit App-Nutzern sprechen. "
        "Erwähne jemanden aus diesem Workspace."
    ),
    "{agent} claimed this conversation": "{agent} hat dieses Gespräch übernommen",
    "{agent} released this conversation: it is nobody's": (
        "{agent} hat dieses Gespräch zurückgegeben: es gehört niemandem"
    ),
    "{agent} assigned this conversation to {assignee}": "{agent} hat dieses Gespräch {assignee} zugeteilt",
    "{agent} closed this conversation": "{agent} hat dieses Gespräch geschlossen",
    "{agent} opened this conversation again": "{agent} hat dieses Gespräch wieder geöffnet",
    "Nothing was done: somebody else has the conversation with {name}. "
    "They can `!release` it, and anybody can `!assign` it.": (
        "Nichts wurde getan: das Gespräch mit {name} hat jemand anderes. "
        "`!release` gibt es zurück, und alle können es mit `!assign` zuteilen."
    ),
    "Nothing was done: the conversation with {name} is not yours.": (
        "Nichts wurde getan: das Gespräch mit {name} ist nicht deins."
    ),
    "Nothing was done: the conversation with {name} is closed. `/sk !reopen` in its channel opens it again.": (
        "Nichts wurde getan: das Gespräch mit {name} ist geschlossen. `/sk !reopen` in seinem Channel öffnet es wieder."
    ),
    "{agent} closed this conversation: {reason}": "{agent} hat dieses Gespräch geschlossen: {reason}",
}
