"""Whatever is an app user's is found without a search, where they are merged or go."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the indexes."""
    op.create_index("ix_handovers_app_user", "handovers", ["app_user_id"])
    op.create_index("ix_strandings_app_user", "strandings", ["app_user_id"])
