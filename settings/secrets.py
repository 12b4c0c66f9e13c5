"""Secrets that nobody gave: generated once, kept in `secrets.env`, the same for every process that asks."""

import fcntl
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from dotenv import dotenv_values

FILE_NAME = "secrets.env"

_GENERATORS = {
    "sk_app_token": lambda: "apt_" + secrets.token_hex(16),
    "sk_key_id": lambda: "app_" + secrets.token_hex(12),
    "sk_secret": lambda: secrets.token_urlsafe(32),
    "sk_internal_secret": lambda: secrets.token_urlsafe(32),
    "sk_metrics_token": lambda: "met_" + secrets.token_hex(16),
}


class SecretsError(Exception):
    """The secrets file cannot be read or written. The text says which and why."""


def complete(data_dir: Path, given: Mapping[str, str]) -> dict[str, str]:
    """The secrets that are not in `given`, by setting name: from the file, else generated and stored there first.

    Safe against processes that start at the same moment: one generates, the others read.

    Raises:
        SecretsError: the directory or the file cannot be used.
    """
    missing = [name for name in _GENERATORS if not given.get(name)]
    if not missing:
        return {}
    path = data_dir / FILE_NAME
    try:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        stored = _read(path)
        if any(name not in stored for name in missing):
            stored = _generate(path, missing)
    except OSError as error:
        raise SecretsError(f"cannot use {path}: {error.strerror}. Give a directory that this user may write") from error
    return {name: stored[name] for name in missing}


def _read(path: Path) -> dict[str, str]:
    return {name.lower(): value for name, value in dotenv_values(path).items() if value}


def _generate(path: Path, missing: list[str]) -> dict[str, str]:
    descriptor = os.open(path.with_name(FILE_NAME + ".lock"), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        stored = _read(path)  # somebody may have been faster
        stored |= {name: _GENERATORS[name]() for name in missing if name not in stored}
        _replace(path, "".join(f"{name.upper()}={value}\n" for name, value in sorted(stored.items())))
        return stored
    finally:
        os.close(descriptor)


def _replace(path: Path, content: str) -> None:
    temporary = path.with_name(FILE_NAME + ".new")
    descriptor = os.open(temporary, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)
    temporary.replace(path)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)  # apps are told these secrets at once: they outlive a power cut
    finally:
        os.close(directory)
