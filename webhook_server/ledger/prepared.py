"""Statements on the way that every message takes: their SQL is made once, then goes to the driver as it is.

SQLAlchemy builds a statement for each database and judges its errors; what it does again for each execution costs
several times what the database needs for a single row (docs/decisions/0014-hot-path.md).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.selectable import Select

Row = dict[str, Any]
Reader = Callable[[Any], Any]
Statement = Select[Any] | UpdateBase


class Prepared:
    """One statement. `columns` are what an INSERT or UPDATE gets that does not name its values.

    No list can be a parameter: a statement's text is the same each time.
    """

    def __init__(self, statement: Statement, *columns: str) -> None:
        self._statement = statement
        self._columns = columns
        self._made: dict[str, _Made] = {}

    def rows(self, connection: Connection, **given: Any) -> list[Row]:
        """Execute it and return what comes back, by the names of its columns.

        Raises:
            DBAPIError: as SQLAlchemy would raise it.
        """
        made = self._made.get(connection.dialect.name) or self._make(connection.dialect)
        return made.execute(connection, given)

    def row(self, connection: Connection, **given: Any) -> Row | None:
        """The row that comes back, if there is one."""
        found = self.rows(connection, **given)
        return found[0] if found else None

    def _make(self, dialect: Dialect) -> "_Made":
        made = self._made[dialect.name] = _Made(self._statement, self._columns, dialect)
        return made


def say(connection: Connection, text: str) -> None:
    """Execute what has neither parameters nor an answer.

    Raises:
        DBAPIError: as SQLAlchemy would raise it.
    """
    driver: Any = connection.connection
    try:
        driver.cursor().execute(text)
    except connection.dialect.dbapi.Error as error:  # type: ignore[union-attr] # a connection has its driver
        raise _judged(connection, text, error) from error


class _Made:
    """A statement in the words of one database."""

    def __init__(self, statement: Statement, columns: tuple[str, ...], dialect: Dialect) -> None:
        compiled: Any = statement.compile(dialect=dialect, column_keys=list(columns) or None)
        self._text = str(compiled)
        self._fixed: dict[str, Any] = dict(compiled.params)
        self._order: list[str] | None = list(compiled.positiontup) if compiled.positional else None
        exported = list(statement.exported_columns)  # none, where nothing comes back
        self._names = [str(column.name) for column in exported]
        self._kinds: list[Any] = [column.type.dialect_impl(dialect) for column in exported]
        self._readers: list[tuple[str, Reader]] | None = None
        self._dialect = dialect

    def execute(self, connection: Connection, given: Mapping[str, Any]) -> list[Row]:
        parameters = {**self._fixed, **given}
        driver: Any = connection.connection
        try:
            cursor = driver.cursor()
            try:
                cursor.execute(self._text, [parameters[name] for name in self._order] if self._order else parameters)
                found = cursor.fetchall() if self._names else ()
                if self._readers is None and found:
                    self._readers = self._read_by(cursor.description)
            finally:
                cursor.close()
        except connection.dialect.dbapi.Error as error:  # type: ignore[union-attr] # a connection has its driver
            raise _judged(connection, self._text, error) from error
        return [self._row(values) for values in found]

    def _row(self, values: tuple[Any, ...]) -> Row:
        row = dict(zip(self._names, values, strict=True))
        for name, reader in self._readers or ():
            row[name] = reader(row[name])
        return row

    def _read_by(self, description: Sequence[Any]) -> list[tuple[str, Reader]]:
        """What makes values of what the driver reads, where those are something else: SQLite has no booleans."""
        told = zip(self._names, self._kinds, description, strict=True)
        readers = ((name, kind.result_processor(self._dialect, column[1])) for name, kind, column in told)
        return [(name, reader) for name, reader in readers if reader]


def _judged(connection: Connection, text: str, error: Exception) -> BaseException:
    """The driver's error as SQLAlchemy would raise it; a connection that is lost is not used again."""
    dialect: Any = connection.dialect
    lost = bool(dialect.is_disconnect(error, connection.connection, None))
    if lost:
        connection.invalidate(error)
    return DBAPIError.instance(
        text, None, error, dialect.dbapi.Error, hide_parameters=True, connection_invalidated=lost, dialect=dialect
    )
