"""How long something took or lasts, as people say it."""

from datetime import UTC, datetime

from desk.domain.wording.speech import number, say

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def span(seconds: float) -> str:
    """In the two greatest units that matter: "45 s", "12 min", "2 h 5 min", "3 d 4 h"."""
    whole = max(0, int(seconds))
    if whole < MINUTE:
        return say("{seconds} s", seconds=whole)
    if whole < HOUR:
        return say("{minutes} min", minutes=whole // MINUTE)
    hours, minutes = whole // HOUR, whole % HOUR // MINUTE
    if whole < DAY:
        return (
            say("{hours} h {minutes} min", hours=hours, minutes=minutes) if minutes else say("{hours} h", hours=hours)
        )
    days, hours = divmod(hours, 24)
    return say("{days} d {hours} h", days=number(days), hours=hours) if hours else say("{days} d", days=number(days))


def moment(at: float) -> str:
    """A moment in mrkdwn: everybody reads it in their own time zone. `at` is in seconds since the epoch."""
    shown = datetime.fromtimestamp(int(at), UTC)
    return f"<!date^{int(at)}^{{date_short_pretty}} {{time}}|{shown:%Y-%m-%d %H:%M} UTC>"
