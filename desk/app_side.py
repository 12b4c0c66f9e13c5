"""AppSide over the internal API."""

from typing import TypeVar

from pydantic import TypeAdapter

from wire import cases
from wire.client import DoorClient, Fetched
from wire.ids import AppUserId, MessageId
from wire.messages import (
    MEDIA,
    PROFILE,
    RECENT,
    REPLIES,
    RETRY,
    MediaRequest,
    Profile,
    ProfileRequest,
    Recent,
    RecentMessage,
    RecentRequest,
    Reply,
    ReplyAccepted,
    RetryRequest,
    Said,
)

CONNECT_SECONDS = 0.5
"""Reaching a process that runs nearby takes no longer; a person is waiting."""

_ACCEPTED = TypeAdapter(ReplyAccepted)
_PROFILE = TypeAdapter(Profile)
_RECENT = TypeAdapter(Recent)
_CASE = TypeAdapter(cases.CaseAfter)
_CASES = TypeAdapter(cases.CaseList)
_NOTE_KEPT = TypeAdapter(cases.NoteKept)
_HISTORY = TypeAdapter(cases.History)
_STATS = TypeAdapter(cases.Stats)
_ATTENDANCE = TypeAdapter(cases.Attendance)

Heard = TypeVar("Heard")


class InternalApi:
    """The webhook server's internal API."""

    def __init__(self, base_url: str, secret: str) -> None:
        self._door = DoorClient(base_url, secret, connect_seconds=CONNECT_SECONDS)

    def close(self) -> None:
        """Let go of the connections that are kept."""
        self._door.close()

    def reply(self, reply: Reply, *, seconds: float) -> ReplyAccepted:
        """Hand over an agent's reply."""
        return self._ask(REPLIES, reply, _ACCEPTED, seconds)

    def profile(self, app_user_id: AppUserId, *, seconds: float) -> Profile:
        """The app user as they are now."""
        return self._ask(PROFILE, ProfileRequest(app_user_id=app_user_id), _PROFILE, seconds)

    def recent(self, app_user_id: AppUserId, before: float, *, seconds: float) -> tuple[RecentMessage, ...]:
        """What was said last before `before`."""
        asked = RecentRequest(app_user_id=app_user_id, before=before)
        return self._ask(RECENT, asked, _RECENT, seconds).messages

    def retry(self, message_id: MessageId, *, seconds: float) -> ReplyAccepted:
        """Deliver a failed reply again."""
        return self._ask(RETRY, RetryRequest(message_id=message_id), _ACCEPTED, seconds)

    def media(self, message_id: MessageId, *, most_bytes: int, seconds: float) -> Fetched:
        """The file of a message."""
        return self._door.fetch(
            MEDIA, MediaRequest(message_id=message_id), most_bytes=most_bytes, answer_seconds=seconds
        )

    def deed(self, deed: cases.Deed, *, seconds: float) -> cases.CaseAfter:
        """Do something about a case."""
        return self._ask(cases.DEED, deed, _CASE, seconds)

    def open_cases(self, asked: cases.CasesRequest, *, seconds: float) -> cases.CaseList:
        """Cases that wait, or are an agent's."""
        return self._ask(cases.CASES, asked, _CASES, seconds)

    def note(self, note: cases.Note, *, seconds: float) -> cases.NoteKept:
        """Keep a note with a conversation."""
        return self._ask(cases.NOTE, note, _NOTE_KEPT, seconds)

    def history(self, asked: cases.HistoryRequest, *, seconds: float) -> cases.History:
        """What was said last in a conversation."""
        return self._ask(cases.HISTORY, asked, _HISTORY, seconds)

    def find(self, user: str, *, seconds: float) -> Profile:
        """The app user with this `_id` or `userId`."""
        return self._ask(cases.FIND, cases.FindRequest(user=user), _PROFILE, seconds)

    def stats(self, asked: cases.StatsRequest, *, seconds: float) -> cases.Stats:
        """How much there was to do."""
        return self._ask(cases.STATS, asked, _STATS, seconds)

    def away(self, asked: cases.AwayRequest, *, seconds: float) -> cases.Attendance:
        """Whether the team is there; or let it be away, or back."""
        return self._ask(cases.AWAY, asked, _ATTENDANCE, seconds)

    def _ask(self, path: str, said: Said, answer: TypeAdapter[Heard], seconds: float) -> Heard:
        return self._door.call(path, said, answer, answer_seconds=seconds)
