"""What people in Slack read in German: each sentence under its English one."""

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {}
