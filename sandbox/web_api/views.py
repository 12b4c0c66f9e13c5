"""Modals and home tabs: views.*."""

import json

from sandbox import blocks as block_kit
from sandbox import view_deeds
from sandbox.errors import SlackError
from sandbox.identifiers import JsonObject, UserId, ViewId
from sandbox.views import View
from sandbox.web_api.call import Call
from sandbox.web_api.registry import web_method

SIZE_LIMIT = 250_000
STACK_LIMIT = 3


@web_method("views.open")
def open_view(call: Call) -> JsonObject:
    """Open a modal for whoever has just done something; closes the one that was open."""
    body = _read_view(call, "modal")
    user_id = _exchange(call)
    view_deeds.close_modals(call.world, user_id)
    return {"view": view_deeds.open_view(call.world, user_id, body).body}


@web_method("views.push")
def push(call: Call) -> JsonObject:
    """Put a modal on top of the one that is open, three at most."""
    body = _read_view(call, "modal")
    user_id = _exchange(call)
    stack = view_deeds.modals(call.world, user_id)
    if not stack:
        raise SlackError("not_found")
    if len(stack) >= STACK_LIMIT:
        raise SlackError("push_limit_reached")
    return {"view": view_deeds.open_view(call.world, user_id, body, below=stack[-1]).body}


@web_method("views.update")
def update(call: Call) -> JsonObject:
    """Replace a view's content."""
    view = _existing(call)
    body = _read_view(call, view.body["type"], except_for=view)
    _check_hash(call, view)
    return {"view": view_deeds.replace(call.world, view, body).body}


@web_method("views.publish")
def publish(call: Call) -> JsonObject:
    """Set somebody's home tab."""
    user_id = UserId(call.args.text("user_id"))
    if user_id not in call.workspace.people:
        raise SlackError("invalid_arguments", problems=("user_not_found [user_id]",))
    present = view_deeds.home(call.world, user_id)
    body = _read_view(call, "home", except_for=present)
    if present is None:
        return {"view": view_deeds.open_view(call.world, user_id, body).body}
    _check_hash(call, present)
    return {"view": view_deeds.replace(call.world, present, body).body}


def _read_view(call: Call, kind: str, *, except_for: View | None = None) -> JsonObject:
    body = call.args.json("view")
    if not isinstance(body, dict):
        raise SlackError("invalid_arguments", problems=("must provide an object [json-pointer:/view]",))
    if len(json.dumps(body)) > SIZE_LIMIT:
        raise SlackError("view_too_large")
    problems = block_kit.problems_in_view(body)
    if not problems and body["type"] != kind:
        problems = [f"type must be {kind} [json-pointer:/view/type]"]
    if problems:
        raise SlackError("invalid_arguments", problems=tuple(problems))
    external_id = body.get("external_id")
    for view in call.workspace.views.values():
        if external_id and view is not except_for and view.body["external_id"] == external_id:
            raise SlackError("duplicate_external_id")
    return body


def _exchange(call: Call) -> UserId:
    trigger_id = call.args.text("trigger_id") or call.args.text("interactivity_pointer")
    return call.world.triggers.exchange(trigger_id)


def _existing(call: Call) -> View:
    view = call.workspace.views.get(ViewId(call.args.text("view_id")))
    external_id = call.args.text("external_id")
    if view is None and external_id:
        view = next((one for one in call.workspace.views.values() if one.body["external_id"] == external_id), None)
    if view is None:
        raise SlackError("not_found")
    return view


def _check_hash(call: Call, view: View) -> None:
    if call.args.text("hash") not in {"", view.body["hash"]}:
        raise SlackError("hash_conflict")
