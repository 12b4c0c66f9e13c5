"""Merged app users, keys, uploads, the stream's events, erasures; hand-overs that tell of events."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables, and widen two."""
    _widen()
    counter = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "merges",
        sa.Column("loser_id", sa.String(24), primary_key=True),
        sa.Column("survivor_id", sa.String(24), sa.ForeignKey("app_users.id"), nullable=False),
        sa.Column("merged", sa.Float(53), nullable=False),
        sa.Index("ix_merges_survivor", "survivor_id"),
    )
    op.create_table(
        "keys",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("created", sa.Float(53), nullable=False),
        sa.Column("revoked", sa.Float(53)),
    )
    op.create_table(
        "media",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("created", sa.Float(53), nullable=False),
        sa.Index("ix_media_created", "created"),
    )
    op.create_table(
        "stream_events",
        sa.Column("seq", counter, primary_key=True, autoincrement=True),
        sa.Column("app_user_id", sa.String(24), sa.ForeignKey("app_users.id"), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("message_id", sa.String(24)),
        sa.Column("at", sa.Float(53), nullable=False),
        sa.Index("ix_stream_events_app_user", "app_user_id", "seq"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "erasures",
        sa.Column("app_user_id", sa.String(24), primary_key=True),
        sa.Column("merged_ids", sa.Text(), nullable=False),
        sa.Column("asked", sa.Float(53), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("deleted", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Text(), nullable=False),
        sa.Column("finished", sa.Float(53)),
    )


def _widen() -> None:
    op.add_column("messages", sa.Column("media_id", sa.String(32)))
    given = sa.text("media_id IS NOT NULL")
    op.create_index("ix_messages_media", "messages", ["media_id"], sqlite_where=given, postgresql_where=given)
    op.create_index("ix_receipts_app_user", "receipts", ["app_user_id", "accepted"])
    with op.batch_alter_table("handovers", table_kwargs={"sqlite_autoincrement": True}) as handovers:
        handovers.alter_column("message_id", existing_type=sa.String(24), nullable=True)
        handovers.add_column(sa.Column("event_id", sa.String(24)))
        handovers.add_column(sa.Column("payload", sa.Text()))
