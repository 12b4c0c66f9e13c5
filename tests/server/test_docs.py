"""The reference page, in a real browser: whole, offline, strict, and readable on a phone."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from serving import serving

from webhook_server.api.table import RESOURCES

OPERATIONS = [operation for resource in RESOURCES for operation in resource.operations]
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("docs")) as running:
        yield running


class Visit:
    """The open page, what its console said, and which hosts it asked."""

    def __init__(self, page, url):
        self.page = page
        self.said = []
        self.hosts = set()
        page.on("console", lambda message: self.said.append(message.text) if message.type != "log" else None)
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        self.response = page.goto(f"{url}/docs")
        expect(page.locator(".opblock")).to_have_count(len(OPERATIONS) + 7, timeout=20_000)


@pytest.fixture
def visit(browser_page, server):
    visit = Visit(browser_page, server.url)
    yield visit
    assert visit.said == []
    assert visit.hosts == {urlsplit(server.url).netloc}


def test_the_page_shows_every_operation(visit):
    for operation in OPERATIONS:
        shown = visit.page.locator(f".opblock[id$='-{operation.id}']")
        expect(shown).to_contain_text(operation.method)
    expect(visit.page.get_by_role("heading", name="Your first message")).to_be_visible()


def test_an_operation_opens_and_shows_what_it_takes(visit):
    block = visit.page.locator(".opblock[id$='-postMessage']")
    block.locator(".opblock-summary-control").click()
    expect(block).to_contain_text("Where is my order?")
    expect(block).to_contain_text("Idempotency-Key")
    expect(block).to_contain_text("user_not_found")


def test_the_policy_lets_only_our_own_files_in(visit):
    policy = visit.response.headers["content-security-policy"]
    assert "default-src 'none'; script-src 'self'; style-src 'self';" in policy
    assert "unsafe" not in policy


def test_a_reader_tries_an_operation_out(visit):
    block = visit.page.locator(".opblock[id$='-isUp']")
    block.locator(".opblock-summary-control").click()
    block.get_by_role("button", name="Try it out").click()
    block.get_by_role("button", name="Execute").click()
    expect(block.locator(".live-responses-table")).to_contain_text('"status": "ok"')


def test_a_phone_shows_it_without_scrolling_sideways(visit, tmp_path):
    visit.page.set_viewport_size(PHONE)
    visit.page.locator(".opblock[id$='-postMessage'] .opblock-summary-control").click()
    expect(visit.page.locator(".opblock[id$='-postMessage']")).to_contain_text("Where is my order?")
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    picture = visit.page.screenshot(path=tmp_path / "phone.png", full_page=True)
    assert len(picture) > 50_000, "the page is blank"


@pytest.mark.parametrize("name", ["../pages.py", "index.html", "oauth2-redirect.html", "nothing.js"])
def test_nothing_else_is_served(server, name):
    import http.client  # noqa: PLC0415 - requests would tidy the path

    connection = http.client.HTTPConnection(urlsplit(server.url).netloc)
    connection.request("GET", f"/docs/{name}")
    assert connection.getresponse().status == 404
    connection.close()
