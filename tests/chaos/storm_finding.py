"""What the checker finds: which promise was broken, and by what."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One broken promise."""

    kind: str
    what: str

    def __str__(self) -> str:
        """On one line."""
        return f"{self.kind}: {self.what}"
