"""Connections to the database, and the lock that makes one process its only owner."""

import contextlib
import fcntl
import os
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from webhook_server import wording
from webhook_server.ledger.errors import LedgerInUseError, LedgerUnusableError
from webhook_server.ledger.prepared import say

BUSY_SECONDS = 4
READERS = 64
LOCK_SECONDS = 3.0
"""PostgreSQL may need a moment to see that the owner before us is gone."""
_POSTGRES_LOCK = 0x736B6C6467


class Owner(Protocol):
    """The lock that this process holds on the ledger."""

    def release(self) -> None:
        """Give the ledger to whoever comes next."""
        ...


def parse(url: str) -> URL:
    """The database's URL.

    Raises:
        LedgerUnusableError: it is none, or names a database that is neither SQLite on disk nor PostgreSQL.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise LedgerUnusableError(wording.database_url_unreadable()) from error
    backend = parsed.get_backend_name()
    if backend == "sqlite" and parsed.database and parsed.database != ":memory:":
        return parsed
    if backend == "postgresql":
        return parsed
    raise LedgerUnusableError(wording.database_url_unreadable())


def writing(url: URL) -> Engine:
    """An engine for the one connection that writes. Each of its transactions may write from its first statement."""
    engine = _create(url, pool_size=1, max_overflow=0)
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "begin", _begin_immediate)
    return engine


def reading(url: URL) -> Engine:
    """An engine for connections that only read, each statement for itself."""
    return _create(url, pool_size=8, max_overflow=READERS, isolation_level="AUTOCOMMIT")


def truncate_log(sqlite: Any) -> bool:
    """Bring what was written into the database file and empty the log beside it, on SQLite's own connection.

    Returns False where somebody reads in it: then it is done some time later.
    """
    busy, _, _ = sqlite.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def own(url: URL) -> Owner:
    """Become the ledger's only owner, until released or the process ends, however it ends.

    Raises:
        LedgerInUseError: another process owns it.
        LedgerUnusableError: the directory cannot be written, or the database does not answer.
    """
    return _FileLock(Path(str(url.database))) if url.get_backend_name() == "sqlite" else _AdvisoryLock(url)


def _create(url: URL, **options: Any) -> Engine:
    try:
        engine = create_engine(url, pool_pre_ping=url.get_backend_name() != "sqlite", hide_parameters=True, **options)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise LedgerUnusableError(wording.database_driver_missing(url.drivername)) from error
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where SQLAlchemy says, not where the driver guesses
    for pragma in (
        f"busy_timeout = {BUSY_SECONDS * 1000}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "temp_store = MEMORY",
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Connection) -> None:
    """A transaction that will write takes the lock at once: one that first reads could find it taken later."""
    say(connection, "BEGIN IMMEDIATE")


class _FileLock:
    """A locked file beside the SQLite file. The system releases it when the process ends."""

    def __init__(self, database: Path) -> None:
        path = database.with_name(database.name + ".lock")
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise LedgerUnusableError(wording.ledger_unwritable(str(path), str(error.strerror))) from error
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._descriptor)
            raise LedgerInUseError(wording.ledger_in_use(str(database))) from error

    def release(self) -> None:
        """Let go of the file."""
        os.close(self._descriptor)


class _AdvisoryLock:
    """A PostgreSQL advisory lock on a connection of its own. The server releases it when the connection ends."""

    def __init__(self, url: URL) -> None:
        try:
            engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
            self._connection = engine.connect()
        except (NoSuchModuleError, ModuleNotFoundError) as error:
            raise LedgerUnusableError(wording.database_driver_missing(url.drivername)) from error
        except SQLAlchemyError as error:
            raise LedgerUnusableError(wording.database_away(url.render_as_string())) from error
        try:
            self._connection.execute(text(f"SET lock_timeout = {LOCK_SECONDS * 1000:.0f}"))
            self._connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _POSTGRES_LOCK})
        except SQLAlchemyError as error:
            self._connection.close()
            raise LedgerInUseError(wording.ledger_in_use(url.render_as_string())) from error

    def release(self) -> None:
        """Give the lock back and end the connection."""
        with contextlib.suppress(SQLAlchemyError):  # then the connection has ended, and the lock with it
            self._connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _POSTGRES_LOCK})
        self._connection.close()
