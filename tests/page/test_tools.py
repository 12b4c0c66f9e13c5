"""The workspace tools make the trouble they promise."""

from playwright.sync_api import expect


def test_a_fault_is_ordered_seen_and_taken_back(page, sandbox):
    page.get_by_test_id("tools-toggle").click()
    page.get_by_test_id("tools-tab-faults").click()
    page.get_by_test_id("fault-method").fill("chat.update")
    page.get_by_test_id("fault-times").fill("2")
    page.get_by_test_id("fault-order").click()
    expect(page.get_by_test_id("fault")).to_contain_text("chat.update · ratelimited")
    [fault] = sandbox.get("faults")["faults"]
    assert (fault["method"], fault["kind"], fault["times"]) == ("chat.update", "ratelimited", 2)
    page.get_by_test_id("fault-clear").click()
    expect(page.get_by_test_id("fault")).to_have_count(0)
    assert sandbox.get("faults")["faults"] == []


def test_the_call_log_lists_what_the_app_asked(page, sandbox):
    page.get_by_test_id("tools-toggle").click()
    page.get_by_test_id("tools-tab-calls").click()
    sandbox.call("auth.test")
    call = page.get_by_test_id("call")
    expect(call).to_have_attribute("data-method", "auth.test")
    page.get_by_test_id("calls-clear").click()
    expect(call).to_have_count(0)


def test_limits_are_switched_off(page, sandbox):
    page.get_by_test_id("tools-toggle").click()
    with page.expect_response("**/_sandbox/limits"):
        page.get_by_test_id("limits-switch").uncheck()
    for _ in range(30):
        sandbox.call("conversations.list")  # would be refused after twenty
    sandbox.post("limits", enabled=True)
