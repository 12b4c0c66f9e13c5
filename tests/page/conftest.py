"""A real sandbox, and its page open in a real browser."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Error, Page, ViewportSize, expect

ROOT = Path(__file__).parents[2]
WAIT_MS = 5_000
WIDE: ViewportSize = {"width": 1440, "height": 900}

expect.set_options(timeout=WAIT_MS)


@dataclass(frozen=True)
class Sandbox:
    """The running workspace: where it is, and its people's side."""

    url: str

    def get(self, path: str, **query: str) -> dict:
        return self._json(requests.get(f"{self.url}_sandbox/{path}", params=query, timeout=10))

    def post(self, path: str, **body: object) -> dict:
        return self._json(requests.post(f"{self.url}_sandbox/{path}", json=body, timeout=10))

    def call(self, method: str, **arguments: object) -> dict:
        """One Web API call, as the app would make it."""
        headers = {"Authorization": "Bearer xoxb-sandbox"}
        answer = self._json(requests.post(f"{self.url}api/{method}", json=arguments, headers=headers, timeout=10))
        assert answer["ok"], answer
        return answer

    def texts(self, channel: str) -> list[str]:
        return [message["text"] for message in self.get("messages", channel=channel)["messages"]]

    @staticmethod
    def _json(response: requests.Response) -> dict:
        assert response.ok, response.text
        return response.json()


@pytest.fixture(scope="session")
def unused_server_url() -> Iterator[str]:
    """An address where nothing listens while the tests run: the socket holds the port without accepting."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{holder.getsockname()[1]}"


@pytest.fixture(scope="session")
def running_sandbox(unused_server_url: str) -> Iterator[Sandbox]:
    environment = {**os.environ, "SK_SERVER_URL": unused_server_url, "SK_APP_ID": "app", "SK_APP_TOKEN": "app-token-1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "sandbox", "--port", "0"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        for line in process.stdout:
            if "sandbox listening on " in line:
                yield Sandbox(line.split("sandbox listening on ", 1)[1].strip())
                break
        else:
            pytest.fail(f"the sandbox ended with {process.wait()} before it listened")
    finally:
        process.terminate()
        process.wait(timeout=10)
        process.stdout.close()


@pytest.fixture(scope="session")
def modules(browser: Browser, running_sandbox: Sandbox) -> Iterator[Page]:
    """A page to import the scripts' modules in, for what needs no workspace of its own."""
    page = browser.new_page()
    page.goto(running_sandbox.url)
    expect(page.get_by_test_id("channel-title")).to_have_text("general")
    yield page
    page.context.close()


@pytest.fixture
def sandbox(running_sandbox: Sandbox) -> Sandbox:
    """A workspace as on the first day."""
    running_sandbox.post("reset")
    return running_sandbox


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[Page]:
    """One browser window for all tests: opening one takes longer than loading the page anew."""
    context = browser.new_context(viewport=WIDE, timezone_id="Europe/Berlin")
    context.set_default_timeout(WAIT_MS)
    yield context.new_page()
    context.close()


@pytest.fixture
def page(window: Page, sandbox: Sandbox) -> Iterator[Page]:
    """The page, as it is for a newcomer; an error in its scripts fails the test."""
    errors: list[Error] = []

    def note(error: Error) -> None:
        errors.append(error)

    window.on("pageerror", note)
    window.set_viewport_size(WIDE)
    window.goto(sandbox.url)
    expect(window.get_by_test_id("live-status")).to_have_attribute("data-status", "good")
    expect(window.get_by_test_id("channel-title")).to_have_text("general")
    yield window
    window.remove_listener("pageerror", note)
    window.unroute_all()
    window.evaluate("localStorage.clear()")
    window.goto("about:blank")
    assert not errors
