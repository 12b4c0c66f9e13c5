"""App users' messages that Slack refused, told to agents; given-up hand-overs found without a search."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table, and two indexes."""
    dead = sa.text("state = 'dead'")
    op.create_index("ix_handovers_dead", "handovers", ["id"], sqlite_where=dead, postgresql_where=dead)
    op.create_table(
        "strandings",
        sa.Column("message_id", sa.String(24), sa.ForeignKey("messages.id"), primary_key=True),
        sa.Column("app_user_id", sa.String(24), sa.ForeignKey("app_users.id"), nullable=False),
        sa.Column("since", sa.Float(53), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("shown_sequence", sa.Integer(), nullable=False),
        sa.Column("place_channel_id", sa.Text()),
        sa.Column("place_ts", sa.Text()),
    )
    unshown = sa.text("shown_sequence < sequence")
    op.create_index("ix_strandings_unshown", "strandings", ["since"], sqlite_where=unshown, postgresql_where=unshown)
