"""What people do with views: submit and close forms, open the app's home tab."""

from aiohttp import web

from sandbox import cast, channel_deeds, events, interactions, view_deeds, wording
from sandbox.actions import filled_state
from sandbox.errors import NotPossible
from sandbox.identifiers import JsonObject, ViewId
from sandbox.people_side.asking import NOT_FOUND, Asked, act
from sandbox.views import View

_EMPTY: tuple[object, ...] = (None, "", [])


async def use_view(asked: Asked) -> JsonObject:
    """Submit a form, or close it."""
    person = asked.person()
    view = asked.world.workspace.views.get(ViewId(asked.text("view_id")))
    if view is None or view.user_id != person.id or view.is_home:
        raise NotPossible(wording.NO_SUCH_VIEW, status=NOT_FOUND)
    if asked.typed("close", bool, default=False):
        answer = await interactions.dismiss(asked.world, person, view)
        return {"outcome": answer.outcome.value, "response_action": None, "response": None, "seconds": answer.seconds}
    state = asked.typed("state", dict, {})
    if not all(
        isinstance(block, dict) and all(isinstance(entry, dict) for entry in block.values()) for block in state.values()
    ):
        raise NotPossible(wording.wrong_value("state", "{block_id: {action_id: {…}}}"))
    _require_inputs(view, state)
    answer, action = await interactions.submit(asked.world, person, view, state)
    return {
        "outcome": answer.outcome.value,
        "response_action": action,
        "response": answer.response,
        "seconds": answer.seconds,
    }


async def open_home(asked: Asked) -> JsonObject:
    """Open the app's home tab."""
    person = asked.person()
    direct = channel_deeds.open_direct(asked.world, [cast.BOT_USER_ID, person.id])
    event: JsonObject = {"type": "app_home_opened", "user": person.id, "channel": direct.id, "tab": "home"}
    view = view_deeds.home(asked.world, person.id)
    events.tell(asked.world, event | ({"view": view.body} if view else {}))
    return {"channel": direct.id, "view": view.body if view else None}


ROUTES = (
    web.post("/_sandbox/act/view", act(use_view)),
    web.post("/_sandbox/act/home", act(open_home)),
)


def _require_inputs(view: View, state: JsonObject) -> None:
    """Slack's client sends no form in which a required field is empty."""
    filled = filled_state(view.body["blocks"], state)
    for block in view.body["blocks"]:
        if block["type"] != "input" or block.get("optional"):
            continue
        entry = filled[block["block_id"]][block["element"]["action_id"]]
        if all(value in _EMPTY for key, value in entry.items() if key != "type"):
            raise NotPossible(wording.REQUIRED_INPUT)
