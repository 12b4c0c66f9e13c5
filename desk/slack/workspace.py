"""Workspace on slack_sdk: Slack's Web API, one call a question, nothing retried behind the desk's back."""

import contextlib
import http.client
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web import SlackResponse

from desk.errors import (
    BlockedError,
    ChannelArchivedError,
    FileGoneError,
    LimitedError,
    NotInChannelError,
    PostGoneError,
    RefusedError,
    UnreachableError,
)
from desk.ports import (
    Channel,
    Clock,
    FileId,
    Found,
    Identity,
    Page,
    Person,
    Post,
    Ticket,
    Written,
)
from desk.slack.answers import broken, objection
from desk.slack.brake import Brake
from desk.slack.client import KeptWebClient
from desk.slack.fetching import Fetching
from desk.slack.objects import to_channel, to_found, to_metadata, to_person, to_standing, to_written
from desk.slack.own_machine import reach_directly
from desk.slack.pace import Pace
from desk.slack.sending import Sending
from wire.ids import AgentId, ChannelId, Ts

TIMEOUT = 10
"""Seconds to wait for Slack."""
QUICK_TIMEOUT = 0.7
"""Seconds to wait for Slack while a person waits for us."""
PAGE = 200
LIST_PAGE = 999
PAGES = 50
IN_THREAD = 10
INVITED_AT_ONCE = 100
LEFT_BY_THE_PATIENT = 25
"""Calls a minute that are left to those who cannot wait."""


class SlackWorkspace:
    """A workspace, seen with a bot's token."""

    def __init__(self, token: str, base_url: str, clock: Clock, pace: Pace | None = None) -> None:
        reach_directly(base_url)
        self._client = KeptWebClient(token, base_url, seconds=TIMEOUT)
        self._quick = KeptWebClient(token, base_url, seconds=QUICK_TIMEOUT)
        self._brake = Brake(clock)
        self._pace = pace or Pace(clock)
        self._sending = Sending(base_url)
        self._fetching = Fetching(token, base_url)
        self._team_id: str | None = None
        self._bot_id: str | None = None

    def close(self) -> None:
        """Let go of the connections that are kept."""
        self._client.close()
        self._quick.close()

    def identity(self) -> Identity:
        """Who we are."""
        return self._identity(self._client)

    def team_id(self) -> str | None:
        """The workspace's ID, once Slack has told it."""
        return self._team_id

    def person(self, agent_id: AgentId) -> Person:
        """Look somebody up."""
        team_id = self._team_id or self._identity(self._quick).team_id
        return to_person(self._call(self._quick.users_info, user=agent_id)["user"], team_id)

    def channel(self, channel_id: ChannelId) -> Channel:
        """Look a channel up."""
        return to_channel(self._call(self._quick.conversations_info, channel=channel_id)["channel"])

    def find_channel(self, name: str) -> Channel | None:
        """Look for a channel by its name. Short and empty pages are normal: Slack filters after paging."""
        pages = self._pages(
            self._client.conversations_list,
            types="public_channel,private_channel",
            exclude_archived=True,
            limit=LIST_PAGE,
        )
        for page in pages:
            for channel in page["channels"]:
                if channel["name"] == name:
                    return to_channel(channel)
        return None

    def check_creation(self) -> None:
        """Whether Slack would take a creation now."""
        method = self._client.conversations_create.__name__
        self._brake.check((method, ""))
        self._pace.check(method)

    def create_channel(self, name: str, *, private: bool) -> Channel:
        """Create a channel; the bot is its first member."""
        channel = to_channel(self._call(self._client.conversations_create, name=name, is_private=private)["channel"])
        self._pace.fresh(channel.channel_id)
        return channel

    def join(self, channel_id: ChannelId) -> None:
        """Join a public channel."""
        try:
            self._call(self._client.conversations_join, channel=channel_id)
        except RefusedError as error:
            if error.code == "method_not_supported_for_channel_type":
                raise NotInChannelError(error.code) from error
            raise

    def invite(self, channel_id: ChannelId, people: Sequence[AgentId]) -> dict[AgentId, str]:
        """Invite people, those after a wrong ID too (`force`)."""
        refused: dict[AgentId, str] = {}
        for start in range(0, len(people), INVITED_AT_ONCE):
            refused |= self._invite(channel_id, people[start : start + INVITED_AT_ONCE])
        return refused

    def post(self, channel_id: ChannelId, post: Post) -> Ts:
        """Post, with nothing that Slack would make of plain text switched on."""
        answer = self._call(
            self._client.chat_postMessage,
            lane=channel_id,
            channel=channel_id,
            text=post.text,
            blocks=list(post.blocks) or None,
            username=post.username,
            icon_url=post.icon_url,
            metadata=to_metadata(post.mark),
            mrkdwn=False,
            parse="none",
            link_names=False,
            unfurl_links=post.shares,
            unfurl_media=post.shares,
            thread_ts=post.thread_ts,
        )
        return Ts(answer["ts"])

    def update(self, channel_id: ChannelId, ts: Ts, post: Post, *, patient: bool = False) -> None:
        """Replace text and blocks; metadata stays. Without new blocks the old ones would stay too."""
        self._call(
            self._client.chat_update,
            spare=LEFT_BY_THE_PATIENT if patient else 0,
            channel=channel_id,
            ts=ts,
            text=post.text,
            blocks=list(post.blocks),
            parse="none",
            link_names=False,
        )

    def marked(self, channel_id: ChannelId, since: float) -> list[Found]:
        """Read the channel's history for posts that carry our metadata."""
        pages = self._pages(
            self._client.conversations_history,
            channel=channel_id,
            oldest=f"{since:.6f}",
            include_all_metadata=True,
            limit=PAGE,
        )
        messages = (message for page in pages for message in page["messages"])
        found = [post for message in messages if (post := to_found(message))]
        return sorted(found, key=lambda post: float(post.ts))

    def marked_at(self, channel_id: ChannelId, ts: Ts) -> Found | None:
        """Read one post."""
        page = self._call(
            self._client.conversations_history,
            channel=channel_id,
            oldest=ts,
            latest=ts,
            inclusive=True,
            include_all_metadata=True,
            limit=1,
        )
        return next((post for message in page["messages"] if (post := to_found(message))), None)

    def marked_in_thread(self, channel_id: ChannelId, ts: Ts) -> list[Found]:
        """Read a thread for answers that carry our metadata."""
        try:
            pages = list(
                self._pages(
                    self._client.conversations_replies,
                    channel=channel_id,
                    ts=ts,
                    include_all_metadata=True,
                    limit=PAGE,
                )
            )
        except PostGoneError:
            return []
        answers = (message for page in pages for message in page["messages"] if message["ts"] != ts)
        return [post for message in answers if (post := to_found(message))]

    def remark(self, channel_id: ChannelId, ts: Ts, post: Post) -> None:
        """Replace text, blocks and metadata."""
        self._call(
            self._client.chat_update,
            channel=channel_id,
            ts=ts,
            text=post.text,
            blocks=list(post.blocks),
            metadata=to_metadata(post.mark),
            parse="none",
            link_names=False,
        )

    def page(self, channel_id: ChannelId, before: Ts | None) -> Page:
        """Read the channel's history, newest first."""
        bot_id = self._bot_id or self._ask_bot_id(self._client)
        page = self._call(
            self._client.conversations_history,
            spare=LEFT_BY_THE_PATIENT,
            channel=channel_id,
            latest=before,
            include_all_metadata=True,
            limit=PAGE,
        )
        standing = tuple(to_standing(message, bot_id) for message in page["messages"])
        return Page(standing, bool(page.get("has_more")) and bool(standing))

    def delete(self, channel_id: ChannelId, ts: Ts) -> None:
        """Delete a post of the bot's."""
        self._call(self._client.chat_delete, channel=channel_id, ts=ts)

    def publish_home(self, agent_id: AgentId, blocks: Sequence[dict[str, Any]], *, patient: bool = False) -> None:
        """Replace what the person's Home tab shows."""
        self._call(
            self._client.views_publish,
            spare=LEFT_BY_THE_PATIENT if patient else 0,
            user_id=agent_id,
            view={"type": "home", "blocks": list(blocks)},
        )

    def begin_upload(self, name: str, size: int) -> Ticket:
        """Get the address that takes a file."""
        answer = self._call(self._client.files_getUploadURLExternal, filename=name, length=size)
        return Ticket(FileId(str(answer["file_id"])), str(answer["upload_url"]))

    def finish_upload(self, ticket: Ticket, name: str, content: bytes) -> None:
        """Send the bytes, and complete the upload without sharing it."""
        self._sending.send(ticket.url, content)
        self._call(self._client.files_completeUploadExternal, files=[{"id": ticket.file_id, "title": name}])

    def link_to_file(self, file_id: FileId) -> str:
        """The file's permalink."""
        return str(self._call(self._client.files_info, file=file_id)["file"]["permalink"])

    def delete_file(self, file_id: FileId) -> None:
        """Delete a file of the bot's."""
        with contextlib.suppress(FileGoneError):
            self._call(self._client.files_delete, file=file_id)

    def written(self, channel_id: ChannelId, ts: Ts, thread_ts: Ts | None = None) -> Written | None:
        """Read one message. What stands in a thread is in no history."""
        bot_id = self._bot_id or self._ask_bot_id(self._quick)
        asked: dict[str, Any] = {
            "channel": channel_id,
            "oldest": ts,
            "latest": ts,
            "inclusive": True,
            "include_all_metadata": True,
        }
        if thread_ts and thread_ts != ts:  # with the thread's first message before it
            page = self._call(self._quick.conversations_replies, ts=thread_ts, limit=IN_THREAD, **asked)
        else:
            page = self._call(self._quick.conversations_history, limit=1, **asked)
        return next((to_written(message, bot_id) for message in page["messages"] if message["ts"] == ts), None)

    def open_form(self, trigger_id: str, view: dict[str, Any]) -> None:
        """Open a modal."""
        self._call(self._quick.views_open, trigger_id=trigger_id, view=view)

    def download(self, url: str, *, most_bytes: int) -> bytes:
        """Fetch a file from `url_private`."""
        return self._fetching.fetch(url, most_bytes)

    def rename(self, channel_id: ChannelId, name: str) -> None:
        """Rename a channel that the bot made."""
        self._call(self._client.conversations_rename, channel=channel_id, name=name)

    def clear_description(self, channel_id: ChannelId) -> None:
        """Empty topic and purpose."""
        self._call(self._client.conversations_setTopic, channel=channel_id, topic="")
        self._call(self._client.conversations_setPurpose, channel=channel_id, purpose="")

    def archive(self, channel_id: ChannelId) -> None:
        """Archive a channel; the bot leaves it thereby."""
        with contextlib.suppress(ChannelArchivedError):
            self._call(self._client.conversations_archive, channel=channel_id)

    def _ask_bot_id(self, client: WebClient) -> str:
        self._identity(client)
        return self._bot_id or ""

    def _identity(self, client: WebClient) -> Identity:
        answer = self._call(client.auth_test)
        self._team_id = str(answer["team_id"])
        self._bot_id = str(answer.get("bot_id", ""))
        return Identity(AgentId(answer["user_id"]), self._team_id)

    def _invite(self, channel_id: ChannelId, people: Sequence[AgentId]) -> dict[AgentId, str]:
        try:
            answer = self._call(self._client.conversations_invite, channel=channel_id, users=list(people), force=True)
        except RefusedError as error:
            if error.code in {"already_in_channel", "cant_invite_self"}:
                return {}
            return dict.fromkeys(people, error.code)
        failures = answer.get("errors") or ()
        return {AgentId(failure.get("user", "")): str(failure.get("error")) for failure in failures}

    def _pages(self, method: Callable[..., SlackResponse], **arguments: Any) -> Iterator[dict[str, Any]]:
        cursor = ""
        for _ in range(PAGES):
            page = self._call(method, cursor=cursor or None, **arguments)
            yield page
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return

    def _call(
        self, method: Callable[..., SlackResponse], *, lane: str = "", spare: int = 0, **arguments: Any
    ) -> dict[str, Any]:
        """Call Slack once. `lane` is the channel, where Slack limits a method channel by channel; `spare`: see Pace."""
        key = (method.__name__, lane)
        self._brake.check(key)
        try:
            with self._pace.take(*key, spare=spare):
                answer = method(**arguments).data
        except SlackApiError as error:
            response: SlackResponse = error.response
            meaning = objection(response.status_code, response.headers, response.data)
            if isinstance(meaning, LimitedError | BlockedError):
                self._brake.hold(key, meaning)
            raise meaning from error
        except SlackRequestError as error:
            raise UnreachableError(str(error)) from error
        except (OSError, http.client.HTTPException) as error:
            raise broken(error) from error
        return dict(answer) if isinstance(answer, dict) else {}
