"""Figures: what was measured, round by round, and what is read from it. Pure."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured of one system: a value for each round. Their median is the figure, their range its spread."""

    what: str
    system: str
    unit: str
    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle round's."""
        return statistics.median(self.values)

    @property
    def low(self) -> float:
        """The lowest round's."""
        return min(self.values)

    @property
    def high(self) -> float:
        """The highest round's."""
        return max(self.values)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A target, and what was measured of it. Each value comes from one round, both sides of it."""

    target: str
    unit: str
    sense: Literal["at most", "at least"]
    limit: float
    values: tuple[float, ...]

    @property
    def measured(self) -> float:
        """The middle round's."""
        return statistics.median(self.values)

    @property
    def met(self) -> bool:
        """Whether the target was reached."""
        return self.measured <= self.limit if self.sense == "at most" else self.measured >= self.limit


@dataclass(frozen=True, slots=True)
class Findings:
    """What one measurement has found."""

    figures: tuple[Figure, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    notes: tuple[str, ...] = ()

    def __add__(self, other: "Findings") -> "Findings":
        """Both, one after the other."""
        return Findings(self.figures + other.figures, self.verdicts + other.verdicts, self.notes + other.notes)


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` of all values do not exceed."""
    if not values:
        raise ValueError("nothing was measured")
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def ratios(of: Sequence[float], to: Sequence[float]) -> tuple[float, ...]:
    """Round by round, `of` as a multiple of `to`."""
    return tuple(one / other for one, other in zip(of, to, strict=True))


def differences(of: Sequence[float], to: Sequence[float]) -> tuple[float, ...]:
    """Round by round, how much more `of` is than `to`."""
    return tuple(one - other for one, other in zip(of, to, strict=True))


def read_table(table: str, of: str) -> list[Figure]:
    """The rows of a Markdown table: what, the median, and "the least to the most"."""
    found = []
    for line in table.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 3 and " to " in cells[2]:  # noqa: PLR2004 - its columns
            low, _, high = cells[2].partition(" to ")
            found.append(Figure(f"{of}: {cells[0]}", "ours", "", tuple(map(float, (low, cells[1], high)))))
    return found
