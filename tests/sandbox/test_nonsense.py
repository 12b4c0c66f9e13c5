"""Whatever an app sends, the answer is one that Slack documents; whatever people send, it is a sentence."""

import random

import pytest

from sandbox.documented import METHODS
from sandbox.people_side import ROUTES

NONSENSE = [None, "", "x", "0", "-1", 0, -1, 7, 1.5, True, False, [], ["x"], {}, {"type": "x"}, [[]], "[", "{}", "[1]"]
SENSE = [
    "CGENERAL01",
    "UALICE0001",
    "general",
    "1700000000.000001",
    [{"type": "section", "text": "x"}],
    [{"type": "actions", "elements": [{}]}],
    {"type": "modal", "title": "x", "blocks": None},
    {"type": "home", "blocks": [{"type": "input", "element": 1}]},
    {"event_type": "x", "event_payload": {"a": [1]}},
    [{"id": "F1"}],
    [{"text": "x", "fields": [1]}],
]


def some(rng, names):
    return {name: rng.choice(NONSENSE + SENSE) for name in sorted(names) if rng.random() < 0.8}


@pytest.fixture
def busy_town(town):
    scopes = {scope for method in METHODS.values() for scope in method.scopes}
    town.world.workspace.credentials.bot_scopes = sorted(scopes)
    town.ok("conversations.join", channel="CGENERAL01")
    return town


@pytest.mark.parametrize("method", [method for method in METHODS if method != "auth.revoke"])
def test_any_arguments_get_a_documented_answer(busy_town, method):
    rng = random.Random(method)
    token = "xapp-sandbox" if METHODS[method].app_token else "xoxb-sandbox"
    for _ in range(8):
        arguments = some(rng, METHODS[method].arguments) | {"channel": "CGENERAL01"}
        response = busy_town.api_response(method, token, **arguments)
        assert response.status_code == 200, (arguments, response.text)


@pytest.mark.parametrize(
    ("verb", "path"),
    [
        (route.method, route.path.removeprefix("/_sandbox/"))
        for route in ROUTES
        if route.method != "GET" and not route.path.endswith(("command", "shortcut"))
    ],
)
def test_any_deed_gets_done_or_explained(town, verb, path):
    rng = random.Random(path)
    names = [
        "user",
        "channel",
        "ts",
        "text",
        "op",
        "name",
        "target",
        "files",
        "state",
        "action_id",
        "view_id",
        "method",
    ]
    for _ in range(8):
        fields = some(rng, [*names, "kind", "error", "seconds", "times", "enabled"]) | {"user": "UALICE0001"}
        response = town.try_to(path, verb, **fields)
        assert response.status_code == 200 or response.json()["error"], (fields, response.text)
