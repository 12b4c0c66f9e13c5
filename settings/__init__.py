"""The one place that reads the environment: every variable, its default, its check, and the generated secrets."""

from settings.model import Settings, SettingsError, load, own_directory

__all__ = ["Settings", "SettingsError", "load", "own_directory"]
