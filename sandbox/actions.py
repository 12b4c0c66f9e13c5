"""What a used element looks like in a payload: the action, and the state of every input."""

from typing import Any

from sandbox.blocks import interactive_elements
from sandbox.errors import NotPossible
from sandbox.identifiers import JsonObject
from sandbox.wording import NO_SUCH_OPTION

_SINGLE = {
    "users_select": "selected_user",
    "channels_select": "selected_channel",
    "conversations_select": "selected_conversation",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
}
_MANY = {
    "multi_users_select": "selected_users",
    "multi_channels_select": "selected_channels",
    "multi_conversations_select": "selected_conversations",
}
_OPTION = frozenset({"static_select", "external_select", "radio_buttons", "overflow"})
_OPTIONS = frozenset({"checkboxes", "multi_static_select", "multi_external_select"})


def action_object(element: JsonObject, block_id: str, value: Any, action_ts: str) -> JsonObject:
    """One entry of a payload's `actions`.

    Raises:
        NotPossible: where the value is none of the element's options.
    """
    head = {"type": element["type"], "action_id": element["action_id"], "block_id": block_id, "action_ts": action_ts}
    if element["type"] == "button":
        kept = {key: element[key] for key in ("text", "value", "style", "url") if key in element}
        return head | kept
    placeholder = {"placeholder": element["placeholder"]} if "placeholder" in element else {}
    return head | placeholder | _chosen(element, value)


def filled_state(blocks: list[JsonObject], given: JsonObject) -> JsonObject:
    """`state.values`: for every input what was given, else what it began with, else nothing."""
    values: JsonObject = {}
    for block_id, element in interactive_elements(blocks):
        if element["type"] in {"button", "overflow"}:
            continue
        entry = {"type": element["type"], **_initial(element), **given.get(block_id, {}).get(element["action_id"], {})}
        values.setdefault(block_id, {})[element["action_id"]] = entry
    return values


def _chosen(element: JsonObject, value: Any) -> JsonObject:
    kind = element["type"]
    if kind in _SINGLE:
        return {_SINGLE[kind]: value}
    if kind in _MANY:
        return {_MANY[kind]: _several(value)}
    if kind in _OPTION:
        return {"selected_option": _option(element, value)}
    if kind in _OPTIONS:
        return {"selected_options": [_option(element, item) for item in _several(value)]}
    return {"value": value}


def _initial(element: JsonObject) -> JsonObject:
    kind = element["type"]
    for table in (_SINGLE, _MANY):
        if kind in table:
            return {table[kind]: element.get(table[kind].replace("selected", "initial"))}
    if kind in _OPTION:
        return {"selected_option": element.get("initial_option")}
    if kind in _OPTIONS:
        return {"selected_options": element.get("initial_options", [])}
    return {"value": element.get("initial_value")}


def _option(element: JsonObject, value: Any) -> JsonObject:
    if element["type"] in {"external_select", "multi_external_select"}:
        return {"text": {"type": "plain_text", "text": str(value), "emoji": True}, "value": str(value)}
    groups = [group["options"] for group in element.get("option_groups", [])]
    for options in [element.get("options", []), *groups]:
        for option in options:
            if option["value"] == value:
                return dict(option)
    raise NotPossible(NO_SUCH_OPTION)


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [item for item in str(value or "").split(",") if item]
