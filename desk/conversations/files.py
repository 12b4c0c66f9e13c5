"""App users' images and files: fetched from the webhook server, brought into Slack, shown by one post each."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

import structlog

from desk.domain import wording
from desk.domain.relayed import Media, Sheet
from desk.domain.slack_text import escape, shorten
from desk.errors import BadBlocksError, BlockedError, InDoubtError, LimitedError, RefusedError, WorkspaceError
from desk.memory import Memory
from desk.outcomes import NO_CHANNEL, concerns_one_thing
from desk.ports import AppSide, ChannelBook, Clock, FileId, Mark, Post, Ticket, Workspace
from wire.client import Fetched, NoAnswerError, PeerAwayError, TooMuchError
from wire.client import RefusedError as DoorRefusedError
from wire.ids import AppUserId, MessageId, Ts
from wire.messages import Place

MOST_BYTES = 32 * 1024 * 1024
"""Uploads have up to 10 MB; an image that was written anew may have more."""
AT_ONCE = 4
"""Files in memory at the same time; the others are asked for again a moment later."""
FETCH_SECONDS = 20.0
"""To wait for the webhook server, which may have to fetch the file from elsewhere."""
TRIES = 4
"""Failures after which a file is told of by a line: its message, and those behind it, wait no longer."""
AGAIN_SECONDS = 2.0
LOOK_SECONDS = 1.0
LOOKED_INTO_SECONDS = 20.0
"""Slack takes a while until it knows that a file is an image: so long an image block is tried."""
ALT_LIMIT = 2000
REMEMBERED = 2_000

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class _Known:
    """What this process did for a message's file: uploaded at `at`, if at all. `media` is what it turned out to be."""

    file_id: FileId | None = None
    media: Media | None = None
    at: float = 0.0
    failures: int = 0
    hopeless: bool = False
    no_image: bool = False


class GivenUpError(Exception):
    """The file cannot be brought into Slack: its message says so in words."""


class Files:
    """Shows files. One call at a time per app user: the caller holds the lock."""

    def __init__(self, *, workspace: Workspace, app_side: AppSide, book: ChannelBook, clock: Clock) -> None:
        self._workspace = workspace
        self._app_side = app_side
        self._book = book
        self._clock = clock
        self._slots = threading.BoundedSemaphore(AT_ONCE)
        self._known: Memory[str, _Known] = Memory(REMEMBERED)

    def show(self, sheet: Sheet, media: Media, app_user_id: AppUserId, mark: Mark, post: Callable[[Post], Ts]) -> Ts:
        """Have `post` carry out the post that shows the file, or that says in words what it was.

        Raises:
            WorkspaceError: not now; what was done is remembered. What `post` raises where nothing else helps.
        """
        key = sheet.message_ids[0]
        try:
            self._bring(key, media, app_user_id)
            return self._shown(key, sheet, mark, post)
        except GivenUpError as error:
            _log.warning("file told of in words", message_id=key, reason=str(error))
            self._known.put(key, replace(self._get(key), hopeless=True))
            return post(Post(sheet.text, mark, username=sheet.name, icon_url=icon(sheet.avatar_url)))

    def settled(self, message_id: MessageId, app_user_id: AppUserId, place: Place) -> None:
        """A message's file is told of at `place`: what was uploaded for it and is not shown there goes."""
        known = self._get(message_id)
        self._known.forget(message_id)
        entry = self._book.of_app_user(app_user_id)
        mine = [each for each in entry.uploads if each.partition(":")[0] == message_id] if entry else []
        if entry is None or not mine:
            return
        try:
            shown = self._seen_at(place) if known.file_id is None and not known.hopeless else str(known.file_id)
        except WorkspaceError as error:
            _log.info("uploads not looked after", message_id=message_id, reason=str(error))
            return
        left = {each for each in mine if not self._looked_after(each.partition(":")[2], shown, known)}
        kept = tuple(each for each in entry.uploads if each not in mine or each in left)
        self._book.keep(replace(entry, uploads=kept))

    def _looked_after(self, file_id: str, shown: str, known: _Known) -> bool:
        """Whether a file is before people's eyes, or gone."""
        return (file_id in shown and not known.hopeless) or self._deleted(FileId(file_id))

    def _seen_at(self, place: Place) -> str:
        """What an earlier process has posted, with the IDs of the files that it shows."""
        found = self._workspace.marked_at(place.channel_id, place.ts)
        return f"{found.text} {found.blocks}" if found else ""

    # --- into Slack

    def _bring(self, key: str, media: Media, app_user_id: AppUserId) -> None:
        known = self._get(key)
        if known.hopeless:
            raise GivenUpError("it was tried before")
        if known.file_id:
            return
        if not self._slots.acquire(blocking=False):
            raise LimitedError(LOOK_SECONDS)
        try:
            fetched = self._fetched(key, media)
            if media.url:  # only whoever fetched it from there knows what it is
                media = replace(media, name=fetched.name or media.name, type=fetched.type)
            file_id = self._uploaded(key, media.name, fetched, app_user_id)
        finally:
            self._slots.release()
        media = replace(media, size=len(fetched.content))
        self._known.put(key, replace(self._get(key), file_id=file_id, media=media, at=self._clock.now()))
        _log.info("file uploaded", message_id=key, file_id=file_id, size=media.size)

    def _fetched(self, key: str, media: Media) -> Fetched:
        if media.size is not None and not 0 < media.size <= MOST_BYTES:
            raise GivenUpError("its size")
        try:
            fetched = self._app_side.media(MessageId(key), most_bytes=MOST_BYTES, seconds=FETCH_SECONDS)
        except (PeerAwayError, NoAnswerError) as error:
            raise self._failed(key, str(error)) from error
        except (DoorRefusedError, TooMuchError) as error:
            raise GivenUpError(str(error)) from error
        if not fetched.content:
            raise GivenUpError("it is empty")
        return fetched

    def _uploaded(self, key: str, name: str, fetched: Fetched, app_user_id: AppUserId) -> FileId:
        try:
            ticket = self._workspace.begin_upload(name, len(fetched.content))
            self._note(key, ticket, app_user_id)
            self._workspace.finish_upload(ticket, name, fetched.content)
        except InDoubtError as error:  # nobody sees a file that no post shows: uploading it again does no harm
            raise self._failed(key, str(error)) from error
        except BlockedError as error:
            if not concerns_one_thing(error):
                raise
            raise GivenUpError(error.code) from error
        except RefusedError as error:
            raise GivenUpError(error.code) from error
        return ticket.file_id

    def _note(self, key: str, ticket: Ticket, app_user_id: AppUserId) -> None:
        """Write down that there may be such a file: should nobody ever post it, it can still be deleted."""
        entry = self._book.of_app_user(app_user_id)
        if entry:
            self._book.keep(replace(entry, uploads=(*entry.uploads, f"{key}:{ticket.file_id}")))

    def _failed(self, key: str, reason: str) -> WorkspaceError | GivenUpError:
        known = self._get(key)
        self._known.put(key, replace(known, failures=known.failures + 1))
        return GivenUpError(reason) if known.failures + 1 >= TRIES else LimitedError(AGAIN_SECONDS)

    def _deleted(self, file_id: FileId) -> bool:
        try:
            self._workspace.delete_file(file_id)
        except WorkspaceError as error:  # it stays in the book: when the app user is erased, it goes as well
            _log.warning("an unused file is left in Slack", file_id=file_id, reason=str(error))
            return False
        return True

    # --- before people's eyes

    def _shown(self, key: str, sheet: Sheet, mark: Mark, post: Callable[[Post], Ts]) -> Ts:
        known = self._get(key)
        if known.file_id is None or known.media is None:
            raise AssertionError("it was uploaded, or an error was raised")
        if known.media.is_image and not known.no_image:
            try:
                return post(_as_image(sheet, known.media, known.file_id, mark))
            except BadBlocksError as error:
                if self._clock.now() < known.at + LOOKED_INTO_SECONDS:
                    raise LimitedError(LOOK_SECONDS) from error
                self._known.put(key, replace(known, no_image=True))
        try:
            return post(_as_link(sheet, known.media, self._workspace.link_to_file(known.file_id), mark))
        except NO_CHANNEL:
            raise
        except RefusedError as error:
            raise GivenUpError(error.code) from error
        except BlockedError as error:
            if not concerns_one_thing(error):
                raise
            raise GivenUpError(error.code) from error

    def _get(self, key: str) -> _Known:
        return self._known.get(key) or _Known()


def _as_image(sheet: Sheet, media: Media, file_id: FileId, mark: Mark) -> Post:
    shown = {"type": "image", "alt_text": shorten(media.name, ALT_LIMIT), "slack_file": {"id": file_id}}
    return Post(
        escape(wording.file_named(media.name)), mark, (shown,), username=sheet.name, icon_url=icon(sheet.avatar_url)
    )


def _as_link(sheet: Sheet, media: Media, link: str, mark: Mark) -> Post:
    """Slack shares a file by a link to it only in posts under the bot's own name: so the sentence says whose it is."""
    name = escape(media.name).replace("|", "¦")
    text = wording.file_sent(escape(sheet.name), f"<{link}|{name}>", escape(media.type), media.size)
    return Post(text, mark, shares=True)


def icon(avatar_url: str | None) -> str | None:
    """An avatar that Slack can show."""
    return avatar_url if (avatar_url or "").startswith("https://") else None
