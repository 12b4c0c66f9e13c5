"""The backend's way out to Slack: ephemeral answers, response_urls, and what Errbot itself has to say."""

import http.client
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import WebClient
from slack_sdk.webhook import WebhookClient

from desk.errbot_backend.replies import Said
from wire.ids import AgentId, ChannelId, Ts

RESPOND_SECONDS = 5

_UNREACHABLE = (SlackClientError, http.client.HTTPException, OSError)

log = structlog.get_logger(__name__)


class PostOffice:
    """Posts what is for one person, or what Errbot says. Links stay links, names stay text, failures are logged."""

    def __init__(self, web: WebClient) -> None:
        self._web = web

    def respond(self, response_url: str, said: Said) -> None:
        """Post to a response_url, which works where the bot is no member too."""
        hook = WebhookClient(response_url, timeout=RESPOND_SECONDS)
        hook.proxy = self._web.proxy
        try:
            answer = hook.send_dict(said.response())
        except _UNREACHABLE as error:
            log.warning("an answer did not reach Slack", way="response_url", reason=_reason(error))
            return
        if answer.status_code == http.client.OK:
            return
        log.warning("an answer did not reach Slack", way="response_url", status=answer.status_code)
        if bare := said.bare():
            self.respond(response_url, bare)

    def whisper(self, channel_id: ChannelId, agent_id: AgentId, said: Said, thread_ts: Ts | None = None) -> None:
        """Show it to one person in a channel; in a direct conversation there is no need to whisper."""
        content = self._content(said, thread_ts)
        try:
            if channel_id.startswith("D"):
                self._web.chat_postMessage(channel=channel_id, **content)
            else:
                self._web.chat_postEphemeral(channel=channel_id, user=agent_id, **content)
        except _UNREACHABLE as error:
            log.warning("an answer did not reach Slack", way="ephemeral", channel_id=channel_id, reason=_reason(error))
            if isinstance(error, SlackApiError) and (bare := said.bare()):
                self.whisper(channel_id, agent_id, bare, thread_ts)

    def post(self, place: ChannelId | AgentId, said: Said) -> None:
        """Post to a channel, or to a person's direct conversation with the bot."""
        try:
            self._web.chat_postMessage(channel=place, **self._content(said, None))
        except _UNREACHABLE as error:
            log.warning("a message did not reach Slack", place=place, reason=_reason(error))

    def _content(self, said: Said, thread_ts: Ts | None) -> dict[str, Any]:
        content: dict[str, Any] = {"text": said.text, "link_names": False}
        if said.blocks:
            content["blocks"] = list(said.blocks)
        if thread_ts:
            content["thread_ts"] = thread_ts
        return content


def _reason(error: Exception) -> str:
    """Slack's error code, or what the connection says; never what was to be posted."""
    if isinstance(error, SlackApiError):
        return str(error.response.get("error"))
    return str(error) or type(error).__name__
