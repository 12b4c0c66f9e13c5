"""All cases that there are: importing their modules registers them."""

from importlib import import_module

from layout_cases import CASES, LONGEST

__all__ = ["CASES", "LONGEST"]

for module in ("layouts_of_notices", "layouts_of_answers", "layouts_of_views", "layouts_at_their_longest"):
    import_module(module)
