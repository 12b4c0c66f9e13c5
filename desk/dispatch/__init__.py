"""Dispatch channels: which one a conversation goes to, and what is told there."""
