"""Rows of the table `cases`, read as the values they stand for, and back."""

from typing import Any

from webhook_server.domain.cases import Answered, Case, Closing
from webhook_server.domain.receipts import Place, Speaker
from webhook_server.ledger import rows


def case(row: rows.Columns) -> Case:
    """A case from a row of `cases`."""
    return Case(
        id=row["id"],
        app_user_id=row["app_user_id"],
        opened=row["opened"],
        opened_by=_agent(row, "opened_by"),
        first_message_id=row["first_message_id"],
        waiting_since=row["waiting_since"],
        claimed_by=_agent(row, "claimed_by"),
        first_answer=_answer(row),
        last_answer_at=row["last_answer_at"],
        snoozed_until=row["snoozed_until"],
        closed=_closing(row),
        reminder=row["reminder"],
        reminders=row["reminders"],
        remind_at=row["remind_at"],
        counts_from=row["counts_from"],
        reminded=row["reminded"],
        sequence=row["sequence"],
        told=row["told"],
        untold_since=row["untold_since"],
        quiet_until=row["quiet_until"],
        place=None if row["place_ts"] is None else Place(row["place_channel_id"], row["place_ts"]),
        doubt_since=row["doubt_since"],
        last_request_id=row["last_request_id"],
    )


def beginning_columns(begun: Case) -> dict[str, Any]:
    """The columns that hold what never changes of a case, but for whose it is."""
    return {
        "app_user_id": begun.app_user_id,
        "opened": begun.opened,
        **_agent_columns("opened_by", begun.opened_by),
        "first_message_id": begun.first_message_id,
    }


def course_columns(changed: Case) -> dict[str, Any]:
    """The columns that change as a case goes on. Where its notice stands, and whether it does, is not among them."""
    first, closing = changed.first_answer, changed.closed
    return {
        "waiting_since": changed.waiting_since,
        **_agent_columns("claimed_by", changed.claimed_by),
        "first_answer_at": first.at if first else None,
        **_agent_columns("first_answer_by", first.by if first else None),
        "last_answer_at": changed.last_answer_at,
        "snoozed_until": changed.snoozed_until,
        "closed_at": closing.at if closing else None,
        **_agent_columns("closed_by", closing.by if closing else None),
        "close_reason": closing.reason if closing else None,
        "reminder": changed.reminder,
        "reminders": changed.reminders,
        "remind_at": changed.remind_at,
        "counts_from": changed.counts_from,
        "reminded": changed.reminded,
        "sequence": changed.sequence,
        "told": changed.told,
        "untold_since": changed.untold_since,
        "quiet_until": changed.quiet_until,
        "last_request_id": changed.last_request_id,
    }


def _answer(row: rows.Columns) -> Answered | None:
    agent = _agent(row, "first_answer_by")
    return Answered(row["first_answer_at"], agent) if agent else None


def _closing(row: rows.Columns) -> Closing | None:
    if row["closed_at"] is None:
        return None
    return Closing(row["closed_at"], _agent(row, "closed_by"), row["close_reason"])


def _agent(row: rows.Columns, role: str) -> Speaker | None:
    if row[f"{role}_id"] is None:
        return None
    return Speaker(row[f"{role}_id"], row[f"{role}_name"], row[f"{role}_avatar_url"])


def _agent_columns(role: str, agent: Speaker | None) -> dict[str, Any]:
    if agent is None:
        return {f"{role}_id": None, f"{role}_name": None, f"{role}_avatar_url": None}
    return {f"{role}_id": agent.agent_id, f"{role}_name": agent.name, f"{role}_avatar_url": agent.avatar_url}
