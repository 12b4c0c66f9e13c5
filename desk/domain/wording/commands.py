"""Help: one line for each command in the list of all, and all that there is to know about one. Values are escaped."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desk.domain.commands import (
    ASSIGN,
    AWAY,
    CANNED,
    CLAIM,
    CLOSE,
    COMMANDS,
    HELP,
    HISTORY,
    NOTE,
    PROFILE,
    RELEASE,
    REOPEN,
    SNOOZE,
    START,
    STATS,
    WAITING,
)
from desk.domain.wording.speech import say


@dataclass(frozen=True)
class Help:
    """What is typed behind a command, what the command does in a few words, and what else there is to know."""

    behind: str
    short: str
    more: str = ""


def usage() -> str:
    """All commands that there are, a line each."""
    here = [_line(command) for command, syntax in COMMANDS.items() if not syntax.anywhere]
    anywhere = [_line(command) for command, syntax in COMMANDS.items() if syntax.anywhere]
    return "\n".join(
        [
            say("*In an app user's channel*"),
            say("`/sk TEXT` sends TEXT to the app user; all else you write in the channel stays in Slack"),
            *here,
            say("*Anywhere*"),
            *anywhere,
            say("`!sk` does the same as `/sk`. A TEXT that begins with `!` is written `\\!so`."),
        ]
    )


def help_for(command: str) -> str:
    """What one command does."""
    more = _HELPS[command]().more
    return f"{_line(command)}\n{more}" if more else _line(command)


def not_understood(word: str, nearest: str | None) -> str:
    """No such command; `word` is escaped."""
    if nearest is None:
        return say(
            "There is no command {word}. Nothing was sent. `/sk !help` lists all commands. "
            "To send a text that begins with `!`, write `/sk \\!…`.",
            word=word,
        )
    return say(
        "There is no command {word}. Nothing was sent. Did you mean `/sk {nearest}`? "
        "To send a text that begins with `!`, write `/sk \\!…`.",
        word=word,
        nearest=nearest,
    )


def nothing_to_explain(word: str, nearest: str | None) -> str:
    """Help for no such command; `word` is escaped."""
    if nearest is None:
        return say("There is no command {word}. `/sk !help` lists all commands.", word=word)
    return say(
        "There is no command {word}. Did you mean `/sk !help {nearest}`? `/sk !help` lists all commands.",
        word=word,
        nearest=nearest.removeprefix("!"),
    )


def needs_more(command: str) -> str:
    """A command came without what it needs."""
    return say(
        "`/sk {command}` needs something behind it: `/sk {command} {behind}`. Nothing was done. "
        "`/sk !help {command}` explains it.",
        command=command,
        behind=_HELPS[command]().behind,
    )


def stands_alone(command: str) -> str:
    """Something followed a command that takes nothing."""
    return say(
        "`/sk {command}` takes nothing behind it. Nothing was sent. To send it as text, write `/sk \\{command} …`.",
        command=command,
    )


def _line(command: str) -> str:
    told = _HELPS[command]()
    typed = f"{command} {told.behind}" if told.behind else command
    return f"`/sk {typed}` {told.short}"


# --- each command -----------------------------------------------------------------------------------------------------


def _help() -> Help:
    return Help(
        say("[command]"),
        say("shows this list, or explains a command"),
        say("What is shown is seen by you alone. `/sk` alone shows the list, too."),
    )


def _profile() -> Help:
    return Help(
        say("[share]"),
        say("shows what the app knows about the app user, to you alone; `share`: to the channel"),
        say(
            "It is as it is now: name, whether it is verified, properties, devices, when they were seen first and last."
        ),
    )


def _history() -> Help:
    return Help(
        say("[n]"),
        say("shows you the last n messages and notes of the conversation (10)"),
        say("At most 50, seen by you alone, with how far each reply is. Notes are those of `!note`."),
    )


def _claim() -> Help:
    return Help(
        "",
        say("takes the conversation on: it is yours"),
        say(
            "Everybody in the channel reads of it. Whoever answers first has claimed the conversation thereby. "
            "If somebody else has it, ask them to `!release` it, or let it be given to you with `!assign`."
        ),
    )


def _release() -> Help:
    return Help(
        "",
        say("gives the conversation back: it is nobody's"),
        say("Only whoever has it can. Everybody in the channel reads of it."),
    )


def _assign() -> Help:
    return Help(
        say("@agent"),
        say("gives the conversation to an agent, also one that somebody has"),
        say("Mention a member of this workspace, such as `@Alice`. Everybody in the channel reads of it."),
    )


def _close() -> Help:
    return Help(
        say("[reason]"),
        say("ends the conversation: nothing is left to do"),
        say(
            "Everybody in the channel reads of it, and of the reason; the app user does not. "
            "When the app user writes again, a new one begins by itself, in the same channel."
        ),
    )


def _reopen() -> Help:
    return Help(
        "",
        say("opens the conversation again that was closed last"),
        say("Everybody in the channel reads of it; the app user does not."),
    )


def _note() -> Help:
    return Help(
        say("TEXT"),
        say("keeps TEXT with the conversation; the app user never sees it"),
        say("Everybody in the channel can read it, now and in `!history`."),
    )


def _canned() -> Help:
    return Help(
        say("[…]"),
        say("lists, shows, saves, deletes and sends answers that are kept"),
        say(
            "`/sk !canned` lists all. `/sk !canned NAME` fills in one for the app user of the channel: you see what it "
            "says, then send it or not.\n"
            "`/sk !canned save NAME TEXT` keeps one, `show NAME` and `delete NAME` do as they say.\n"
            "A TEXT may contain `{{givenName}}`, `{{surname}}`, `{{name}}`, `{{userId}}`, `{{agent}}` (who sends it) "
            "and `{{properties.KEY}}`; `{{givenName|there}}` says “there” where the name is missing. "
            "A brace that is none of these is written `\\{{`."
        ),
    )


def _snooze() -> Help:
    return Help(
        say("2h"),
        say("no reminders of this conversation for so long"),
        say(
            "Also `30m`, `1d`, or until a time of day in the team's time zone: `17:00`. When it is over, you are "
            "reminded of that. A message of the app user, or an answer to them, ends it at once. "
            "Everybody in the channel reads of it."
        ),
    )


def _start() -> Help:
    return Help(
        say("USERID TEXT"),
        say("begins a conversation: TEXT goes to the app user with this ID"),
        say(
            "USERID is what the app calls the app user, or the app user ID from the profile. "
            'One with spaces goes into quotes: `/sk !start "jane doe" Hello!`. '
            "If there is no channel yet, one is opened; nothing is sent as long as there is none."
        ),
    )


def _waiting() -> Help:
    return Help(
        say("[mine]"),
        say("shows who waits for an answer, how long, and whose they are"),
        say("Whoever waits longest comes first. `mine` shows the open conversations that are yours."),
    )


def _stats() -> Help:
    return Help(
        say("[today|week]"),
        say("shows how much there was to do, and how fast it was answered"),
        say("Today and the week begin in the team's time zone, weeks on Monday."),
    )


def _away() -> Help:
    return Help(
        say("[on|off]"),
        say("shows whether the team is there, or lets it be away"),
        say(
            "`/sk !away on`, `on 2h`, `on until 17:00`; each also with what app users are told: "
            "`/sk !away on 2h Back soon!`. One that begins with a digit or like a time goes into quotes: "
            '`/sk !away on "24 hours from now"`. '
            "`/sk !away off` ends it. App users who write meanwhile, or outside office "
            "hours, are told so at most once in 12 hours, and not within 15 minutes after an agent's answer."
        ),
    )


_HELPS: Mapping[str, Callable[[], Help]] = {
    HELP: _help,
    PROFILE: _profile,
    HISTORY: _history,
    CLAIM: _claim,
    RELEASE: _release,
    ASSIGN: _assign,
    CLOSE: _close,
    REOPEN: _reopen,
    NOTE: _note,
    CANNED: _canned,
    SNOOZE: _snooze,
    START: _start,
    WAITING: _waiting,
    STATS: _stats,
    AWAY: _away,
}
