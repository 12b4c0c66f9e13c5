"""A confirmed message on its way to the app user: its files are fetched first, then its parts go, one after the other.

Nothing goes before everything is there. Each part has an ID that follows from the message and its content, so that a
second try sends what the first has not sent, and nothing twice.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from desk.domain.notices import question
from desk.domain.sent_on import TEXT, WHOLE, Attached, Content, Order
from desk.domain.slack_text import escape, shorten
from desk.domain.wording import sending
from desk.domain.wording.reasons import retold
from desk.errors import InDoubtError, WorkspaceError
from desk.locks import BusyError, KeyedLocks
from desk.memory import Memory
from desk.outcomes import setback
from desk.ports import AppSide, Clock, Person, Workspace
from desk.replies.replies import Replies
from desk.values import SEND_TO_APP_USER, Answer
from wire.client import NoAnswerError, PeerAwayError, RefusedError
from wire.messages import Agent, KeptFile, Reply
from wire.uploads import FILE_BYTES

AT_ONCE = 4
"""Files in memory at the same time; the others wait."""
UPLOAD_SECONDS = 20.0
"""To wait until the webhook server has a file on disk: images are written anew."""
PART_SECONDS = 2.2
"""To wait for the ledger to take a part, earlier replies in the channel included."""
ORDERS_REMEMBERED = 1_000
"""That were sent whole, so that nobody is asked whether they shall go."""
NAME_SHOWN = 40
NAME_SENT = 255

_log = structlog.get_logger(__name__)


class _StoppedError(Exception):
    """It does not go on; the text is the reason, a sentence in mrkdwn."""


@dataclass
class _Parts:
    """The parts by what people call them, and how far they are."""

    left: list[str]
    sent: list[str]
    before: list[str]
    doubtful: list[str]


class PassingOn:
    """Sends confirmed messages. The same message is sent by one thread at a time."""

    def __init__(self, *, workspace: Workspace, app_side: AppSide, replies: Replies, clock: Clock) -> None:
        self._workspace = workspace
        self._app_side = app_side
        self._replies = replies
        self._clock = clock
        self._slots = threading.BoundedSemaphore(AT_ONCE)
        self._locks: KeyedLocks[str] = KeyedLocks()
        self._whole: Memory[str, int] = Memory(ORDERS_REMEMBERED)

    def was_sent(self, order: Order) -> bool:
        """Whether all that goes went out, as far as that is remembered."""
        return self._whole.get(order.reply_id(WHOLE)) is not None

    def send(self, order: Order, content: Content, person: Person) -> Answer:
        """Send all that goes. Returns what the agent is to be told beside the notices of what went out.

        Takes as long as the files take.
        """
        names = [*([sending.the_text()] if content.text.strip() else []), *map(_called, content.sendable)]
        parts = _Parts(names, [], [], [])
        with self._locks.hold(order.ts):
            try:
                files = [self._kept(file) for file in content.sendable]
                for reply in _replies(order, content, files, person):
                    self._pass_on(reply, parts)
            except _StoppedError as stopped:
                _log.warning("not all sent on", ts=order.ts, sent=len(parts.sent), left=len(parts.left))
                return _stopped(str(stopped), order, parts)
        self._whole.put(order.reply_id(WHOLE), len(names))
        _log.info("sent on", ts=order.ts, sent=len(parts.sent), before=len(parts.before))
        return _told(parts)

    def _pass_on(self, reply: Reply, parts: _Parts) -> None:
        try:
            accepted = self._replies.pass_on(reply, self._clock.now() + PART_SECONDS)
        except BusyError as error:
            raise _StoppedError(sending.busy()) from error
        except PeerAwayError as error:
            raise _StoppedError(sending.app_side_away()) from error
        except RefusedError as error:
            raise _StoppedError(escape(error.description)) from error
        except NoAnswerError as error:
            parts.doubtful.append(parts.left.pop(0))
            raise _StoppedError(sending.app_side_silent()) from error
        (parts.before if accepted.repeated else parts.sent).append(parts.left.pop(0))

    def _kept(self, file: Attached) -> KeptFile:
        """Bring a file from Slack to the webhook server, whole in memory for a moment."""
        with self._slots:
            try:
                content = self._workspace.download(file.url, most_bytes=FILE_BYTES)
            except WorkspaceError as error:
                reason = escape(_why(error))
                raise _StoppedError(sending.not_fetched(_called(file), reason)) from error
            try:
                return self._app_side.upload(file.name[:NAME_SENT], content, seconds=UPLOAD_SECONDS)
            except PeerAwayError as error:
                raise _StoppedError(sending.app_side_away()) from error
            except NoAnswerError as error:
                raise _StoppedError(sending.app_side_silent()) from error
            except RefusedError as error:
                reason = sending.file_refusal(error.code, escape(error.description))
                raise _StoppedError(sending.not_kept(_called(file), reason)) from error


def _replies(order: Order, content: Content, files: Sequence[KeptFile], person: Person) -> Sequence[Reply]:
    """The text, then each file. `again`: who has seen and confirmed it wants it to go out."""

    def reply(part: str, text: str, media: KeptFile | None) -> Reply:
        return Reply(
            message_id=order.reply_id(part),
            app_user_id=order.app_user_id,
            channel_id=order.channel_id,
            text=text,
            agent=Agent(agent_id=person.agent_id, name=person.name, avatar_url=person.avatar_url),
            again=True,
            media=media,
        )

    text = [reply(TEXT, content.text, None)] if content.text.strip() else []
    brought = zip(content.sendable, files, strict=True)
    return [*text, *(reply(file.file_id, "", kept) for file, kept in brought)]


def _stopped(why: str, order: Order, parts: _Parts) -> Answer:
    out = [*parts.before, *parts.sent]
    sentence = sending.stopped(why, out, parts.doubtful, parts.left)
    button = sending.send_rest_button() if out or parts.doubtful else sending.try_again_button()
    return Answer(sentence, question(sentence, button, SEND_TO_APP_USER, order.dump()))


def _told(parts: _Parts) -> Answer:
    """Nothing where all went out just now: the notices say so."""
    if not parts.before:
        return Answer("", carried_out=True)
    sentence = sending.rest_sent(parts.sent, parts.before) if parts.sent else sending.all_sent_before()
    return Answer(sentence, carried_out=True)


def _why(error: WorkspaceError) -> str:
    return sending.no_answer() if isinstance(error, InDoubtError) else retold(setback(error).reason)


def _called(file: Attached) -> str:
    return escape(shorten(file.name, NAME_SHOWN))
