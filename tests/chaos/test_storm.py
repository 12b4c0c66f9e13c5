"""A storm over the real processes: nothing lost, nothing twice, nothing out of order.

STORM_SECONDS and STORM_SEED choose how long and which; STORM_LIMITS=0 switches Slack's limits off.
"""

import os

import pytest
from people import ADA, ALICE, BRUNO
from processes import Stack
from storm import Storm
from storm_checker import check
from storm_plan import Weather, plan
from storm_report import report

SECONDS = float(os.environ.get("STORM_SECONDS") or 25)
SEED = int(os.environ.get("STORM_SEED") or 20_250_101)
LIMITS = os.environ.get("STORM_LIMITS") != "0"
START_SECONDS = 60
SETTLE_SECONDS = 90


@pytest.mark.timeout(START_SECONDS + SECONDS + 2 * SETTLE_SECONDS)
def test_a_storm_loses_doubles_and_swaps_nothing(tmp_path, tell):
    stack = Stack(tmp_path, SK_ADMINS=ADA, SK_INVITE=f"{ALICE},{BRUNO},{ADA}")
    weather = Weather(SEED, SECONDS, limits=LIMITS)
    try:
        outcome = Storm(stack.start(), weather, plan(weather)).blow(SETTLE_SECONDS)
    finally:
        stack.end()
    findings = check(outcome.history)
    tell(report(outcome, findings))
    assert not outcome.unsettled, outcome.unsettled[:10]
    assert not findings, "\n".join(map(str, findings[:20]))
