"""What tests of several rooms share: a real browser, and a word at the end of the run."""

import os
import shutil

import pytest
from hypothesis import settings
from playwright.sync_api import sync_playwright

# Nothing but loopback is asked for anything: without these the browser calls home at every start.
BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# A property is about what holds, not how fast: on a busy machine any example may take its time.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")

# Files that mostly wait for real processes come first, so that side by side the run is not as long as its last one.
LONG_FILES = (
    "test_storm.py",
    "test_slack_as_it_is.py",
    "test_crashes.py",
    "test_outages.py",
    "test_awake.py",
    "test_smooch_clients.py",
    "test_guide.py",
    "test_conformance.py",
    "test_identity.py",
    "test_erasure.py",
    "test_media.py",
    "test_backpressure.py",
    "test_merge.py",
)


def pytest_collection_modifyitems(items):
    """Begin with what takes longest."""
    items.sort(key=lambda item: _place(item.path.name))


def _place(file_name):
    return LONG_FILES.index(file_name) if file_name in LONG_FILES else len(LONG_FILES)


def _chromium():
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for path in map(shutil.which, names) if path), None)


@pytest.fixture(scope="session")
def browser():
    """Headless Chromium; where none is installed the test is skipped, unless SK_REQUIRE_BROWSER asks for it."""
    path = _chromium()
    if path is None:
        message = "NO CHROMIUM INSTALLED: the page is not tested. Install it (Debian: apt-get install chromium)."
        if os.environ.get("SK_REQUIRE_BROWSER"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=BROWSER_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def browser_page(browser):
    """A page in a browser profile of its own."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def tell(record_property):
    """Have a text printed at the end of the run, whether or not the test passes."""
    return lambda text: record_property("told", text)


def pytest_terminal_summary(terminalreporter):
    """Print what tests told."""
    for report in (*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")):
        for name, text in report.user_properties:
            if name == "told":
                terminalreporter.section(report.nodeid)
                terminalreporter.write_line(text)
