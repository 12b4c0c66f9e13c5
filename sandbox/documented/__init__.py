"""What Slack documents: each method's arguments, scopes, limits, errors and output, and the check that holds us to it.

The tables follow Slack's public reference (docs.slack.dev/reference/methods, August 2026).
"""

from sandbox.documented import app, chat, conversations_change, conversations_read, extras, files, users, views
from sandbox.documented.check import Undocumented, check_answer
from sandbox.documented.common import COMMON_ERRORS, OBSERVED_ERRORS
from sandbox.documented.method import Method, Tier

__all__ = ["COMMON_ERRORS", "METHODS", "OBSERVED_ERRORS", "Method", "Tier", "Undocumented", "check_answer"]

METHODS: dict[str, Method] = {
    method.name: method
    for family in (app, chat, conversations_change, conversations_read, extras, files, users, views)
    for method in family.METHODS
}
