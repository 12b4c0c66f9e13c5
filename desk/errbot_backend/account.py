"""Our account in Slack: who we are, and whether the token works. Asked until it does, again after a revocation."""

import http.client
import threading
from collections.abc import Callable

import structlog
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import WebClient

from desk.errbot_backend import wording_for_operators as wording
from desk.errbot_backend.arrivals import Me
from wire.ids import AgentId

PAUSES = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds before the next try, by the number of tries that failed; then always the last."""

log = structlog.get_logger(__name__)


class Account:
    """Checks the token on a thread of its own. `accepted` is called there each time the token has come to work."""

    def __init__(self, web: WebClient, accepted: Callable[[Me], None]) -> None:
        self._web = web
        self._accepted = accepted
        self._problem: str | None = wording.not_authenticated_yet()
        self._doubtful = threading.Event()
        self._stop = threading.Event()

    @property
    def problem(self) -> str | None:
        """Why the token does not work; None: it does."""
        return self._problem

    def start(self) -> None:
        """Begin to check."""
        self._doubtful.set()
        threading.Thread(target=self._run, name="account", daemon=True).start()

    def doubt(self) -> None:
        """The token was revoked, Slack says: check until it works again."""
        self._problem = wording.token_revoked()
        self._doubtful.set()

    def close(self) -> None:
        """Check no more."""
        self._stop.set()
        self._doubtful.set()

    def _run(self) -> None:
        failures = 0
        while not self._stop.is_set():
            self._doubtful.wait()
            if self._stop.is_set():
                return
            pause = self._check(PAUSES[min(failures, len(PAUSES) - 1)])
            if pause:
                failures += 1
                self._stop.wait(pause)
            else:
                failures = 0

    def _check(self, pause: float) -> float:
        """Ask Slack once. Returns 0 if the token works, else how long to wait."""
        self._doubtful.clear()
        try:
            answer = self._web.auth_test()
        except SlackApiError as error:
            code = str(error.response.get("error"))
            self._fail(wording.token_refused(code))
            return max(pause, float(error.response.headers.get("Retry-After", 0)))
        except (SlackClientError, http.client.HTTPException, OSError) as error:
            self._fail(wording.slack_away(str(error) or type(error).__name__))
            return pause
        me = Me(AgentId(answer["user_id"]), str(answer.get("bot_id")))
        self._accepted(me)
        self._problem = None
        log.info("Slack knows us", user_id=me.user_id, team_id=answer.get("team_id"))
        return 0.0

    def _fail(self, problem: str) -> None:
        if problem != self._problem:
            log.warning("not connected to Slack", problem=problem)
        self._problem = problem
        self._doubtful.set()
