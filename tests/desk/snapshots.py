"""Snapshots: small files that people read, one for each case, compared exactly."""

import json
import os
import re
from pathlib import Path

DIRECTORY = Path(__file__).parent / "snapshots"
WIDTH = 120
UPDATING = bool(os.environ.get("UPDATE_SNAPSHOTS"))
HINT = "look at what changed, then run with UPDATE_SNAPSHOTS=1"
_REPEATED = re.compile(r"(.{1,24}?)\1{5,}", re.DOTALL)
_WORTH_IT = 40
"""Characters: shorter repetitions stay, and so do white space and IDs."""


def compare(name, shown) -> None:
    """Whether `shown` is what the snapshot says; while snapshots are updated, the snapshot becomes `shown`."""
    file, text = DIRECTORY / f"{name}.json", laid_out(abbreviated(shown)) + "\n"
    if UPDATING:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert file.exists(), f"there is no snapshot {name}: {HINT}"
    assert file.read_text(encoding="utf-8") == text, f"{name} is not what its snapshot says: {HINT}"


def without_a_case(names) -> list[str]:
    """Snapshots that no case writes any more; while snapshots are updated, they go."""
    files = {file.relative_to(DIRECTORY).as_posix().removesuffix(".json"): file for file in DIRECTORY.rglob("*.json")}
    left = sorted(files.keys() - names)
    for name in left if UPDATING else ():
        files[name].unlink()
    return [] if UPDATING else left


def abbreviated(value):
    """The same in short: of what is repeated once, and the length of it all (3,000 times x is `x…(3000)`).

    A text of several lines is a list of them, a text object without markup is `{"plain_text": TEXT}`.
    """
    if isinstance(value, str):
        short = _REPEATED.sub(_once, value)
        return _told_once(short.split("\n")) if "\n" in short else short
    if isinstance(value, dict):
        if value.keys() == {"type", "text", "emoji"} and (value["type"], value["emoji"]) == ("plain_text", False):
            return {"plain_text": abbreviated(value["text"])}
        return {key: abbreviated(part) for key, part in value.items()}
    return _told_once([abbreviated(part) for part in value]) if isinstance(value, list | tuple) else value


def laid_out(value, depth=0) -> str:
    """JSON in which whatever fits into a line stands in one."""
    line = json.dumps(value, ensure_ascii=False)
    if len(line) + 2 * depth <= WIDTH or not value or not isinstance(value, dict | list):
        return line
    inner, outer = "\n" + "  " * (depth + 1), "\n" + "  " * depth
    if isinstance(value, list):
        return f"[{inner}{f',{inner}'.join(laid_out(part, depth + 1) for part in value)}{outer}]"
    parts = [f"{json.dumps(key)}: {laid_out(part, depth + 1)}" for key, part in value.items()]
    return f"{{{inner}{f',{inner}'.join(parts)}{outer}}}"


def _once(found):
    return f"{found[1]}…({len(found[0])})" if found[1].strip() and len(found[0]) >= _WORTH_IT else found[0]


def _told_once(parts):
    """A list, its runs of the same one, two or three parts told once, with how often they stand there."""
    kept, start = [], 0
    while start < len(parts):
        size, times = max(((size, _times(parts, start, size)) for size in (1, 2, 3)), key=lambda run: run[0] * run[1])
        if times < 3:
            kept.append(parts[start])
            start += 1
        else:
            kept += [*parts[start : start + size], f"the same {times} times"]
            start += size * times
    return kept


def _times(parts, start, size):
    times = 1
    while parts[start : start + size] == parts[start + size * times : start + size * (times + 1)]:
        times += 1
    return times
