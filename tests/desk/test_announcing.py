"""The dispatch channel's board: conversations that start together are told together, each once, each with its link."""

import pytest
from desk_fakes import DISPATCH, LOST

from desk.errors import LimitedError, PostGoneError
from wire.messages import Done, Later, Unknown

USERS = [f"{number:024x}" for number in range(5)]


@pytest.fixture
def held_back(office, workspace):
    """Five newcomers while Slack lets no channel be made; the dispatch channel takes a post only after the first."""

    def hold(*dispatch_errors):
        workspace.order("post", *dispatch_errors)
        for number, user in enumerate(USERS):
            workspace.order("create_channel", LimitedError(40))
            outcome = office.receive(f"{number} first words", user=user, name=f"Name {number}")
            assert isinstance(outcome, Later)
            workspace._faults["create_channel"].clear()

    return hold


def comes_again(office, number):
    return office.receive(f"{number} first words", user=USERS[number], name=f"Name {number}")


def links(workspace):
    posts = workspace.posts(DISPATCH)
    told = [block for post in posts for block in post.blocks if block["type"] == "rich_text"]
    elements = [e for block in told for part in block["elements"] for e in part["elements"]]
    return [element["channel_id"] for element in elements if element["type"] == "channel"]


def test_what_waits_for_the_dispatch_channel_goes_as_one_notice(office, workspace, held_back):
    held_back(*[LimitedError(1)] * 4)
    [notice] = workspace.posts(DISPATCH)
    for number in range(5):
        assert f"Name {number} started a conversation. Slack holds" in notice.text
        assert f"{number} first words" in notice.text
    assert len(notice.mark.ids) == 5


def test_each_gets_its_link_as_its_channel_appears(office, workspace, held_back):
    held_back(*[LimitedError(1)] * 4)
    for number in (3, 1):
        assert isinstance(comes_again(office, number), Done)
    [notice] = workspace.posts(DISPATCH)
    assert notice.text.count("<#C") == notice.text.count("in <#") == 2
    assert notice.text.count("link follows") == 3
    for number in (0, 2, 4):
        assert isinstance(comes_again(office, number), Done)
    assert links(workspace) == [workspace.named(f"sk-name-{number}").info.channel_id for number in range(5)]
    assert len(workspace.posts(DISPATCH)) == 1


def test_after_a_restart_a_shared_notice_gets_a_link_and_says_of_others_what_it_said(office, workspace, held_back):
    held_back(*[LimitedError(1)] * 4)
    for number in range(5):  # each learns where its notice stands, and writes it down
        workspace.order("create_channel", LimitedError(30))
        comes_again(office, number)
    [before] = workspace.posts(DISPATCH)
    office.open()
    assert isinstance(comes_again(office, 2), Done)
    [shared] = workspace.posts(DISPATCH)
    channel_id = workspace.named("sk-name-2").info.channel_id
    assert f"Name 2 started a conversation in <#{channel_id}>" in shared.text
    others = [block for block in before.blocks if not block["block_id"].endswith(f"{USERS[2]}:0")]
    assert [block for block in shared.blocks if not block["block_id"].endswith(f"{USERS[2]}:0")] == others


@pytest.mark.parametrize("noted", [pytest.param(True, id="all wrote it down"), pytest.param(False, id="one did")])
def test_after_a_restart_the_last_of_those_who_share_a_notice_leaves_it_whole_too(office, workspace, held_back, noted):
    held_back(*[LimitedError(1)] * 4)
    for number in range(5 if noted else 1):
        workspace.order("create_channel", LimitedError(30))
        comes_again(office, number)
    office.open()
    for number in range(5):
        outcome = office.receive(
            f"{number} first words", user=USERS[number], name=f"Name {number}", doubt_since=office.clock.now() - 60
        )
        assert isinstance(outcome, Done)
    told = "\n".join(post.text for post in workspace.posts(DISPATCH))
    assert [told.count(f"Name {number} started") for number in range(5)] == [1] * 5
    assert len(links(workspace)) == 5


@pytest.mark.parametrize("effect", [pytest.param(True, id="carried out"), pytest.param(False, id="not carried out")])
@pytest.mark.parametrize("restart", [pytest.param(True, id="after a restart"), pytest.param(False, id="same process")])
def test_a_shared_notice_whose_answer_got_lost_is_posted_once(office, workspace, effect, restart):
    began = office.clock.now()
    workspace.order("create_channel", LimitedError(40))
    workspace.order("post", LimitedError(1))
    office.receive("0 first words", user=USERS[0], name="Name 0")
    workspace.order("create_channel", LimitedError(40))
    workspace.order("post", LOST, effect=effect)
    assert isinstance(office.receive("1 first words", user=USERS[1], name="Name 1"), Unknown)
    if restart:
        office.open()
    for number in (0, 1):
        user, name = USERS[number], f"Name {number}"
        assert isinstance(office.receive(f"{number} first words", user=user, name=name, doubt_since=began), Done)
    told = "\n".join(post.text for post in workspace.posts(DISPATCH))
    assert [told.count(f"Name {number} started") for number in (0, 1)] == [1, 1]
    assert len(links(workspace)) == 2


def test_a_shared_notice_that_somebody_deleted_does_not_cost_the_links(office, workspace, held_back):
    held_back(*[LimitedError(1)] * 4)
    workspace.order("update", PostGoneError("message_not_found"))
    assert isinstance(comes_again(office, 1), Done)
    assert links(workspace) == [workspace.named("sk-name-1").info.channel_id]


def test_a_limited_update_is_made_later(office, workspace, held_back):
    held_back(*[LimitedError(1)] * 4)
    workspace.order("update", LimitedError(3))
    assert isinstance(comes_again(office, 1), Unknown)  # the text is in its channel
    workspace.calls.clear()
    assert isinstance(comes_again(office, 1), Done)
    assert workspace.calls == [("update", DISPATCH)]
    assert len(links(workspace)) == 1
