"""The backend's client of Slack's Web API."""

from urllib.parse import urlsplit

from slack_sdk.http_retry import HttpRequest, HttpResponse, RetryState
from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler, RateLimitErrorRetryHandler
from slack_sdk.web import WebClient

from settings import Settings

TIMEOUT_SECONDS = 10
MOST_PATIENCE_SECONDS = 5.0


def web_client(settings: Settings, *, retries: int) -> WebClient:
    """A client that tries again up to `retries` times when the line breaks or Slack asks to wait a moment."""
    web = WebClient(
        token=settings.slack_bot_token,
        base_url=settings.slack_api_url,
        timeout=TIMEOUT_SECONDS,
        retry_handlers=[ConnectionErrorRetryHandler(retries), BriefRateLimitRetryHandler(retries)],
    )
    if is_this_machine(settings.slack_api_url):
        web.proxy = None  # slack_sdk sends even this machine's own traffic to the environment's proxy
    return web


def is_this_machine(url: str) -> bool:
    """Whether `url` leads to the loopback interface."""
    return urlsplit(url).hostname in {"127.0.0.1", "localhost", "::1"}


class BriefRateLimitRetryHandler(RateLimitErrorRetryHandler):
    """Waits when Slack asks to, but not for long: a lane stands still meanwhile."""

    def _can_retry(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if response is None or not super()._can_retry(state=state, request=request, response=response, error=error):
            return False
        waits = [value for name, value in response.headers.items() if name.lower() == "retry-after"]
        seconds = waits[0][0] if waits and isinstance(waits[0], list) else (waits or ["1"])[0]
        return float(str(seconds)) <= MOST_PATIENCE_SECONDS
