"""How long something took or lasts."""

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
    "{seconds} s": "{seconds} s",
    "{minutes} min": "{minutes} min",
    "{days} d {hours} h": "{days} T {hours} h",
    "{days} d": "{days} T",
    "{hours} h {minutes} min": "{hours} h {minutes} min",
    "{hours} h": "{hours} h",
}
