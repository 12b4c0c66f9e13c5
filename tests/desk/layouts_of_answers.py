"""Cases: what only whoever typed or pressed something sees."""

from functools import partial

from desk_fakes import ALICE, BRUNO, DISPATCH, NOW
from desk_office import USER
from dispatch_board import ALICES, BRUNOS
from layout_cases import answered, case, message, office, posted

from desk.domain.commands import COMMANDS
from desk.domain.pictures import without_pictures
from desk.domain.profiles import Card, profile_blocks
from desk.domain.wording import profiles as profile_words
from desk.errbot_backend import wording as backend
from desk.errors import BadBlocksError
from desk.errors import RefusedError as RefusedSlackError
from wire.canned import Canned
from wire.cases import AgentStats, Attendance, Case, CaseList, History, HistoryLine, Stats
from wire.client import NoAnswerError, PeerAwayError, RefusedError
from wire.messages import ALREADY_SENT, Agent, Counts, Profile, ProfileDevice

DAY = 86_400


def typed(text, answers=(), anywhere=None, person=ALICE):
    """What is answered to a command in an app user's channel, or in the channel `anywhere`."""
    made = office()
    channel_id = made.opened()
    made.app_side.answers.update(answers)
    made.app_side.profiles[USER] = PROFILE
    return answered(made.types(anywhere or channel_id, text, person=person))


# --- help -------------------------------------------------------------------------------------------------------------

for _command in COMMANDS:
    case(f"help/{_command[1:]}")(partial(typed, f"!help {_command}"))
case("help/usage")(partial(typed, "!help"))
case("help/no-such-command")(partial(typed, "!clame &lt;b&gt;"))
case("help/nothing-like-it")(partial(typed, "!kill &lt;b&gt;"))
case("help/no-such-help")(partial(typed, "!help clos"))
case("help/no-help-like-it")(partial(typed, "!help me"))
case("help/something-missing")(partial(typed, "!assign"))
case("help/something-too-much")(partial(typed, "!claim it"))


# --- profile ----------------------------------------------------------------------------------------------------------

DEVICES = [
    ProfileDevice(platform="ios", last_seen=NOW - 60, app_version="2.1 <beta>"),
    ProfileDevice(platform="web", last_seen=NOW - DAY, page="https://shop.example/cart?a=1&b=2"),
    ProfileDevice(platform="android", last_seen=NOW - 2 * DAY),
    ProfileDevice(platform="web", last_seen=NOW - 3 * DAY),
    ProfileDevice(platform="other", last_seen=NOW - 4 * DAY),
]
PROFILE = {
    "user_id": "zoe-1",
    "given_name": "Zoë",
    "surname": "<Müller>",
    "email": "zoe@example.com",
    "signed_up_at": "2024-02-03T04:05:06Z",
    "conversation_started": True,
    "typing": True,
    "properties": {"plan": "pro", "seats": 3, "vip": True, "tags": ["a", "ü"], "about": "some <words> & more. " * 30},
    "verified": True,
    "avatar_url": "https://example.com/zoe.png",
    "devices": DEVICES,
    "more_devices": 2,
    "first_seen": NOW - 30 * DAY,
    "last_seen": NOW - 60,
    "counts": Counts(messages=1234, replies=1, conversations=2),
}

case("profile/full")(partial(typed, "!profile"))
case("profile/too-much")(partial(typed, "!profile all"))


@case("profile/anonymous")
def _():
    made = office()
    channel_id = made.opened(name=None)
    made.app_side.profiles[USER] = {}
    return answered(made.types(channel_id, "!profile"))


@case("profile/claimed-and-seen-last")
def _():
    made = office()
    channel_id = made.opened()
    made.app_side.profiles[USER] = {"user_id": "zoe-1", "last_seen": NOW}
    return answered(made.types(channel_id, "!profile"))


def shared(*errors):
    made = office()
    channel_id = made.opened()
    made.app_side.profiles[USER] = PROFILE
    made.workspace.order("post", *errors)
    made.types(channel_id, "!profile share")
    return posted(made.workspace.posts(channel_id)[-1])


case("profile/shared")(shared)
case("profile/shared-without-a-picture-that-slack-cannot-load")(partial(shared, BadBlocksError("invalid_blocks")))


@case("profile/not-shared")
def _():
    made = office()
    channel_id = made.opened()
    made.app_side.profiles[USER] = PROFILE
    made.workspace.order("post", RefusedSlackError("restricted_action"))
    return answered(made.types(channel_id, "!profile share"))


@case("profile/without-its-picture")
def _():
    card = Card("Zoë", profile_words.verified(), [("Email", None)], {}, avatar_url="https://example.com/zoe.png")
    return message("", without_pictures(profile_blocks(card)))


# --- history, notes ---------------------------------------------------------------------------------------------------

SAID = [
    HistoryLine(kind="app_user", at=NOW, text="Where is my <parcel>?\n\n*now*", name="Zoë"),
    HistoryLine(kind="agent", at=NOW + 60, text="On its way & soon there.", name="Alice Adams", state="read"),
    HistoryLine(kind="agent", at=NOW + 61, text="", name="Alice Adams", state="failed", file_name="a.pdf"),
    HistoryLine(kind="note", at=NOW + 70, text="call the carrier", name="Bruno Bauer"),
    HistoryLine(kind="app", at=NOW + 80, text="We are back at nine.", name="Shop"),
    HistoryLine(kind="app", at=NOW + 90, text="We are back at nine."),
    HistoryLine(kind="app_user", at=NOW + 99, text=""),
]

case("history/some-lines")(partial(typed, "!history", {"history": History(lines=SAID)}))
case("history/more-before")(partial(typed, "!history 7", {"history": History(lines=SAID, more=True)}))
case("history/fifty-and-more-before")(partial(typed, "!history 50", {"history": History(lines=SAID[:1], more=True)}))
case("history/nothing")(partial(typed, "!history", {"history": History(lines=())}))
case("history/no-number")(partial(typed, "!history 51"))


@case("history/more-than-slack-takes")
def _():
    lines = [HistoryLine(kind="app_user", at=NOW + number, text="word " * 200, name="Zoë") for number in range(50)]
    return typed("!history 50", {"history": History(lines=lines)})


case("note/not-kept")(partial(typed, "!note later", {"note": PeerAwayError("away")}))


# --- canned answers ---------------------------------------------------------------------------------------------------

HELLO = "Hello {givenName|there},\nyour plan is <{properties.plan}>. {agent}"


def canned(text, *names, template=HELLO):
    made = office()
    channel_id = made.opened()
    made.app_side.profiles[USER] = PROFILE
    for name in names:
        made.app_side.canned[name] = Canned(name=name, text=template, agent=BRUNOS, saved=NOW)
    return answered(made.types(channel_id, f"!canned {text}"))


case("canned/list")(partial(canned, "", "hello", "refund-später"))
case("canned/list-empty")(partial(canned, ""))
case("canned/show")(partial(canned, "show hello", "hello"))
case("canned/saved")(partial(canned, "save hello Hello &lt;you&gt;"))
case("canned/replaced")(partial(canned, "save hello Hi!", "hello"))
case("canned/deleted")(partial(canned, "delete hello", "hello"))
case("canned/preview")(partial(canned, "hello", "hello"))
case("canned/unfilled")(partial(canned, "hello", "hello", template="{properties.nothing}"))
case("canned/no-such")(partial(canned, "hello"))
case("canned/no-name")(partial(canned, "show b&amp;d"))
case("canned/no-action")(partial(canned, "shew hello"))
case("canned/followed")(partial(canned, "hello Zoë", "hello"))
case("canned/broken-placeholder")(partial(canned, "save hello Dear {name"))
case("canned/broken-placeholders")(partial(canned, "save hello {properties.} &amp; {name &lt;\nx"))
case("canned/no-placeholder")(partial(canned, "save hello Dear {name &lt;} {nobody}"))


@case("canned/cancelled")
def _():
    made = office()
    channel_id = made.opened()
    made.app_side.profiles[USER] = PROFILE
    made.app_side.canned["hello"] = Canned(name="hello", text="Hello!", agent=BRUNOS, saved=NOW)
    pressed = made.types(channel_id, "!canned hello").blocks[-1]["elements"][1]
    return answered(made.presses(channel_id, pressed["value"], action_id=pressed["action_id"]))


# --- who waits, numbers, away -----------------------------------------------------------------------------------------


def waiting(number=1, **more):
    told = {"app_user_id": USER, "opened": NOW - 600, "name": "Zoë <3", "first_words": "Where\nis it?", **more}
    return Case(case_id=number, **{"waiting_since": NOW - 600 * number, **told})


WAITING = [
    waiting(1),
    waiting(2, claimed_by=BRUNOS, snoozed_until=NOW + 60),
    waiting(3, app_user_id="b" * 24, name=None, first_words=""),
    waiting(4, waiting_since=None, claimed_by=ALICES),
]


def listed(text, found, more=0):
    return typed(text, {"open_cases": CaseList(cases=tuple(found), total=len(found) + more)}, DISPATCH)


case("waiting/some")(partial(listed, "!waiting", WAITING))
case("waiting/many")(partial(listed, "!waiting", [waiting(number) for number in range(1, 26)], 17))
case("waiting/mine")(partial(listed, "!waiting mine", WAITING[3:]))
case("waiting/nobody")(partial(listed, "!waiting", []))
case("waiting/none-mine")(partial(listed, "!waiting mine", []))
case("waiting/something-else")(partial(listed, "!waiting &lt;all&gt;", []))

BUSY = Stats(
    since=NOW,
    conversations=1234,
    answered=1200,
    closed=7,
    waiting=3,
    median=95.0,
    ninety=4000.0,
    longest_wait=90_000.0,
    by_agent=tuple(
        AgentStats(agent=Agent(agent_id=f"U{number}", name=name), first_answers=number, replies=1000 * number, open=1)
        for number, name in enumerate(["Alice Adams", "王小明", "<Bruno> Bauer von und zu Hohenstein"])
    ),
)
QUIET = Stats(since=NOW, conversations=0, answered=0, closed=0, waiting=0)

case("stats/today")(partial(typed, "!stats", {"stats": BUSY}, DISPATCH))
case("stats/week-of-nothing")(partial(typed, "!stats week", {"stats": QUIET}, DISPATCH))
case("stats/something-else")(partial(typed, "!stats month"))


@case("stats/many-agents")
def _():
    agents = [AgentStats(agent=Agent(agent_id=f"U{number}", name="Alice")) for number in range(40)]
    return typed("!stats", {"stats": BUSY.model_copy(update={"by_agent": tuple(agents)})})


def attendance(asked="!away", **told):
    return typed(asked, {"away": Attendance(**told)}, DISPATCH)


case("away/there")(partial(attendance, office_open=True))
case("away/there-until")(partial(attendance, office_open=True, changes=NOW))
case("away/closed")(partial(attendance, office_open=False, changes=NOW, text="Back at <nine>."))
case("away/closed-for-long")(partial(attendance, office_open=False))
case("away/agent")(partial(attendance, "!away on", office_open=True, away_by=ALICES, text="Back soon!"))
case("away/agent-until")(partial(attendance, "!away on 2h", office_open=True, away_by=ALICES, until=NOW))


def told_to_all(asked, **told):
    made = office()
    made.app_side.answers["away"] = Attendance(**told)
    made.types(DISPATCH, asked)
    made.clock.turn(0)
    return posted(made.workspace.posts(DISPATCH)[-1])


case("away/told-to-all")(
    partial(told_to_all, "!away on", office_open=True, away_by=ALICES, until=NOW, text="Back at <nine>.")
)
case("away/told-to-all-that-it-is-over")(partial(told_to_all, "!away off", office_open=True))
case("away/not-understood")(partial(attendance, "!away perhaps", office_open=True))


# --- replies: what stands in the way ----------------------------------------------------------------------------------


def refused(error, text="hello <you>"):
    made = office()
    channel_id = made.opened()
    made.app_side.order(error, error)
    return answered(made.types(channel_id, text.replace("<", "&lt;").replace(">", "&gt;")))


case("reply-answer/already-sent")(partial(refused, RefusedError(409, ALREADY_SENT, "sent", at=NOW)))
case("reply-answer/already-sent-in-many-words")(
    partial(refused, RefusedError(409, ALREADY_SENT, "sent", at=NOW), "many <words> " * 300)
)
case("reply-answer/refused")(partial(refused, RefusedError(422, "too_long", "<it> is too long")))
case("reply-answer/away")(partial(refused, PeerAwayError("away")))
case("reply-answer/in-doubt")(partial(refused, NoAnswerError("silence")))
case("reply-answer/wrong-place")(partial(typed, "hello", anywhere=DISPATCH))
case("deed-answer/refused")(partial(typed, "!claim", {"deed": RefusedError(409, "claimed_already", "no", who="B<>")}))
case("deed-answer/away")(partial(typed, "!close", {"deed": PeerAwayError("away")}, person=BRUNO))


@case("start/gone-out-elsewhere")
def _():
    """`!start` from elsewhere: an answer at once, another when the text has gone out."""
    made = office()
    made.app_side.answers["find"] = _profile
    answer = made.types(DISPATCH, "!start zoe-1 Hello!")
    made.clock.turn(0)
    return {"answer": answered(answer), "later": [answered(each) for each in made.told]}


def _profile(user):
    return Profile(app_user_id=USER, user_id=user, given_name="Zoë")


# --- the list of channels, for administrators; sentences of the backend -----------------------------------------------


@case("channels/list")
def _():
    states = ("opening", "open", "archived", "gone")
    lines = [
        backend.channel_line(f"Zoë <{state}>", USER, "C1" if state != "opening" else None, state) for state in states
    ]
    return message("\n".join([backend.channels_title(1234, 2, 31), *lines]))
