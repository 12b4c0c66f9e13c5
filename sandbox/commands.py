"""Slash commands: what the app receives when a person types one, and what the person sees."""

from dataclasses import dataclass

import structlog

from sandbox import cast, ephemerals, markup, responses, wording
from sandbox.channels import Channel
from sandbox.errors import SlackError
from sandbox.identifiers import JsonObject, TriggerId
from sandbox.people import Person
from sandbox.socket_mode import Outcome
from sandbox.socket_mode.envelopes import EnvelopeType
from sandbox.world import World

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Typed:
    """A command as a person typed it."""

    command: str
    text: str
    in_thread: bool = False


async def run(world: World, person: Person, channel: Channel, typed: Typed) -> JsonObject:
    """Send the command to the app and show what comes of it to the person."""
    if typed.command not in {known["command"] for known in cast.COMMANDS}:
        return _refused(world, person, channel, "unknown_command", wording.unknown_command(typed.command))
    if typed.in_thread:
        return _refused(world, person, channel, "not_supported_in_thread", wording.command_in_thread(typed.command))
    url_id = world.response_urls.issue(channel.id, person.id)
    trigger_id = world.triggers.issue(person.id)
    payload = _payload(world, person, channel, typed, trigger_id) | {
        "response_url": f"{world.base_url}/response/{url_id}"
    }
    answer = await world.socket.deliver(EnvelopeType.COMMAND, payload, accepts_response=True)
    if answer.outcome is not Outcome.OK:
        _notice(world, person, channel, wording.command_failed(typed.command, answer.outcome))
    problem = _show_response(world, url_id, answer.response)
    return {
        "outcome": answer.outcome.value,
        "response": answer.response,
        "response_error": problem,
        "seconds": answer.seconds,
        "trigger_id": trigger_id,
    }


def _payload(world: World, person: Person, channel: Channel, typed: Typed, trigger_id: TriggerId) -> JsonObject:
    return {
        "token": cast.VERIFICATION_TOKEN,
        "team_id": cast.TEAM_ID,
        "team_domain": cast.TEAM_DOMAIN,
        "channel_id": channel.id,
        "channel_name": channel.name_in_payloads,
        "user_id": person.id,
        "user_name": person.name,
        "command": typed.command,
        "text": markup.typed_text(typed.text, world.workspace.names(labelled=True)),
        "api_app_id": cast.APP_ID,
        "is_enterprise_install": "false",
        "trigger_id": trigger_id,
    }


def _show_response(world: World, url_id: str, response: JsonObject | None) -> str | None:
    """Show an acknowledgement's payload; the error's code if Slack would not."""
    if not response or not (response.get("text") or response.get("blocks") or response.get("attachments")):
        return None
    try:
        responses.give(world, world.response_urls.peek(url_id), response)
    except SlackError as refusal:
        log.warning("acknowledgement's payload refused", error=refusal.code)
        return refusal.code
    return None


def _refused(world: World, person: Person, channel: Channel, outcome: str, sentence: str) -> JsonObject:
    _notice(world, person, channel, sentence)
    return {"outcome": outcome, "response": None, "response_error": None, "seconds": 0.0, "trigger_id": None}


def _notice(world: World, person: Person, channel: Channel, sentence: str) -> None:
    content = {"text": markup.escape(sentence)}
    ephemerals.show(world, channel, person.id, content, from_slack=True)
