"""The app's side: what the desk asks of it."""

from typing import Protocol

from wire import canned, cases, messages
from wire.client import Fetched
from wire.ids import AppUserId, MessageId


class AppSide(Protocol):
    """The webhook server, asked within `seconds`. Raises wire's PeerAwayError, NoAnswerError and RefusedError."""

    def close(self) -> None:
        """Keep no connections any more."""

    def reply(self, reply: messages.Reply, *, seconds: float) -> messages.ReplyAccepted:
        """Hand over an agent's reply. The same message ID twice is one reply."""

    def profile(self, app_user_id: AppUserId, *, seconds: float) -> messages.Profile:
        """The app user as they are now."""

    def recent(self, app_user_id: AppUserId, before: float, *, seconds: float) -> tuple[messages.RecentMessage, ...]:
        """What was said last in the conversation before `before` (seconds since the epoch), oldest first."""

    def retry(self, message_id: MessageId, *, seconds: float) -> messages.ReplyAccepted:
        """Deliver a failed reply again."""

    def media(self, message_id: MessageId, *, most_bytes: int, seconds: float) -> Fetched:
        """The file of a message. Raises wire's TooMuchError as well."""

    def upload(self, name: str, content: bytes, *, seconds: float) -> messages.KeptFile:
        """Let the webhook server keep a file, for a reply to bring it."""

    def deed(self, deed: cases.Deed, *, seconds: float) -> cases.CaseAfter:
        """Do something about a case. Raises wire's RefusedError with one of the codes in `wire.cases`."""

    def open_cases(self, asked: cases.CasesRequest, *, seconds: float) -> cases.CaseList:
        """Cases that wait, or are an agent's."""

    def note(self, note: cases.Note, *, seconds: float) -> cases.NoteKept:
        """Keep a note with a conversation. The same note ID twice is one note."""

    def history(self, asked: cases.HistoryRequest, *, seconds: float) -> cases.History:
        """What was said last in a conversation, notes included."""

    def canned_answers(self, *, seconds: float) -> canned.CannedList:
        """All canned answers, by name."""

    def canned_answer(self, name: str, *, seconds: float) -> canned.Canned:
        """One of them. Raises wire's RefusedError with one of the codes in `wire.canned`, as the next two do."""

    def save_canned(self, said: canned.SaveCanned, *, seconds: float) -> canned.CannedSaved:
        """Keep one, instead of what had its name."""

    def delete_canned(self, name: str, *, seconds: float) -> canned.Canned:
        """Remove one; it was like this."""

    def find(self, user: str, *, seconds: float) -> messages.Profile:
        """The app user with this `_id` or `userId`."""

    def stats(self, asked: cases.StatsRequest, *, seconds: float) -> cases.Stats:
        """How much there was to do."""

    def away(self, asked: cases.AwayRequest, *, seconds: float) -> cases.Attendance:
        """Whether the team is there; or let it be away, or back."""
