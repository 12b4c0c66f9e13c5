"""What the desk needs from outside: a Slack workspace, the channel book, the app's side and a clock."""

from desk.ports.app_side import AppSide
from desk.ports.book import ChannelBook, ChannelEntry, Erasure, Joining
from desk.ports.clock import Clock
from desk.ports.notes import DispatchNote, HomeNote
from desk.ports.owed import OwedNote, OwedPost
from desk.ports.workspace import (
    Channel,
    FileId,
    Found,
    Identity,
    Mark,
    Page,
    Person,
    Post,
    Standing,
    Ticket,
    Workspace,
    Written,
)

__all__ = [
    "AppSide",
    "Channel",
    "ChannelBook",
    "ChannelEntry",
    "Clock",
    "DispatchNote",
    "Erasure",
    "FileId",
    "Found",
    "HomeNote",
    "Identity",
    "Joining",
    "Mark",
    "OwedNote",
    "OwedPost",
    "Page",
    "Person",
    "Post",
    "Standing",
    "Ticket",
    "Workspace",
    "Written",
]
