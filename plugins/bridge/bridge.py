"""The internal API, as webhooks of Errbot's web server: signed, bounded, refused while the bot cannot work."""

import json
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from errbot import BotPlugin, webhook
from errbot.core_plugins import wsview
from pydantic import ValidationError

import desk
from desk.errbot_backend import wording
from wire import cases, messages
from wire.signature import SIGNATURE_HEADER, TIMESTAMP_HEADER, BadSignatureError, verify

MOST_BODY_BYTES = 4_000_000
"""What the App API accepts in 1 MB must get through here, with all that is said around it."""
DRAIN_SECONDS = 0.8
"""How long requests under way may take when the plugin is switched off; when the bot stops, it tells how long."""

HttpAnswer = tuple[str, int, dict[str, str]]
Order = TypeVar("Order", bound=messages.Said)

log = structlog.get_logger(__name__)


class Refused(Exception):  # noqa: N818 - not an error of ours
    """The request gets `status`, `code` and a sentence instead of being carried out."""

    def __init__(self, status: int, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.code = code


class Bridge(BotPlugin):  # type: ignore[misc] # errbot has no types
    """What the webhook server says to the bot, and what its operator may ask."""

    def __init__(self, bot: Any, name: str | None = None) -> None:
        super().__init__(bot, name)
        self._idle = threading.Condition()
        self._under_way = 0
        # Before the web server takes its first request: afterwards Flask refuses new routes until a restart.
        wsview.route(self)

    def deactivate(self) -> None:
        """Refuse what comes, and let finish what is under way."""
        super().deactivate()
        seconds = self._bot.stop_by - time.monotonic() if self._bot.stopping else DRAIN_SECONDS
        with self._idle:
            self._idle.wait_for(lambda: not self._under_way, max(0.0, seconds))

    @webhook(messages.RECEIVE, methods=("POST",), raw=True)  # type: ignore[untyped-decorator] # likewise
    def receive(self, request: Any) -> HttpAnswer:
        """An app user wrote."""
        return self._carry_out(request, messages.RECEIVE, messages.Incoming, lambda desk_, said: desk_.receive(said))

    @webhook(messages.RECEIPT, methods=("POST",), raw=True)  # type: ignore[untyped-decorator] # likewise
    def receipt(self, request: Any) -> HttpAnswer:
        """Something became of a reply."""
        return self._carry_out(request, messages.RECEIPT, messages.Receipt, lambda desk_, said: desk_.show(said))

    @webhook(messages.STRANDED, methods=("POST",), raw=True)  # type: ignore[untyped-decorator] # likewise
    def stranded(self, request: Any) -> HttpAnswer:
        """Slack refused a message, or something became of that."""
        return self._carry_out(request, messages.STRANDED, messages.Stranded, lambda desk_, said: desk_.stranded(said))

    @webhook(cases.CASE, methods=("POST",), raw=True)  # type: ignore[untyped-decorator] # likewise
    def case(self, request: Any) -> HttpAnswer:
        """A case stands differently now, or people are to be reminded of it."""
        return self._carry_out(request, cases.CASE, cases.CaseNews, lambda desk_, said: desk_.case(said))

    @webhook(messages.MERGED, methods=("POST",), raw=True)  # type: ignore[untyped-decorator] # likewise
    def merged(self, request: Any) -> HttpAnswer:
        """Two app users turned out to be one."""
        return self._carry_out(request, messages.MERGED, messages.Merged, lambda desk_, said: desk_.merged(said))

    @webhook(messages.ERASE, methods=("POST",), raw=True)  # type: ignore[untyped-decorator] # likewise
    def erase(self, request: Any) -> HttpAnswer:
        """An app user is to be forgotten."""
        return self._carry_out(request, messages.ERASE, messages.Erase, lambda desk_, said: desk_.erase(said))

    @webhook("/healthz", methods=("GET",), raw=True)  # type: ignore[untyped-decorator] # likewise
    def healthz(self, request: Any) -> HttpAnswer:  # noqa: ARG002 - Errbot's signature
        """Whether the process is up."""
        return _json(200, {"status": "up"})

    @webhook("/readyz", methods=("GET",), raw=True)  # type: ignore[untyped-decorator] # likewise
    def readyz(self, request: Any) -> HttpAnswer:  # noqa: ARG002 - likewise
        """Whether the bot can do its job, and if not, why."""
        if not self.is_activated or self._bot.stopping:
            problems = [wording.not_ready()]
        else:
            problems = self._bot.problems() or desk.build(self.bot_config.SETTINGS).problems()
        return _json(503, {"status": "not ready", "reasons": problems}) if problems else _json(200, {"status": "ready"})

    def _carry_out(
        self, request: Any, path: str, model: type[Order], order: Callable[[desk.Desk, Order], messages.Said]
    ) -> HttpAnswer:
        with self._idle:
            self._under_way += 1
        try:
            said = self._checked(request, path, model)
            outcome = order(desk.build(self.bot_config.SETTINGS), said)
        except Refused as refused:
            log.warning("order refused", path=path, status=refused.status, code=refused.code)
            return _refusal(refused.status, refused.code, str(refused))
        except Exception:  # the edge: nobody knows how far it came, which is what a 500 means to the caller
            log.exception("order failed", path=path)
            return _refusal(500, "internal_error", wording.internal_fault())
        finally:
            with self._idle:
                self._under_way -= 1
                self._idle.notify_all()
        return outcome.model_dump_json(exclude_none=True), 200, {"Content-Type": "application/json"}

    def _checked(self, request: Any, path: str, model: type[Order]) -> Order:
        """The order, if it is one of our webhook server's and we can work."""
        body = request.stream.read(MOST_BODY_BYTES + 1)
        if len(body) > MOST_BODY_BYTES:
            raise Refused(413, "too_large", wording.too_large())
        try:
            verify(
                self.bot_config.SETTINGS.sk_internal_secret,
                "POST",
                path,
                body,
                timestamp=request.headers.get(TIMESTAMP_HEADER),
                signature=request.headers.get(SIGNATURE_HEADER),
                now=time.time(),
            )
        except BadSignatureError as error:
            raise Refused(401, "bad_signature", str(error)) from error
        if not self.is_activated or self._bot.stopping:
            raise Refused(503, "not_ready", wording.not_ready())
        try:
            return model.model_validate_json(body)
        except ValidationError as error:
            found = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
            raise Refused(400, "malformed", wording.malformed(found)) from error


def _json(status: int, content: dict[str, Any]) -> HttpAnswer:
    return json.dumps(content), status, {"Content-Type": "application/json"}


def _refusal(status: int, code: str, sentence: str) -> HttpAnswer:
    body = messages.RefusalBody(error=messages.Refusal(code=code, description=sentence))
    return body.model_dump_json(), status, {"Content-Type": "application/json"}
