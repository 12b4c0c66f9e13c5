"""What people in Slack read in German: each sentence under its English one."""

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
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
    "At most 50. Notes are those of `!note`.": "Höchstens 50. Notizen sind die von `!note`.",
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
    "{count} open conversations are yours": "{count} offene Gespräche sind deine",
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
