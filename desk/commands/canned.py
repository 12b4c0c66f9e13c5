"""`!canned`: answers that agents keep, filled for one app user, shown before they go out, and sent once."""

import json
from collections.abc import Collection, Mapping

import structlog

from desk.asking import Asked, Pressed
from desk.domain import canned as syntax
from desk.domain import wording as common
from desk.domain.canned_views import list_blocks, preview_blocks, text_blocks
from desk.domain.naming import title
from desk.domain.slack_text import SHOWN_OF_A_WORD, escape, quoted_word, shorten
from desk.domain.wording import canned as wording
from desk.memory import Memory
from desk.ports import AppSide, Clock
from desk.replies.replies import Replies
from desk.values import CANCEL_CANNED_ACTION, SEND_CANNED_ACTION, Answer
from wire.canned import MOST_CANNED, NAME_LENGTH, NO_SUCH_CANNED, TOO_MANY_CANNED, SaveCanned
from wire.client import NoAnswerError, PeerAwayError, RefusedError
from wire.ids import AppUserId, MessageId
from wire.messages import Agent, Profile, Reply

PREVIEWS_REMEMBERED = 1_000

_CHANGES = (syntax.SAVE, syntax.DELETE)

_log = structlog.get_logger(__name__)


class CannedAnswers:
    """Keeps them on the app's side; what is previewed is remembered here until it is sent, or the process ends."""

    def __init__(self, *, app_side: AppSide, replies: Replies, clock: Clock) -> None:
        self._app_side = app_side
        self._replies = replies
        self._clock = clock
        self._previewed: Memory[MessageId, Reply] = Memory(PREVIEWS_REMEMBERED)

    def typed(self, asked: Asked) -> Answer:
        """Carry out what follows `!canned`."""
        match syntax.parse(asked.argument):
            case syntax.Deed() as deed:
                return self._tried(asked, deed)
            case syntax.ListAll():
                return self._tried(asked, None)
            case complaint:
                return Answer(_complaint(complaint))

    def send(self, pressed: Pressed) -> Answer:
        """Send exactly what its agent saw in a preview. A button that is pressed twice sends once."""
        reply = self._taken(pressed)
        if reply is None:
            return Answer(common.unknown_button())
        answer = self._replies.send(reply, pressed.within)
        if not answer.carried_out:
            self._previewed.put(reply.message_id, reply)  # it has the same ID whenever it is sent
            return answer
        return Answer("", carried_out=True, instead=True)

    def cancel(self, pressed: Pressed) -> Answer:
        """Forget a preview."""
        if self._taken(pressed) is None:
            return Answer(common.unknown_button())
        return Answer(wording.cancelled(), carried_out=True, instead=True)

    def forget(self, app_user_ids: Collection[AppUserId]) -> None:
        """Remember no text for these app users."""
        self._previewed.forget_where(lambda _, reply: reply.app_user_id in app_user_ids)

    def _taken(self, pressed: Pressed) -> Reply | None:
        """What was previewed for whoever pressed, in the channel in which they press."""
        message_id, press = MessageId(pressed.press.value), pressed.press
        reply = self._previewed.get(message_id)
        if reply is None or (reply.agent.agent_id, reply.channel_id) != (press.agent_id, press.channel_id):
            return None
        return self._previewed.take(message_id)

    def _tried(self, asked: Asked, deed: syntax.Deed | None) -> Answer:
        """Do it, or say why it cannot be done."""
        try:
            return self._done(asked, deed) if deed else self._list(asked)
        except PeerAwayError as error:
            _log.warning("canned answer not found out", reason=str(error))
            return Answer(common.nothing_done_away())
        except NoAnswerError as error:
            _log.warning("canned answer in doubt", reason=str(error))
            return Answer(wording.in_doubt() if deed and deed.action in _CHANGES else common.nothing_done_away())
        except RefusedError as error:
            _log.warning("canned answer refused", reason=error.code)
            return Answer(_refusal(deed, error))

    def _done(self, asked: Asked, deed: syntax.Deed) -> Answer:
        match deed.action:
            case syntax.SHOW:
                found = self._app_side.canned_answer(deed.name, seconds=self._left(asked))
                return _text_answer(wording.shown(deed.name, found.agent.name), found.text)
            case syntax.DELETE:
                gone = self._app_side.delete_canned(deed.name, seconds=self._left(asked))
                _log.info("canned answer deleted", agent_id=asked.typed.agent_id)
                return _text_answer(wording.deleted(deed.name), gone.text)
            case syntax.SAVE:
                return self._save(asked, deed)
            case _:
                return self._preview(asked, deed.name)

    def _list(self, asked: Asked) -> Answer:
        answers = self._app_side.canned_answers(seconds=self._left(asked)).answers
        if not answers:
            return Answer(wording.none_saved(), carried_out=True)
        heads = [(each.name, each.beginning) for each in answers]
        return Answer(escape(wording.canned_title()), list_blocks(heads), carried_out=True)

    def _save(self, asked: Asked, deed: syntax.Deed) -> Answer:
        text = self._replies.plain(deed.text, asked.within.deadline)
        unknown = syntax.unknown(text)
        if unknown:
            return Answer(wording.unknown_placeholders([_shown(name) for name in unknown]))
        broken = syntax.broken(text)
        if broken:
            return Answer(wording.broken_placeholders([_shown(piece) for piece in broken]))
        agent = Agent(agent_id=asked.typed.agent_id, name=asked.person.name)
        said = SaveCanned(name=deed.name, text=text, agent=agent)
        replaced = self._app_side.save_canned(said, seconds=self._left(asked)).replaced
        _log.info("canned answer saved", agent_id=agent.agent_id, replaces=replaced is not None)
        if replaced is None:
            return Answer(wording.saved(deed.name), carried_out=True)
        return _text_answer(wording.replaced(deed.name, replaced.agent.name), replaced.text)

    def _preview(self, asked: Asked, name: str) -> Answer:
        if asked.objection:
            return Answer(asked.objection)
        entry = asked.there
        template = self._app_side.canned_answer(name, seconds=self._left(asked)).text
        profile = self._app_side.profile(entry.app_user_id, seconds=self._left(asked))
        called = title(_full_name(profile), entry.title, entry.app_user_id)
        reply = self._replies.made(asked, "")
        text = syntax.fill(template, _values(profile, (reply.shown_as or reply.agent).name))
        if isinstance(text, syntax.Unfilled):
            missing = [_shown(each) for each in text.names]
            return Answer(wording.unfilled(name, escape(called), missing))
        if not text.strip():
            return Answer(wording.empty_text(name))
        reply = reply.model_copy(update={"text": text})
        self._previewed.put(reply.message_id, reply)
        head = wording.preview(name, called)
        actions = (SEND_CANNED_ACTION, CANCEL_CANNED_ACTION)
        return Answer(escape(head), preview_blocks(head, text, reply.message_id, actions), carried_out=True)

    def _left(self, asked: Asked) -> float:
        return asked.within.left(self._clock.now())


def _text_answer(head: str, text: str) -> Answer:
    return Answer(escape(head), text_blocks(head, text), carried_out=True)


def _values(profile: Profile, agent: str) -> Mapping[str, str]:
    """What placeholders stand for."""
    values = {
        "givenName": profile.given_name or "",
        "surname": profile.surname or "",
        "name": _full_name(profile),
        "userId": profile.user_id or "",
        "agent": agent,
    }
    return values | {f"{syntax.PROPERTY}{key}": _as_text(value) for key, value in profile.properties.items()}


def _full_name(profile: Profile) -> str:
    return " ".join(name for name in (profile.given_name, profile.surname) if name)


def _as_text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _complaint(typed: syntax.Typed) -> str:
    match typed:
        case syntax.NoAction(word=word, nearest=nearest):
            return wording.no_action(quoted_word(word), nearest)
        case syntax.Followed(name=name):
            return wording.followed(name)
        case syntax.NoName(word=word):
            return wording.no_name(quoted_word(word), NAME_LENGTH)
        case syntax.TooMuch(action=action):
            return wording.too_much(action)
        case syntax.TooLittle(action=syntax.SAVE):
            return wording.needs_text()
        case syntax.TooLittle(action=action):
            return wording.needs_name(action)
        case _:
            raise AssertionError(f"{typed} is fine")


def _refusal(deed: syntax.Deed | None, error: RefusedError) -> str:
    match error.code:
        case code if code == NO_SUCH_CANNED and deed:
            return wording.no_such(deed.name)
        case code if code == TOO_MANY_CANNED:
            return wording.too_many(MOST_CANNED)
        case _:
            return common.nothing_done_refused(escape(error.description))


def _shown(placeholder: str) -> str:
    return escape(shorten(placeholder, SHOWN_OF_A_WORD))
