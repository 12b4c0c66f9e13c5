"""Cases: what waits, who takes care of it, who answered first. They begin with what is said after this."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_COUNTER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create the table with its indexes, and let messages know their cases."""
    op.add_column("messages", sa.Column("case_id", _COUNTER))
    op.create_table("cases", *_beginning(), *_course(), *_telling(), sqlite_autoincrement=True)
    op.create_index("ix_cases_app_user", "cases", ["app_user_id", "id"])
    for name, column, where in (
        ("ix_cases_open", "app_user_id", "closed_at IS NULL"),
        ("ix_cases_waiting", "waiting_since", "waiting_since IS NOT NULL AND closed_at IS NULL"),
        ("ix_cases_claimed", "claimed_by_id", "claimed_by_id IS NOT NULL AND closed_at IS NULL"),
        ("ix_cases_timers", "remind_at", "remind_at IS NOT NULL"),
        ("ix_cases_untold", "untold_since", "told < sequence"),
    ):
        condition = sa.text(where)
        unique = name == "ix_cases_open"
        op.create_index(name, "cases", [column], unique=unique, sqlite_where=condition, postgresql_where=condition)


def _beginning() -> list[sa.Column[object]]:
    return [
        sa.Column("id", _COUNTER, primary_key=True, autoincrement=True),
        sa.Column("app_user_id", sa.String(24), sa.ForeignKey("app_users.id"), nullable=False),
        sa.Column("opened", sa.Float(53), nullable=False),
        *_agent("opened_by"),
        sa.Column("first_message_id", sa.String(24)),
    ]


def _course() -> list[sa.Column[object]]:
    return [
        sa.Column("waiting_since", sa.Float(53)),
        *_agent("claimed_by"),
        sa.Column("first_answer_at", sa.Float(53)),
        *_agent("first_answer_by"),
        sa.Column("last_answer_at", sa.Float(53)),
        sa.Column("snoozed_until", sa.Float(53)),
        sa.Column("closed_at", sa.Float(53)),
        *_agent("closed_by"),
        sa.Column("close_reason", sa.Text()),
        sa.Column("reminder", sa.String(16), nullable=False),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("remind_at", sa.Float(53)),
    ]


def _telling() -> list[sa.Column[object]]:
    return [
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("untold_since", sa.Float(53)),
        sa.Column("quiet_until", sa.Float(53)),
        sa.Column("place_channel_id", sa.Text()),
        sa.Column("place_ts", sa.Text()),
        sa.Column("doubt_since", sa.Float(53)),
        sa.Column("last_request_id", sa.Text()),
    ]


def _agent(role: str) -> list[sa.Column[object]]:
    return [sa.Column(f"{role}_{part}", sa.Text()) for part in ("id", "name", "avatar_url")]
