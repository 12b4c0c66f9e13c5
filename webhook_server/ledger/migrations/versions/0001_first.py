"""App users, messages, webhooks, hand-overs, receipts and remembered answers."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.Float(53)


def upgrade() -> None:
    """Create everything."""
    _app_users()
    _messages()
    _webhooks()
    _handovers()
    _receipts()
    _answers()


def _app_users() -> None:
    op.create_table(
        "app_users",
        sa.Column("id", sa.String(24), primary_key=True),
        sa.Column("user_id", sa.Text(), unique=True),
        sa.Column("given_name", sa.Text()),
        sa.Column("surname", sa.Text()),
        sa.Column("email", sa.Text()),
        sa.Column("signed_up_at", sa.Text()),
        sa.Column("properties", sa.Text(), nullable=False),
        sa.Column("credential_required", sa.Boolean(), nullable=False),
        sa.Column("seen_with_jwt", sa.Boolean(), nullable=False),
        sa.Column("created", _TIME, nullable=False),
        sa.Column("conversation_id", sa.String(24), nullable=False),
        sa.Column("app_makers", sa.Text(), nullable=False),
        sa.Column("unread", sa.Integer(), nullable=False),
        sa.Column("last_received", sa.BigInteger(), nullable=False),
    )


def _messages() -> None:
    op.create_table(
        "messages",
        sa.Column("seq", _COUNTER, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(24), nullable=False, unique=True),
        sa.Column("app_user_id", sa.String(24), sa.ForeignKey("app_users.id"), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("author_id", sa.String(24), nullable=False),
        sa.Column("type", sa.String(16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("avatar_url", sa.Text()),
        sa.Column("media_url", sa.Text()),
        sa.Column("media_type", sa.Text()),
        sa.Column("metadata", sa.Text()),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_messages_conversation", "messages", ["app_user_id", "received"], unique=True)


def _webhooks() -> None:
    op.create_table(
        "webhooks",
        sa.Column("seq", _COUNTER, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(24), nullable=False, unique=True),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("triggers", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sqlite_autoincrement=True,
    )


def _handovers() -> None:
    op.create_table(
        "handovers",
        sa.Column("id", _COUNTER, primary_key=True, autoincrement=True),
        sa.Column("message_id", sa.String(24), sa.ForeignKey("messages.id"), nullable=False),
        sa.Column("app_user_id", sa.String(24), sa.ForeignKey("app_users.id"), nullable=False),
        sa.Column("webhook_id", sa.String(24), sa.ForeignKey("webhooks.id", ondelete="CASCADE")),
        sa.Column("trigger", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("accepted", _TIME, nullable=False),
        sa.Column("first_try_at", _TIME),
        sa.Column("next_try_at", _TIME),
        sa.Column("doubt_since", _TIME),
        sa.Column("last_error", sa.Text()),
        sa.Column("place_channel_id", sa.Text()),
        sa.Column("place_ts", sa.Text()),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_handovers_message", "handovers", ["message_id"])
    op.create_index("ix_handovers_webhook", "handovers", ["webhook_id"])
    waiting = sa.text("state = 'waiting'")
    op.create_index("ix_handovers_waiting", "handovers", ["id"], sqlite_where=waiting, postgresql_where=waiting)


def _receipts() -> None:
    op.create_table(
        "receipts",
        sa.Column("message_id", sa.String(24), sa.ForeignKey("messages.id"), primary_key=True),
        sa.Column("app_user_id", sa.String(24), sa.ForeignKey("app_users.id"), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("agent_name", sa.Text(), nullable=False),
        sa.Column("agent_avatar_url", sa.Text()),
        sa.Column("accepted", _TIME, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("shown_sequence", sa.Integer(), nullable=False),
        sa.Column("place_channel_id", sa.Text()),
        sa.Column("place_ts", sa.Text()),
    )
    unshown = sa.text("shown_sequence < sequence")
    op.create_index("ix_receipts_unshown", "receipts", ["accepted"], sqlite_where=unshown, postgresql_where=unshown)


def _answers() -> None:
    op.create_table(
        "answers",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("answered", _TIME, nullable=False),
    )
    op.create_index("ix_answers_answered", "answers", ["answered"])
    op.create_table(
        "probe",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("written", _TIME, nullable=False),
    )
    op.execute("INSERT INTO probe (id, written) VALUES (1, 0)")
