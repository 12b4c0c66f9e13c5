"""The counter: takes what agents type and press, sees whether they may, and passes it to whoever carries it out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desk.admission import Admission
from desk.asking import Asked, Pressed, Within
from desk.domain import wording
from desk.domain.commands import COMMANDS, NoHelp, NotUnderstood, Order, Say, ShowUsage, TooLittle, TooMuch, parse
from desk.domain.slack_text import quoted_word
from desk.domain.wording import commands as helping
from desk.people import MayNotSpeakError, People
from desk.ports import ChannelBook
from desk.values import Answer, Press, Typed

SAY = ""
"""Stands for the command that is none: TEXT for the app user."""


Command = Callable[[Asked], Answer]


@dataclass(frozen=True)
class Button:
    """What a button does. `anywhere`: it may stand outside of app users' channels."""

    action: Callable[[Pressed], Answer]
    anywhere: bool = False


class Counter:
    """Knows each command and each button by its name. Safe to use from many threads."""

    def __init__(
        self,
        *,
        book: ChannelBook,
        people: People,
        admission: Admission,
        commands: Mapping[str, Command],
        buttons: Mapping[str, Button],
    ) -> None:
        self._book = book
        self._people = people
        self._admission = admission
        self._commands = commands
        self._buttons = buttons

    def typed(self, typed: Typed, within: Within) -> Answer:
        """Have a command carried out, or say why it is not."""
        match parse(typed.text):
            case Say(text=text):
                return self._carry_out(typed, SAY, text, within)
            case Order(command=name, argument=argument):
                return self._carry_out(typed, name, argument, within)
            case ShowUsage(command=name):
                return Answer(helping.help_for(name) if name else helping.usage(), carried_out=True)
            case NotUnderstood() | NoHelp() | TooMuch() | TooLittle() as command:
                return Answer(_complaint(command))

    def pressed(self, press: Press, within: Within) -> Answer:
        """Have a button's work done, or say why it is not."""
        button = self._buttons.get(press.action_id)
        entry = self._book.of_channel(press.channel_id)
        if button is None or (entry is None and not button.anywhere):
            return Answer(wording.unknown_button())
        try:
            person = self._people.speaker(press.agent_id)
        except MayNotSpeakError as error:
            return Answer(wording.may_not_do(error.why))
        return button.action(Pressed(press, person, entry, within))

    def _carry_out(self, typed: Typed, name: str, argument: str, within: Within) -> Answer:
        entry = self._book.of_channel(typed.channel_id)
        anywhere = name != SAY and COMMANDS[name].anywhere
        objection = self._admission.objection(typed.channel_id, entry, name)
        if objection and not anywhere:
            return Answer(objection)
        try:
            person = self._people.speaker(typed.agent_id)
        except MayNotSpeakError as error:
            return Answer(wording.may_not_send(error.why) if name == SAY else wording.may_not_do(error.why))
        return self._commands[name](Asked(typed, argument, person, entry, within, objection))


def _complaint(command: NotUnderstood | NoHelp | TooMuch | TooLittle) -> str:
    match command:
        case TooMuch(command=name):
            return helping.stands_alone(name)
        case TooLittle(command=name):
            return helping.needs_more(name)
        case NotUnderstood(word=word, nearest=nearest):
            return helping.not_understood(quoted_word(word), nearest)
        case NoHelp(word=word, nearest=nearest):
            return helping.nothing_to_explain(quoted_word(word), nearest)
