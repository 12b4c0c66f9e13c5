"""Uploads: received, made harmless, kept in the data directory, and served under links that expire."""
