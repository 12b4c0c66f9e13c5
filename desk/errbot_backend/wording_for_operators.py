"""What operators read of the backend: why it is not ready, and what it answers through the internal API. In English."""


def socket_connecting() -> str:
    """A reason for not being ready."""
    return "Slack: no Socket Mode connection yet"


def socket_closed() -> str:
    """A reason for not being ready."""
    return "Slack: the Socket Mode connection was closed"


def socket_failed(reason: str) -> str:
    """A reason for not being ready."""
    hints = {
        "invalid_auth": "SLACK_APP_TOKEN is wrong or was revoked",
        "not_authed": "SLACK_APP_TOKEN is missing",
        "not_allowed_token_type": "SLACK_APP_TOKEN must be an app-level token (xapp-…)",
        "missing_scope": "SLACK_APP_TOKEN needs the scope connections:write",
    }
    return f"Slack: Socket Mode cannot connect ({hints.get(reason, reason)}); trying again"


def not_authenticated_yet() -> str:
    """A reason for not being ready."""
    return "Slack: not connected yet"


def token_refused(code: str) -> str:
    """A reason for not being ready."""
    return f"Slack: refuses SLACK_BOT_TOKEN ({code}); trying again"


def slack_away(reason: str) -> str:
    """A reason for not being ready."""
    return f"Slack: cannot be reached ({reason}); trying again"


def token_revoked() -> str:
    """A reason for not being ready."""
    return "Slack: the app's tokens were revoked; install the app again and restart with the new tokens"


def plugin_missing(name: str) -> str:
    """A reason for not being ready."""
    return f"the plugin {name} is not active; the log tells why"


def port_taken(port: int) -> str:
    """For the operator, at the start."""
    return f"SK_BOT_PORT: another process listens on 127.0.0.1:{port}; stop it or choose another port"


def not_ready() -> str:
    """To the webhook server, which will ask again."""
    return "the bot is starting, stopping or switched off; ask again later"


def too_large() -> str:
    """To a caller of the internal API."""
    return "the body is larger than 1 MB"


def malformed(problems: str) -> str:
    """To a caller of the internal API."""
    return f"the body is not what this path expects: {problems}"


def internal_fault() -> str:
    """To the webhook server."""
    return "the bot failed; its log tells why"
