"""`python -m bench [--quick] [NAME…]`: measure on loopback, print tables, keep everything as JSON."""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench import accept, backlog, burst, growth, relay, reply, report, streams
from bench.figures import Findings
from bench.scale import ALL, QUICK, Scale
from bench.stand import Stands

MEASUREMENTS: dict[str, Callable[[Stands, Scale], Findings]] = {
    "accept": accept.measure,
    "relay": relay.measure,
    "reply": reply.measure,
    "burst": burst.measure,
    "growth": growth.measure,
    "backlog": backlog.measure,
    "streams": streams.measure,
}
TOO_LONG_FOR_QUICK = ("streams",)
RESULTS = Path("data/bench.json")


def main() -> None:
    """Measure what is named, else everything."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(MEASUREMENTS)}; none: all")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, shorter ones, no streams")
    parser.add_argument("--json", type=Path, default=RESULTS, metavar="FILE", help="default: %(default)s")
    options = parser.parse_args()
    unknown = set(options.names) - MEASUREMENTS.keys()
    if unknown:
        parser.error(f"there is no measurement {', '.join(sorted(unknown))}")
    began = time.monotonic()
    findings = {}
    command = f"python -m bench {' '.join(sys.argv[1:])}".strip()
    machine = report.machine()
    options.json.parent.mkdir(parents=True, exist_ok=True)
    with Stands() as stands:
        for name in options.names or _all(quick=options.quick):
            since = time.monotonic()
            findings[name] = MEASUREMENTS[name](stands, QUICK if options.quick else ALL)
            print(f"{name}: {time.monotonic() - since:.0f} s", file=sys.stderr)
            about = {"command": command, "seconds": round(time.monotonic() - began), "machine": machine}
            options.json.write_text(report.as_json(findings, about))  # what comes next may fail
    print(report.as_tables(findings))
    print(f"\nEverything: {options.json}")


def _all(*, quick: bool) -> list[str]:
    return [name for name in MEASUREMENTS if not (quick and name in TOO_LONG_FOR_QUICK)]


if __name__ == "__main__":
    main()
