"""Why a request is refused. Raised where it is found out, translated into an answer once, at the edge."""

from typing import ClassVar

from webhook_server import agents_wording, wording
from wire.canned import MOST_CANNED, NO_SUCH_CANNED, TOO_MANY_CANNED
from wire.cases import NO_CASE
from wire.messages import ALREADY_SENT


class RefusedError(Exception):
    """Base: a status, a stable code and a sentence for whoever called. `retry_after` is in seconds.

    `at` is when it happened that stands in the way, in seconds since the epoch; `who` stands in the way, in person.
    """

    status: ClassVar[int] = 400
    code: str = "bad_request"
    retry_after: int | None = None
    at: float | None = None
    who: str | None = None


class InvalidRequestError(RefusedError):
    """The request's path, query or body is not what the contract says."""


class UnauthorizedError(RefusedError):
    """Nobody who may know is asking."""

    status = 401
    code = "unauthorized"


class BadDoorSignatureError(RefusedError):
    """A request through the internal API was not signed with our secret, or not now."""

    status = 401
    code = "bad_signature"


class ForbiddenError(RefusedError):
    """We know who asks, and they may not."""

    status = 403
    code = "forbidden"


class TooManyWebhooksError(RefusedError):
    """The app has as many webhooks as it may have."""

    status = 403
    code = "too_many_webhooks"

    def __init__(self, limit: int) -> None:
        super().__init__(wording.too_many_webhooks(limit))


class AppNotFoundError(RefusedError):
    """The path names another app."""

    status = 404
    code = "app_not_found"

    def __init__(self) -> None:
        super().__init__(wording.app_not_found())


class UserNotFoundError(RefusedError):
    """No app user has this ID."""

    status = 404
    code = "user_not_found"

    def __init__(self) -> None:
        super().__init__(wording.user_not_found())


class ConversationNotFoundError(RefusedError):
    """The app user has no conversation yet."""

    status = 404
    code = "conversation_not_found"

    def __init__(self) -> None:
        super().__init__(wording.conversation_not_found())


class MessageNotFoundError(RefusedError):
    """No reply has this ID."""

    status = 404
    code = "message_not_found"

    def __init__(self) -> None:
        super().__init__(wording.message_not_found())


class WebhookNotFoundError(RefusedError):
    """No webhook has this ID."""

    status = 404
    code = "webhook_not_found"

    def __init__(self) -> None:
        super().__init__(wording.webhook_not_found())


class KeyNotFoundError(RefusedError):
    """No key has this ID."""

    status = 404
    code = "key_not_found"

    def __init__(self) -> None:
        super().__init__(wording.key_not_found())


class NoCaseError(RefusedError):
    """The app user has no case, or not this one."""

    status = 404
    code = NO_CASE

    def __init__(self) -> None:
        super().__init__(agents_wording.no_case())


class CaseStandsOtherwiseError(RefusedError):
    """A case is not in a state in which that can be done. `code` is one of those in `wire.cases`."""

    status = 409

    def __init__(self, code: str, who: str | None = None) -> None:
        super().__init__(agents_wording.stands_otherwise(code, who))
        self.code = code
        self.who = who


class UserExistsError(RefusedError):
    """The `userId` is taken."""

    status = 409
    code = "user_exists"

    def __init__(self) -> None:
        super().__init__(wording.user_exists())


class OtherReplyError(RefusedError):
    """A reply's ID is known, with another text or app user."""

    status = 409
    code = "message_id_taken"

    def __init__(self) -> None:
        super().__init__(wording.other_reply())


class OtherNoteError(RefusedError):
    """A note's ID is known, with another text or app user."""

    status = 409
    code = "note_id_taken"

    def __init__(self) -> None:
        super().__init__(agents_wording.other_note())


class CannedNotFoundError(RefusedError):
    """No canned answer has this name."""

    status = 404
    code = NO_SUCH_CANNED

    def __init__(self) -> None:
        super().__init__(agents_wording.canned_not_found())


class TooManyCannedError(RefusedError):
    """There are as many canned answers as there may be."""

    status = 409
    code = TOO_MANY_CANNED

    def __init__(self) -> None:
        super().__init__(agents_wording.too_many_canned(MOST_CANNED))


class AlreadySentError(RefusedError):
    """The same agent sent the same text to the same app user a moment ago."""

    status = 409
    code = ALREADY_SENT

    def __init__(self, accepted: float) -> None:
        super().__init__(wording.already_sent())
        self.at = accepted


class UnsupportedMediaTypeError(RefusedError):
    """The body is of a kind that this path does not take."""

    status = 415
    code = "unsupported_media_type"

    def __init__(self) -> None:
        super().__init__(wording.json_expected())


class MultipartExpectedError(RefusedError):
    """An upload comes as a form with files."""

    status = 415
    code = "unsupported_media_type"

    def __init__(self) -> None:
        super().__init__(wording.multipart_expected())


class EmptyUploadError(RefusedError):
    """There is nothing in the file."""

    code = "upload_empty"

    def __init__(self) -> None:
        super().__init__(wording.upload_empty())


class UploadTooLargeError(RefusedError):
    """The file is larger than files may be."""

    status = 413
    code = "too_large"

    def __init__(self, limit: int) -> None:
        super().__init__(wording.upload_too_large(limit))


class ImageUnreadableError(RefusedError):
    """The file says that it is an image, and is broken."""

    code = "image_unreadable"

    def __init__(self) -> None:
        super().__init__(wording.image_unreadable())


class ImageTooLargeError(RefusedError):
    """The image has more pixels than we unfold."""

    status = 413
    code = "image_too_large"

    def __init__(self) -> None:
        super().__init__(wording.image_too_large())


class MediaNotFoundError(RefusedError):
    """The upload was removed, or the message has no file."""

    status = 404
    code = "media_not_found"

    def __init__(self, problem: str | None = None) -> None:
        super().__init__(problem or wording.media_not_found())


class LinkInvalidError(RefusedError):
    """Nobody made this link to an upload here."""

    status = 403
    code = "link_invalid"

    def __init__(self) -> None:
        super().__init__(wording.link_invalid())


class LinkExpiredError(RefusedError):
    """The link to an upload was good once."""

    status = 403
    code = "link_expired"

    def __init__(self) -> None:
        super().__init__(wording.link_expired())


class RangeBeyondEndError(RefusedError):
    """A part of a file is asked for that is beyond its end."""

    status = 416
    code = "range_not_satisfiable"

    def __init__(self) -> None:
        super().__init__(wording.range_beyond_end())


class MediaBusyError(RefusedError):
    """Too many images come at once."""

    status = 503
    code = "media_busy"
    retry_after = 5

    def __init__(self) -> None:
        super().__init__(wording.media_busy())


class MediaUnavailableError(RefusedError):
    """The disk takes no more uploads."""

    status = 503
    code = "media_unavailable"
    retry_after = 60

    def __init__(self) -> None:
        super().__init__(wording.media_unavailable())


class TooManyRequestsError(RefusedError):
    """Whoever asks has to wait `retry_after` seconds."""

    status = 429
    code = "too_many_requests"

    def __init__(self, retry_after: int) -> None:
        super().__init__(wording.too_many_requests(retry_after))
        self.retry_after = retry_after


class TooManyListenersError(RefusedError):
    """The app user's clients that listen already are as many as there may be."""

    status = 429
    code = "too_many_listeners"
    retry_after = 30

    def __init__(self, limit: int) -> None:
        super().__init__(wording.too_many_listeners(limit))


class TooManyStreamsError(RefusedError):
    """As many clients listen already as this process holds."""

    status = 503
    code = "too_many_streams"
    retry_after = 30

    def __init__(self, limit: int) -> None:
        super().__init__(wording.too_many_streams(limit))


class UnavailableError(RefusedError):
    """The ledger takes nothing now: it may in a moment."""

    status = 503
    code = "ledger_unavailable"
    retry_after = 1
