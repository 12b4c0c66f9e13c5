"""Errbot's own answers are Markdown; this makes Slack text of them in which nothing that was typed becomes live."""

import re

from desk.domain import slack_text

_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_HEADING = re.compile(r"^#{1,6} +(.+?)[ #]*$", re.MULTILINE)
_ITEM = re.compile(r"^(\s*)[-*]\s+", re.MULTILINE)
_LINK = re.compile(r"<((?:https?|mailto):[^|>]+)(?:\|[^>]*)?>")


def to_slack(markdown: str) -> str:
    """Escape everything, then turn headings, bold text and lists into Slack's."""
    text = slack_text.escape(markdown).strip()
    text = _ITEM.sub(r"\1• ", text)
    text = _HEADING.sub(lambda match: f"*{match[1].replace('*', '')}*", text)
    return _BOLD.sub(r"*\1*", text)


def to_plain(text: str) -> str:
    """Undo Slack's escapes in what somebody typed for Errbot; links become their addresses."""
    return slack_text.unescape(_LINK.sub(r"\1", text))
