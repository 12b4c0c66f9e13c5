"""Who waits for an answer: the list. Values are plain text; `channel` may stand for a link."""

from desk.domain.wording.speech import say, say_many


def who_waits(count: int) -> str:
    """Head of the list of all."""
    return say_many(count, "One app user waits for an answer", "{count} app users wait for an answer")


def nobody_waits() -> str:
    """The list is empty."""
    return say("Nobody waits for an answer.")


def your_cases(count: int) -> str:
    """Head of the list of an agent's own."""
    return say_many(count, "One open conversation is yours", "{count} open conversations are yours")


def none_yours() -> str:
    """An agent has claimed nothing."""
    return say("No open conversation is yours. `/sk !waiting` shows who waits for an answer.")


def waits(name: str, channel: str, span: str, whose: str) -> str:
    """A line: how long somebody waits, and who takes care of it."""
    return say("{name} in {channel}: {span}, {whose}", name=name, channel=channel, span=span, whose=whose)


def waits_nowhere(name: str, span: str, whose: str) -> str:
    """A line for somebody whose channel Slack holds back."""
    return say("{name} (no channel yet): {span}, {whose}", name=name, span=span, whose=whose)


def theirs(agent: str) -> str:
    """Who takes care of it."""
    return say("{agent} has it", agent=agent)


def nobodys() -> str:
    """Nobody takes care of it."""
    return say("nobody has it")


def waits_so_long(span: str) -> str:
    """In an agent's own list."""
    return say("waits {span}", span=span)


def answered() -> str:
    """In an agent's own list: nobody waits there."""
    return say("answered")


def put_off() -> str:
    """Reminders of it are put off."""
    return say("put off")


def more(count: int) -> str:
    """Below a list that is too long."""
    return say_many(count, "… and one more", "… and {count} more")


def mine_or_nothing(word: str) -> str:
    """Something else was typed behind the command; `word` is escaped."""
    return say("`/sk !waiting` shows all, `/sk !waiting mine` yours. There is no “{word}”.", word=word)
