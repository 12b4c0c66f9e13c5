"""Help."""

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
    "There is no command {word}. Nothing was sent. Did you mean `/sk {nearest}`? "
    "To send a text that begins with `!`, write `/sk \\!…`.": (
        "Einen Befehl {word} gibt es nicht. Nichts wurde gesendet. War `/sk {nearest}` gemeint? "
        "Ein Text, der mit `!` beginnt, wird mit `/sk \\!…` gesendet."
    ),
    "There is no command {word}. Nothing was sent. `/sk !help` lists all commands. "
    "To send a text that begins with `!`, write `/sk \\!…`.": (
        "Einen Befehl {word} gibt es nicht. Nichts wurde gesendet. `/sk !help` listet alle Befehle. "
        "Ein Text, der mit `!` beginnt, wird mit `/sk \\!…` gesendet."
    ),
    "There is no command {word}. `/sk !help` lists all commands.": (
        "Einen Befehl {word} gibt es nicht. `/sk !help` listet alle Befehle."
    ),
    "There is no command {word}. Did you mean `/sk !help {nearest}`? `/sk !help` lists all commands.": (
        "Einen Befehl {word} gibt es nicht. War `/sk !help {nearest}` gemeint? `/sk !help` listet alle Befehle."
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
        "Alles, wie es jetzt ist: Name, ob bestätigt, Eigenschaften, Geräte, erstmals und zuletzt gesehen."
    ),
    "[n]": "[n]",
    "shows you the last n messages and notes of the conversation (10)": (
        "zeigt dir die letzten n Nachrichten und Notizen des Gesprächs (10)"
    ),
    "At most 50, seen by you alone, with how far each reply is. Notes are those of `!note`.": (
        "Höchstens 50, nur für dich sichtbar, und wie weit jede Antwort ist. Notizen sind die von `!note`."
    ),
    "takes the conversation on: it is yours": "übernimmt das Gespräch: es ist deins",
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
    "2h": "2h",
    "no reminders of this conversation for so long": "stellt Erinnerungen an dieses Gespräch so lange zurück",
    "Also `30m`, `1d`, or until a time of day in the team's time zone: `17:00`. When it is over, you are "
    "reminded of that. A message of the app user, or an answer to them, ends it at once. "
    "Everybody in the channel reads of it.": (
        "Auch `30m`, `1d` oder bis zu einer Uhrzeit in der Zeitzone des Teams: `17:00`. Danach wird daran erinnert. "
        "Eine Nachricht des App-Nutzers oder eine Antwort beendet es sofort. Alle im Channel lesen davon."
    ),
    "USERID TEXT": "USERID TEXT",
    "begins a conversation: TEXT goes to the app user with this ID": (
        "beginnt ein Gespräch: TEXT geht an den App-Nutzer mit dieser ID"
    ),
    "USERID is what the app calls the app user, or the app user ID from the profile. "
    'One with spaces goes into quotes: `/sk !start "jane doe" Hello!`. '
    "If there is no channel yet, one is opened; nothing is sent as long as there is none.": (
        "USERID ist die Nutzer-ID der App oder die App-Nutzer-ID aus dem Profil. "
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
    "[on|off]": "[on|off]",
    "shows whether the team is there, or lets it be away": "zeigt, ob das Team da ist, oder meldet es abwesend",
    "`/sk !away on`, `on 2h`, `on until 17:00`; each also with what app users are told: "
    "`/sk !away on 2h Back soon!`. One that begins with a digit or like a time goes into quotes: "
    '`/sk !away on "24 hours from now"`. '
    "`/sk !away off` ends it. App users who write meanwhile, or outside office "
    "hours, are told so at most once in 12 hours, and not within 15 minutes after an agent's answer.": (
        "`/sk !away on`, `on 2h`, `on until 17:00`; jeweils auch mit dem, was App-Nutzer lesen: "
        "`/sk !away on 2h Bald zurück!`. Was mit einer Ziffer oder wie eine Zeit beginnt, steht in "
        'Anführungszeichen: `/sk !away on "24 Stunden zu"`. '
        "`/sk !away off` beendet es. App-Nutzer, die währenddessen oder außerhalb der "
        "Bürozeiten schreiben, lesen es höchstens einmal in 12 Stunden und nicht binnen 15 Minuten nach einer Antwort."
    ),
    "*In an app user's channel*": "*Im Channel eines App-Nutzers*",
    "`/sk TEXT` sends TEXT to the app user; all else you write in the channel stays in Slack": (
        "`/sk TEXT` sendet TEXT an den App-Nutzer; alles andere im Channel bleibt in Slack"
    ),
    "*Anywhere*": "*Überall*",
    "`!sk` does the same as `/sk`. A TEXT that begins with `!` is written `\\!so`.": (
        "`!sk` tut dasselbe wie `/sk`. Ein TEXT, der mit `!` beginnt, wird `\\!so` geschrieben."
    ),
}
