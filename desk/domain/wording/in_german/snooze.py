"""Reminders that are put off."""

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
    "Nobody is reminded of {name} before {until}. A message of theirs, or an answer to them, ends that at once.": (
        "Bis {until} wird an {name} nicht erinnert. Eine Nachricht oder eine Antwort beendet das sofort."
    ),
    "Reminders of {name} are put off until {until} already.": (
        "Erinnerungen an {name} sind schon bis {until} zurückgestellt."
    ),
    "{agent} put off reminders of this conversation until {until}": (
        "{agent} hat Erinnerungen an dieses Gespräch bis {until} zurückgestellt"
    ),
    "Nothing was done: say how long, such as `/sk !snooze 30m`, `2h`, `1d` or `1w` (30 days at most), "
    "or until when, such as `/sk !snooze 17:00` in the team's time zone.": (
        "Nichts wurde getan: gib an, wie lange, etwa `/sk !snooze 30m`, `2h`, `1d` oder `1w` (höchstens "
        "30 Tage), oder bis wann, etwa `/sk !snooze 17:00` in der Zeitzone des Teams."
    ),
}
