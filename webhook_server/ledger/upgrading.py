"""Upgrading the schema with Alembic: apart, because a start that has nothing to upgrade does without it."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

from webhook_server import wording
from webhook_server.ledger.errors import LedgerUnusableError


def upgrade(connection: Connection, migrations: Path) -> None:
    """Run the migrations that are missing. Raises LedgerUnusableError where the schema is newer than this program."""
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise LedgerUnusableError(wording.ledger_too_new(str(error))) from error
