"""Cases: each layout with as much in it as there can be."""

from functools import partial

from desk_fakes import NOW
from desk_office import USER
from layout_cases import home, longest, message, office, posted, view
from layouts_of_notices import TEAM
from layouts_of_views import ORDER, previewed

from desk.conversations.files import _as_image, _as_link
from desk.dispatch.announcing import fitting
from desk.domain.announcements import Started, announcement_blocks, announcement_text, first_words
from desk.domain.canned_views import list_blocks as canned_list
from desk.domain.canned_views import preview_blocks, text_blocks
from desk.domain.history import history_blocks, told
from desk.domain.home import Row, Rows, Tab, dialog, home_blocks
from desk.domain.naming import clean
from desk.domain.note import note_blocks, note_text
from desk.domain.notices import (
    Notice,
    notice_blocks,
    notice_text,
    question,
    shared_blocks,
    shared_text,
    together,
    with_line,
)
from desk.domain.preview import instead
from desk.domain.profiles import Card, Device, profile_blocks
from desk.domain.relayed import Line, Media, sheets
from desk.domain.sent_on import Attached, Content
from desk.domain.situation import Situation, Target, buttons, state_elements
from desk.domain.slack_text import escape, shorten
from desk.domain.standing_notice import with_situation
from desk.domain.stats import stats_blocks, stats_text
from desk.domain.stranded import stranded_blocks, stranded_text
from desk.domain.waiting import SHOWN, list_blocks, list_text
from desk.domain.waiting import Row as Waiting
from desk.domain.wording import answers, sending, snooze, times
from desk.domain.wording import away as away_words
from desk.domain.wording import canned as canned_words
from desk.domain.wording import cases as case_words
from desk.domain.wording import history as history_words
from desk.domain.wording import profiles as profile_words
from desk.domain.wording import waiting as waiting_words
from desk.ports import Mark
from desk.values import RETRY_ACTION, SEND_AGAIN_ACTION, SEND_TO_APP_USER, SHOW_AGAIN_ACTION
from wire.canned import BEGINNING, MOST_CANNED, NAME_LENGTH
from wire.cases import HISTORY_CHARACTERS, AgentStats, HistoryLine, Stats, StatsRequest
from wire.messages import Agent, Incoming, IncomingMessage, RecentMessage

NAME = 80
"""Characters of a person's name in Slack, at most; app users' names are cut there."""
FILE_NAME = 255
STATES = ("sending", "waiting", "delivered", "read", "failed")


def name(many):
    return clean(many(NAME)) or "?"


def everything(many, case_id=1):
    """A case of which there is as much to say as can be."""
    agent = many(NAME)
    more = {"closed": not case_id % 2, "closed_by": agent, "reason": many(500)}
    return Situation(case_id, NOW, agent, agent, 8_640_000.0 - 1, snoozed_until=NOW, **more)


# --- notices ----------------------------------------------------------------------------------------------------------


def started(many, number=1, **more):
    words = first_words(many(5000))
    return Started(name(many), words, f"C{number:010}", f"{number:024x}", situation=everything(many, number), **more)


@longest("dispatch/alone")
def _(many):
    line = started(many, was=name(many))
    return message(announcement_text([line]), announcement_blocks({"u" * 24 + ":0": line}, TEAM))


@longest("dispatch/together")
def _(many):
    lines = {f"{number:024x}:{10**6}": started(many, number, begun_by=name(many)) for number in range(1, 41)}
    batch = fitting(lines)
    return message(announcement_text(list(batch.values())), announcement_blocks(batch, TEAM))


@longest("dispatch/of-an-earlier-version")
def _(many):
    line = [
        {"type": "rich_text_section", "elements": [{"type": "text", "text": name(many)}]},
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": first_words(many(5000))}]},
    ]
    keys = [f"{number:024x}:0" for number in range(20)]
    blocks = [{"type": "rich_text", "block_id": "xyz", "elements": line * 20}]
    for number, key in enumerate(keys):
        blocks = with_situation(blocks, keys, key, Started("", "", f"C{number}", key[:24]), TEAM)
    return message("", blocks)


def notice(many, state="failed", number=1, text=20_000):
    return Notice(f"{number:024x}", many(NAME), many(text), state, many(2000))


for _state in STATES:

    @longest(f"reply/{_state}")
    def _(many, state=_state):
        made = notice(many, state)
        return message(notice_text(made), notice_blocks(made, RETRY_ACTION))


@longest("reply/together")
def _(many):
    """As many as share a post; then they fail, one after the other."""
    notices = [notice(many, "sending", number, text=80) for number in range(50)]
    batch = next(iter(together(notices)))
    blocks = shared_blocks(batch, RETRY_ACTION)
    for number in range(len(batch)):
        blocks = with_line(blocks, notice(many, "failed", number, text=80), RETRY_ACTION)
    return message(shared_text(batch), blocks)


@longest("reply/long-ones-together")
def _(many):
    text = shorten(many(400), 400)
    notices = [Notice(f"{number:024x}", many(NAME), text, "failed", many(500)) for number in range(50)]
    batch = next(iter(together(notices)))
    return message(shared_text(batch), shared_blocks(batch, RETRY_ACTION))


@longest("stranded/failed")
def _(many):
    said = (name(many), "failed", many(2000))
    return message(stranded_text(*said), stranded_blocks(*said, ("1" * 24, SHOW_AGAIN_ACTION)))


@longest("channel/note")
def _(many):
    return message(note_text(many(NAME), many(20_000)), note_blocks(many(NAME), many(20_000)))


@longest("channel/introduction")
def _(many):
    made = office()
    made.workspace.archive(made.opened())
    made.app_side.past[USER] = tuple(
        RecentMessage(message_id=f"{number:024x}", received=NOW - 9, text=many(5000), name=many(500))
        for number in range(20)
    )
    text = IncomingMessage(message_id="1" * 24, text="hi", received=NOW, name=many(500))
    place = made.desk.receive(Incoming(app_user_id=USER, messages=(text,), user_id=many(500))).place
    return posted(made.workspace.posts(place.channel_id)[0])


@longest("deed/closed")
def _(many):
    return message(case_words.closed(escape(many(NAME)), escape(shorten(many(5000), 500))))


@longest("away/told-to-all")
def _(many):
    return message(away_words.team_is_away(escape(many(NAME)), times.moment(NOW), escape(many(1000))))


@longest("deed/snoozed")
def _(many):
    return message(snooze.put_off(escape(many(NAME)), times.moment(NOW)))


@longest("relayed/text")
def _(many):
    line = Line("1" * 24, many(100_000), name(many), f"https://a.example/{'a' * 2900}")
    return {"posts": [message(sheet.text) for sheet in sheets([line])]}


@longest("relayed/file-not-shown")
def _(many):
    line = Line("1" * 24, many(3000), name(many), media=Media(many(FILE_NAME), many(FILE_NAME), 2**40))
    return {"posts": [message(sheet.text) for sheet in sheets([line])]}


@longest("relayed/image")
def _(many):
    [*_, sheet] = sheets([Line("1" * 24, "", name(many), media=Media(many(3000), many(FILE_NAME), 5))])
    mark = Mark("sk_message", sheet.message_ids)
    image = _as_image(sheet, sheet.media, "F0123456789", mark)
    link = _as_link(sheet, sheet.media, "https://sandbox.slack.com/files/F0123456789/x", mark)
    return {"posts": [posted(image), posted(link)]}


# --- answers ----------------------------------------------------------------------------------------------------------


def card(many):
    return Card(
        name(many),
        profile_words.claimed(),
        [(profile_words.field_label("conversation_started"), many(5000))] * 7,
        {f"{number}{many(800)}": many(800) for number in range(50)},
        typing=True,
        avatar_url="https://a.example/" + "a" * 2900,
        devices=[Device(many(64), 2e9, many(256), many(500))] * 5,
        more_devices=10**6,
        seen=(1e9, 2e9),
        counts=[profile_words.conversations(10**9), profile_words.messages(10**9), profile_words.replies(10**9)],
    )


@longest("profile/shared")
def _(many):
    text = profile_words.shared(escape(many(NAME)), escape(name(many)))
    return message(text, profile_blocks(card(many), many(NAME)))


@longest("dialog/profile")
def _(many):
    return view(dialog(profile_blocks(card(many))))


@longest("history/fifty")
def _(many):
    line = HistoryLine(kind="app", at=NOW, text=many(HISTORY_CHARACTERS), name=many(500), file_name=many(FILE_NAME))
    lines = [told(line, name(many))] * 50
    text = escape(history_words.history_title(name(many)))
    return message(text, history_blocks(lines, asked=50, more=True))


@longest("history/fifty-short")
def _(many):
    line = HistoryLine(kind="agent", at=NOW, text=many(60), name=many(20), state="waiting")
    return message("", history_blocks([told(line, "?")] * 50, asked=50, more=True))


@longest("canned/list")
def _(many):
    heads = [(many(NAME_LENGTH), many(BEGINNING))] * MOST_CANNED
    return message(escape(canned_words.canned_title()), canned_list(heads))


@longest("canned/show")
def _(many):
    head = canned_words.replaced(many(NAME_LENGTH), many(NAME))
    return message(escape(head), text_blocks(head, many(20_000)))


@longest("canned/preview")
def _(many):
    head = canned_words.preview(many(NAME_LENGTH), name(many))
    return message(escape(head), preview_blocks(head, many(20_000), "1" * 24, ("sk_send_canned", "sk_cancel_canned")))


@longest("waiting/list")
def _(many):
    whose = f"{waiting_words.theirs(name(many))}, {waiting_words.put_off()}"
    how_long = waiting_words.waits_so_long(times.span(10**8))
    rows = [Waiting(name(many), "C0123456789", how_long, whose, many(5000))] * SHOWN
    head = waiting_words.who_waits(10**6)
    return message(list_text(head, rows, 10**6), list_blocks(head, rows, 10**6))


@longest("stats/list")
def _(many):
    numbers = dict.fromkeys(("first_answers", "replies", "closed", "open"), 10**9)
    agents = (AgentStats(agent=Agent(agent_id="U0123456789", name=many(NAME)), **numbers),) * 100
    totals = dict.fromkeys(("conversations", "answered", "closed", "waiting"), 10**12)
    stats = Stats(since=NOW, **totals, median=1e8, ninety=1e8, longest_wait=1e8, by_agent=agents)
    asked = StatsRequest(span="week")
    return message(stats_text(stats, asked), stats_blocks(stats, asked))


def asking(sentence, action_id, button, value):
    return message(sentence, question(sentence, button, action_id, value))


@longest("reply-answer/already-sent")
def _(many):
    sentence = answers.already_sent(escape(shorten(many(5000), 60)), NOW)
    return asking(sentence, SEND_AGAIN_ACTION, answers.send_again_button(), "1" * 24)


@longest("sent-on/some-went")
def _(many):
    names = [escape(shorten(many(FILE_NAME), 40))] * 100
    sentence = sending.stopped(sending.not_kept(names[0], escape(many(80))), names, names, names)
    return asking(sentence, SEND_TO_APP_USER, sending.send_rest_button(), ORDER.dump())


@longest("sent-on/rest-sent")
def _(many):
    names = [escape(shorten(many(FILE_NAME), 40))] * 100
    return message(sending.rest_sent(names, names))


# --- views ------------------------------------------------------------------------------------------------------------


def row(many):
    situation = everything(many)
    target = Target("a" * 24, "C" * 20, TEAM, situation)
    return Row(name(many), many(5000), "C" * 20, state_elements(situation), buttons(target))


def tab(many, own):
    rows = Rows([row(many)] * 100, 10**6)
    mine = Rows([row(many)] * 50, 10**6) if own else Rows()
    return home(home_blocks(Tab(mine, rows, 10**6, 9e9, escape(many(5000)))))


longest("home/full")(partial(tab, own=True))
longest("home/none-own")(partial(tab, own=False))


@longest("preview/text-and-files")
def _(many):
    files = (Attached("F1", many(FILE_NAME), many(FILE_NAME), 2**40, hindered="withheld"),) * 60
    files += (Attached("F1", many(FILE_NAME), many(FILE_NAME), 5, "https://files.slack.com/x"),)
    return previewed(Content(many(100_000), files), name(many))


@longest("preview-instead/from-them")
def _(many):
    return view(instead(sending.from_them(escape(name(many))), SEND_TO_APP_USER))


@longest("home/notice")
def _(many):
    """An answer to a button in a Home tab stands on top of it."""
    refusal = case_words.refused("claimed_already", escape(name(many)), escape(many(NAME)))
    return home(home_blocks(Tab(notice=refusal)))
