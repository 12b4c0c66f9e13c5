"""Conversations go where rules send them: dispatch channel, people and privacy, decided once."""

from dataclasses import replace

import pytest
from desk_fakes import ALICE, BRUNO, DISPATCH
from desk_office import USER
from dispatch_board import DispatchBoard, states, thread

from desk.domain.routing import Condition, Route, Rule
from desk.errors import ChannelArchivedError, InDoubtError, LimitedError
from desk.values import ChannelChange
from wire.messages import Done, Erase, Erased, Incoming, IncomingMessage, Merged, Profile, Stranded, Unknown

GERMAN = "CSUPPORT01"
OTHER = "ffffffffffffffffffffffff"
RULE = Rule(
    "Germans",
    (Condition("language", ("de",)),),
    dispatch="support-de",
    invite=(BRUNO.agent_id,),
    private=True,
)
PUBLIC = replace(RULE, private=False)


@pytest.fixture
def routing(office, workspace):
    """An office with a rule for Germans, and the dispatch channel that it names."""
    workspace.add_channel(GERMAN, "support-de")
    office.open(rules=(RULE,), invite=(ALICE.agent_id,))
    return office


def write(office, text="hello", *, user=USER, name="Zoë", doubt_since=None, **traits):
    message = IncomingMessage(message_id=text.encode().hex()[:24].ljust(24, "0"), text=text, received=1.0, name=name)
    incoming = Incoming(app_user_id=user, messages=(message,), doubt_since=doubt_since, **traits)
    return office.desk.receive(incoming)


def channel(workspace, outcome):
    return workspace.channels[outcome.place.channel_id]


def test_a_rule_chooses_dispatch_channel_people_and_privacy(routing, workspace):
    outcome = write(routing, language="de-AT")
    assert channel(workspace, outcome).info.private
    assert channel(workspace, outcome).members == {BRUNO.agent_id}
    [notice] = workspace.posts(GERMAN)
    assert "Zoë started a conversation" in notice.text
    assert "hello" not in notice.text  # a private channel's words are for those who are in it
    assert workspace.posts(DISPATCH) == []


def test_whom_no_rule_hits_goes_as_the_settings_say(routing, workspace):
    outcome = write(routing, language="fr")
    assert not channel(workspace, outcome).info.private
    assert channel(workspace, outcome).members == {ALICE.agent_id}
    assert "hello" in workspace.posts(DISPATCH)[0].text
    assert workspace.posts(GERMAN) == []


def test_a_public_channel_by_rule_is_quoted_though_the_settings_say_private(office, workspace):
    workspace.add_channel(GERMAN, "support-de")
    office.open(rules=(PUBLIC,), private=True)
    assert not channel(workspace, write(office, language="de")).info.private
    assert "hello" in workspace.posts(GERMAN)[0].text
    assert channel(workspace, write(office, "bonjour", user=OTHER, name="Bo", language="fr")).info.private
    assert "bonjour" not in workspace.posts(DISPATCH)[0].text


def test_what_was_decided_is_in_the_book_and_holds_over_restarts_and_changes(routing, workspace, book):
    workspace.order("create_channel", LimitedError(30))
    write(routing, language="de")
    assert book.of_app_user(USER).route == Route("support-de", (BRUNO.agent_id,), private=True)
    routing.open(rules=())  # the rules are gone, and so is the language
    outcome = write(routing, doubt_since=routing.clock.now())
    assert channel(workspace, outcome).info.private
    assert channel(workspace, outcome).members == {BRUNO.agent_id}
    [notice] = workspace.posts(GERMAN)
    assert f"<#{outcome.place.channel_id}>" in notice.text
    assert workspace.posts(DISPATCH) == []
    assert book.of_app_user(USER).route == Route("support-de", private=True)  # people are kept only until they came


def test_a_conversation_that_was_begun_before_there_were_rules_goes_on_as_it_began(office, workspace, book):
    workspace.order("create_channel", LimitedError(30))
    write(office, language="de")
    workspace.add_channel(GERMAN, "support-de")
    office.open(rules=(RULE,))
    outcome = write(office, language="de")
    assert not channel(workspace, outcome).info.private
    assert book.of_app_user(USER).route is None
    assert len(workspace.posts(DISPATCH)) == 1
    assert workspace.posts(GERMAN) == []


def test_a_conversation_that_comes_back_is_decided_anew(routing, workspace, book):
    before = write(routing, language="de").place.channel_id
    workspace.archive(before)
    outcome = write(routing, "again", language="fr")
    assert not channel(workspace, outcome).info.private
    assert len(workspace.posts(DISPATCH)) == 1
    assert book.of_app_user(USER).boards == (GERMAN,)


@pytest.mark.parametrize("effect", [True, False])
def test_a_notice_whose_answer_got_lost_is_looked_for_where_the_rule_sent_it(routing, workspace, effect):
    workspace.order("post", None, None, InDoubtError("lost"), effect=effect)
    began = routing.clock.now()
    assert isinstance(write(routing, language="de"), Unknown)
    routing.open(rules=())
    assert isinstance(write(routing, doubt_since=began), Done)
    assert len(workspace.posts(GERMAN)) == 1
    assert workspace.posts(DISPATCH) == []


def test_two_boards_hold_each_what_is_theirs(routing, workspace):
    workspace.order("create_channel", *[LimitedError(30)] * 4)
    for number in range(4):
        write(routing, f"{number}", user=f"{number:024x}", name=f"N{number}", language="de" if number % 2 else "fr")
    for number in range(4):
        assert isinstance(write(routing, f"{number}", user=f"{number:024x}", name=f"N{number}"), Done)
    assert [post.mark.ids for post in workspace.posts(GERMAN)] == [(f"{n:024x}:0",) for n in (1, 3)]
    assert [post.mark.ids for post in workspace.posts(DISPATCH)] == [(f"{n:024x}:0",) for n in (0, 2)]


# --- channels that cannot be used


def test_a_rules_channel_that_is_missing_gives_way_to_that_of_the_settings(office, workspace, book, clock):
    office.open(rules=(PUBLIC,))
    assert isinstance(write(office, language="de"), Done)
    assert "hello" in workspace.posts(DISPATCH)[0].text
    [problem] = office.desk.problems()
    assert "support-de cannot be found" in problem
    assert "SK_ROUTING" in problem
    assert book.of_app_user(USER).route == Route()  # later notices go to the same one
    workspace.add_channel(GERMAN, "support-de")
    clock.turn(60)
    assert office.desk.problems() == []
    write(office, "hi", user=OTHER, name="Bo", language="de")
    assert len(workspace.posts(GERMAN)) == 1
    assert len(workspace.posts(DISPATCH)) == 1


def test_a_missing_channel_is_not_looked_for_with_every_conversation(office, workspace):
    office.open(rules=(RULE,))
    for number in range(5):
        assert isinstance(write(office, f"{number}", user=f"{number:024x}", name=f"N{number}", language="de"), Done)
    assert workspace.calls.count(("find_channel", "support-de")) == 1
    assert len(workspace.posts(DISPATCH)) == 5


def test_a_channel_that_closes_after_an_early_notice_gives_way_and_people_get_their_link(routing, workspace, book):
    workspace.order("create_channel", LimitedError(30))
    write(routing, language="de")
    workspace._change(GERMAN, archived=True)
    outcome = write(routing, language="de")
    assert f"<#{outcome.place.channel_id}>" in workspace.posts(DISPATCH)[0].text
    entry = book.of_app_user(USER)
    assert entry.state == "open"
    assert entry.boards == (GERMAN,)
    workspace._change(GERMAN, archived=False)
    routing.open(rules=(RULE,))
    write(routing, "more", language="de")
    assert len(workspace.posts(GERMAN)) == 1  # nothing waited there to be posted later


def test_a_channel_that_was_replaced_by_another_of_its_name_is_found(routing, workspace):
    assert routing.desk.problems() == []
    workspace._change(GERMAN, archived=True, name="old")
    workspace.add_channel("CSUPPORT02", "support-de")
    write(routing, language="de")
    assert len(workspace.posts("CSUPPORT02")) == 1
    assert workspace.posts(DISPATCH) == []


def test_where_neither_can_be_used_the_text_is_shown_and_the_notice_comes_later(office, workspace, clock):
    office.open(dispatch_channel="nowhere", rules=(RULE,))
    outcome = write(office, language="de")
    assert office.relayed(outcome.place.channel_id) == ["hello"]
    assert len(office.desk.problems()) == 2
    workspace.add_channel("CNOWHERE01", "nowhere")
    clock.turn(60)
    assert len(workspace.posts("CNOWHERE01")) == 1


def test_slack_that_is_busy_is_waited_for_and_no_other_channel_is_told(routing, workspace):
    workspace.order("post", None, None, LimitedError(5))
    assert not isinstance(write(routing, language="de"), Done)
    assert isinstance(write(routing, language="de"), Done)
    assert len(workspace.posts(GERMAN)) == 1
    assert workspace.posts(DISPATCH) == []


# --- each is found once


def test_each_dispatch_channel_is_noted_and_the_next_process_lists_nothing(routing, workspace):
    assert routing.desk.problems() == []
    assert workspace.count("find_channel") == 2
    workspace.calls.clear()
    routing.open(rules=(RULE,))
    assert routing.desk.problems() == []
    assert workspace.calls == [("identity",), ("channel", DISPATCH), ("channel", GERMAN)]


def test_a_rules_channel_that_changes_is_looked_for_again(routing, workspace, clock):
    assert routing.desk.problems() == []
    workspace._change(GERMAN, archived=True)
    routing.desk.channel_changed(ChannelChange(GERMAN, "archived"))
    clock.turn(5)
    assert "support-de" in routing.desk.problems()[0]


def test_a_rule_may_name_the_settings_own_channel(office, workspace):
    office.open(rules=(replace(PUBLIC, dispatch="general"),))
    write(office, language="de")
    assert workspace.count("find_channel") == 1
    assert len(workspace.posts(DISPATCH)) == 1


# --- what else tells of conversations


@pytest.mark.parametrize("restart", [True, False])
def test_later_cases_and_reminders_are_told_where_the_rule_sent_the_conversation(routing, workspace, restart):
    write(routing, language="de")
    if restart:
        routing.open(rules=())
    later = DispatchBoard(routing, case_id=2)
    assert later.tell(reminder="waiting", reminders=1).place.channel_id == GERMAN
    assert len(thread(workspace, later.place)) == 1
    _, second = workspace.posts(GERMAN)
    assert "Zoë wrote again in" in second.text
    assert "hello" not in second.text  # the channel is private
    later.answered()
    assert "first answered" in states(workspace.posts(GERMAN)[1])[0]
    assert workspace.posts(DISPATCH) == []


def test_a_later_case_whose_channel_is_gone_is_told_in_that_of_the_settings_and_stays_there(routing, workspace, clock):
    write(routing, language="de")
    workspace._change(GERMAN, archived=True)
    later = DispatchBoard(routing, case_id=2)
    assert later.tell().place.channel_id == DISPATCH
    workspace._change(GERMAN, archived=False)
    assert DispatchBoard(routing, case_id=3).tell().place.channel_id == DISPATCH
    assert len(workspace.posts(GERMAN)) == 1
    erased(routing, clock)
    assert (workspace.posts(GERMAN), workspace.posts(DISPATCH)) == ([], [])


def test_a_conversation_that_an_agent_begins_goes_where_rules_say(routing, book, app_side, clock):
    app_side.answers["find"] = Profile(app_user_id=USER, given_name="Zoë", language="de")
    routing.types(DISPATCH, "!start zoe Guten Tag")
    clock.turn(1)
    assert book.of_app_user(USER).route == Route("support-de", private=True)


def test_a_stranded_message_without_a_channel_is_told_of_where_the_conversation_belongs(routing, workspace):
    workspace.order("create_channel", LimitedError(30))
    write(routing, language="de")
    told = routing.desk.stranded(Stranded(message_id="0" * 24, app_user_id=USER, state="failed", since=0.0))
    assert told.place.channel_id == GERMAN
    workspace._change(GERMAN, archived=True)
    workspace.order("update", ChannelArchivedError("is_archived"))
    again = Stranded(message_id="1" * 24, app_user_id=USER, state="failed", since=0.0)
    assert routing.desk.stranded(again).place.channel_id == DISPATCH


def test_merging_keeps_the_route_of_the_channel_that_goes_on(routing, workspace, book):
    write(routing, language="de")
    routing.desk.merged(Merged(app_user_id=OTHER, merged_id=USER))
    assert book.of_app_user(OTHER).route == Route("support-de", private=True)


def test_a_merged_ones_notice_in_another_dispatch_channel_leads_on(routing, workspace, book):
    write(routing, language="de")
    write(routing, "bonjour", user=OTHER, name="Bo", language="fr")
    routing.desk.merged(Merged(app_user_id=OTHER, merged_id=USER))
    assert "Zoë is Bo: the conversation is in" in workspace.posts(GERMAN)[0].text
    assert set(book.of_app_user(OTHER).boards) == {GERMAN, DISPATCH}


def test_erasing_clears_every_dispatch_channel_that_told_of_the_app_user(routing, workspace, book, clock):
    before = write(routing, language="de").place.channel_id
    workspace.archive(before)
    write(routing, "again", language="fr")
    write(routing, "hi", user=OTHER, name="Bo", language="de")
    assert (len(workspace.posts(GERMAN)), len(workspace.posts(DISPATCH))) == (2, 1)
    routing.open(rules=())  # not even the rules name it any more
    erased(routing, clock)
    [left] = workspace.posts(GERMAN)
    assert "Bo" in left.text
    assert workspace.posts(DISPATCH) == []


def test_erasing_somebody_who_was_only_begun_looks_where_a_notice_may_stand(routing, workspace, clock):
    workspace.order("create_channel", LimitedError(30))
    workspace.order("post", InDoubtError("lost"), effect=True)
    write(routing, language="de")
    assert len(workspace.posts(GERMAN)) == 1
    erased(routing, clock)
    assert workspace.posts(GERMAN) == []


def erased(office, clock):
    for _ in range(20):
        outcome = office.desk.erase(Erase(app_user_id=USER))
        if isinstance(outcome, Erased):
            return outcome
        clock.turn(outcome.seconds)
    raise AssertionError(outcome)
