"""One running stack a module: a scenario uses app users of its own, so that scenarios do not disturb each other."""

import pytest
from people import App, Receiver, Slack
from processes import Stack


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    """The three real processes."""
    stack = Stack(tmp_path_factory.mktemp("stack"), SK_ADMINS="UADMIN0001", SK_INVITE="UALICE0001,UBRUNO0001")
    try:
        yield stack.start()
    finally:
        stack.end()


@pytest.fixture
def slack(stack):
    """Slack as people see it."""
    return Slack(stack.sandbox_url)


@pytest.fixture
def app(stack):
    """The app and its users."""
    return App(stack.server_url, stack.settings)


@pytest.fixture
def receiver():
    """The app's backend, where webhooks arrive."""
    with Receiver().running() as receiver:
        yield receiver


@pytest.fixture
def webhook(app, receiver):
    """A webhook to the receiver, for the time of one scenario."""
    webhook = app.webhook(receiver.url)
    yield webhook
    app.call("DELETE", f"/webhooks/{webhook['_id']}")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """A failed scenario shows what its processes logged."""
    report = (yield).get_result()
    if report.failed and "stack" in getattr(item, "funcargs", {}):
        report.sections.append(("processes", item.funcargs["stack"].logs()))
