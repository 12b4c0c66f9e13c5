"""A day's backlog: what waits after the bot was away for long, and how it goes into Slack."""

from bench import known
from bench.figures import Figure, Findings
from bench.scale import Scale
from bench.stand import Stands, peak_memory
from bench.systems import Ours
from bench.workspace import counted, marker, visible_in

PATIENCE_SECONDS = 400.0


def measure(_: Stands, scale: Scale) -> Findings:
    """Accepted messages wait in the ledger; then both processes start."""
    with Ours(talkers=scale.backlog_conversations) as ours:
        word = marker(0, 0).partition("-")[0]
        known.fill_backlog(ours.data_dir, ours.talkers, scale.backlog_each, word)
        waiting = scale.backlog_conversations * scale.backlog_each
        ours.workspace.forget_calls()
        ours.start()
        with peak_memory(ours) as peak:
            for talker in ours.talkers:
                last = f"{word}-{talker.number}-{scale.backlog_each - 1}"
                ours.workspace.wait_for(talker.channel_id, last, PATIENCE_SECONDS)
        calls = ours.workspace.calls()
    visible = visible_in(calls)
    if len(visible) < waiting:
        raise RuntimeError(f"{waiting - len(visible)} of {waiting} messages did not come to stand in Slack")
    took = max(visible.values()) - min(visible.values())
    what = f"backlog, {waiting:,} messages in {scale.backlog_conversations} conversations"
    looked = counted(calls).get("conversations.history", 0)
    return Findings(
        (
            Figure(f"{what}: drained after", "ours", "s", (took,)),
            Figure(f"{what}: rate", "ours", "a second", (waiting / took,)),
            Figure(f"{what}: most memory, both processes", "ours", "MB", (peak[0],)),
        ),
        notes=(f"Backlog: {looked} looks into histories: after a start the oldest of each conversation are in doubt.",),
    )
