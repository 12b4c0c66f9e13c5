"""The notices of agents' replies, and of messages that Slack refused: how far they are."""

from desk.domain.wording.reasons import retold
from desk.domain.wording.speech import number, say


def replied(agent_name: str) -> str:
    """Head of a reply's notice."""
    return say("{agent} replied", agent=agent_name)


def delivery(state: str, reason: str) -> str:
    """How far a reply is."""
    sentence = _state(state)
    return f"{sentence} ({reason})" if reason and state not in {"delivered", "read"} else sentence


def _state(state: str) -> str:
    match state:
        case "sending":
            return say("⏳ sending…")
        case "waiting":
            return say("🕓 waiting for the app to fetch it")
        case "delivered":
            return say("✓ delivered")
        case "read":
            return say("✓✓ read")
        case "failed":
            return say("✗ failed: not delivered")
        case _:
            return state


def cut_in_view(characters: int) -> str:
    """Below a reply that is too long to be shown whole."""
    return say("Only its beginning is shown here: all {count} characters went to the app.", count=number(characters))


def retry_button() -> str:
    """The button of a failed reply."""
    return say("Retry")


def stranded(name: str) -> str:
    """A message that Slack refused: what its notice begins with."""
    return say("A message of {name}", name=name)


def stranding(state: str, reason: str) -> str:
    """What became of a message that Slack refused."""
    match state:
        case "failed":
            if reason:
                return say("could not be shown in Slack: {reason}", reason=retold(reason))
            return say("could not be shown in Slack")
        case "sending":
            return say("is being tried again…")
        case _:
            return say("was refused by Slack at first and is shown now")


def show_again_button() -> str:
    """The button of a message that Slack refused."""
    return say("Retry")
