"""Errbot's backend for Slack: SlackV3 plus slash commands, acknowledgement in time, order, and no command run twice."""
