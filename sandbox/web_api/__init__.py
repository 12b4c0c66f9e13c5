"""Slack's Web API: one function for each method, behind one gate that all calls pass."""

from sandbox.web_api import (
    app,
    chat,
    conversations_change,
    conversations_members,
    conversations_read,
    extras,
    files,
    users,
    views,
)
from sandbox.web_api.gate import ROUTES

__all__ = [
    "ROUTES",
    "app",
    "chat",
    "conversations_change",
    "conversations_members",
    "conversations_read",
    "extras",
    "files",
    "users",
    "views",
]
