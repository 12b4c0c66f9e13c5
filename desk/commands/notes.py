"""`!note`: kept with the conversation, then shown in its channel. The app user never sees it."""

from functools import partial

import structlog

from desk.asking import Asked
from desk.domain.note import note_blocks, note_text
from desk.domain.slack_text import escape
from desk.domain.wording import notes as wording
from desk.outbox import Outbox
from desk.ports import AppSide, Clock, Mark, Post
from desk.replies.replies import Replies
from desk.values import Answer
from wire.cases import Note
from wire.client import NoAnswerError, PeerAwayError, RefusedError
from wire.ids import note_id
from wire.messages import Agent

NOTE = "sk_note"
REPEATED_WITHIN = 900.0
"""Seconds in which Slack sends a request again: so long ago an earlier process may have shown the note."""

TOLD_WITHIN = 1500.0
"""Seconds in which whoever wrote a note can be told that it is not shown."""

_log = structlog.get_logger(__name__)


class Notes:
    """Has the app's side keep notes, and lets the team read them."""

    def __init__(self, *, app_side: AppSide, replies: Replies, outbox: Outbox, clock: Clock) -> None:
        self._app_side = app_side
        self._replies = replies
        self._clock = clock
        self._outbox = outbox

    def note(self, asked: Asked) -> Answer:
        """Keep TEXT with the conversation of the channel; its post follows."""
        note = Note(
            note_id=note_id(asked.typed.request_id),
            app_user_id=asked.there.app_user_id,
            agent=Agent(agent_id=asked.typed.agent_id, name=asked.person.name),
            text=self._replies.plain(asked.argument, asked.within.deadline),
        )
        log = _log.bind(note_id=note.note_id, app_user_id=note.app_user_id, channel_id=asked.typed.channel_id)
        try:
            kept = self._app_side.note(note, seconds=asked.within.left(self._clock.now()))
        except PeerAwayError as error:
            log.warning("note not kept", reason=str(error))
            return Answer(wording.not_kept_away())
        except RefusedError as error:
            log.warning("note not kept", reason=error.code)
            return Answer(wording.not_kept_refused(escape(error.description)))
        except NoAnswerError as error:
            log.warning("note in doubt", reason=str(error))
            return Answer(wording.in_doubt())
        log.info("note kept", repeated=kept.repeated)
        self._follow(asked, note, repeated=kept.repeated)
        return Answer("", carried_out=True)

    def _follow(self, asked: Asked, note: Note, *, repeated: bool) -> None:
        text, blocks = note_text(note.agent.name, note.text), note_blocks(note.agent.name, note.text)
        post = Post(text, Mark(NOTE, (note.note_id,)), blocks)
        doubt_since = self._clock.now() - REPEATED_WITHIN if repeated else None
        in_vain = partial(asked.within.tell, Answer(wording.not_shown()))
        self._outbox.put(asked.typed.channel_id, post, doubt_since=doubt_since, seconds=TOLD_WITHIN, in_vain=in_vain)
