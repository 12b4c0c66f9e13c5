"""Every sentence that people read and that the backend itself says; the desk's are in its own module."""

from desk.domain import slack_text


def still_working() -> str:
    """In the place of an answer that takes longer than Slack waits."""
    return "Still working on it… the answer will follow here. Do not send it again until then."


def done_after_all() -> str:
    """After `still_working`, when there is nothing else to say."""
    return "Done. If it was a reply, its notice in the channel shows how far it is."


def starting() -> str:
    """Somebody was faster than the start."""
    return "I am still starting: nothing was done, nothing was sent. Please try again in a moment."


def stopping() -> str:
    """Somebody typed a command while the bot was being stopped."""
    return "I am being restarted: nothing was done, nothing was sent. Please try again in a moment."


def too_busy() -> str:
    """More commands wait than can be kept."""
    return "Too many commands are waiting: nothing was done, nothing was sent. Please try again in a minute."


def went_wrong() -> str:
    """A fault of ours, after which nobody can tell how far it came."""
    return (
        "Something went wrong here, and it is in my log. If it was a reply and it went out, its notice appears in the "
        "channel; look for it before you send it again."
    )


def without_files() -> str:
    """Somebody attached files to a typed command."""
    return (
        "Nothing was sent: a typed command cannot send files. To send this message with its files, choose "
        "“Send to app user” in its menu (⋮). Or type the text without them."
    )


def unknown_button() -> str:
    """A button that no plugin knows, from an older version perhaps."""
    return "This button does not work any more; nothing was done."


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


def channels_title(count: int, page: int, pages: int) -> str:
    """Above the list of channels."""
    people = "1 app user has a channel" if count == 1 else f"{count} app users have a channel"
    return f"*{people}*" + (f", page {page} of {pages}: `!channels PAGE` shows another" if pages > 1 else "")


def channel_line(title: str, app_user_id: str, channel_id: str | None, state: str) -> str:
    """One line of the list of channels."""
    where = f"<#{channel_id}>" if channel_id else "no channel yet"
    return f"• {where} {slack_text.escape(title)} `{app_user_id}` {state}"


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
