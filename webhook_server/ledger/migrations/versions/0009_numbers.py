"""Indexes by time, so that what happened since this morning is counted without reading what happened before."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create them."""
    op.create_index("ix_receipts_accepted", "receipts", ["accepted"])
    op.create_index("ix_cases_opened", "cases", ["opened"])
    for name, column in (("ix_cases_answered", "first_answer_at"), ("ix_cases_closed", "closed_at")):
        known = sa.text(f"{column} IS NOT NULL")
        op.create_index(name, "cases", [column], sqlite_where=known, postgresql_where=known)
