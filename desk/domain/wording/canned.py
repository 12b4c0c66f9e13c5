"""What agents read about canned answers. Values come escaped, unless a sentence goes into plain text."""

from collections.abc import Sequence

from desk.domain.wording.speech import number, say, say_many


def canned_title() -> str:
    """Head of the list."""
    return say("Canned answers")


def none_saved() -> str:
    """There are none."""
    return say("There are no canned answers yet. `/sk !canned save NAME TEXT` keeps one.")


def how_to_send() -> str:
    """Below the list; plain text."""
    return say("Send one with /sk !canned NAME: you see what it says before it goes out.")


def shown(name: str, by: str) -> str:
    """Head of one that is shown; plain text."""
    return say("Canned answer “{name}”, saved by {by}", name=name, by=by)


def saved(name: str) -> str:
    """It is kept now."""
    return say("The canned answer “{name}” is saved. `/sk !canned {name}` shows what it says, and sends it.", name=name)


def replaced(name: str, by: str) -> str:
    """It is kept instead of another, whose text follows; plain text."""
    return say("“{name}” is saved. It replaces this text, saved by {by}:", name=name, by=by)


def deleted(name: str) -> str:
    """It is gone; its text follows; plain text."""
    return say("“{name}” is deleted. It said:", name=name)


def preview(name: str, title: str) -> str:
    """Above what would be sent; plain text."""
    return say("“{name}” for {title}. Nothing was sent yet:", name=name, title=title)


def only_beginning(characters: int) -> str:
    """Below a text that is too long to be shown whole; plain text."""
    return say("Only its beginning is shown here; it has {characters} characters.", characters=number(characters))


def send_button() -> str:
    """Sends what is previewed."""
    return say("Send")


def cancel_button() -> str:
    """Forgets what is previewed."""
    return say("Cancel")


def cancelled() -> str:
    """A preview was cancelled."""
    return say("Nothing was sent.")


def no_such(name: str) -> str:
    """None has this name."""
    return say("There is no canned answer “{name}”. Nothing was done. `/sk !canned` lists all.", name=name)


def no_action(word: str, nearest: str) -> str:
    """Nothing that can be done to them is called so."""
    return say(
        "Canned answers cannot {word}. Nothing was done. Did you mean `/sk !canned {nearest}`? "
        "`/sk !help !canned` explains them.",
        word=word,
        nearest=nearest,
    )


def followed(name: str) -> str:
    """Something follows a name."""
    return say(
        "`/sk !canned {name}` takes nothing behind the name. Nothing was done. `/sk !help canned` explains it.",
        name=name,
    )


def no_name(word: str, length: int) -> str:
    """None can have such a name."""
    return say(
        "“{word}” is no name for a canned answer: a name has letters, digits and dashes, at most {length}, "
        "and is none of list, show, save, delete, send. Nothing was done.",
        word=word,
        length=length,
    )


def needs_name(action: str) -> str:
    """A name is missing."""
    return say("Which one? `/sk !canned {action} NAME`. `/sk !canned` lists all.", action=action)


def needs_text() -> str:
    """A name, or a text, is missing."""
    return say("Nothing was saved: `/sk !canned save NAME TEXT` needs a name and a text.")


def too_much(action: str) -> str:
    """Something follows that does not belong there."""
    return say(
        "Nothing follows the name in `/sk !canned {action} NAME`, and nothing follows `list`. Nothing was done.",
        action=action,
    )


def unknown_placeholders(names: Sequence[str]) -> str:
    """What looks like a placeholder and is none."""
    return say_many(
        len(names),
        "Nothing was saved: {names} is no placeholder. There are `{{givenName}}`, `{{surname}}`, `{{name}}`, "
        "`{{userId}}`, `{{agent}}` and `{{properties.KEY}}`; a brace that is none is written `\\{{`.",
        "Nothing was saved: {names} are no placeholders. There are `{{givenName}}`, `{{surname}}`, `{{name}}`, "
        "`{{userId}}`, `{{agent}}` and `{{properties.KEY}}`; a brace that is none is written `\\{{`.",
        names=_listed(names),
    )


def broken_placeholders(pieces: Sequence[str]) -> str:
    """What begins as a placeholder and is none; the pieces have their braces, and are escaped."""
    return say_many(
        len(pieces),
        "Nothing was saved: {pieces} begins as a placeholder and is none. One is written `{{givenName}}` or "
        "`{{properties.KEY}}`; a brace that is none is written `\\{{`.",
        "Nothing was saved: {pieces} begin as placeholders and are none. One is written `{{givenName}}` or "
        "`{{properties.KEY}}`; a brace that is none is written `\\{{`.",
        pieces=", ".join(f"`{piece}`" for piece in pieces),
    )


def unfilled(name: str, title: str, names: Sequence[str]) -> str:
    """Values that the profile does not have."""
    return say(
        "Nothing was sent: “{name}” needs {names}, which {title} does not have. Write the text yourself, "
        "or save it with something that stands there instead, such as `{{{first}|…}}`.",
        name=name,
        names=_listed(names),
        first=names[0],
        title=title,
    )


def empty_text(name: str) -> str:
    """Nothing is left to be sent."""
    return say("Nothing was sent: “{name}” is empty once it is filled.", name=name)


def in_doubt() -> str:
    """The webhook server did it, or not."""
    return say("No answer yet: it may or may not have been done. `/sk !canned` lists what there is.")


def too_many(limit: int) -> str:
    """There is no room for another."""
    return say(
        "Nothing was saved: there are {limit} canned answers already. Delete one that nobody needs with "
        "`/sk !canned delete NAME`.",
        limit=limit,
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{{{name}}}`" for name in names)
