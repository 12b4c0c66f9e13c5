"""What the bot says in app users' channels of the conversation itself: who this is, and where it goes on."""

from collections.abc import Sequence

from desk.domain.wording.speech import say


def introduction(title: str, user_id: str | None, earlier: str | None, recent: Sequence[str] = ()) -> str:
    """First post in an app user's channel; all escaped.

    `earlier` links the channel of the earlier conversation, `recent` are lines of what was said last there.
    """
    lines = [
        say("This channel is the conversation with {name} (user ID {user_id}).", name=title, user_id=user_id)
        if user_id
        else say("This channel is the conversation with {name}.", name=title),
        say("Answer with /sk and your text: it goes to the app user. Everything else you write here stays in Slack."),
        say("/sk !profile shows what the app knows about this user; /sk !help explains the commands."),
    ]
    if earlier:
        lines.append(say("The earlier conversation is in {link}.", link=earlier))
    if recent:
        lines += [say("What was said last:"), *recent]
    return "\n".join(lines)


def said_by(name: str, text: str) -> str:
    """One of the last messages; both escaped."""
    return f"• {name}: {text}"


def an_agent() -> str:
    """Stands for an agent whose name is not known."""
    return say("An agent")


def turned_out_here(before: str, who: str) -> str:
    """In the channel of an app user who turned out to be somebody else; both escaped."""
    return say("{before} is {who}: this channel is the conversation with them from now on.", before=before, who=who)


def turned_out_away(before: str, who: str, link: str) -> str:
    """In the channel of an app user who turned out to be somebody with a channel of their own; both escaped."""
    return say(
        "{before} is {who}: the conversation goes on in {link}. What you send from here with /sk still reaches them.",
        before=before,
        who=who,
        link=link,
    )


def turned_out_there(before: str, who: str, link: str) -> str:
    """In the channel in which that conversation goes on; `link` leads to the other channel, both escaped."""
    return say(
        "{before} in {link} is {who} as well: that conversation goes on here.", before=before, link=link, who=who
    )


def goes_on(link: str) -> str:
    """In a channel that was unarchived after its conversation had gone on elsewhere; `link` leads there."""
    return say("This conversation goes on in {link}. /sk does nothing here.", link=link)
