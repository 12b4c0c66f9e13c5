"""A local Slack workspace: Web API, Socket Mode and the people in it, for trying, demonstrations and tests."""
