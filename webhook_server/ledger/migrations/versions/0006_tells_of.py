"""Remembered answers know of whom they tell, so that they are found without a search when that one is forgotten."""

import json
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_FIND = sa.text("SELECT id, body FROM answers WHERE id > :after ORDER BY id LIMIT :most")
_TELL = sa.text(
    "UPDATE answers SET app_user_id = coalesce("
    "(SELECT app_users.id FROM app_users WHERE app_users.id = :whose), "
    "(SELECT merges.survivor_id FROM merges WHERE merges.loser_id = :whose)) WHERE id = :id"
)
_TOGETHER = 500


def upgrade() -> None:
    """Add the column, and fill it where an app user is still there, or lives on in another."""
    with op.batch_alter_table("answers") as answers:
        answers.add_column(sa.Column("app_user_id", sa.String(24)))
        answers.create_foreign_key("fk_answers_app_user", "app_users", ["app_user_id"], ["id"])
        answers.create_index("ix_answers_app_user", ["app_user_id"])
    for some in _remembered():
        told = [{"id": key, "whose": whose} for key, body in some if (whose := _whose(json.loads(body)))]
        if told:
            op.get_bind().execute(_TELL, told)


def _remembered() -> Iterator[list[tuple[str, str]]]:
    after = ""
    while some := [(row.id, row.body) for row in op.get_bind().execute(_FIND, {"after": after, "most": _TOGETHER})]:
        yield some
        after = some[-1][0]


def _whose(body: dict[str, object]) -> object:
    """The `_id` of the app user of whom an answer tells: of themselves, or of their conversation."""
    match body:
        case {"appUser": {"_id": whose}} | {"conversation": {"appUsers": [whose]}}:
            return whose
    return None
