"""Every sentence that people read, here or in the workspace."""

from sandbox.socket_mode import Outcome


def command_failed(command: str, outcome: Outcome) -> str:
    """What Slack shows to whoever typed a command that the app did not acknowledge."""
    return f'{command} failed with the error "{outcome.value}"'


def unknown_command(command: str) -> str:
    """What Slackbot says to a command that no app has."""
    return (
        f'{command} is not a valid command. In Slack, all messages that start with the "/" character are interpreted '
        'as commands. If you are trying to send a message and not run a command, try preceding the "/" with an empty '
        "space."
    )


def command_in_thread(command: str) -> str:
    """What Slack says to a command typed into a thread."""
    return f"{command} is not supported in threads. Sorry!"


def joined(user_id: str) -> str:
    """A channel's line about somebody who came."""
    return f"<@{user_id}> has joined the channel"


def left(user_id: str) -> str:
    """A channel's line about somebody who went."""
    return f"<@{user_id}> has left the channel"


def archived(user_id: str) -> str:
    """A channel's last line."""
    return f"<@{user_id}> archived the channel"


def unarchived(user_id: str) -> str:
    """A channel's first line after it came back."""
    return f"<@{user_id}> un-archived the channel"


def renamed(user_id: str, old_name: str, name: str) -> str:
    """A channel's line about its name."""
    return f'<@{user_id}> has renamed the channel from "{old_name}" to "{name}"'


def made_private(user_id: str) -> str:
    """A channel's line about becoming private."""
    return f"<@{user_id}> made this channel private. Now, it can only be viewed or joined by invitation."


def topic_set(user_id: str, topic: str) -> str:
    """A channel's line about its topic."""
    return f"<@{user_id}> set the channel topic: {topic}" if topic else f"<@{user_id}> cleared the channel topic"


def purpose_set(user_id: str, purpose: str) -> str:
    """A channel's line about its description."""
    if not purpose:
        return f"<@{user_id}> cleared the channel description"
    return f"<@{user_id}> set the channel description: {purpose}"


NOTHING_BUT_BLOCKS = "This content can't be displayed."
NO_SUCH_PERSON = "There is nobody with that user ID; GET /_sandbox/state lists everyone."
NO_SUCH_CHANNEL = "This person sees no channel with that ID; GET /_sandbox/state lists all channels."
NO_SUCH_MESSAGE = "There is no message with that ts in the channel."
NO_SUCH_VIEW = "This person has no such view open."
NO_SUCH_ACTION = "There is no element with that action_id (and block_id) in it."
NO_SUCH_OPTION = "The element has no option with that value."
NO_SUCH_FILE = "There is no such file."
NOT_A_MEMBER = "Only members can do that: join the channel or be invited first."
ARCHIVED = "The channel is archived: unarchive it first."
DEACTIVATED = "This person's account is deactivated: reactivate it first."
GUESTS_CANNOT = "Guests and people from other organisations cannot do that: act as a member of the workspace."
NOT_YOURS = "People change their own messages only."
GENERAL_STAYS = "The general channel stays as it is: choose another one."
NOTHING_TO_SEND = "Type a text or attach a file."
TOO_LONG = "The message is too long: send at most 40,000 characters."
ALREADY_IN = "This person is in the channel already."
REQUIRED_INPUT = "Fill in every required field of the form first."
NOT_AN_APP_MESSAGE = "Only messages of the app have buttons that work."
UNREADABLE = "Send a JSON object."


def missing(*names: str) -> str:
    """A request lacks something."""
    return f"Give {' and '.join(names)} as well."


def wrong_value(name: str, allowed: str) -> str:
    """A request holds something else than it may."""
    return f"{name} must be {allowed}."


def name_refused(error: str) -> str:
    """A channel cannot be called so."""
    return f"Choose another name: Slack says {error}. Names have up to 80 of a-z, 0-9, - and _, and are taken once."


def undocumented_error(method: str, error: str) -> str:
    """An ordered fault that slack.com would never show."""
    return f"slack.com does not answer {method} with {error}: order an error that it documents."


def cannot_listen(port: int, reason: str) -> str:
    """The sandbox cannot start."""
    return f"sandbox: cannot listen on port {port} ({reason}). Choose another one with --port or SK_SANDBOX_PORT."
