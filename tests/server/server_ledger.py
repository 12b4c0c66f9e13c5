"""Ledger files that need no migrating: laid out once a run by the real migrations, then copied."""

import shutil
import tempfile
from functools import cache
from pathlib import Path

from webhook_server.ledger import Ledger


def lay_out(file):
    """Put an empty ledger of the newest schema at `file`, if nothing is there yet."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        shutil.copy(_template(), file)


@cache
def _template():
    folder = tempfile.TemporaryDirectory(prefix="err-sk-ledger-")
    _kept.append(folder)  # until the run ends
    file = Path(folder.name) / "ledger.sqlite3"
    Ledger(f"sqlite:///{file}").close()
    return file


_kept = []
