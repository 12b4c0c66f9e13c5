"""The dispatch channel as agents see it, and what the webhook server tells of cases."""

from desk_fakes import ALICE, BRUNO, DISPATCH
from desk_office import USER

from wire.cases import Case, CaseNews, Closing, FirstAnswer
from wire.messages import Agent

AGENTS = {each.name: Agent(agent_id=each.agent_id, name=each.name) for each in (ALICE, BRUNO)}
BRUNOS = AGENTS[BRUNO.name]
ALICES = AGENTS[ALICE.name]


class DispatchBoard:
    """Cases of an office, told of as they change. `case` is the one under way; what changes in it is told at once."""

    def __init__(self, office, *, user=USER, case_id=1, **case) -> None:
        self.office = office
        self.sequence = 0
        now = office.clock.now()
        self.case = Case(case_id=case_id, app_user_id=user, opened=now, waiting_since=now, first_words="hello", **case)
        self.place = None

    def tell(self, *, reminder="none", reminders=0, doubt_since=None, **changes):
        """The case changes, and the bot is told. The outcome; the place in it is remembered, as the ledger does."""
        self.case = self.case.model_copy(update=changes)
        self.sequence += 1
        outcome = self.office.desk.case(
            CaseNews(
                case=self.case,
                sequence=self.sequence,
                reminder=reminder,
                reminders=reminders,
                place=self.place,
                doubt_since=doubt_since,
            )
        )
        self.place = getattr(outcome, "place", self.place)
        return outcome

    def answered(self, agent=BRUNOS, seconds=180.0):
        """An agent answers first, and has claimed the case thereby."""
        first = FirstAnswer(agent=agent, seconds=seconds)
        return self.tell(waiting_since=None, claimed_by=agent, first_answer=first)

    def closed(self, agent=BRUNOS, reason=None):
        return self.tell(closed=Closing(at=self.office.clock.now(), agent=agent, reason=reason), waiting_since=None)


def notices(workspace):
    return workspace.posts(DISPATCH)


def told(post):
    """What a notice says, part by part."""
    return [shown(block) for block in post.blocks if block["type"] == "rich_text"]


def states(post):
    """What it says of how cases stand."""
    return [
        " · ".join(each["text"] for each in block["elements"]) for block in post.blocks if block["type"] == "context"
    ]


def buttons(post):
    """The labels of its buttons, part by part."""
    acts = [block for block in post.blocks if block["type"] == "actions"]
    return [[each["text"]["text"] for each in block["elements"]] for block in acts]


def thread(workspace, place):
    return [each.post for each in workspace.channels[place.channel_id].threads[place.ts]]


def shown(block):
    pieces = [element for part in block["elements"] for element in part["elements"]]
    return "".join(f"<#{each['channel_id']}>" if each["type"] == "channel" else each["text"] for each in pieces)
