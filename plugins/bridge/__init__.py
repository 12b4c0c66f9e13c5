"""The internal API."""
