"""Finding the element that somebody clicked."""

from collections.abc import Iterator

from sandbox.blocks.elements import INPUTS, INTERACTIVE
from sandbox.identifiers import JsonObject


def interactive_elements(blocks: list[JsonObject]) -> Iterator[tuple[str, JsonObject]]:
    """Every element that people can use, with the `block_id` of its block."""
    for block in blocks:
        parts = [*block.get("elements", []), block.get("accessory"), block.get("element")]
        for part in parts:
            if isinstance(part, dict) and (part.get("type") in INTERACTIVE or part.get("type") in INPUTS):
                yield block["block_id"], part


def find_element(blocks: list[JsonObject], action_id: str, block_id: str | None) -> tuple[str, JsonObject] | None:
    """The element of that `action_id`, in that block if one is named."""
    for found_in, element in interactive_elements(blocks):
        if element.get("action_id") == action_id and block_id in {None, found_in}:
            return found_in, element
    return None
