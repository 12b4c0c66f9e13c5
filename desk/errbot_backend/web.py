"""The backend's client of Slack's Web API."""

from slack_sdk.http_retry import HttpRequest, HttpResponse, RetryState
from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler, RateLimitErrorRetryHandler
from slack_sdk.web import WebClient

from desk.slack.own_machine import reach_directly
from settings import Settings

TIMEOUT_SECONDS = 10
MOST_PATIENCE_SECONDS = 5.0


def web_client(settings: Settings, *, retries: int) -> WebClient:
    """A client that tries again up to `retries` times when the line breaks or Slack asks to wait a moment."""
    reach_directly(settings.slack_api_url)
    return WebClient(
        token=settings.slack_bot_token,
        base_url=settings.slack_api_url,
        timeout=TIMEOUT_SECONDS,
        retry_handlers=[ConnectionErrorRetryHandler(retries), BriefRateLimitRetryHandler(retries)],
    )


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
