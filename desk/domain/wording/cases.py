"""What is said of deeds: to whoever does something about a conversation, and to all in its channel.

`name` is the app user's; names, reasons and descriptions come escaped, but to lines for all, which are plain text.
"""

from collections.abc import Callable, Mapping

from desk.domain.wording.answers import nothing_done_refused
from desk.domain.wording.speech import say
from wire import cases

# --- to whoever did it ------------------------------------------------------------------------------------------------


def refused(code: str, name: str, who: str | None = None, description: str = "") -> str:
    """Why the app's side did not do it. `who` stands in the way, `description` is its own sentence."""
    tell = _REFUSALS.get(code)
    return tell(name, who) if tell else nothing_done_refused(description)


def _no_case(name: str, _: str | None) -> str:
    return say("Nothing was done: there is no conversation with {name} yet.", name=name)


def _open_already(name: str, _: str | None) -> str:
    return say("Nothing was done: the conversation with {name} is open.", name=name)


def _not_waiting(name: str, _: str | None) -> str:
    return say("Nothing was done: {name} waits for no answer, so there is nothing to put off.", name=name)


def _claimed_already(name: str, who: str | None) -> str:
    if who is None:
        return say(
            "Nothing was done: somebody else has the conversation with {name}. "
            "They can `!release` it, and anybody can `!assign` it.",
            name=name,
        )
    return say(
        "Nothing was done: {who} has the conversation with {name}. "
        "They can `!release` it, and anybody can `!assign` it.",
        who=who,
        name=name,
    )


def _not_claimed(name: str, who: str | None) -> str:
    if who is None:
        return say("Nothing was done: the conversation with {name} is not yours.", name=name)
    return say(
        "Nothing was done: {who} has the conversation with {name}, and only they can give it back.", who=who, name=name
    )


def _closed_already(name: str, who: str | None) -> str:
    if who is None:
        return say(
            "Nothing was done: the conversation with {name} is closed. `/sk !reopen` in its channel opens it again.",
            name=name,
        )
    return say(
        "Nothing was done: {who} has closed the conversation with {name}. `/sk !reopen` in its channel opens it again.",
        who=who,
        name=name,
    )


_REFUSALS: Mapping[str, Callable[[str, str | None], str]] = {
    cases.NO_CASE: _no_case,
    cases.CLAIMED_ALREADY: _claimed_already,
    cases.NOT_CLAIMED: _not_claimed,
    cases.CLOSED_ALREADY: _closed_already,
    cases.OPEN_ALREADY: _open_already,
    cases.NOT_WAITING: _not_waiting,
}


def in_doubt() -> str:
    """The webhook server has done it, or not."""
    return say("No answer yet: it may or may not have been done. Please look, or try again: twice does no harm.")


def yours_already(name: str) -> str:
    """A claim that changed nothing."""
    return say("The conversation with {name} is yours already.", name=name)


def theirs_already(name: str, who: str) -> str:
    """An assignment that changed nothing."""
    return say("The conversation with {name} is {who}'s already.", name=name, who=who)


def nobodys_already(name: str) -> str:
    """A release that changed nothing."""
    return say("The conversation with {name} is nobody's already.", name=name)


def closed_already(name: str, who: str | None) -> str:
    """A close that changed nothing; `who` closed it, if that was somebody in person."""
    if who is None:
        return say("The conversation with {name} is closed already.", name=name)
    return say("The conversation with {name} is closed already: {who} closed it.", name=name, who=who)


def open_already(name: str) -> str:
    """A conversation is opened again that is open."""
    return say("The conversation with {name} is open already.", name=name)


def mention_needed() -> str:
    """`!assign` came with something that is no mention of one person."""
    return say(
        "Nothing was done: mention one person, such as `/sk !assign @Alice`, and choose the name that Slack offers."
    )


def assignee_unknown() -> str:
    """Slack shows nobody of that ID."""
    return say("Nothing was done: Slack does not show that person here. Mention a member of this workspace.")


def assignee_unsure() -> str:
    """Slack did not say who it is."""
    return say("Nothing was done: Slack does not say at the moment who that is. Please try again in a few seconds.")


def assignee_deactivated(who: str) -> str:
    """Their account is deactivated."""
    return say("Nothing was done: {who}'s account is deactivated. Mention another member.", who=who)


def assignee_bot(who: str) -> str:
    """A bot cannot take care of app users."""
    return say("Nothing was done: {who} is a bot, and cannot speak to app users. Mention a person.", who=who)


def assignee_outsider(who: str) -> str:
    """Somebody of another organisation."""
    return say(
        "Nothing was done: {who} is from another organisation, and cannot speak to app users. "
        "Mention a member of this workspace.",
        who=who,
    )


def assignee_guest(who: str) -> str:
    """A guest of the workspace."""
    return say(
        "Nothing was done: {who} is a guest, and cannot speak to app users. Mention a member of this workspace.",
        who=who,
    )


# --- lines in the channel, for all ------------------------------------------------------------------------------------


def claimed(agent: str) -> str:
    """Somebody takes care of it."""
    return say("{agent} claimed this conversation", agent=agent)


def released(agent: str) -> str:
    """Nobody takes care of it any more."""
    return say("{agent} released this conversation: it is nobody's", agent=agent)


def assigned(agent: str, assignee: str) -> str:
    """Somebody else takes care of it."""
    return say("{agent} assigned this conversation to {assignee}", agent=agent, assignee=assignee)


def closed(agent: str, reason: str | None) -> str:
    """Nothing is left to do."""
    if reason:
        return say("{agent} closed this conversation: {reason}", agent=agent, reason=reason)
    return say("{agent} closed this conversation", agent=agent)


def reopened(agent: str) -> str:
    """Something is left to do after all."""
    return say("{agent} opened this conversation again", agent=agent)
