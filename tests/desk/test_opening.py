"""Channels are opened step by step: whatever goes wrong in between, each step is done once."""

import pytest
from desk_fakes import ALICE, BRUNO, DISPATCH, LOST
from desk_office import USER

from desk.errors import (
    BlockedError,
    ChannelBookError,
    ChannelGoneError,
    LimitedError,
    NameTakenError,
    UnreachableError,
)
from wire.messages import Done, Later, Unknown

OTHER = "ffffffffffffffffffffffff"


def everything_once(office, workspace):
    """One channel, one introduction, one dispatch notice with its link, the text."""
    [entry] = office.desk.channels()
    assert entry.state == "open"
    marks = [post.mark.kind for post in workspace.posts(entry.channel_id)]
    assert marks == ["sk_introduction", "sk_message"]
    [notice] = workspace.posts(DISPATCH)
    assert notice.text.startswith(f"Zoë started a conversation in <#{entry.channel_id}>")
    assert len(workspace.channels) == 2
    return entry.channel_id


STEPS = ["create_channel", "invite", "post 1", "post 2", "post 3"]


@pytest.mark.parametrize("effect", [pytest.param(True, id="carried out"), pytest.param(False, id="not carried out")])
@pytest.mark.parametrize("restart", [pytest.param(True, id="after a restart"), pytest.param(False, id="same process")])
@pytest.mark.parametrize("step", ["create_channel", "post 1", "post 2", "post 3"])
def test_a_step_whose_answer_got_lost_is_done_once(office, workspace, step, effect, restart):
    method, _, number = step.partition(" ")
    workspace.order(method, *[None] * (int(number or 1) - 1))
    workspace.order(method, LOST, effect=effect)
    began = office.clock.now()
    assert isinstance(office.receive("hello"), Unknown)
    if restart:
        office.open()
    assert isinstance(office.receive("hello", doubt_since=began), Done)
    everything_once(office, workspace)


@pytest.mark.parametrize("error", [LimitedError(9), UnreachableError("refused"), BlockedError("token_revoked")])
@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_slack_did_not_do_is_done_later(office, workspace, step, error):
    office.open(invite=(ALICE.agent_id,))
    method, _, number = step.partition(" ")
    workspace.order(method, *[None] * (int(number or 1) - 1), error)
    outcome = office.receive("hello")
    if step == "invite" and isinstance(error, BlockedError):
        assert isinstance(outcome, Done)  # a conversation does not wait for an invitation
    else:
        # once the text is in Slack, "nothing was done" would not be true
        assert isinstance(outcome, Unknown if step == "post 3" else Later)
        assert isinstance(office.receive("hello"), Done)
    everything_once(office, workspace)


def test_where_slack_holds_the_channel_back_the_notice_comes_first_and_gets_its_link_later(office, workspace):
    workspace.order("create_channel", LimitedError(40), LimitedError(20))
    assert office.receive("hello").seconds == 40
    [early] = workspace.texts(DISPATCH)
    assert early.startswith("Zoë started a conversation. Slack holds its channel back")
    assert office.receive("hello").seconds == 20
    assert isinstance(office.receive("hello"), Done)
    everything_once(office, workspace)


def test_a_lost_creation_is_not_confused_with_somebody_elses_channel(office, workspace):
    workspace.order("create_channel", LOST)
    office.receive("hello")
    workspace.add_channel("CFOREIGN01", "sk-zoe", creator="UALICE0001")
    place = office.receive("hello", doubt_since=office.clock.now()).place
    assert workspace.channels[place.channel_id].info.name == "sk-zoe-2"


def test_people_of_one_name_get_channels_of_their_own(office, workspace):
    names = []
    for number in range(6):
        place = office.receive(f"{number}", user=f"{number:024x}").place
        names.append(workspace.channels[place.channel_id].info.name)
    assert names == ["sk-zoe", "sk-zoe-2", "sk-zoe-3", "sk-zoe-4", "sk-zoe-5", "sk-zoe-6"]
    assert workspace.count("create_channel") == 6


def test_a_name_that_others_took_gets_a_suffix_and_is_never_adopted(office, workspace):
    for number, name in enumerate(("sk-zoe", "sk-zoe-2", "sk-zoe-3")):
        workspace.add_channel(f"CFOREIGN0{number}", name)
    place = office.receive("hello").place
    assert workspace.channels[place.channel_id].info.name == f"sk-zoe-{USER[-6:]}"


def test_a_workspace_where_every_name_is_taken_keeps_the_message_waiting(office, workspace):
    workspace.order("create_channel", *[NameTakenError("name_taken")] * 5)
    assert isinstance(office.receive("hello"), Later)
    assert isinstance(office.receive("hello"), Done)


def test_the_people_of_the_setting_are_invited_and_a_wrong_one_stops_nobody(office, workspace):
    office.open(invite=(ALICE.agent_id, "UNOBODY001", BRUNO.agent_id))
    place = office.receive("hello").place
    assert workspace.members(place.channel_id) == {ALICE.agent_id, BRUNO.agent_id}


def test_a_channel_that_vanishes_while_it_is_opened_is_made_again(office, workspace):
    workspace.order("post", ChannelGoneError("channel_not_found"))
    place = office.receive("hello").place
    assert office.relayed(place.channel_id) == ["hello"]


def test_the_dispatch_channel_may_be_given_by_its_id(office, workspace):
    office.open(dispatch_channel=DISPATCH)
    assert isinstance(office.receive("hello"), Done)
    assert workspace.count("find_channel") == 0


def test_a_missing_dispatch_channel_does_not_keep_texts_back_and_is_told_later(office, workspace, clock):
    office.open(dispatch_channel="#nowhere")
    assert isinstance(office.receive("hello"), Done)
    assert isinstance(office.receive("still there?"), Done)
    assert office.relayed(workspace.named("sk-zoe").info.channel_id) == ["hello", "still there?"]
    assert "SK_DISPATCH_CHANNEL" in office.desk.problems()[0]
    workspace.add_channel("CNOWHERE01", "nowhere")
    clock.turn(60)
    [notice] = workspace.posts("CNOWHERE01")
    assert "hello" in notice.text


def test_a_process_that_ends_leaves_it_to_the_next_to_tell_the_dispatch_channel(office, workspace, clock):
    office.open(dispatch_channel="#nowhere")
    office.receive("hello")
    office.desk.close()
    workspace.add_channel("CNOWHERE01", "nowhere")
    clock.turn(60)
    assert workspace.posts("CNOWHERE01") == []
    office.open(dispatch_channel="#nowhere")
    clock.turn(60)
    assert len(workspace.posts("CNOWHERE01")) == 1
    office.receive("more")
    assert len(workspace.posts("CNOWHERE01")) == 1


def test_a_dispatch_channel_that_closes_is_looked_for_again(office, workspace, clock):
    office.opened()
    workspace.archive(DISPATCH)
    assert isinstance(office.receive("hi", user=OTHER), Done)
    workspace.add_channel("CGENERAL02", "general")
    assert workspace.channels[DISPATCH].info.archived
    clock.turn(60)
    assert len(workspace.posts("CGENERAL02")) == 1


def test_where_channels_are_private_the_dispatch_channel_reads_no_words(office, workspace):
    office.open(private=True)
    office.receive("my secret")
    [notice] = workspace.posts(DISPATCH)
    assert "secret" not in notice.text
    assert "secret" not in str(notice.blocks)


def test_the_apps_backend_lends_its_name_to_its_own_messages_alone(office, workspace):
    office.receive("welcome", name="Acme Bot (sent by the app)", by_app=True, profile_name="Greta Garbo")
    [post] = workspace.posts(workspace.named("sk-greta-garbo").info.channel_id)[1:]
    assert post.username == "Acme Bot (sent by the app)"


def test_a_successor_keeps_the_name_that_its_first_message_does_not_tell(office, workspace):
    first = office.receive("hello", name="Oki").place.channel_id
    workspace.archive(first)
    office.receive("me again", name=None)
    assert workspace.named("sk-oki-2")


def test_names_and_first_words_are_data_in_the_dispatch_notice(office, workspace):
    office.receive("<!channel> *now*\n" + "long " * 100, name="<@UALICE0001> *Bold*")
    [notice] = workspace.posts(DISPATCH)
    assert notice.text.startswith("&lt;@UALICE0001&gt; *Bold* started a conversation in <#C")
    assert "&lt;!channel&gt; *now* long" in notice.text
    block, actions = notice.blocks
    assert actions["type"] == "actions"
    assert block["type"] == "rich_text"  # in which text is text
    assert len(notice.text) < 400


def test_a_disk_that_is_full_keeps_the_message_waiting(office, book):
    def refuse(_entry):
        raise ChannelBookError("no space")

    keep, book.keep = book.keep, refuse
    assert office.receive("hello") == Later(seconds=5, reason="no space")
    book.keep = keep
    assert isinstance(office.receive("hello"), Done)
