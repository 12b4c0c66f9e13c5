"""Cases: what everybody in a channel reads. Notices of conversations and replies, lines, app users' messages."""

from dataclasses import replace
from functools import partial

from desk_fakes import DISPATCH, NOW
from desk_office import USER
from dispatch_board import ALICES, BRUNOS, DispatchBoard, thread
from layout_cases import case, message, office, posted

from desk.domain.announcements import Started, announcement_blocks, announcement_text
from desk.domain.notices import Notice, notice_blocks, notice_text, shared_blocks, shared_text, shown_reply, with_line
from desk.domain.situation import Situation
from desk.domain.standing_notice import part_of_case, with_situation, with_told, without
from desk.domain.stranded import stranded_blocks, stranded_text
from desk.errors import BadBlocksError, LimitedError
from desk.values import RETRY_ACTION, SHOW_AGAIN_ACTION, ChannelChange
from wire import cases
from wire.client import Fetched
from wire.messages import Erase, Incoming, IncomingMessage, MediaFile, Merged, RecentMessage, Stranded

TEAM = "T0SANDBOX1"
STATES = ("sending", "waiting", "delivered", "read", "failed")
SITUATIONS = {
    "waiting": {"waiting_since": NOW},
    "claimed": {"waiting_since": NOW, "claimed_by": "Bruno Bauer"},
    "snoozed": {"waiting_since": NOW, "claimed_by": "Bruno Bauer", "snoozed_until": NOW + 7200},
    "answered": {"claimed_by": "Bruno Bauer", "answered_by": "Bruno Bauer", "answered_after": 185.0},
    "closed": {"answered_by": "Bruno Bauer", "answered_after": 185.0, "closed": True, "closed_by": "Alice Adams"},
    "closed-for-a-reason": {"closed": True, "closed_by": "Alice Adams", "reason": "sent a <new> one"},
    "closed-by-itself": {"closed": True, "reason": "erased"},
    "reopened": {"answered_by": "Bruno Bauer", "answered_after": 185.0},
}


# --- dispatch notices -------------------------------------------------------------------------------------------------


def started(number=1, **more):
    told = {"title": f"Zoë {number}", "first_words": "Where is my <parcel> & when?", "channel_id": f"C{number:09}"}
    return Started(**{**told, "app_user_id": f"{number:024x}", **more})


def dispatch(lines):
    keyed = {f"{line.app_user_id}:0": line for line in lines}
    return message(announcement_text(lines), announcement_blocks(keyed, TEAM))


for _state, _told in SITUATIONS.items():
    case(f"dispatch/{_state}")(partial(lambda told: dispatch([started(situation=Situation(7, **told))]), _told))


@case("dispatch/no-case")
def _():
    return dispatch([started()])


@case("dispatch/without-words")
def _():
    return dispatch([started(first_words="", situation=Situation(7, waiting_since=NOW))])


@case("dispatch/before-its-channel")
def _():
    return dispatch([started(channel_id=None, situation=Situation(7, waiting_since=NOW))])


@case("dispatch/again")
def _():
    return dispatch([started(again=True, situation=Situation(8, waiting_since=NOW))])


@case("dispatch/begun-by-an-agent")
def _():
    return dispatch([started(begun_by="Alice Adams", first_words="", situation=Situation(8, claimed_by="Alice Adams"))])


@case("dispatch/turned-out")
def _():
    return dispatch([started(was="User 1b2c3d", first_words="")])


@case("dispatch/turned-out-without-a-channel")
def _():
    return dispatch([started(was="User 1b2c3d", first_words="", channel_id=None)])


def sixteen():
    told = list(SITUATIONS.values())
    return [started(number, situation=Situation(number, **told[number % len(told)])) for number in range(1, 17)]


@case("dispatch/sixteen-together")
def _():
    return dispatch(sixteen())


@case("dispatch/changed-part-by-part")
def _():
    """Of three conversations one is claimed, one turns out to be somebody else's, one goes."""
    first, second, third = (started(number, situation=Situation(number)) for number in (1, 2, 3))
    keys = [f"{line.app_user_id}:0" for line in (first, second, third)]
    blocks = announcement_blocks(dict(zip(keys, (first, second, third), strict=True)), TEAM)
    found = part_of_case(blocks, keys, 1)
    blocks = with_situation(blocks, keys, found, replace(first, situation=Situation(1, claimed_by="Bruno Bauer")), TEAM)
    blocks = with_told(blocks, keys, keys[1], replace(second, was="User 000002", title="Mia"), TEAM)
    return message("", without(blocks, keys, keys[2:]))


@case("dispatch/of-an-earlier-version")
def _():
    line = [
        {"type": "rich_text_section", "elements": [{"type": "text", "text": "Zoë started a conversation"}]},
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "hello"}]},
    ]
    old = [{"type": "rich_text", "block_id": "xyz", "elements": line}]
    situation = Situation(1, waiting_since=NOW)
    return message("", with_situation(old, ["u:0"], "u:0", started(situation=situation), TEAM))


def board(**house):
    """An office whose app user's first message has been told of, and the board that tells of the case."""
    made = office(**house)
    made.receive("hello", case_id=1)
    told = DispatchBoard(made)
    told.tell()
    return made, told


def on_the_board(made):
    return {"posts": [posted(post) for post in made.workspace.posts(DISPATCH)]}


@case("dispatch/as-it-goes-to-slack")
def _():
    made, told = board()
    told.answered(ALICES)
    return on_the_board(made)


@case("dispatch/changed-by-another-process")
def _():
    made, told = board()
    made.open()
    told.closed(BRUNOS, reason="done")
    return on_the_board(made)


@case("dispatch/one-of-two-erased")
def _():
    """Slack holds both channels back, so that one notice tells of both; then one of them is erased."""
    made = office()
    made.opened(user="c" * 24, name="Bob")
    made.workspace.order("post", LimitedError(1))
    for number, (user, name) in enumerate([(USER, "Zoë"), ("b" * 24, "Mia")], 1):
        made.workspace.order("create_channel", LimitedError(40))
        made.receive(f"words of {name}", user=user, name=name, case_id=number)
        made.workspace._faults["create_channel"].clear()
    made.desk.erase(Erase(app_user_id=USER))
    return on_the_board(made)


# --- reminders --------------------------------------------------------------------------------------------------------


def reminder(kind, **house):
    made, told = board(**house)
    made.clock.turn(1800)
    told.tell(reminder=kind, reminders=1)
    return posted(thread(made.workspace, told.place)[0])


case("reminder/waiting")(partial(reminder, "waiting"))
case("reminder/on-call")(partial(reminder, "on_call", on_call=("S0ONCALL01", "UALICE0001")))
case("reminder/on-call-nobody")(partial(reminder, "on_call"))
case("reminder/snooze-over")(partial(reminder, "snooze_over"))


# --- notices of replies -----------------------------------------------------------------------------------------------


def reason(state):
    return "the app's server answered 500" if state in {"sending", "failed"} else None


def notice(state="sending", number=1, text="It is on its <way> & comes *tomorrow*."):
    return Notice(f"{number:024x}", "Alice Adams", text, state, reason(state))


def reply(state, text="It is on its <way> & comes *tomorrow*."):
    made = notice(state, text=text)
    return message(notice_text(made), notice_blocks(made, RETRY_ACTION))


for _state in STATES:
    case(f"reply/{_state}")(partial(reply, _state))
    case(f"reply/file-{_state}")(partial(reply, _state, shown_reply("", "invoice.pdf")))


@case("reply/cut")
def _():
    return reply("delivered", "word " * 3000)


@case("reply/together")
def _():
    notices = [notice(state, number) for number, state in enumerate(STATES)]
    return message(shared_text(notices), shared_blocks(notices, RETRY_ACTION))


@case("reply/together-one-changed")
def _():
    notices = [notice("sending", number) for number in range(3)]
    return message("", with_line(shared_blocks(notices, RETRY_ACTION), notice("failed", 1), RETRY_ACTION))


@case("reply/as-it-goes-to-slack")
def _():
    made = office()
    channel_id = made.opened()
    made.types(channel_id, "on its way")
    made.show(channel_id, "delivered", text="on its way")
    return {"posts": [posted(post) for post in made.notices(channel_id)]}


@case("reply/changed-by-another-process")
def _():
    """Of two that share a post the first fails, which this process has not written."""
    made = office()
    channel_id = made.opened()
    first, second = (made.receipt(channel_id, request=f"slash:{number}", text=f"text {number}") for number in (1, 2))
    made.desk.show(first.model_copy(update={"others": (second,)}))
    place = made.desk.show(second).place
    made.open()
    failed = made.receipt(channel_id, "failed", text="text 1", sequence=2, place=place, reason="refused")
    made.desk.show(failed)
    return {"posts": [posted(post) for post in made.notices(channel_id)]}


# --- messages that Slack refused --------------------------------------------------------------------------------------


def stranding(state):
    told = ("Zoë & Co", state, "Slack refuses it (no_text)" if state == "failed" else None)
    return message(stranded_text(*told), stranded_blocks(*told, ("1" * 24, SHOW_AGAIN_ACTION)))


for _state in ("failed", "sending", "shown"):
    case(f"stranded/{_state}")(partial(stranding, _state))


@case("stranded/as-it-goes-to-slack")
def _():
    made = office()
    channel_id = made.opened()
    told = Stranded(message_id="1" * 24, app_user_id=USER, state="failed", since=NOW, name="Zoë", reason="<why>")
    made.desk.stranded(told)
    return posted(made.workspace.posts(channel_id)[-1])


# --- lines of deeds ---------------------------------------------------------------------------------------------------


def deed(typed):
    made = office()
    made.app_side.answers["deed"] = cases.CaseAfter(case_id=7, app_user_id=USER, opened=NOW)
    channel_id = made.opened()
    answer = made.types(channel_id, typed)
    made.clock.turn(0)
    line = made.workspace.posts(channel_id)[-1]
    return {"answer": answer.text, **posted(line)} if answer.text else posted(line)


case("deed/claimed")(partial(deed, "!claim"))
case("deed/released")(partial(deed, "!release"))
case("deed/assigned")(partial(deed, "!assign <@UBRUNO0001>"))
case("deed/closed")(partial(deed, "!close"))
case("deed/closed-for-a-reason")(partial(deed, "!close sent a &lt;new&gt; one to <@UBRUNO0001>"))
case("deed/reopened")(partial(deed, "!reopen"))
case("deed/snoozed")(partial(deed, "!snooze 2h"))


# --- the channel of an app user ---------------------------------------------------------------------------------------


@case("channel/introduction")
def _():
    made = office()
    return posted(made.workspace.posts(made.opened())[0])


@case("channel/introduction-with-a-user-id")
def _():
    made = office()
    told = IncomingMessage(message_id="1" * 24, text="hi", received=NOW, name="Zoë <3")
    place = made.desk.receive(Incoming(app_user_id=USER, messages=(told,), user_id="zoë&co")).place
    return posted(made.workspace.posts(place.channel_id)[0])


@case("channel/introduction-of-a-successor")
def _():
    made = office()
    made.workspace.archive(made.opened())
    told = [
        {"text": "hello\nthere", "name": "Zoë"},
        {"text": "What can I do for you?", "name": "Alice Adams", "by_agent": True},
        {"text": "", "file_name": "a.pdf"},
    ]
    made.app_side.past[USER] = tuple(
        RecentMessage(message_id=f"{number:024x}", received=NOW - 9 + number, **each)
        for number, each in enumerate(told)
    )
    return posted(made.workspace.posts(made.receive("again").place.channel_id)[0])


@case("channel/goes-on-elsewhere")
def _():
    made = office()
    channel_id = made.opened()
    made.workspace.archive(channel_id)
    made.receive("again")
    made.workspace._change(channel_id, archived=False, member=True)
    made.desk.channel_changed(ChannelChange(channel_id, "unarchived"))
    return posted(made.workspace.posts(channel_id)[-1])


def merged(*, both):
    """Somebody turns out to be Zoë, who has a channel of her own, or has none."""
    made = office()
    other = made.receive("who am I", user="b" * 24, name=None).place.channel_id
    own = made.receive("hello").place.channel_id if both else None
    made.desk.merged(Merged(app_user_id=USER, merged_id="b" * 24, user_id="zoe-1", profile_name="Zoë"))
    told = [made.workspace.posts(channel_id)[-1] for channel_id in (other, own) if channel_id]
    return {"posts": [posted(post) for post in told], "dispatch": on_the_board(made)["posts"]}


case("channel/turned-out")(partial(merged, both=False))
case("channel/turned-out-elsewhere")(partial(merged, both=True))


@case("channel/note")
def _():
    made = office()
    made.app_side.answers["note"] = lambda note: cases.NoteKept(note_id=note.note_id)
    channel_id = made.opened()
    made.types(channel_id, "!note wants a &lt;refund&gt;\nask @finance")
    made.clock.turn(0)
    return posted(made.workspace.posts(channel_id)[-1])


# --- app users' messages ----------------------------------------------------------------------------------------------


def relayed(*messages, broken=0):
    made = office()
    channel_id = made.opened()
    made.app_side.files["1" * 24] = Fetched(b"12345", "photo.png", "image/png")
    made.workspace.order("post", *[BadBlocksError("invalid_blocks")] * broken)
    told = [IncomingMessage(**{"message_id": "1" * 24, "received": NOW, "name": "Zoë", **each}) for each in messages]
    before = len(made.workspace.posts(channel_id))
    made.clock.turn(0)
    incoming = Incoming(app_user_id=USER, messages=told)
    made.desk.receive(incoming)
    if broken:
        made.clock.turn(60)
        made.workspace.order("post", BadBlocksError("invalid_blocks"))
        made.desk.receive(incoming)
    return {"posts": [posted(post) for post in made.workspace.posts(channel_id)[before:]]}


@case("relayed/text")
def _():
    return relayed({"text": "<!channel> *hello* & bye\n<https://a.example|b>", "avatar_url": "https://a.example/z.png"})


@case("relayed/several")
def _():
    return relayed({"text": "one", "message_id": "2" * 24}, {"text": "", "message_id": "3" * 24})


PHOTO = MediaFile(name="photo <1>.png", type="image/png", size=5)


@case("relayed/image")
def _():
    return relayed({"text": "look", "media": PHOTO, "type": "image"})


@case("relayed/image-that-is-none")
def _():
    return relayed({"text": "", "media": PHOTO, "type": "image"}, broken=1)


@case("relayed/file")
def _():
    return relayed({"text": "", "media": MediaFile(name="a|b.pdf", type="application/pdf", size=5), "type": "file"})


@case("relayed/file-not-shown")
def _():
    told = {"text": "", "media": MediaFile(name="film.mp4", type="video/mp4", size=2**40), "type": "file"}
    return relayed(told)


@case("relayed/link")
def _():
    return relayed({"text": "", "media_url": "https://a.example/a?b=1&c=2", "media_type": "application/pdf"})
