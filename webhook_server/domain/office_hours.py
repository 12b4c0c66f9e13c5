"""Office hours: when the team is there, week after week in its time zone. Times are seconds since the epoch."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

Span = tuple[int, int, int]
"""A weekday (Monday is 0), and the minutes after midnight at which the office opens and closes (up to 1440)."""

AHEAD = dt.timedelta(days=366)
"""Nothing is looked for that is farther away."""

_WEEK_MINUTES = 7 * 1440


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """A week's spans of opening, which do not overlap, as clocks in `zone` show them. Without spans it is always open.

    A moment of opening belongs to the hours, one of closing does not. When clocks are changed, a time that they show
    twice is the first of the two, and one that they leave out is as much later as was left out.
    """

    zone: dt.tzinfo = dt.UTC
    spans: tuple[Span, ...] = ()

    @property
    def always(self) -> bool:
        """Whether the office never closes."""
        return not self.spans or sum(end - begin for _, begin, end in self.spans) >= _WEEK_MINUTES

    def is_open(self, at: float) -> bool:
        """Whether somebody is there at this moment."""
        if self.always:
            return True
        begin, end = next(self._stretches(at), (at, at))
        return begin <= at < end

    def changes(self, at: float) -> float | None:
        """When the office opens or closes next after `at`; None: not within a year."""
        if self.always:
            return None
        stretch = next(self._stretches(at), None)
        if stretch is None:
            return None
        begin, end = stretch
        return begin if at < begin else end

    def opening(self, at: float) -> float | None:
        """The first moment from `at` on at which the office is open; None: not within a year."""
        return self.after(at, 0.0)

    def after(self, at: float, seconds: float) -> float | None:
        """The moment at which `seconds` of office hours have passed since `at`, itself within the hours.

        None: that is more than a year away.
        """
        if self.always:
            return at + seconds
        left = seconds
        for begin, end in self._stretches(at):
            begin = max(begin, at)  # noqa: PLW2901 - what was before does not count
            if left < end - begin:
                return begin + left
            left -= end - begin
        return None

    def _stretches(self, at: float) -> Iterator[tuple[float, float]]:
        """The stretches of opening that end after `at`, in order, each as long as it goes on, for a year."""
        pending: tuple[float, float] | None = None
        for begin, end in self._parts(at):
            if pending is None:
                pending = begin, end
            elif begin <= pending[1]:
                pending = pending[0], max(pending[1], end)
            else:
                if pending[1] > at:
                    yield pending
                pending = begin, end
        if pending is not None and pending[1] > at:
            yield pending

    def _parts(self, at: float) -> Iterator[tuple[float, float]]:
        """Each day's spans as moments, from the day before `at` on."""
        today = dt.datetime.fromtimestamp(at, self.zone).date()
        for day in range(-1, AHEAD.days + 1):
            date = today + dt.timedelta(days=day)
            for weekday, opens, closes in self.spans:
                if weekday == date.weekday():
                    begin, end = self._moment(date, opens), self._moment(date, closes)
                    if begin < end:  # no clock may show any of it on a day on which it is changed
                        yield begin, end

    def _moment(self, date: dt.date, minutes: int) -> float:
        whole_days, minutes = divmod(minutes, 1440)
        date += dt.timedelta(days=whole_days)
        return dt.datetime.combine(date, dt.time(*divmod(minutes, 60)), self.zone).timestamp()
