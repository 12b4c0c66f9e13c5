"""Agents' Home tabs."""
