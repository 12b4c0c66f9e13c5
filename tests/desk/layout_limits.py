"""What Slack objects to in what is shown: texts, blocks and views, however deep they are."""

import json

from sandbox.blocks import problems_in_view
from sandbox.blocks.check import TOTAL_LIMIT, problems_in_blocks

UPDATE_LIMIT = 4_000
"""Characters of a text that chat.update takes."""
POST_LIMIT = 40_000
"""Characters of a text, longer ones Slack cuts."""
VIEW_BYTES = 250_000
EDITED = ("dispatch/", "reply/", "stranded/")
"""Cases of posts that are changed while they stand."""


def problems(name, shown) -> list[str]:
    """Slack's complaints about what the case of this name shows, and what it would cut."""
    return _problems(shown, UPDATE_LIMIT if name.startswith(EDITED) else POST_LIMIT)


def _problems(shown, limit):
    if isinstance(shown, list):
        return [problem for each in shown for problem in _problems(each, limit)]
    if not isinstance(shown, dict):
        return []
    message = _in_message(shown, limit) if "text" in shown else []
    view = _in_view(shown["view"]) if "view" in shown else []
    others = [part for key, part in shown.items() if key not in {"blocks", "view"}]
    return [*message, *view, *_problems(others, limit)]


def _in_message(shown, limit):
    blocks = json.loads(json.dumps(shown.get("blocks", [])))
    found = problems_in_blocks(blocks)
    if _units(shown["text"]) > limit:
        found.append(f"the text has {_units(shown['text'])} characters, more than {limit}")
    if _all_units(blocks) > TOTAL_LIMIT:
        found.append(f"the blocks have {_all_units(blocks)} characters, more than {TOTAL_LIMIT}")
    return found


def _in_view(view):
    dumped = json.dumps(view)
    too_large = [f"the view has {len(dumped)} bytes"] if len(dumped) > VIEW_BYTES else []
    return [*problems_in_view(json.loads(dumped)), *too_large]


def _units(text):
    """How long Slack may count a text at most."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _all_units(part):
    if isinstance(part, list):
        return sum(map(_all_units, part))
    if isinstance(part, dict):
        own = _units(part["text"]) if isinstance(part.get("text"), str) else 0
        return own + sum(map(_all_units, part.values()))
    return 0
