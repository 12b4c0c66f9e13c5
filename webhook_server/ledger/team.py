"""What the ledger keeps of the team: whether somebody said that it is away, and when people were reminded last."""

from sqlalchemy import Connection, select, update

from webhook_server.domain.away import Absence
from webhook_server.domain.receipts import Speaker
from webhook_server.ledger.tables import team


class Team:
    """The team, seen through one connection. Times are seconds since the epoch."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def absence(self) -> Absence | None:
        """What an agent said last, if it was that the team is away; it may be over."""
        row = self._connection.execute(select(team)).mappings().one()
        if row["away_by_id"] is None:
            return None
        by = Speaker(row["away_by_id"], row["away_by_name"], row["away_by_avatar_url"])
        return Absence(by, row["away_until"], row["away_text"])

    def save_absence(self, absence: Absence | None) -> None:
        """The team is away, or back."""
        by = absence.by if absence else None
        columns = {
            "away_by_id": by.agent_id if by else None,
            "away_by_name": by.name if by else None,
            "away_by_avatar_url": by.avatar_url if by else None,
            "away_until": absence.until if absence else None,
            "away_text": absence.text if absence else None,
        }
        self._connection.execute(update(team).values(**columns))

    def reminded_at(self) -> float | None:
        """When people were reminded of anything last."""
        found: float | None = self._connection.execute(select(team.c.reminded_at)).scalar_one()
        return found

    def reminded(self, now: float) -> None:
        """People are reminded of something now."""
        self._connection.execute(update(team).values(reminded_at=now))
