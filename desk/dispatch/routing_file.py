"""The file of rules on the disk."""

from pathlib import Path

from desk.domain.routing import Rule
from desk.domain.rules import RulesError, read
from desk.domain.wording.operators import routing as wording


def load(path: Path | None) -> tuple[Rule, ...]:
    """The rules in the file at `path`; without one there are none.

    Raises:
        RulesError: the file cannot be read, or is wrong. The text is for the operator.
    """
    if path is None:
        return ()
    try:
        content = path.read_bytes()
    except OSError as error:
        raise RulesError(wording.not_readable(str(path), str(error.strerror))) from error
    return read(content, str(path))
