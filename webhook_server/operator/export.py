"""`python -m webhook_server export`: all that is kept of one app user, as JSON, and on demand their uploads' files."""

import argparse
import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

from pydantic import TypeAdapter

from settings import Settings
from settings.model import own_directory
from webhook_server import wording
from webhook_server.administration import export
from webhook_server.ledger import SECTIONS
from webhook_server.operator.keeper import Keeper, OperatorError, Question, keeper
from wire import operators as wire

_PAGE = TypeAdapter(wire.ExportPage)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Teach `parser` what may follow the word `export`."""
    parser.add_argument("user", metavar="USER", help=wording.help_user())
    parser.add_argument("--media", metavar="DIR", type=Path, help=wording.help_media())


def carry_out(
    user: str,
    settings: Settings,
    media: Path | None = None,
    now: Callable[[], float] = time.time,
    out: TextIO | None = None,
) -> int:
    """Write what is kept of `user` as JSON, an array for each table of the ledger; their files go to `media`.

    Returns the exit status: 1 where a file was missing.

    Raises:
        OperatorError: there is no such app user, a file cannot be written, or neither server nor ledger can be used.
    """
    out = out or sys.stdout
    missing: list[str] = []
    with keeper(settings, now) as ledger:
        beginning = "{"
        for section in SECTIONS:
            rows = _rows(ledger, user, section)
            written = 0
            for row in rows:  # one that cannot be had ends all before anything is written
                out.write(f"{beginning}\n{json.dumps(section)}: [\n{row}" if not written else f",\n{row}")
                written += 1
                if section == "media" and media is not None and not _copied(json.loads(row), settings, media):
                    missing.append(json.loads(row)["id"])
            out.write("\n]" if written else f"{beginning}\n{json.dumps(section)}: []")
            beginning = ","
        out.write("\n}\n")
    if missing:
        sys.stderr.write(wording.files_missing(missing) + "\n")
    return 1 if missing else 0


def _rows(ledger: Keeper, user: str, section: str) -> Iterator[str]:
    """A section's rows as JSON, page by page."""
    asked = wire.ExportRequest(user=user, section=section)
    while (page := _page(ledger, asked)).rows:
        yield from page.rows
        asked = asked.model_copy(update={"after": page.after})


def _page(ledger: Keeper, asked: wire.ExportRequest) -> wire.ExportPage:
    return ledger.ask(Question(wire.EXPORT, asked, _PAGE, lambda books: export.page(books, asked)))


def _copied(row: dict[str, Any], settings: Settings, media: Path) -> bool:
    """Copy an upload's file; False where it is gone."""
    source = own_directory(settings, "media") / row["id"]
    try:
        media.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, media / f"{row['id']}-{row['file_name']}")
    except FileNotFoundError:
        return False
    except OSError as error:
        raise OperatorError(wording.cannot_write(str(media), str(error.strerror))) from error
    return True
