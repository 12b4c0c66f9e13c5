"""Slack itself: the desk's Workspace on its Web API, within its limits."""
