"""The one place that reads the environment: every variable, its default, its check, and the generated secrets."""

from settings.model import Settings, SettingsError, load, load_without_secrets, own_directory

__all__ = ["Settings", "SettingsError", "load", "load_without_secrets", "own_directory"]
