"""The storm's checker is awake: a bot that does not look for what stands already doubles, and is found out."""

import shutil

from people import ADA, ALICE, BRUNO
from processes import ROOT, Stack
from storm import Storm
from storm_checker import check
from storm_plan import Step, Weather
from storm_report import report

SECONDS = 6.0
BLIND = """

assert callable(SlackWorkspace.marked)
SlackWorkspace.marked = lambda self, channel_id, since: []
"""
"""Behind the workspace adapter: nothing that stands in a channel is ever found again."""


def answers_lost(seconds: float) -> list[Step]:
    """Every half second a post has its effect, and its answer is lost."""
    details = {"kind": "timeout_after", "times": 1, "seconds": 0.1}
    return [Step(1.0 + half / 2, "fault", "chat.postMessage", details) for half in range(int(seconds * 2) - 3)]


def blinded(directory) -> None:
    """A copy of what the bot needs, with reconciliation switched off."""
    directory.mkdir()
    shutil.copy(ROOT / "config.py", directory)
    for package in ("desk", "plugins", "settings", "speech", "wire"):
        shutil.copytree(ROOT / package, directory / package, ignore=shutil.ignore_patterns("__pycache__"))
    with (directory / "desk" / "slack" / "workspace.py").open("a") as module:
        module.write(BLIND)


def blow(tmp_path, *, blind: bool):
    stack = Stack(tmp_path, SK_INVITE=f"{ALICE},{BRUNO},{ADA}")
    if blind:
        blinded(tmp_path / "copy")
        stack.bot.directory = tmp_path / "copy"
    weather = Weather(7, SECONDS, app_users=6, agents=2, app_user_pause=1.0, agent_pause=1.0, limits=False)
    try:
        return Storm(stack.start(), weather, answers_lost(SECONDS)).blow(20)
    finally:
        stack.end()


def test_a_bot_that_does_not_reconcile_is_found_doubling(tmp_path, tell):
    outcome = blow(tmp_path, blind=True)
    findings = check(outcome.history)
    tell(report(outcome, findings))
    kinds = {finding.kind for finding in findings}
    assert "message doubled" in kinds
    # Doubles, and what an abandoned one of two notices says: nothing else is found, because nothing else is wrong.
    assert kinds <= {"message doubled", "notice count", "notice untrue", "dispatch notice"}


def test_the_same_storm_leaves_a_bot_that_reconciles_without_a_double(tmp_path, tell):
    outcome = blow(tmp_path, blind=False)
    findings = check(outcome.history)
    tell(report(outcome, findings))
    assert not findings, "\n".join(map(str, findings))
