"""What people read of the webhook server in German: each sentence under its English one."""

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
    # --- cases
    "There is no conversation with this app user to which that could be done.": (
        "Mit diesem App-Nutzer gibt es kein Gespräch, mit dem das ginge."
    ),
    "{who} takes care of this conversation.": "{who} kümmert sich um dieses Gespräch.",
    "Somebody else takes care of this conversation.": "Jemand anderes kümmert sich um dieses Gespräch.",
    "Nobody takes care of this conversation.": "Um dieses Gespräch kümmert sich niemand.",
    "{who} has closed this conversation.": "{who} hat dieses Gespräch geschlossen.",
    "This conversation is closed.": "Dieses Gespräch ist geschlossen.",
    "This conversation is open.": "Dieses Gespräch ist offen.",
    "Nobody waits for an answer in this conversation, so there is nothing to put off.": (
        "In diesem Gespräch wartet niemand auf eine Antwort, also gibt es nichts aufzuschieben."
    ),
}
