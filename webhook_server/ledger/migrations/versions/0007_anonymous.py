"""Uploads by whoever has the public token are told from others: they are given less room, and less time."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column. What is there already counts as everybody else's: it is given its day."""
    op.add_column("media", sa.Column("anonymous", sa.Boolean, nullable=False, server_default=sa.false()))
