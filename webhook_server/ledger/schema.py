"""The schema's versions: a database of any earlier one is brought up to date at start."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from webhook_server import wording
from webhook_server.ledger.errors import LedgerUnusableError

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(engine: Engine) -> None:
    """Bring the schema to the newest version, wholly or not at all. Call it as the ledger's only owner.

    Raises:
        LedgerUnusableError: the file is no database, its schema is newer than this program, or it cannot be written.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except CommandError as error:
        raise LedgerUnusableError(wording.ledger_too_new(str(error))) from error
    except OperationalError as error:  # full, locked or read-only: nothing is wrong with what is in it
        raise LedgerUnusableError(wording.ledger_unavailable(str(error.orig))) from error
    except SQLAlchemyError as error:
        raise LedgerUnusableError(wording.ledger_broken(str(getattr(error, "orig", error)))) from error
