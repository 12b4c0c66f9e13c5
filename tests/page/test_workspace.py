"""The workspace part of the page: reading, writing, commands, other people's eyes, and the keyboard alone."""

from playwright.sync_api import Page, Route, expect

GENERAL = "CGENERAL01"
RANDOM = "CRANDOM001"


def open_channel(page: Page, name: str) -> None:
    page.locator(f'[data-testid="channel-item"][data-name="{name}"]').click()
    expect(page.get_by_test_id("channel-title")).to_have_text(name)


def act_as(page: Page, name: str) -> None:
    page.get_by_test_id("acting-as").select_option(label=name)


def write(page: Page, text: str) -> None:
    page.get_by_test_id("composer-input").fill(text)
    page.get_by_test_id("composer-input").press("Enter")


def last_message(page: Page):
    return page.get_by_test_id("message").last


def test_a_newcomer_is_told_what_to_do(page):
    expect(page.get_by_test_id("empty-channel")).to_contain_text("Write as the app user on the right")
    expect(page.get_by_test_id("app-status")).to_have_text("No app connected")


def test_what_alice_writes_is_in_the_channel_and_on_her_page(page, sandbox):
    open_channel(page, "random")
    write(page, "Hello *all* & <b>")
    expect(last_message(page).get_by_test_id("message-author")).to_have_text("Alice Adams")
    expect(last_message(page).get_by_test_id("message-body")).to_have_text("Hello all & <b>")
    expect(page.get_by_test_id("composer-input")).to_have_value("")
    assert sandbox.texts(RANDOM) == ["Hello *all* &amp; &lt;b&gt;"]


def test_shift_enter_starts_a_new_line(page, sandbox):
    box = page.get_by_test_id("composer-input")
    box.focus()
    page.keyboard.type("one")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("two")
    page.keyboard.press("Enter")
    expect(last_message(page)).to_contain_text("two")
    assert sandbox.texts(GENERAL) == ["one\ntwo"]


def test_a_command_without_an_app_fails_as_in_slack_and_keeps_the_text(page, sandbox):
    write(page, "/sk hello\nworld")
    notice = page.get_by_test_id("slack-notice")
    expect(notice).to_have_attribute("data-kind", "dispatch_failed")
    expect(notice).to_contain_text("/sk failed with the error “dispatch_failed”")
    expect(page.get_by_test_id("composer-input")).to_have_value("/sk hello\nworld")
    assert sandbox.texts(GENERAL) == []


def test_an_unknown_command_is_named(page):
    write(page, "/nonsense")
    expect(page.get_by_test_id("slack-notice")).to_have_attribute("data-kind", "unknown_command")
    expect(page.get_by_test_id("slack-notice")).to_contain_text("/nonsense")


def test_typing_a_slash_lists_the_command_and_tab_completes_it(page):
    box = page.get_by_test_id("composer-input")
    box.press_sequentially("/")
    expect(page.get_by_test_id("suggestion")).to_contain_text("/sk")
    box.press("Tab")
    expect(box).to_have_value("/sk ")
    expect(box).to_be_focused()


def test_messages_of_others_arrive_by_themselves_and_mark_channels_unread(page, sandbox):
    sandbox.post("act/message", user="UBRUNO0001", channel=GENERAL, text="Morning")
    expect(last_message(page)).to_contain_text("Morning")
    sandbox.post("act/message", user="UBRUNO0001", channel=RANDOM, text="@alice look")
    unread = page.locator('[data-name="random"]').get_by_test_id("unread-mark")
    expect(unread).to_have_text("1")
    expect(unread).to_have_class("badge mentioned")
    open_channel(page, "random")
    expect(unread).to_have_count(0)
    expect(page.get_by_test_id("live-mention")).to_have_text("@Alice Adams")


def test_a_channel_that_somebody_was_just_added_to_is_unread(page, sandbox):
    for number in range(5):  # the message follows the invitation at once
        channel = sandbox.call("conversations.create", name=f"new-{number}")["channel"]["id"]
        sandbox.call("conversations.invite", channel=channel, users="UALICE0001")
        sandbox.call("chat.postMessage", channel=channel, text="first words")
        expect(page.locator(f'[data-name="new-{number}"]').get_by_test_id("unread-mark")).to_have_text("1")


def test_scripts_in_messages_and_names_are_shown_not_run(page, sandbox):
    attack = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'
    sandbox.call("conversations.join", channel=GENERAL)
    sandbox.call("chat.postMessage", channel=GENERAL, text=attack, username="<b>Eve</b>", unfurl_links=False)
    sandbox.post("act/message", user="UBRUNO0001", channel=GENERAL, text=attack)
    expect(page.get_by_test_id("message-body").last).to_have_text(attack)
    expect(page.get_by_test_id("message-author").filter(has_text="Eve")).to_have_text("<b>Eve</b>")
    assert page.get_by_test_id("message-list").locator("img, script").count() == 0
    assert page.evaluate("window.hacked") is None


def test_own_messages_are_edited_and_deleted(page, sandbox):
    write(page, "first <b>")
    expect(last_message(page)).to_contain_text("first")
    page.get_by_test_id("composer-input").press("ArrowUp")
    expect(page.get_by_test_id("edit-input")).to_have_value("first <b>")
    page.get_by_test_id("edit-input").fill("second")
    page.get_by_test_id("edit-input").press("Enter")
    expect(page.get_by_test_id("edited-mark")).to_be_visible()
    assert sandbox.texts(GENERAL) == ["second"]

    last_message(page).hover()
    last_message(page).get_by_test_id("message-menu").click()
    page.get_by_test_id("menu-delete").click()
    page.get_by_test_id("confirm-yes").click()
    expect(page.get_by_test_id("message")).to_have_count(0)


def test_replies_stand_under_their_message(page, sandbox):
    write(page, "question")
    last_message(page).focus()
    page.keyboard.press("Enter")
    page.get_by_test_id("menu-reply").click()
    write(page, "answer")
    expect(page.get_by_test_id("replies")).to_contain_text("answer")
    write(page, "/sk no")
    expect(page.get_by_test_id("slack-notice")).to_have_attribute("data-kind", "not_supported_in_thread")


def test_everyone_sees_what_is_theirs(page, sandbox):
    channel = sandbox.post("act/channel", user="UALICE0001", op="create", name="secret")["channel"]
    sandbox.post("act/channel", user="UALICE0001", op="convert_to_private", channel=channel["id"])
    expect(page.locator('[data-name="secret"]')).to_have_attribute("aria-label", "secret, private")
    act_as(page, "Bruno Bauer (agent)")
    expect(page.locator('[data-name="secret"]')).to_have_count(0)
    act_as(page, "Gus Guest (guest)")
    expect(page.locator('[data-name="random"]')).to_have_count(0)
    expect(page.locator('[data-name="general"]')).to_be_visible()


def test_an_archived_channel_says_so_and_a_person_brings_it_back(page, sandbox):
    open_channel(page, "random")
    sandbox.post("act/channel", user="UALICE0001", op="archive", channel=RANDOM)
    expect(page.get_by_test_id("composer-closed")).to_contain_text("#random is archived")
    page.get_by_test_id("unarchive").click()
    expect(page.get_by_test_id("composer-input")).to_be_visible()


def test_what_only_one_person_sees_is_marked_and_hidden_from_others(page, sandbox):
    sandbox.call("conversations.join", channel=GENERAL)
    sandbox.call("chat.postEphemeral", channel=GENERAL, user="UALICE0001", text="psst")
    expect(page.get_by_test_id("only-visible-to-you")).to_have_text("Only visible to you")
    expect(last_message(page)).to_contain_text("psst")
    act_as(page, "Bruno Bauer (agent)")
    expect(page.get_by_test_id("only-visible-to-you")).to_have_count(0)


def test_the_page_recovers_when_the_updates_break_off(page, sandbox):
    page.context.set_offline(True)
    sandbox.post("act/message", user="UBRUNO0001", channel=GENERAL, text="while you were away")
    page.context.set_offline(False)
    expect(page.get_by_text("while you were away")).to_be_visible()


def test_a_permalink_opens_its_channel_and_a_reload_stays_there(page, sandbox):
    sandbox.post("act/message", user="UBRUNO0001", channel=RANDOM, text="over here")
    sandbox.post("act/message", user="UBRUNO0001", channel=GENERAL, text=f"{sandbox.url}archives/{RANDOM}/p1")
    with page.expect_popup() as opened:
        last_message(page).get_by_role("link").click()
    expect(opened.value.get_by_test_id("channel-title")).to_have_text("random")
    opened.value.close()
    page.goto(f"{sandbox.url}#{RANDOM}")
    expect(page.get_by_test_id("channel-title")).to_have_text("random")
    open_channel(page, "general")
    open_channel(page, "random")
    page.reload()
    expect(last_message(page)).to_contain_text("over here")


def test_long_words_and_names_stay_in_their_pane_in_a_narrow_window(page, sandbox):
    page.set_viewport_size({"width": 1024, "height": 700})
    channel = sandbox.call("conversations.create", name="a-very-long-name-" + "w" * 60)["channel"]["id"]
    sandbox.call("chat.postMessage", channel=channel, text="W" * 300)
    open_channel(page, "a-very-long-name-" + "w" * 60)
    expect(last_message(page)).to_contain_text("W" * 300)
    pane_ends = page.locator("#main-pane").bounding_box()["x"] + page.locator("#main-pane").bounding_box()["width"]
    for part in (last_message(page), page.get_by_test_id("channel-actions"), page.get_by_test_id("join")):
        box = part.bounding_box()
        assert box["x"] + box["width"] <= pane_ends


def test_a_channel_that_ends_in_a_picture_opens_at_its_end(page, sandbox):
    waiting = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/tall.svg", hold)
    for number in range(12):
        sandbox.post("act/message", user="UBRUNO0001", channel=RANDOM, text=f"line {number}")
    sandbox.call("conversations.join", channel=RANDOM)
    picture = {"type": "image", "image_url": "https://pictures.example/tall.svg", "alt_text": "a tower"}
    sandbox.call("chat.postMessage", channel=RANDOM, text="a tower", blocks=[picture])
    open_channel(page, "random")
    expect(page.get_by_role("img", name="a tower")).to_be_attached()
    page.wait_for_function("document.querySelector('.message-list').children.length > 2")
    while not waiting:
        page.wait_for_timeout(20)
    tower = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"><rect width="300" height="300"/></svg>'
    waiting[0].fulfill(body=tower, content_type="image/svg+xml")
    expect(page.get_by_role("img", name="a tower")).to_have_js_property("naturalHeight", 300)
    page.wait_for_function(
        "() => { const pane = document.querySelector('.message-scroller');"
        " return pane.scrollTop > 0 && pane.scrollHeight - pane.scrollTop - pane.clientHeight < 2; }"
    )


def test_an_archived_channel_calls_nobody(page, sandbox):
    sandbox.post("act/message", user="UBRUNO0001", channel=RANDOM, text="@alice look")
    row = page.locator('[data-name="random"]')
    expect(row.get_by_test_id("unread-mark")).to_be_visible()
    sandbox.post("act/channel", user="UALICE0001", op="archive", channel=RANDOM)
    expect(row).to_have_attribute("aria-label", "random, archived")
    expect(row.get_by_test_id("unread-mark")).to_have_count(0)


def test_nothing_in_the_top_bar_overlaps_in_a_narrow_window(page):
    for width in (390, 768, 1024):
        page.set_viewport_size({"width": width, "height": 800})
        boxes = [part.bounding_box() for part in page.locator(".top-bar h1, .acting, .statuses > *").all()]
        for at, one in enumerate(boxes):
            for other in boxes[at + 1 :]:
                apart_across = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
                apart_down = one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"]
                assert apart_across or apart_down, (width, one, other)


def test_the_keyboard_alone_is_enough(page, sandbox):
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the message box")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("composer-input")).to_be_focused()
    page.keyboard.type("from the keyboard")
    page.keyboard.press("Enter")
    expect(last_message(page)).to_contain_text("from the keyboard")

    page.keyboard.press("Shift+Tab")
    expect(last_message(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("menu-reply")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_test_id("menu-edit")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type(", edited")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("edited-mark")).to_be_visible()
    assert sandbox.texts(GENERAL) == ["from the keyboard, edited"]

    page.locator('[data-name="general"]').focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("channel-title")).to_have_text("random")
