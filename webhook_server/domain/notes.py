"""Notes about a conversation, and answers that are kept: what agents write for agents."""

from dataclasses import dataclass

from webhook_server.domain.receipts import Speaker
from wire.ids import AppUserId, MessageId


@dataclass(frozen=True, slots=True)
class Note:
    """What an agent noted about an app user's conversation, at `at` (seconds since the epoch)."""

    id: MessageId
    app_user_id: AppUserId
    at: float
    speaker: Speaker
    text: str


@dataclass(frozen=True, slots=True)
class CannedAnswer:
    """A text that is kept under a name. `speaker` saved it at `saved`, in seconds since the epoch."""

    name: str
    text: str
    speaker: Speaker
    saved: float
