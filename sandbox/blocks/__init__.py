"""Block Kit: what Slack accepts, and what it makes of it when it stores a message or view."""

from sandbox.blocks.check import TOTAL_LIMIT, Surface, problems_in_blocks, problems_in_view, text_length
from sandbox.blocks.find import find_element, interactive_elements
from sandbox.blocks.store import stored_blocks

__all__ = [
    "TOTAL_LIMIT",
    "Surface",
    "find_element",
    "interactive_elements",
    "problems_in_blocks",
    "problems_in_view",
    "stored_blocks",
    "text_length",
]
