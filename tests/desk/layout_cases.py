"""All that the desk shows in Slack, case by case. A case makes what is shown; its name is that of its snapshot."""

from desk_fakes import FakeAppSide, FakeBook, FakeWorkspace, TurnableClock
from desk_office import Office

CASES = {}
LONGEST = {}
"""Those with the longest inputs. Each takes `many`, which makes a text of so many characters."""


def case(name):
    """Register a case."""
    return _registering(CASES, name)


def longest(name):
    """Register a case with the longest inputs."""
    return _registering(LONGEST, f"{name}-longest")


def _registering(cases, name):
    def register(function):
        assert name not in cases
        cases[name] = function
        return function

    return register


def many(unit):
    """Makes texts of a number of characters, out of `unit` alone."""
    return lambda count: (unit * count)[:count]


def office(**house) -> Office:
    """A desk of its own."""
    clock = TurnableClock()
    made = Office(clock, FakeWorkspace(clock), FakeBook(), FakeAppSide())
    if house:
        made.open(**house)
    return made


# --- what was shown, as snapshots have it ---------------------------------------------------------------------------


def message(text, blocks=()):
    """A text, and the blocks that hide it where there are any."""
    return {"text": text, **({"blocks": list(blocks)} if blocks else {})}


def view(made):
    """A dialog or a Home tab."""
    return {"view": made}


def home(blocks):
    """A Home tab of these blocks."""
    return view({"type": "home", "blocks": list(blocks)})


def posted(post):
    """A post, as the desk hands it over."""
    more = {"username": post.username, "icon_url": post.icon_url, "shares_a_file": post.shares}
    return {**{key: value for key, value in more.items() if value}, **message(post.text, post.blocks)}


def answered(answer):
    """What only the caller sees."""
    told = message(answer.text, answer.blocks)
    return {**told, **({"view": answer.view} if answer.view else {}), **({"instead": True} if answer.instead else {})}
