"""Cases: Home tabs, dialogs, and the forms of "Send to app user"."""

from functools import partial

from desk_fakes import ALICE, GUEST
from desk_office import USER
from layout_cases import answered, case, home, office, view
from layouts_of_answers import PROFILE, WAITING, waiting

from desk.domain.home import sentence_blocks
from desk.domain.preview import instead, preview
from desk.domain.sent_on import Attached, Content, Order
from desk.domain.situation import CLAIM_ACTION, PROFILE_ACTION, value_of
from desk.domain.wording import home as words
from desk.domain.wording import sending
from desk.errors import RefusedError
from desk.values import SEND_TO_APP_USER, Press
from wire.cases import CaseList
from wire.client import NoAnswerError, PeerAwayError
from wire.client import RefusedError as DoorRefusedError

# --- Home tab ---------------------------------------------------------------------------------------------------------


def opened(own=(), found=(), *, more=0, person=ALICE):
    made = office()
    made.opened()

    def answer(asked):
        shown = own if asked.agent_id else found
        return CaseList(cases=tuple(shown)[: asked.most], total=len(shown) + more)

    made.app_side.answers["open_cases"] = answer
    made.desk.home_opened(person.agent_id)
    return made


def tab(*told, **more):
    return home(opened(*told, **more).workspace.homes[more.get("person", ALICE).agent_id])


case("home/empty")(tab)
case("home/some")(partial(tab, WAITING[3:], WAITING))
case("home/none-own")(partial(tab, (), WAITING[:1]))
case("home/none-waiting")(partial(tab, WAITING[3:]))
case("home/guest")(partial(tab, person=GUEST))


@case("home/full")
def _():
    many = [waiting(number) for number in range(1, 100)]
    return tab([waiting(number, claimed_by=None) for number in range(100, 150)], many, more=900)


@case("home/away")
def _():
    made = office()
    made.app_side.answers["open_cases"] = PeerAwayError("away")
    made.desk.home_opened(ALICE.agent_id)
    return home(made.workspace.homes[ALICE.agent_id])


@case("home/resting")
def _():
    return home(sentence_blocks(words.resting()))


def pressed(action_id, *errors):
    made = opened((), WAITING[:1])
    made.app_side.profiles[USER] = PROFILE
    made.app_side.answers["deed"] = PeerAwayError("away")
    made.workspace.order("open_form", *errors)
    made.desk.pressed(Press(ALICE.agent_id, "", "", action_id, value_of(USER, 1), "home", "1.2.abc"))
    return made.workspace


@case("home/notice-on-top")
def _():
    return home(pressed(CLAIM_ACTION).homes[ALICE.agent_id])


@case("dialog/profile")
def _():
    return view(pressed(PROFILE_ACTION).forms[-1])


@case("dialog/profile-whose-picture-slack-cannot-load")
def _():
    return view(pressed(PROFILE_ACTION, RefusedError("invalid_arguments")).forms[-1])


@case("dialog/not-opened")
def _():
    return home(pressed(PROFILE_ACTION, *[RefusedError("expired_trigger_id")] * 2).homes[ALICE.agent_id])


# --- "Send to app user" -----------------------------------------------------------------------------------------------

PHOTO = ("photo.png", b"\x89PNG\r\n\x1a\n")
ORDER = Order("C000000001", "1700000000.000100", USER, "d" * 32, "1700000000.000200")
FILES = tuple(
    Attached("F1", f"file <{obstacle}>.pdf", "application/pdf", 5, hindered=obstacle)
    for obstacle in ("gone", "elsewhere", "withheld", "page")
)
FILES += (Attached("F1", "nothing", "", 0), Attached("F1", "film.mp4", "video/mp4", 2**30))


def previewed(content, name="Zoë <3", **how):
    return view(preview(name, content, ORDER, SEND_TO_APP_USER, **how))


case("preview/text")(partial(previewed, Content("It is on its <way> & comes *tomorrow*.")))
case("preview/sent-already")(partial(previewed, Content("It is on its <way>."), sent=True))
case("preview/file")(partial(previewed, Content("", (Attached("F1", "a.pdf", "application/pdf", 5),))))
case("preview/every-obstacle")(partial(previewed, Content("look", (Attached("F1", "a", "image/png", 2048), *FILES))))
case("preview/nothing-goes")(partial(previewed, Content(" ", FILES[:2])))


@case("preview/many-files")
def _():
    return previewed(Content("", tuple(Attached("F1", f"{number}.png", "image/png", 5) for number in range(40))))


def chosen(*files):
    made = office()
    channel_id = made.opened()
    ts = made.workspace.say(channel_id, "Ask <@UBRUNO0001> &amp; see <https://a.example|docs>", *files)
    made.chooses(channel_id, ts)
    return made, channel_id, ts


@case("preview/as-it-goes-to-slack")
def _():
    return view(chosen(PHOTO)[0].workspace.forms[-1])


INSTEAD = ("changed", "somebody_else", "gone", "not_in_channel", "slack_silent", "out_of_date", "own_post")
for _sentence in (*INSTEAD, "slacks_line", "nothing_in_it"):
    _name = _sentence.replace("_", "-")
    case(f"preview-instead/{_name}")(
        partial(lambda name: view(instead(getattr(sending, name)(), SEND_TO_APP_USER)), _sentence)
    )


@case("preview-instead/from-them")
def _():
    return view(instead(sending.from_them("Zoë &lt;3"), SEND_TO_APP_USER))


@case("preview-instead/as-it-goes-to-slack")
def _():
    made, channel_id, ts = chosen()
    made.workspace.edit(channel_id, ts, "something else")
    return answered(made.sends(made.workspace.forms[-1]))


def confirmed(*errors, fetched=(), uploads=()):
    """What is told of a text with two files, where something goes wrong."""
    made, *_ = chosen(PHOTO, ("notes &.txt", b"some notes"))
    made.app_side.order(*errors)
    made.app_side.upload_faults.extend(uploads)
    made.workspace.order("download", *fetched)
    made.sends(made.workspace.forms[-1])
    return {"later": [answered(each) for each in made.told]}


TOO_MUCH = DoorRefusedError(422, "image_too_large", "too many pixels")
case("sent-on/nothing-went")(partial(confirmed, PeerAwayError("away")))
case("sent-on/in-doubt")(partial(confirmed, None, NoAnswerError("silence"), NoAnswerError("silence")))
case("sent-on/some-went")(partial(confirmed, None, None, PeerAwayError("away")))
case("sent-on/not-fetched")(partial(confirmed, fetched=[RefusedError("file_deleted")]))
case("sent-on/not-kept")(partial(confirmed, uploads=[TOO_MUCH]))


def twice(*, lost=False):
    made, *_ = chosen(PHOTO)
    form = made.workspace.forms[-1]
    made.sends(form)
    if lost:
        made.app_side.replies.popitem()
    made.sends(form)
    return {"later": [answered(each) for each in made.told]}


case("sent-on/all-sent-before")(twice)
case("sent-on/rest-sent")(partial(twice, lost=True))
