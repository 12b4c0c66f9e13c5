"""What stands inside blocks: text objects, options and the interactive elements."""

from collections.abc import Iterator, Mapping

from sandbox.blocks.shapes import Checker, anything, boolean, integer, list_of, one_of, shape, string, tagged

MOST_OPTIONS = 100
MOST_GROUPS = 100
MOST_CHOICES = 10
URL = string(3000)
ACTION_ID = string(255)


def plain(most: int) -> Checker:
    """A `plain_text` object."""
    return shape({"type": one_of("plain_text"), "text": string(most)}, {"emoji": boolean})


def mrkdwn(most: int) -> Checker:
    """A `mrkdwn` object."""
    return shape({"type": one_of("mrkdwn"), "text": string(most)}, {"verbatim": boolean})


def text_object(most: int) -> Checker:
    """A text object of either kind."""
    return tagged({"plain_text": plain(most), "mrkdwn": mrkdwn(most)}, "text object")


def _option(*, any_text: bool = False) -> Checker:
    label = text_object(75) if any_text else plain(75)
    return shape({"text": label, "value": string(150)}, {"description": label, "url": URL})


OPTION = _option()
RICH_OPTION = _option(any_text=True)
OPTION_GROUP = shape({"label": plain(75), "options": list_of(OPTION, MOST_OPTIONS)})
CONFIRM = shape(
    {"title": plain(100), "text": text_object(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
FILTER = shape(
    {},
    {
        "include": list_of(one_of("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)
DISPATCH = shape({}, {"trigger_actions_on": list_of(one_of("on_enter_pressed", "on_character_entered"), 2)})

SLACK_FILE = shape({}, {"id": string(255), "url": URL})
_COMMON: Mapping[str, Checker] = {
    "type": anything,
    "action_id": ACTION_ID,
    "confirm": CONFIRM,
    "focus_on_load": boolean,
}
_PICK: Mapping[str, Checker] = {**_COMMON, "placeholder": plain(150)}
_PICK_MANY: Mapping[str, Checker] = {**_PICK, "max_selected_items": integer(1, 1000)}
_CONVERSATIONS: Mapping[str, Checker] = {"default_to_current_conversation": boolean, "filter": FILTER}
_RESPONSE_URL: Mapping[str, Checker] = {"response_url_enabled": boolean}
_OPTIONS: Mapping[str, Checker] = {
    "options": list_of(OPTION, MOST_OPTIONS),
    "option_groups": list_of(OPTION_GROUP, MOST_GROUPS),
}
_IDS = list_of(string(255), MOST_OPTIONS)


def _static(checker: Checker) -> Checker:
    """A static select, which has either options or groups of options."""

    def check(value: object, path: str) -> Iterator[str]:
        yield from checker(value, path)
        if isinstance(value, dict) and ("options" in value) == ("option_groups" in value):
            yield f"must have either options or option_groups {path}"

    return check


def _image(value: object, path: str) -> Iterator[str]:
    yield from shape({"type": anything, "alt_text": string(2000)}, {"image_url": URL, "slack_file": SLACK_FILE})(
        value, path
    )
    if isinstance(value, dict) and ("image_url" in value) == ("slack_file" in value):
        yield f"must have either image_url or slack_file {path}"


IMAGE: Checker = _image

INTERACTIVE: Mapping[str, Checker] = {
    "button": shape(
        {"text": plain(75)},
        {
            **_COMMON,
            "url": URL,
            "value": string(2000, 0),
            "style": one_of("primary", "danger"),
            "accessibility_label": string(75),
        },
    ),
    "checkboxes": shape(
        {"options": list_of(RICH_OPTION, MOST_CHOICES)},
        {**_COMMON, "initial_options": list_of(RICH_OPTION, MOST_CHOICES)},
    ),
    "radio_buttons": shape({"options": list_of(RICH_OPTION, MOST_CHOICES)}, {**_COMMON, "initial_option": RICH_OPTION}),
    "overflow": shape({"options": list_of(OPTION, 5)}, _COMMON),
    "static_select": _static(shape({}, {**_PICK, **_OPTIONS, "initial_option": OPTION})),
    "external_select": shape({}, {**_PICK, "initial_option": OPTION, "min_query_length": integer(0, 100)}),
    "users_select": shape({}, {**_PICK, "initial_user": string(255)}),
    "conversations_select": shape(
        {}, {**_PICK, **_CONVERSATIONS, **_RESPONSE_URL, "initial_conversation": string(255)}
    ),
    "channels_select": shape({}, {**_PICK, **_RESPONSE_URL, "initial_channel": string(255)}),
    "multi_static_select": _static(
        shape({}, {**_PICK_MANY, **_OPTIONS, "initial_options": list_of(OPTION, MOST_OPTIONS)})
    ),
    "multi_external_select": shape(
        {}, {**_PICK_MANY, "initial_options": list_of(OPTION, MOST_OPTIONS), "min_query_length": integer(0, 100)}
    ),
    "multi_users_select": shape({}, {**_PICK_MANY, "initial_users": _IDS}),
    "multi_conversations_select": shape({}, {**_PICK_MANY, **_CONVERSATIONS, "initial_conversations": _IDS}),
    "multi_channels_select": shape({}, {**_PICK_MANY, "initial_channels": _IDS}),
    "datepicker": shape({}, {**_PICK, "initial_date": string(10)}),
    "timepicker": shape({}, {**_PICK, "initial_time": string(5), "timezone": string(100)}),
    "datetimepicker": shape({}, {**_COMMON, "initial_date_time": integer(0, 9_999_999_999)}),
}

_TYPED: Mapping[str, Checker] = {
    **_PICK,
    "initial_value": string(3000, 0),
    "dispatch_action_config": DISPATCH,
}
INPUTS: Mapping[str, Checker] = {
    **{kind: checker for kind, checker in INTERACTIVE.items() if kind not in {"button", "overflow"}},
    "plain_text_input": shape(
        {},
        {**_TYPED, "multiline": boolean, "min_length": integer(0, 3000), "max_length": integer(1, 3000)},
    ),
    "email_text_input": shape({}, _TYPED),
    "url_text_input": shape({}, _TYPED),
    "number_input": shape(
        {"is_decimal_allowed": boolean}, {**_TYPED, "min_value": string(20), "max_value": string(20)}
    ),
    "file_input": shape({}, {**_COMMON, "filetypes": _IDS, "max_files": integer(1, 10)}),
    "rich_text_input": shape({}, {**_PICK, "initial_value": anything, "dispatch_action_config": DISPATCH}),
}
