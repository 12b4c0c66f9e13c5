"""The channel book on disk: TinyDB over a journal, so that a change costs as much as the change."""

from desk.channel_book.book import TinyChannelBook

__all__ = ["TinyChannelBook"]
