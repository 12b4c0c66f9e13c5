"""Reminders and absence: from when on a wait counts, what was told of it, and whether the team is there."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, and the one row that tells of the team."""
    op.add_column("cases", sa.Column("counts_from", sa.Float(53)))
    op.add_column("cases", sa.Column("reminded", sa.Integer(), nullable=False, server_default=sa.text("0")))
    op.add_column("app_users", sa.Column("answered", sa.Float(53)))
    op.add_column("app_users", sa.Column("told_away", sa.Float(53)))
    op.create_table(
        "team",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("away_by_id", sa.Text()),
        sa.Column("away_by_name", sa.Text()),
        sa.Column("away_by_avatar_url", sa.Text()),
        sa.Column("away_until", sa.Float(53)),
        sa.Column("away_text", sa.Text()),
        sa.Column("reminded_at", sa.Float(53)),
    )
    op.execute("INSERT INTO team (id) VALUES (1)")
