"""Burst: one app user sends a hundred messages at once, and Slack's limits are real."""

import threading
import time

from bench.figures import Figure, Findings, Verdict
from bench.load import Client, run
from bench.scale import Scale
from bench.stand import Stands
from bench.systems import Direct, Ours, System
from bench.workspace import marker

MESSAGES = 100
PATIENCE_SECONDS = 60.0
_LOOK_SECONDS = 0.25


def measure(_: Stands, scale: Scale) -> Findings:
    """Ours; beside it direct, which mostly waits, for as long as the scale allows."""
    with Ours(talkers=1, limits=True) as ours, Direct(talkers=1, limits=True) as direct:
        ours.start()
        counts: list[int] = []
        beside = threading.Thread(target=lambda: counts.append(_shown_within(direct, scale.burst_direct_seconds)))
        if scale.burst_direct_seconds:
            beside.start()
        ours_took, posts = _burst(ours)
        if scale.burst_direct_seconds:
            beside.join()
    figures = [
        Figure("burst of 100 under real limits: all readable after", "ours", "s", (ours_took,)),
        Figure("burst of 100 under real limits: posts", "ours", "posts", (float(posts),)),
    ]
    figures += [
        Figure(f"burst of 100: readable after {scale.burst_direct_seconds:.0f} s", "direct", "of 100", (float(count),))
        for count in counts
    ]
    verdict = Verdict("one user's burst of 100 under real limits, all readable", "s", "at most", 12.0, (ours_took,))
    return Findings(tuple(figures), (verdict,))


def _burst(system: System) -> tuple[float, int]:
    """Seconds from the first POST until the last word is readable, and how many posts it took."""
    words, plan = _plan(system)
    load = run(system.port, [plan])
    began = load.sent[0][0]
    while not words <= (shown := system.workspace.visible()).keys():
        if time.time() > began + PATIENCE_SECONDS:
            raise TimeoutError(f"{len(shown)} of {len(words)} are readable")
        time.sleep(_LOOK_SECONDS)
    posts = len({at for word, at in shown.items() if word in words})
    return max(shown[word] for word in words) - began, posts


def _shown_within(system: System, seconds: float) -> int:
    """How many words are readable after so many seconds; the load goes on until it is refused or stopped."""
    words, plan = _plan(system)
    began = time.time()
    sending = threading.Thread(target=_send, args=(system, plan), daemon=True)
    sending.start()
    time.sleep(seconds)
    return sum(began <= at <= began + seconds for word, at in system.workspace.visible().items() if word in words)


def _send(system: System, plan: Client) -> None:
    try:
        run(system.port, [plan])
    except RuntimeError:  # it was stopped in the middle, which is what was wanted
        return


def _plan(system: System) -> tuple[set[str], Client]:
    words = [marker(1, number) for number in range(MESSAGES)]
    user_id = system.talkers[0].user_id
    return set(words), Client(tuple(system.message(user_id, f"{word} and so on") for word in words))
