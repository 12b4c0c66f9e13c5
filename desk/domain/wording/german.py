"""What people in Slack read in German: each sentence under its English one."""

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
    # home
    "Conversations": "Gespräche",
    "{count} open conversation is yours": "{count} offenes Gespräch ist deins",
    "{count} open conversations are yours": "{count} offene Gespräche sind deine",
    "{count} app user waits for an answer": "{count} App-Nutzer wartet auf eine Antwort",
    "the longest since {moment}": "am längsten seit {moment}",
    "Yours": "Deine",
    "Waiting": "Wartende",
    "{title} in {channel}": "{title} in {channel}",
    "None is yours. Claim one, and it stands here until it is closed.": (
        "Keins ist deins. Eins, das du übernimmst, steht hier, bis es geschlossen wird."
    ),
    "Nobody else waits.": "Sonst wartet niemand.",
    "☕ Nobody waits, and nothing of yours is open. New conversations appear here by themselves.": (
        "☕ Niemand wartet, und nichts von dir ist offen. Neue Gespräche erscheinen hier von selbst."
    ),
    "⚠ The app's side does not answer at the moment, so nobody can say who waits. "
    "This page looks again by itself; app users' messages are kept meanwhile.": (
        "⚠ Die Seite der App antwortet gerade nicht, darum ist nicht bekannt, wer wartet. "
        "Hier wird von selbst wieder nachgesehen; Nachrichten von App-Nutzern bleiben solange aufgehoben."
    ),
    "Slack did not open the dialog. Please press the button once more.": (
        "Slack hat das Fenster nicht geöffnet. Bitte noch einmal auf den Knopf drücken."
    ),
    "Conversation": "Gespräch",
    "Done": "Fertig",
    "Open this tab again to see who waits.": "Diesen Tab neu öffnen, um zu sehen, wer wartet.",
    # profiles
    "✓ Verified: they came with a token that your app signed for them.": (
        "✓ Bestätigt: mit einem Token angemeldet, das die App dafür signiert hat."
    ),
    "⚠ Not verified: somebody only says that they are this user.": (
        "⚠ Nicht bestätigt: Es behauptet nur jemand, diese Person zu sein."
    ),
    "Anonymous: nobody has logged in, and only their device tells who they are.": (
        "Anonym: nicht angemeldet, nur am Gerät wiederzuerkennen."
    ),
    "Picture of {name}": "Bild von {name}",
    "First seen {first} · last seen {last}": "Zuerst gesehen {first} · zuletzt gesehen {last}",
    "Last seen {last}": "Zuletzt gesehen {last}",
    "{count} conversation": "{count} Gespräch",
    "{count} conversations": "{count} Gespräche",
    "{count} message from them": "{count} Nachricht von dort",
    "{count} messages from them": "{count} Nachrichten von dort",
    "{count} reply": "{count} Antwort",
    "{count} replies": "{count} Antworten",
    "Devices": "Geräte",
    "{what} · seen {when}": "{what} · gesehen {when}",
    "app {number}": "App {number}",
    "on {page}": "auf {page}",
    "… and {count} more device": "… und {count} weiteres Gerät",
    "… and {count} more devices": "… und {count} weitere Geräte",
    "{agent} shared this profile with the channel.": "{agent} hat dieses Profil dem Channel gezeigt.",
    "{agent} shared the profile of {title}": "{agent} hat das Profil von {title} geteilt",
    "`/sk !profile` shows the profile to you alone, `/sk !profile share` to everybody in this channel. "
    "Nothing was sent. To send it as text, write `/sk \\!profile …`.": (
        "`/sk !profile` zeigt das Profil nur dir, `/sk !profile share` allen in diesem Channel. "
        "Nichts wurde gesendet. Um es als Text zu senden: `/sk \\!profile …`."
    ),
    "The profile was not shared: {reason}. Please try again in a moment.": (
        "Das Profil wurde nicht geteilt: {reason}. Bitte gleich noch einmal versuchen."
    ),
    "Slack did not answer: the profile may stand in the channel. Please look before you share it again.": (
        "Slack hat nicht geantwortet: Das Profil steht vielleicht im Channel. Bitte vor einem neuen Versuch nachsehen."
    ),
    # --- help
    "*In an app user's channel*": "*Im Channel eines App-Nutzers*",
    "*Anywhere*": "*Überall*",
    "`/sk TEXT` sends TEXT to the app user; all else you write in the channel stays in Slack": (
        "`/sk TEXT` sendet TEXT an den App-Nutzer; alles andere im Channel bleibt in Slack"
    ),
    "`!sk` does the same as `/sk`. A TEXT that begins with `!` is written `\\!so`.": (
        "`!sk` tut dasselbe wie `/sk`. Ein TEXT, der mit `!` beginnt, wird `\\!so` geschrieben."
    ),
    "There is no command {word}. Nothing was sent. Did you mean `/sk {nearest}`? "
    "To send a text that begins with `!`, write `/sk \\!…`.": (
        "Einen Befehl {word} gibt es nicht. Nichts wurde gesendet. War `/sk {nearest}` gemeint? "
        "Ein Text, der mit `!` beginnt, wird mit `/sk \\!…` gesendet."
    ),
    "`/sk {command}` needs something behind it: `/sk {command} {behind}`. Nothing was done. "
    "`/sk !help {command}` explains it.": (
        "Hinter `/sk {command}` fehlt etwas: `/sk {command} {behind}`. Nichts wurde getan. "
        "`/sk !help {command}` erklärt es."
    ),
    "`/sk {command}` takes nothing behind it. Nothing was sent. To send it as text, write `/sk \\{command} …`.": (
        "Hinter `/sk {command}` kommt nichts. Nichts wurde gesendet. Als Text wird es mit `/sk \\{command} …` gesendet."
    ),
    "[command]": "[Befehl]",
    "shows this list, or explains a command": "zeigt diese Liste oder erklärt einen Befehl",
    "What is shown is seen by you alone. `/sk` alone shows the list, too.": (
        "Das Gezeigte siehst nur du. Auch `/sk` allein zeigt die Liste."
    ),
    "[share]": "[share]",
    "shows what the app knows about the app user, to you alone; `share`: to the channel": (
        "zeigt nur dir, was die App vom App-Nutzer weiß; `share`: allen im Channel"
    ),
    "It is as it is now: name, whether it is verified, properties, devices, when they were seen first and last.": (
        "Alles, wie es jetzt ist: Name, ob er geprüft ist, Eigenschaften, Geräte, zuerst und zuletzt gesehen."
    ),
    "[n]": "[n]",
    "shows you the last n messages and notes of the conversation (10)": (
        "zeigt dir die letzten n Nachrichten und Notizen des Gesprächs (10)"
    ),
    "At most 50, seen by you alone, with how far each reply is. Notes are those of `!note`.": (
        "Höchstens 50, nur für dich sichtbar, und wie weit jede Antwort ist. Notizen sind die von `!note`."
    ),
    "takes the conversation on: it is yours": "übernimmt das Gespräch: es ist deines",
    "Everybody in the channel reads of it. Whoever answers first has claimed the conversation thereby. "
    "If somebody else has it, ask them to `!release` it, or let it be given to you with `!assign`.": (
        "Alle im Channel lesen davon. Wer zuerst antwortet, hat das Gespräch damit übernommen. "
        "Hat es jemand anderes, hilft dessen `!release` oder ein `!assign`."
    ),
    "gives the conversation back: it is nobody's": "gibt das Gespräch zurück: es gehört niemandem",
    "Only whoever has it can. Everybody in the channel reads of it.": (
        "Das kann nur, wer es hat. Alle im Channel lesen davon."
    ),
    "@agent": "@Person",
    "gives the conversation to an agent, also one that somebody has": (
        "gibt das Gespräch jemandem aus dem Team, auch wenn es schon jemand hat"
    ),
    "Mention a member of this workspace, such as `@Alice`. Everybody in the channel reads of it.": (
        "Erwähne jemanden aus diesem Workspace, etwa `@Alice`. Alle im Channel lesen davon."
    ),
    "[reason]": "[Grund]",
    "ends the conversation: nothing is left to do": "schließt das Gespräch: nichts ist mehr zu tun",
    "Everybody in the channel reads of it, and of the reason; the app user does not. "
    "When the app user writes again, a new one begins by itself, in the same channel.": (
        "Alle im Channel lesen davon und vom Grund, der App-Nutzer nicht. "
        "Schreibt der App-Nutzer wieder, beginnt von selbst ein neues, im selben Channel."
    ),
    "opens the conversation again that was closed last": "öffnet das zuletzt geschlossene Gespräch wieder",
    "Everybody in the channel reads of it; the app user does not.": (
        "Alle im Channel lesen davon, der App-Nutzer nicht."
    ),
    "TEXT": "TEXT",
    "keeps TEXT with the conversation; the app user never sees it": (
        "bewahrt TEXT beim Gespräch auf; der App-Nutzer sieht ihn nie"
    ),
    "Everybody in the channel can read it, now and in `!history`.": (
        "Alle im Channel können sie lesen, jetzt und mit `!history`."
    ),
    "[…]": "[…]",
    "lists, shows, saves, deletes and sends answers that are kept": (
        "listet, zeigt, speichert, löscht und sendet gespeicherte Antworten"
    ),
    "2h": "2h",
    "no reminders of this conversation for so long": "so lange keine Erinnerungen an dieses Gespräch",
    "USERID TEXT": "USERID TEXT",
    "begins a conversation: TEXT goes to the app user with this ID": (
        "beginnt ein Gespräch: TEXT geht an den App-Nutzer mit dieser ID"
    ),
    "USERID is what the app calls the app user, or the app user ID from the profile. "
    'One with spaces goes into quotes: `/sk !start "jane doe" Hello!`. '
    "If there is no channel yet, one is opened; nothing is sent as long as there is none.": (
        "USERID ist, wie die App den App-Nutzer nennt, oder die App-Nutzer-ID aus dem Profil. "
        'Mit Leerzeichen steht sie in Anführungszeichen: `/sk !start "jane doe" Hallo!`. '
        "Gibt es noch keinen Channel, wird einer geöffnet; ohne ihn wird nichts gesendet."
    ),
    "[mine]": "[mine]",
    "shows who waits for an answer, how long, and whose they are": (
        "zeigt, wer auf Antwort wartet, wie lange, und bei wem"
    ),
    "Whoever waits longest comes first. `mine` shows the open conversations that are yours.": (
        "Wer am längsten wartet, kommt zuerst. `mine` zeigt deine offenen Gespräche."
    ),
    "[today|week]": "[today|week]",
    "shows how much there was to do, and how fast it was answered": (
        "zeigt, wie viel zu tun war und wie schnell geantwortet wurde"
    ),
    "Today and the week begin in the team's time zone, weeks on Monday.": (
        "Tag und Woche beginnen in der Zeitzone des Teams, Wochen am Montag."
    ),
    "shows whether the team is there, or lets it be away": "zeigt, ob das Team da ist, oder meldet es abwesend",
    # --- notes
    "📝 Note by {name}": "📝 Notiz von {name}",
    "The note was not kept: the app's side does not answer. Please try again later.": (
        "Die Notiz wurde nicht gespeichert: die Seite der App antwortet nicht. Bitte später noch einmal."
    ),
    "The note was not kept: {description}": "Die Notiz wurde nicht gespeichert: {description}",
    "No answer yet: the note may or may not have been kept. `/sk !history` shows whether it was.": (
        "Noch keine Antwort: die Notiz ist gespeichert oder auch nicht. `/sk !history` zeigt es."
    ),
    "The note is kept, and `/sk !history` shows it; Slack does not let it be posted in the channel.": (
        "Die Notiz ist gespeichert, und `/sk !history` zeigt sie; Slack lässt sie nicht in den Channel."
    ),
    # --- history
    "The conversation with {title}": "Das Gespräch mit {title}",
    "Nothing was said in the conversation with {title} yet.": "Im Gespräch mit {title} wurde noch nichts gesagt.",
    "{name} (sent by the app)": "{name} (von der App gesendet)",
    "Sent by the app": "Von der App gesendet",
    "{count} older line is left out: Slack has no room for it.": (
        "{count} ältere Zeile fehlt: Slack hat keinen Platz für sie."
    ),
    "{count} older lines are left out: Slack has no room for them.": (
        "{count} ältere Zeilen fehlen: Slack hat keinen Platz für sie."
    ),
    "There is more before that: /sk !history {most} shows the last {most}.": (
        "Davor gibt es mehr: /sk !history {most} zeigt die letzten {most}."
    ),
    "There is more before that.": "Davor gibt es mehr.",
    "How many lines? `/sk !history` takes a number from 1 to {most}, or nothing.": (
        "Wie viele Zeilen? Hinter `/sk !history` kommt eine Zahl von 1 bis {most} oder nichts."
    ),
    "The history cannot be shown: the app's side does not answer. Please try again later.": (
        "Der Verlauf kann nicht gezeigt werden: die Seite der App antwortet nicht. Bitte später noch einmal."
    ),
    "The history cannot be shown: {description}": "Der Verlauf kann nicht gezeigt werden: {description}",
    # --- canned
    "`/sk !canned` lists all. `/sk !canned NAME` fills in one for the app user of the channel: you see what it "
    "says, then send it or not.\n"
    "`/sk !canned save NAME TEXT` keeps one, `show NAME` and `delete NAME` do as they say.\n"
    "A TEXT may contain `{{givenName}}`, `{{surname}}`, `{{name}}`, `{{userId}}`, `{{agent}}` (who sends it) "
    "and `{{properties.KEY}}`; `{{givenName|there}}` says “there” where the name is missing. "
    "A brace that is none of these is written `\\{{`.": (
        "`/sk !canned` listet alle. `/sk !canned NAME` füllt eine für den App-Nutzer des Channels aus: du siehst, was "
        "sie sagt, und sendest sie oder nicht.\n"
        "`/sk !canned save NAME TEXT` speichert eine, `show NAME` zeigt und `delete NAME` löscht sie.\n"
        "In TEXT können `{{givenName}}`, `{{surname}}`, `{{name}}`, `{{userId}}`, `{{agent}}` (wer sie sendet) und "
        "`{{properties.KEY}}` stehen; `{{givenName|du}}` sagt „du“, wo der Name fehlt. "
        "Eine Klammer, die nichts davon ist, wird `\\{{` geschrieben."
    ),
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
        "Gespeicherte Antworten können {word} nicht. Nichts wurde getan. War `/sk !canned {nearest}` gemeint? "
        "`/sk !help !canned` erklärt sie."
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
    "Nothing was sent: “{name}” needs {names}, which {title} does not have. Write the text yourself, "
    "or save it with something that stands there instead, such as `{{givenName|there}}`.": (
        "Nichts wurde gesendet: „{name}“ braucht {names}, was {title} nicht hat. Schreibe den Text selbst, "
        "oder speichere ihn mit etwas, das stattdessen dort steht, etwa `{{givenName|du}}`."
    ),
    "Nothing was sent: “{name}” is empty once it is filled.": ("Nichts wurde gesendet: „{name}“ ist ausgefüllt leer."),
    "Nothing was done: the app's side does not answer. Please try again later.": (
        "Nichts wurde getan: die Seite der App antwortet nicht. Bitte später noch einmal."
    ),
    "No answer yet: it may or may not have been done. `/sk !canned` lists what there is.": (
        "Noch keine Antwort: es ist getan oder auch nicht. `/sk !canned` listet, was es gibt."
    ),
    "Nothing was saved: there are {limit} canned answers already. Delete one that nobody needs with "
    "`/sk !canned delete NAME`.": (
        "Nichts wurde gespeichert: es gibt schon {limit} Antworten. Lösche eine, die niemand braucht, mit "
        "`/sk !canned delete NAME`."
    ),
    # --- cases
    "Nothing was done: there is no conversation with {name} yet.": (
        "Nichts wurde getan: mit {name} gibt es noch kein Gespräch."
    ),
    "Nothing was done: the conversation with {name} is open.": "Nichts wurde getan: das Gespräch mit {name} ist offen.",
    "Nothing was done: {name} waits for no answer, so there is nothing to put off.": (
        "Nichts wurde getan: {name} wartet auf keine Antwort, es gibt also nichts aufzuschieben."
    ),
    "Nothing was done: {description}": "Nichts wurde getan: {description}",
    "Nothing was done: somebody else has the conversation with {name}. "
    "They can `!release` it, and anybody can `!assign` it.": (
        "Nichts wurde getan: das Gespräch mit {name} hat jemand anderes. "
        "`!release` gibt es zurück, und alle können es mit `!assign` zuteilen."
    ),
    "Nothing was done: {who} has the conversation with {name}. They can `!release` it, and anybody can `!assign` it.": (
        "Nichts wurde getan: {who} hat das Gespräch mit {name}. "
        "`!release` gibt es zurück, und alle können es mit `!assign` zuteilen."
    ),
    "Nothing was done: the conversation with {name} is not yours.": (
        "Nichts wurde getan: das Gespräch mit {name} ist nicht deines."
    ),
    "Nothing was done: {who} has the conversation with {name}, and only they can give it back.": (
        "Nichts wurde getan: das Gespräch mit {name} kann nur {who} zurückgeben."
    ),
    "Nothing was done: the conversation with {name} is closed. `/sk !reopen` in its channel opens it again.": (
        "Nichts wurde getan: das Gespräch mit {name} ist geschlossen. `/sk !reopen` in seinem Channel öffnet es wieder."
    ),
    "Nothing was done: {who} has closed the conversation with {name}. `/sk !reopen` in its channel opens it again.": (
        "Nichts wurde getan: {who} hat das Gespräch mit {name} geschlossen. "
        "`/sk !reopen` in seinem Channel öffnet es wieder."
    ),
    "Nothing was done: the app's side does not answer. Please try again in a moment.": (
        "Nichts wurde getan: die Seite der App antwortet nicht. Bitte gleich noch einmal versuchen."
    ),
    "No answer yet: it may or may not have been done. Please look, or try again: twice does no harm.": (
        "Noch keine Antwort: vielleicht ist es getan, vielleicht nicht. "
        "Bitte nachsehen oder noch einmal versuchen: zweimal schadet nicht."
    ),
    "The conversation with {name} is yours already.": "Das Gespräch mit {name} ist schon deines.",
    "The conversation with {name} is {who}'s already.": "Das Gespräch mit {name} hat {who} schon.",
    "It was so already: nothing was changed.": "Das war schon so: nichts wurde geändert.",
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
    "{agent} released this conversation: it is nobody's": "{agent} hat dieses Gespräch zurückgegeben: niemand hat es",
    "{agent} assigned this conversation to {assignee}": "{agent} hat dieses Gespräch {assignee} zugeteilt",
    "{agent} closed this conversation: {reason}": "{agent} hat dieses Gespräch geschlossen: {reason}",
    "{agent} closed this conversation": "{agent} hat dieses Gespräch geschlossen",
    "{agent} opened this conversation again": "{agent} hat dieses Gespräch wieder geöffnet",
    # --- lengths of time
    "{seconds} s": "{seconds} s",
    "{minutes} min": "{minutes} min",
    "{hours} h {minutes} min": "{hours} h {minutes} min",
    "{hours} h": "{hours} h",
    "{days} d {hours} h": "{days} T {hours} h",
    "{days} d": "{days} T",
    # --- who waits
    "One app user waits for an answer": "Ein App-Nutzer wartet auf Antwort",
    "{count} app users wait for an answer": "{count} App-Nutzer warten auf Antwort",
    "Nobody waits for an answer.": "Niemand wartet auf Antwort.",
    "One open conversation is yours": "Ein offenes Gespräch ist deines",
    "No open conversation is yours. `/sk !waiting` shows who waits for an answer.": (
        "Kein offenes Gespräch ist deines. `/sk !waiting` zeigt, wer auf Antwort wartet."
    ),
    "{name} in {channel}: {span}, {whose}": "{name} in {channel}: {span}, {whose}",
    "{name} (no channel yet): {span}, {whose}": "{name} (noch kein Channel): {span}, {whose}",
    "{agent} has it": "{agent} hat es",
    "nobody has it": "niemand hat es",
    "waits {span}": "wartet {span}",
    "answered": "beantwortet",
    "put off": "aufgeschoben",
    "… and one more": "… und noch eines",
    "… and {count} more": "… und {count} weitere",
    "This cannot be shown: the app's side does not answer. Please try again in a moment.": (
        "Das kann nicht gezeigt werden: die Seite der App antwortet nicht. Bitte gleich noch einmal versuchen."
    ),
    "This cannot be shown: {description}": "Das kann nicht gezeigt werden: {description}",
    "`/sk !waiting` shows all, `/sk !waiting mine` yours. There is no “{word}”.": (
        "`/sk !waiting` zeigt alle, `/sk !waiting mine` deine. „{word}“ gibt es nicht."
    ),
    # --- snooze
    "Also `30m`, `1d`, or until a time of day in the team's time zone: `17:00`. When it is over, you are "
    "reminded of that. A message of the app user, or an answer to them, ends it at once. "
    "Everybody in the channel reads of it.": (
        "Auch `30m`, `1d` oder bis zu einer Uhrzeit in der Zeitzone des Teams: `17:00`. Danach wird daran erinnert. "
        "Eine Nachricht des App-Nutzers oder eine Antwort beendet es sofort. Alle im Channel lesen davon."
    ),
    "Nobody is reminded of {name} before {until}. A message of theirs, or an answer to them, ends that at once.": (
        "Vor {until} erinnert nichts an {name}. Eine Nachricht oder eine Antwort beendet das sofort."
    ),
    "{agent} put off reminders of this conversation until {until}": (
        "{agent} hat Erinnerungen an dieses Gespräch bis {until} aufgeschoben"
    ),
    "Nothing was done: say how long, such as `/sk !snooze 30m`, `2h` or `1d` (30 days at most), "
    "or until when, such as `/sk !snooze 17:00` in the team's time zone.": (
        "Nichts wurde getan: gib an, wie lange, etwa `/sk !snooze 30m`, `2h` oder `1d` (höchstens 30 Tage), "
        "oder bis wann, etwa `/sk !snooze 17:00` in der Zeitzone des Teams."
    ),
    # --- away
    "[on|off]": "[on|off]",
    "`/sk !away on`, `on 2h`, `on until 17:00`; each also with what app users are told: "
    "`/sk !away on 2h Back soon!`. `/sk !away off` ends it. App users who write meanwhile, or outside office "
    "hours, are told so at most once in 12 hours, and not within 15 minutes after an agent's answer.": (
        "`/sk !away on`, `on 2h`, `on until 17:00`; jeweils auch mit dem, was App-Nutzer lesen: "
        "`/sk !away on 2h Bald zurück!`. `/sk !away off` beendet es. App-Nutzer, die währenddessen oder außerhalb der "
        "Bürozeiten schreiben, lesen es höchstens einmal in 12 Stunden und nicht binnen 15 Minuten nach einer Antwort."
    ),
    "The team is there, until {until}.": "Das Team ist da, bis {until}.",
    "The team is there.": "Das Team ist da.",
    "The team is not there: office hours begin {until}.": "Das Team ist nicht da: die Bürozeiten beginnen {until}.",
    "The team is not there: no office hours begin within a year.": (
        "Das Team ist nicht da: binnen eines Jahres beginnen keine Bürozeiten."
    ),
    "The team is away until {until}, as {agent} said.": "Das Team ist laut {agent} bis {until} abwesend.",
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
    "`/sk !away on until 17:00 TEXT` lets the team be away, `/sk !away off` lets it be back.": (
        "Nichts wurde getan: `/sk !away` zeigt, wie es ist, `/sk !away on`, `/sk !away on 2h TEXT` oder "
        "`/sk !away on until 17:00 TEXT` meldet das Team abwesend, `/sk !away off` wieder anwesend."
    ),
    "Nothing was done: TEXT may have {most} characters.": (
        "Nichts wurde getan: TEXT darf höchstens {most} Zeichen haben."
    ),
    "No answer yet: it may or may not have been done. `/sk !away` shows how it is.": (
        "Noch keine Antwort: vielleicht ist es getan, vielleicht nicht. `/sk !away` zeigt, wie es ist."
    ),
    # --- numbers
    "This week's numbers": "Zahlen dieser Woche",
    "Today's numbers": "Zahlen von heute",
    "since {moment}": "seit {moment}",
    "Conversations begun": "Begonnene Gespräche",
    "Answered for the first time": "Zum ersten Mal beantwortet",
    "Closed": "Geschlossen",
    "Waiting now": "Warten jetzt",
    "Longest wait now": "Längste Wartezeit jetzt",
    "Half of first answers within": "Hälfte der ersten Antworten binnen",
    "Nine of ten within": "Neun von zehn binnen",
    "none": "keine",
    "{label}: {value}": "{label}: {value}",
    "Agent": "Team",
    "First answers": "Erste Antworten",
    "Replies": "Antworten",
    "Open now": "Jetzt offen",
    "No agent has replied, closed or claimed anything.": "Niemand hat geantwortet, etwas geschlossen oder übernommen.",
    "… and one more agent": "… und noch jemand",
    "… and {count} more agents": "… und {count} weitere",
    "`/sk !stats today` shows today's numbers, `/sk !stats week` this week's. There is no “{word}”.": (
        "`/sk !stats today` zeigt die Zahlen von heute, `/sk !stats week` die dieser Woche. „{word}“ gibt es nicht."
    ),
    # --- agents begin
    "Nothing was sent: write the text behind the user ID, such as `/sk !start jane Hello!`.": (
        "Nichts wurde gesendet: der Text gehört hinter die Nutzer-ID, etwa `/sk !start jane Hallo!`."
    ),
    "Nothing was sent: the text begins with `!`. If it is meant as text, write `\\!` instead.": (
        "Nichts wurde gesendet: der Text beginnt mit `!`. Ist er als Text gemeint, schreibe `\\!` stattdessen."
    ),
    "Nothing was sent: there is no app user “{user}”. Give the ID by which the app knows them, "
    "or the app user ID from their profile.": (
        "Nichts wurde gesendet: einen App-Nutzer „{user}“ gibt es nicht. Gebraucht wird die ID, unter der die App ihn "
        "kennt, oder die App-Nutzer-ID aus dem Profil."
    ),
    "A channel for {name} is being opened, and then your text goes out: I tell you here when it has.": (
        "Ein Channel für {name} wird geöffnet, dann geht dein Text hinaus: hier steht es, sobald er draußen ist."
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
    # --- sending
    "Send to app user": "An App-Nutzer senden",
    "Send": "Senden",
    "Cancel": "Abbrechen",
    "{name} gets this, as it stands here:": "{name} bekommt das, so wie es hier steht:",
    "Nothing of this message can be sent:": "Von dieser Nachricht kann nichts gesendet werden:",
    "Each file goes as a message of its own.": "Jede Datei ist eine eigene Nachricht.",
    "Only the beginning is shown here: all {count} characters are sent.": (
        "Hier steht nur der Anfang: Gesendet werden alle {count} Zeichen."
    ),
    "And {count} more file.": "Und {count} weitere Datei.",
    "And {count} more files.": "Und {count} weitere Dateien.",
    "📎 {name} ({kind}, {size})": "📎 {name} ({kind}, {size})",
    "🚫 {name} ({kind}, {size}) is not sent: {why}": "🚫 {name} ({kind}, {size}) wird nicht gesendet: {why}",
    "it was deleted.": "Sie wurde gelöscht.",
    "it does not lie in Slack. Send its link instead.": "Sie liegt nicht in Slack. Stattdessen den Link senden.",
    "Slack does not give it out, because it is too old or belongs to another organisation.": (
        "Slack gibt sie nicht heraus, weil sie zu alt ist oder einer anderen Organisation gehört."
    ),
    "canvases, lists and posts are no files. Send it as a PDF.": (
        "Canvases, Listen und Beiträge sind keine Dateien. Als PDF senden."
    ),
    "there is nothing in it.": "Sie ist leer.",
    "it is larger than 10 MB.": "Sie ist größer als 10 MB.",
    "unknown type": "unbekannter Typ",
    "{name} wrote this: it is not sent back. Nothing was sent.": (
        "Das hat {name} geschrieben, es wird nicht zurückgeschickt. Nichts wurde gesendet."
    ),
    "This is a post of mine, and it is for you, not for the app user. Nothing was sent.": (
        "Das habe ich für das Team geschrieben, nicht für den App-Nutzer. Nichts wurde gesendet."
    ),
    "There is no text in this message, and no file that can be sent. Nothing was sent.": (
        "Diese Nachricht hat keinen Text und keine Datei, die gesendet werden kann. Nichts wurde gesendet."
    ),
    "This message was deleted. Nothing was sent.": "Diese Nachricht wurde gelöscht. Nichts wurde gesendet.",
    "This message is not what the preview showed: it was edited, or its files have changed. Nothing was sent. "
    "Choose the shortcut again to see it as it is now.": (
        "Diese Nachricht ist nicht mehr, was die Vorschau gezeigt hat: Sie wurde bearbeitet, oder ihre Dateien haben "
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
    "The app's side does not take {name}: {reason}": "Die Seite der App nimmt {name} nicht an: {reason}",
    "the image is broken.": "Das Bild ist beschädigt.",
    "the image has too many pixels. Send a smaller one.": "Das Bild hat zu viele Pixel. Ein kleineres senden.",
    "The app's side does not answer.": "Die Seite der App antwortet nicht.",
    "The app's side did not answer in time.": "Die Seite der App hat nicht rechtzeitig geantwortet.",
    "Earlier replies in this channel are still on their way.": (
        "Frühere Antworten in diesem Channel sind noch unterwegs."
    ),
    "Something went wrong here, and it is in my log. What went out has its notice in the channel. Choose the "
    "shortcut again to send what is missing: nothing is sent twice.": (
        "Hier ist etwas schiefgegangen, es steht in meinem Log. Was hinausging, hat seine Notiz im Channel. Die Aktion "
        "noch einmal wählen, um zu senden, was fehlt: Nichts wird doppelt gesendet."
    ),
    "Slack did not answer": "Slack hat nicht geantwortet",
    "{parts} and {count} more": "{parts} und {count} weitere",
    "Nobody wrote this: it is a line of Slack's own. Nothing was sent.": (
        "Das hat niemand geschrieben, es ist eine Zeile von Slack selbst. Nichts wurde gesendet."
    ),
    "Sent: {parts}.": "Gesendet: {parts}.",
    "Nothing was sent.": "Nichts wurde gesendet.",
    "Not known yet, I keep asking: {parts}.": "Noch nicht bekannt, ich frage weiter nach: {parts}.",
    "Not sent: {parts}.": "Nicht gesendet: {parts}.",
    "Sent now: {parts}. Sent before, and not again: {others}.": (
        "Jetzt gesendet: {parts}. Schon vorher gesendet, und nicht noch einmal: {others}."
    ),
    "This message had been sent already. Nothing was sent now.": (
        "Diese Nachricht war schon gesendet worden. Jetzt wurde nichts gesendet."
    ),
    "Send what is missing": "Senden, was fehlt",
    "Try again": "Noch einmal versuchen",
    # --- board
    "{title} wrote again in {link}": "{title} hat wieder geschrieben: {link}",
    "{agent} began a conversation with {title} in {link}": "{agent} hat ein Gespräch mit {title} begonnen: {link}",
    "⏳ waiting since {moment}": "⏳ wartet seit {moment}",
    "💤 snoozed until {moment}": "💤 zurückgestellt bis {moment}",
    "🙋 claimed by {agent}": "🙋 übernommen von {agent}",
    "💬 first answered by {agent} after {duration}": "💬 erste Antwort von {agent} nach {duration}",
    "✅ closed": "✅ geschlossen",
    "✅ closed ({reason})": "✅ geschlossen ({reason})",
    "✅ closed by {agent}": "✅ geschlossen von {agent}",
    "✅ closed by {agent} ({reason})": "✅ geschlossen von {agent} ({reason})",
    "Open": "Öffnen",
    "Claim": "Übernehmen",
    "Release": "Freigeben",
    "Profile": "Profil",
    "Close": "Schließen",
    "Reopen": "Wieder öffnen",
    "This button is out of date: nothing was done.": "Dieser Knopf ist veraltet: nichts wurde getan.",
    "{link}: nobody has answered for {duration}": "{link}: seit {duration} keine Antwort",
    "{called} {link}: nobody has answered for {duration}": "{called} {link}: seit {duration} keine Antwort",
    "{link}: the snooze is over": "{link}: die Zurückstellung ist vorbei",
    "the app user's channel is not open yet": "der Channel des App-Nutzers ist noch nicht offen",
}
