"""The bot with nothing between it and Slack's limits: Errbot's own command, after the desk's pace was opened.

The desk keeps Slack's limits by itself and would not go faster where the local workspace has none. All that keeps count
is carried out just the same; it only never says no.
"""

from errbot.cli import main

import config  # noqa: F401 - the first of ours that is imported, as by Errbot's own command
from desk.slack import pace

if __name__ == "__main__":
    pace.WINDOW = 0.0
    pace.POSTS_A_SECOND = 1e9
    main()
