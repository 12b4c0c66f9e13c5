"""The channels of app users."""
