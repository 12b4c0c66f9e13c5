"""What dispatch channels are told of new conversations."""

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
    "{before} is {title}": "{before} ist {title}",
    "{title} started a conversation in {link}": "{title} hat ein Gespräch in {link} begonnen",
    "{title} started a conversation. Slack holds its channel back: the link follows here.": (
        "{title} hat ein Gespräch begonnen. Slack hält den Channel noch zurück: der Link folgt hier."
    ),
    "{before} is {title}: the conversation is in {link}": "{before} ist {title}: das Gespräch ist in {link}",
}
