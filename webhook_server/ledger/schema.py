"""The schema's versions: a database of any earlier one is brought up to date at start."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from webhook_server import wording
from webhook_server.ledger.errors import LedgerUnusableError

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(engine: Engine) -> None:
    """Bring the schema to the newest version, wholly or not at all. Call it as the ledger's only owner.

    Raises:
        LedgerUnusableError: the file is no database, its schema is newer than this program, or it cannot be written.
    """
    try:
        with engine.begin() as connection:
            if _version(connection) != newest():
                # Here, because Alembic with all that it brings along is a tenth of a start, which seldom needs it.
                from webhook_server.ledger.upgrading import upgrade  # noqa: PLC0415

                upgrade(connection, MIGRATIONS)
    except OperationalError as error:  # full, locked or read-only: nothing is wrong with what is in it
        raise LedgerUnusableError(wording.ledger_unavailable(str(error.orig))) from error
    except SQLAlchemyError as error:
        raise LedgerUnusableError(wording.ledger_broken(str(getattr(error, "orig", error)))) from error


def _version(connection: Connection) -> str | None:
    """The version of the database's schema; None: it has none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def newest() -> str:
    """The version to which the last migration leads: its file's name begins with it."""
    return max(path.name for path in MIGRATIONS.glob("versions/[0-9]*.py")).partition("_")[0]
