"""What dispatch channels are told of new conversations. No value is escaped."""

from desk.domain.wording.speech import say


def turned_out(before: str, title: str, link: str) -> str:
    """The dispatch notice of an app user who turned out to be somebody else; `link` is empty without a channel."""
    if link:
        return say("{before} is {title}: the conversation is in {link}", before=before, title=title, link=link)
    return say("{before} is {title}", before=before, title=title)


def started(title: str, link: str) -> str:
    """The dispatch notice; `link` leads to the channel."""
    return say("{title} started a conversation in {link}", title=title, link=link)


def started_before_channel(title: str) -> str:
    """The dispatch notice as long as Slack does not let the channel be made."""
    return say("{title} started a conversation. Slack holds its channel back: the link follows here.", title=title)
