"""Devices, each of one app user."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "devices",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("app_user_id", sa.String(24), sa.ForeignKey("app_users.id"), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("app_version", sa.Text()),
        sa.Column("info", sa.Text()),
        sa.Column("last_seen", sa.Float(53), nullable=False),
    )
    op.create_index("ix_devices_app_user", "devices", ["app_user_id"])
