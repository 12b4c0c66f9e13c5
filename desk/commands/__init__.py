"""Agents' other commands, a module each."""
