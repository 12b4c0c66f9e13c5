"""The report: results as JSON, and as tables that people read."""

import json
import os
import platform
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

from bench.figures import Figure, Findings, Verdict

_CPUINFO = Path("/proc/cpuinfo")
_GIGABYTE = 1024**3


def as_json(findings: Mapping[str, Findings], about: Mapping[str, Any]) -> str:
    """Everything that was measured, and `about` it."""
    measured = {
        name: {
            "figures": [
                asdict(one) | {"median": one.median, "low": one.low, "high": one.high} for one in found.figures
            ],
            "verdicts": [asdict(one) | {"measured": one.measured, "met": one.met} for one in found.verdicts],
            "notes": found.notes,
        }
        for name, found in findings.items()
    }
    return json.dumps({**about, "measured": measured}, indent=1)


def as_tables(findings: Mapping[str, Findings]) -> str:
    """Figures, then targets, in Markdown."""
    figures = [figure for found in findings.values() for figure in found.figures]
    verdicts = [verdict for found in findings.values() for verdict in found.verdicts]
    notes = [f"* {note}" for found in findings.values() for note in found.notes]
    tables = ["| measured | of | median | spread | unit |\n|---|---|---|---|---|\n" + _lines(map(_figure, figures))]
    if verdicts:
        head = "| target | limit | measured | spread | |\n|---|---|---|---|---|\n"
        tables.append(head + _lines(map(_verdict, verdicts)))
    return "\n\n".join([*tables, *(["\n".join(notes)] if notes else [])])


def machine() -> dict[str, Any]:
    """Where it was measured, and how much else went on there."""
    return {
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "processor": _processor(),
        "memory_gb": round(psutil.virtual_memory().total / _GIGABYTE, 1),
        "load_before": [round(load, 2) for load in os.getloadavg()],
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _commit(),
    }


def _figure(figure: Figure) -> str:
    spread = f"{_number(figure.low)} to {_number(figure.high)}" if len(figure.values) > 1 else ""
    return f"| {figure.what} | {figure.system} | {_number(figure.median)} | {spread} | {figure.unit} |"


def _verdict(verdict: Verdict) -> str:
    spread = f"{_number(min(verdict.values))} to {_number(max(verdict.values))}" if len(verdict.values) > 1 else ""
    limit = f"{verdict.sense} {_number(verdict.limit)} {verdict.unit}"
    word = "met" if verdict.met else "**missed**"
    return f"| {verdict.target} | {limit} | {_number(verdict.measured)} | {spread} | {word} |"


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines)


def _number(value: float) -> str:
    """Three digits that mean something."""
    if value == int(value):
        return f"{value:,.0f}"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"  # noqa: PLR2004 - digits


def _processor() -> str:
    if _CPUINFO.exists():
        for line in _CPUINFO.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _commit() -> str:
    asked = ["git", "describe", "--always", "--dirty"]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip() or "unknown"
