"""The Home tab: an agent's own conversations and those that wait, as it is, whatever happens elsewhere."""

import pytest
from people import ALICE, BRUNO, GUEST, shown, unique
from processes import Stack, wait_for


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    """A stack of this module's own, because its processes are stopped and all that waits is counted."""
    stack = Stack(tmp_path_factory.mktemp("home"), SK_INVITE=f"{ALICE},{BRUNO}")
    try:
        yield stack.start()
    finally:
        stack.end()


class Tab:
    """One person's Home tab, as they see and use it."""

    def __init__(self, slack, user):
        self._slack = slack
        self._user = user

    def opens(self):
        self._slack._post("act/home", user=self._user)
        return self

    def views(self, kind="home"):
        return [view for view in self._slack._get("views", user=self._user)["views"] if view["type"] == kind]

    def reads(self):
        return "\n".join(map(shown, self.views()))

    def waits_for(self, text):
        wait_for(lambda: text in self.reads(), f"{text!r} in the tab")

    def waits_until_gone(self, text):
        wait_for(lambda: text not in self.reads(), f"no {text!r} in the tab")

    def presses(self, label, words):
        """Press the button of this label at the conversation whose first words are `words`."""
        [view] = self.views()
        blocks = view["blocks"]
        row = next(number for number, block in enumerate(blocks) if words in shown({"blocks": [block]}))
        actions = next(block for block in blocks[row:] if block["type"] == "actions")
        button = next(each for each in actions["elements"] if each["text"]["text"] == label)
        told = self._slack._post(
            "act/action",
            user=self._user,
            view_id=view["id"],
            action_id=button["action_id"],
            block_id=actions["block_id"],
        )
        assert told["outcome"] == "ok", told


@pytest.fixture
def alice(slack):
    return Tab(slack, ALICE)


@pytest.fixture
def bruno(slack):
    return Tab(slack, BRUNO)


def someone_waits(app, slack, name):
    """An app user of this name who waits; the words by which they are known, and their channel."""
    words = unique(f"Help, says {name}")
    app.write(unique(name), words, name=f"{name} Home")
    return words, slack.conversation(f"sk-{name.lower()}-home")


def test_a_conversation_is_claimed_answered_and_closed_and_each_tab_shows_it_by_itself(app, slack, alice, bruno):
    alice.opens().waits_for("Nobody waits")
    bruno.opens().waits_for("Nobody waits")
    words, channel_id = someone_waits(app, slack, "Hanna")
    alice.waits_for(words)
    bruno.waits_for(words)
    assert channel_id in str(bruno.views())

    alice.presses("Claim", words)
    alice.waits_for("1 open conversation is yours")
    bruno.waits_for("claimed by Alice Adams")
    assert "None is yours" in bruno.reads()

    slack.command(ALICE, channel_id, "Here I am")
    bruno.waits_until_gone(words)
    alice.waits_until_gone("waiting since")
    assert words in alice.reads()

    alice.presses("Profile", words)
    [dialog] = wait_for(lambda: alice.views("modal"), "the profile")
    assert "Profile of Hanna Home" in shown(dialog)
    alice.presses("Close", words)
    alice.waits_until_gone(words)


def test_a_refusal_stands_on_top_of_the_tab_of_who_pressed_until_something_changes(app, slack, alice, bruno):
    words, channel_id = someone_waits(app, slack, "Ida")
    alice.opens().waits_for(words)
    bruno.opens().waits_for(words)
    alice.presses("Claim", words)
    bruno.presses("Claim", words)  # before the tab says that somebody was faster
    top = bruno.views()[0]["blocks"][0]
    assert (top["type"], top["text"]["type"]) == ("section", "mrkdwn")
    assert "Alice Adams" in top["text"]["text"]
    assert alice.views()[0]["blocks"][0]["type"] == "header"
    slack.command(ALICE, channel_id, "!close")
    bruno.waits_until_gone(words)
    assert bruno.views()[0]["blocks"][0]["type"] == "header"


def test_after_a_restart_the_tabs_of_those_who_opened_them_are_up_to_date(stack, app, slack, alice):
    words, _ = someone_waits(app, slack, "Jonas")
    alice.opens().waits_for(words)
    stack.bot.kill()
    later = unique("Help, says Kim")
    app.write(unique("kim"), later, name="Kim Home")
    stack.bot.start()
    alice.waits_for(later)
    assert words in alice.reads()


def test_without_the_webhook_server_the_tab_says_so_and_is_back_when_it_is_opened(stack, app, slack, alice):
    words, _ = someone_waits(app, slack, "Lena")
    alice.opens().waits_for(words)
    stack.server.stop()
    try:
        alice.opens().waits_for("does not answer at the moment")
        assert words not in alice.reads()
    finally:
        stack.server.start()
    alice.opens().waits_for(words)


def test_guests_see_no_conversations_in_their_tab(app, slack):
    words, _ = someone_waits(app, slack, "Mona")
    guest = Tab(slack, GUEST)
    guest.opens().waits_for("Guests")
    assert words not in guest.reads()
