"""Waits until both processes are ready and says what to do next; until then it tells what is missing."""

import signal
import sys
import time

import requests

from settings import Settings, load

POLL_SECONDS = 0.25
PATIENCE_SECONDS = 10.0
"""A start takes a few seconds; only what is still missing after this is worth a line."""


def main() -> None:
    """Announce once, then wait to be stopped with the others: the launcher stops everything when one process ends."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    settings = load()
    began = time.monotonic()
    told: list[str] = []
    while missing := _missing(settings):
        if missing != told and time.monotonic() - began > PATIENCE_SECONDS:
            print("not ready yet:", *missing, sep="\n  ")
            told = missing
        time.sleep(POLL_SECONDS)
    print(_welcome(settings))
    signal.pause()


def _missing(settings: Settings) -> list[str]:
    urls = {"webhook server": settings.sk_server_url, "bot": settings.sk_bot_url}
    return [reason for name, url in urls.items() if (reason := _reason(name, f"{url}/readyz"))]


def _reason(name: str, url: str) -> str | None:
    try:
        answer = requests.get(url, timeout=5)
    except requests.RequestException:
        return f"{name}: does not answer at {url}"
    return None if answer.ok else f"{name}: {answer.text.strip()}"


def _welcome(settings: Settings) -> str:
    if settings.sandboxed:
        first = [
            f"Ready. Open http://127.0.0.1:{settings.sk_sandbox_port}/",
            "On the right you are a user of the app: write something.",
            f"On the left you are an agent in Slack: the conversation appears in #{settings.sk_dispatch_channel};",
            "open its channel and answer with  /sk your answer",
        ]
    else:
        first = [
            f"Ready. Conversations appear in Slack, in the dispatch channel {settings.sk_dispatch_channel}.",
            f"The App API answers at {settings.sk_public_url}/v1",
        ]
    last = "For the app's credentials and a first curl: .venv/bin/python -m webhook_server credentials"
    rule = "─" * max(len(line) for line in [*first, last])
    return "\n".join(["", rule, *first, last, rule])


if __name__ == "__main__":
    main()
