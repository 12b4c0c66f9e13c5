"""Clicks, shortcuts and forms: what the app receives of them."""

from sandbox import cast, view_deeds
from sandbox.actions import action_object, filled_state
from sandbox.blocks import find_element, problems_in_view
from sandbox.channels import Channel
from sandbox.errors import NotPossible
from sandbox.identifiers import JsonObject
from sandbox.messages import Ephemeral, Message
from sandbox.people import Person
from sandbox.socket_mode import Answer, Outcome
from sandbox.socket_mode.envelopes import EnvelopeType
from sandbox.views import View
from sandbox.wording import NO_SUCH_ACTION, NOT_AN_APP_MESSAGE
from sandbox.world import World


async def click_in_message(
    world: World, person: Person, channel: Channel, message: Message | Ephemeral, wanted: JsonObject
) -> Answer:
    """Use an element of a message of the app; `wanted` has `action_id`, and `block_id` and `value` if needed.

    Raises:
        NotPossible: where there is no such element.
    """
    if message.body.get("bot_id") != cast.BOT_ID:
        raise NotPossible(NOT_AN_APP_MESSAGE)
    is_ephemeral = isinstance(message, Ephemeral)
    url_id = world.response_urls.issue(channel.id, person.id, message.ts, is_ephemeral=is_ephemeral)
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": is_ephemeral,
        **({"thread_ts": message.body["thread_ts"]} if "thread_ts" in message.body else {}),
    }
    payload = {
        **_head("block_actions", world, person),
        "container": container,
        "channel": {"id": channel.id, "name": channel.name_in_payloads},
        **({} if is_ephemeral else {"message": message.body}),
        "state": {"values": filled_state(message.body.get("blocks", []), {})},
        "response_url": f"{world.base_url}/response/{url_id}",
        "actions": [_action(world, message.body.get("blocks", []), wanted)],
    }
    return await world.socket.deliver(EnvelopeType.INTERACTION, payload, accepts_response=False)


async def click_in_view(world: World, person: Person, view: View, wanted: JsonObject) -> Answer:
    """Use an element of a modal or home tab.

    Raises:
        NotPossible: where there is no such element.
    """
    payload = {
        **_head("block_actions", world, person),
        "container": {"type": "view", "view_id": view.id},
        "view": view.body,
        "actions": [_action(world, view.body["blocks"], wanted)],
    }
    return await world.socket.deliver(EnvelopeType.INTERACTION, payload, accepts_response=False)


async def use_shortcut(world: World, person: Person, channel: Channel, message: Message, callback_id: str) -> Answer:
    """Choose one of the app's shortcuts from a message's menu."""
    url_id = world.response_urls.issue(channel.id, person.id, message.ts)
    payload = {
        **_head("message_action", world, person),
        "callback_id": callback_id,
        "action_ts": f"{world.clock.now():.6f}",
        "message_ts": message.ts,
        "channel": {"id": channel.id, "name": channel.name_in_payloads},
        "message": message.body,
        "response_url": f"{world.base_url}/response/{url_id}",
    }
    return await world.socket.deliver(EnvelopeType.INTERACTION, payload, accepts_response=False)


async def submit(world: World, person: Person, view: View, state: JsonObject) -> tuple[Answer, str]:
    """Send a form, and do with it what the app answers: the second value says what became of it."""
    view.body = {**view.body, "state": {"values": filled_state(view.body["blocks"], state)}}
    payload = {**_head("view_submission", world, person), "view": view.body, "response_urls": []}
    answer = await world.socket.deliver(EnvelopeType.INTERACTION, payload, accepts_response=True)
    if answer.outcome is not Outcome.OK:
        return answer, "stays"
    return answer, _carry_on(world, view, answer.response or {})


async def dismiss(world: World, person: Person, view: View) -> Answer:
    """Close a form; the app hears of it only where it asked to."""
    view_deeds.close(world, view)
    if not view.body.get("notify_on_close"):
        return Answer(Outcome.OK, None, 0.0)
    payload = {**_head("view_closed", world, person), "view": view.body, "is_cleared": False}
    return await world.socket.deliver(EnvelopeType.INTERACTION, payload, accepts_response=False)


def _carry_on(world: World, view: View, response: JsonObject) -> str:
    """What the acknowledgement's `response_action` does to the form."""
    action = response.get("response_action") or "close"
    new_view = response.get("view")
    if action in {"update", "push"} and not (isinstance(new_view, dict) and not problems_in_view(new_view)):
        return "stays"
    if action == "clear":
        view_deeds.close_modals(world, view.user_id)
    elif action == "update":
        view_deeds.replace(world, view, response["view"])
    elif action == "push":
        view_deeds.open_view(world, view.user_id, response["view"], below=view)
    elif action == "close":
        view_deeds.close(world, view)
    return str(action)


def _head(kind: str, world: World, person: Person) -> JsonObject:
    return {
        "type": kind,
        "user": {"id": person.id, "username": person.name, "name": person.name, "team_id": person.team_id},
        "api_app_id": cast.APP_ID,
        "token": cast.VERIFICATION_TOKEN,
        "trigger_id": world.triggers.issue(person.id),
        "team": {"id": cast.TEAM_ID, "domain": cast.TEAM_DOMAIN},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _action(world: World, blocks: list[JsonObject], wanted: JsonObject) -> JsonObject:
    found = find_element(blocks, str(wanted.get("action_id")), wanted.get("block_id"))
    if found is None:
        raise NotPossible(NO_SUCH_ACTION)
    block_id, element = found
    return action_object(element, block_id, wanted.get("value"), f"{world.clock.now():.6f}")
