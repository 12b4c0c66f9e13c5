"""A small language for shapes of JSON: a checker yields one sentence for each problem that it finds."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

Checker: TypeAlias = Callable[[object, str], Iterator[str]]


def anything(_value: object, _path: str) -> Iterator[str]:
    """No demands."""
    yield from ()


def boolean(value: object, path: str) -> Iterator[str]:
    """True or false."""
    if not isinstance(value, bool):
        yield f"must be a boolean {path}"


def string(most: int, least: int = 1) -> Checker:
    """A string of at least and at most so many characters."""

    def check(value: object, path: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"must be a string {path}"
        elif len(value) > most:
            yield f"must be less than {most + 1} characters {path}"
        elif len(value) < least:
            yield f"must be more than {least - 1} characters {path}"

    return check


def integer(least: int, most: int) -> Checker:
    """A whole number within bounds."""

    def check(value: object, path: str) -> Iterator[str]:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            yield f"must be a number from {least} to {most} {path}"

    return check


def one_of(*allowed: str) -> Checker:
    """One of these words."""

    def check(value: object, path: str) -> Iterator[str]:
        if value not in allowed:
            yield f"must be one of {', '.join(allowed)} {path}"

    return check


def list_of(item: Checker, most: int, least: int = 1) -> Checker:
    """A list with so many items, each of one shape."""

    def check(value: object, path: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"must be an array {path}"
            return
        if len(value) > most:
            yield f"no more than {most} items allowed {path}"
        if len(value) < least:
            yield f"must have at least {least} items {path}"
        for index, entry in enumerate(value):
            yield from item(entry, f"{path}/{index}")

    return check


def shape(required: Mapping[str, Checker], optional: Mapping[str, Checker] | None = None) -> Checker:
    """An object with these fields and no others."""
    known = {**required, **(optional or {})}

    def check(value: object, path: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"must be an object {path}"
            return
        for name in required:
            if value.get(name) is None:
                yield f"missing required field: {name} {path}"
        for name, entry in value.items():
            if name not in known:
                yield f"invalid additional property: {name} {path}"
            elif entry is not None:
                yield from known[name](entry, f"{path}/{name}")

    return check


def tagged(kinds: Mapping[str, Checker], what: str) -> Checker:
    """An object whose `type` tells its shape."""

    def check(value: object, path: str) -> Iterator[str]:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind not in kinds:
            yield f"unsupported type: {kind} of {what} {path}"
        else:
            yield from kinds[kind](value, path)

    return check
