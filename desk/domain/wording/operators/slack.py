"""Why the bot cannot work, as readiness and logs tell it: Slack, and dispatch channels that cannot be used."""


def not_asked_yet() -> str:
    """Before the first answer."""
    return "Slack has not been asked yet"


def slack_unanswered(reason: str) -> str:
    """Slack said nothing that can be used."""
    return f"Slack does not answer as it should: {reason}"


def slack_blocks(code: str) -> str:
    """The workspace does not let the bot work."""
    hints = {
        "invalid_auth": "SLACK_BOT_TOKEN is not valid",
        "not_authed": "SLACK_BOT_TOKEN is missing",
        "token_revoked": "SLACK_BOT_TOKEN was revoked: install the app again",
        "token_expired": "SLACK_BOT_TOKEN has expired: install the app again",
        "account_inactive": "the bot was deactivated in Slack: install the app again",
        "missing_scope": "the Slack app lacks a scope: install it again from slack-app-manifest.yaml",
        "restricted_action": "an administrator of the workspace has forbidden this to apps: allow it to the bot",
    }
    return f"Slack refuses the bot ({code}): {hints.get(code, 'ask an administrator of the workspace')}"


def dispatch_missing(setting: str, variable: str) -> str:
    """The dispatch channel cannot be found; `variable` names it."""
    return (
        f"the dispatch channel {setting} cannot be found: name an existing channel in {variable}, "
        "or, if it is private, type /invite and the bot's name there"
    )


def dispatch_archived(setting: str, variable: str) -> str:
    """The dispatch channel is archived; `variable` names it."""
    return f"the dispatch channel {setting} is archived: unarchive it, or name another one in {variable}"


def dispatch_lost(setting: str) -> str:
    """The dispatch channel took no post."""
    return f"the dispatch channel {setting} takes no posts: it is looked for again"


def dispatch_closed(setting: str) -> str:
    """The bot is not in the private dispatch channel."""
    return f"the bot is not in the dispatch channel {setting}: type /invite and the bot's name there"
