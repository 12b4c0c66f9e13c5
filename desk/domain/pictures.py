"""Pictures from elsewhere in blocks: Slack loads each, and takes none of the blocks where it cannot."""

from collections.abc import Sequence
from typing import Any

Block = dict[str, Any]


def pictured(blocks: Sequence[Block]) -> bool:
    """Whether some block shows such a picture beside its text."""
    return any(map(_has_picture, blocks))


def without_pictures(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same blocks without them."""
    return tuple(
        {key: part for key, part in block.items() if key != "accessory"} if _has_picture(block) else block
        for block in blocks
    )


def _has_picture(block: Block) -> bool:
    accessory = block.get("accessory")
    return isinstance(accessory, dict) and "image_url" in accessory
