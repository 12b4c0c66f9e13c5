"""Sentences for whoever runs the bot: they stand in the terminal and in logs, and are English in every language."""
