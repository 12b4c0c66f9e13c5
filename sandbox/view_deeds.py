"""What happens to views: opened, replaced, closed; modals of one person form a stack."""

from sandbox import blocks as block_kit
from sandbox import cast
from sandbox.identifiers import JsonObject, UserId, ViewId
from sandbox.markup import stored_plain_text
from sandbox.views import View
from sandbox.world import World

_KEPT = ("private_metadata", "callback_id", "external_id")
_SWITCHES = ("clear_on_close", "notify_on_close", "submit_disabled")


def open_view(world: World, user_id: UserId, body: JsonObject, *, below: View | None = None) -> View:
    """Show a view to a person, on top of another or by itself."""
    view_id = ViewId(world.ids.slack_id("V"))
    root_id = below.root_id if below else view_id
    view = View(view_id, user_id, _stored(world, body, view_id, root_id, below.id if below else None))
    world.workspace.views[view_id] = view
    _show(world, view)
    return view


def replace(world: World, view: View, body: JsonObject) -> View:
    """Give a view other content; it stays where it is."""
    view.body = _stored(world, body, view.id, view.root_id, view.body["previous_view_id"])
    _show(world, view)
    return view


def close(world: World, view: View) -> None:
    """Close a view."""
    world.workspace.views.pop(view.id, None)
    world.updates.publish("view", user=view.user_id, view_id=view.id, is_closed=True)


def close_modals(world: World, user_id: UserId) -> None:
    """Close a person's whole stack."""
    for view in modals(world, user_id):
        close(world, view)


def modals(world: World, user_id: UserId) -> list[View]:
    """A person's stack of modals, the topmost last."""
    return [view for view in world.workspace.views.values() if view.user_id == user_id and not view.is_home]


def home(world: World, user_id: UserId) -> View | None:
    """A person's home tab of the app, once published."""
    return next((view for view in world.workspace.views.values() if view.user_id == user_id and view.is_home), None)


def _show(world: World, view: View) -> None:
    world.updates.publish("view", user=view.user_id, view_id=view.id, is_closed=False, view=view.body)


def _stored(world: World, body: JsonObject, view_id: ViewId, root_id: ViewId, previous_id: ViewId | None) -> JsonObject:
    now = world.clock.now()
    return {
        "id": view_id,
        "team_id": cast.TEAM_ID,
        "type": body["type"],
        **{part: _plain(body.get(part)) for part in ("title", "submit", "close")},
        "blocks": block_kit.stored_blocks(body["blocks"], world.ids),
        **{key: body.get(key) or "" for key in _KEPT},
        "state": {"values": {}},
        "hash": f"{int(now)}.{world.ids.secret(8)}",
        **{switch: bool(body.get(switch)) for switch in _SWITCHES if switch in body or switch != "submit_disabled"},
        "root_view_id": root_id,
        "previous_view_id": previous_id,
        "app_id": cast.APP_ID,
        "app_installed_team_id": cast.TEAM_ID,
        "bot_id": cast.BOT_ID,
    }


def _plain(text: JsonObject | None) -> JsonObject | None:
    return {"emoji": True, **text, "text": stored_plain_text(text["text"])} if text else None
