"""Two app users turn out to be one: one channel goes on, nothing is lost or said twice, nobody is misled."""

import threading

import pytest
from desk_fakes import DISPATCH, LOST
from desk_office import USER

from desk.errors import BlockedError, LimitedError, NameTakenError, RefusedError
from desk.values import ChannelChange
from wire.messages import Done, Later, Merged, Unknown

ANON = "b" * 24
LATE = "c" * 24


def merge(office, merged_id=ANON, name="Zoë Miller", user_id="zoe-1"):
    return office.desk.merged(Merged(app_user_id=USER, merged_id=merged_id, user_id=user_id, profile_name=name))


def anonymous(office, text="who am I"):
    return office.receive(text, user=ANON, name=None).place.channel_id


def notes(office, channel_id):
    return [post.text for post in office.workspace.posts(channel_id) if post.mark.kind == "sk_merged"]


def notices(office):
    return office.workspace.texts(DISPATCH)


def test_nobody_with_a_channel_has_to_be_told(office, workspace):
    assert isinstance(merge(office), Done)
    assert workspace.calls == []
    assert office.receive("hello", user=ANON, name=None).place == office.receive("again").place.model_copy(
        update={"ts": office.receive("hello", user=ANON, name=None).place.ts}
    )


def test_a_message_on_its_way_for_who_was_merged_arrives_with_the_other(office, workspace):
    merge(office)
    channel_id = office.receive("late", user=ANON, name=None).place.channel_id
    assert office.receive("next").place.channel_id == channel_id
    assert [channel.info.name for channel in workspace.channels.values()][1:] == ["sk-zoe-miller"]


def test_the_only_channel_becomes_the_survivors_and_gets_their_name(office, workspace):
    channel_id = anonymous(office)
    assert workspace.channels[channel_id].info.name == "sk-user-bbbbbb"
    outcome = merge(office)
    assert outcome.place.channel_id == channel_id
    assert notes(office, channel_id) == [
        "User bbbbbb is Zoë Miller (zoe-1): this channel is the conversation with them from now on."
    ]
    assert workspace.channels[channel_id].info.name == "sk-zoe-miller"
    assert office.receive("hello").place.channel_id == channel_id
    entry = office.book.of_app_user(USER)
    assert (entry.channel_name, entry.joining, entry.merged, entry.title) == (
        "sk-zoe-miller",
        (),
        (ANON,),
        "Zoë Miller",
    )
    assert office.book.of_app_user(ANON) == office.book.of_channel(channel_id) == entry


def test_a_channel_of_a_name_keeps_it(office, workspace):
    channel_id = office.receive("hi", user=ANON, name="Mia").place.channel_id
    merge(office)
    assert workspace.channels[channel_id].info.name == "sk-mia"
    assert workspace.count("rename") == 0


def test_whoever_has_no_name_is_called_by_the_id_that_stays(office, workspace):
    channel_id = anonymous(office)
    merge(office, name=None)
    [note] = notes(office, channel_id)
    assert note.startswith(f"User bbbbbb is User {USER[-6:]} (zoe-1)")
    assert office.book.of_app_user(USER).title == f"User {USER[-6:]}"
    assert workspace.count("rename") == 0


def test_a_name_that_only_one_of_them_had_stays(office):
    office.receive("hi", user=ANON, name="Mia")
    merge(office, name=None)
    assert office.book.of_app_user(USER).title == "Mia"


def test_the_survivors_channel_goes_on_and_both_say_so_once(office, workspace):
    here, there = office.opened(), anonymous(office)
    for _ in range(2):
        assert isinstance(merge(office), Done)
    away = f"User bbbbbb is Zoë Miller (zoe-1): the conversation goes on in <#{here}>."
    assert notes(office, there) == [f"{away} What you send from here with /sk still reaches them."]
    assert notes(office, here) == [
        f"User bbbbbb in <#{there}> is Zoë Miller (zoe-1) as well: that conversation goes on here."
    ]
    assert office.receive("on", user=ANON).place.channel_id == here
    assert office.receive("and on").place.channel_id == here


def test_what_agents_type_in_the_other_channel_goes_to_the_survivor(office, app_side, clock):
    here, there = office.opened(), anonymous(office)
    merge(office)
    assert office.types(there, "hi").carried_out
    [reply] = app_side.replies.values()
    assert (reply.app_user_id, reply.channel_id) == (USER, there)
    clock.turn(1)
    assert [len(office.notices(channel_id)) for channel_id in (there, here)] == [1, 0]
    office.show(there)
    assert [len(office.notices(channel_id)) for channel_id in (there, here)] == [1, 0]
    assert "delivered" in str(office.notices(there)[0].blocks)


def test_a_notice_moves_when_the_other_channel_is_closed(office, workspace):
    here, there = office.opened(), anonymous(office)
    merge(office)
    office.desk.channel_changed(ChannelChange(there, "archived"))
    workspace.archive(there)
    office.show(there)
    assert len(office.notices(here)) == 1
    assert "goes on in" in office.types(there, "hi").text


def test_a_notice_moves_when_nobody_heard_that_the_other_channel_was_closed(office, workspace):
    here, there = office.opened(), anonymous(office)
    merge(office)
    workspace.archive(there)
    assert isinstance(office.show(there), Done)
    assert len(office.notices(here)) == 1


def test_the_dispatch_notice_leads_to_where_the_conversation_goes_on(office, workspace):
    here, there = office.opened(), anonymous(office)
    merge(office)
    assert notices(office) == [
        f"Zoë started a conversation in <#{here}>\nhello",
        f"User bbbbbb is Zoë Miller: the conversation is in <#{here}>",
    ]
    assert there not in str(workspace.posts(DISPATCH))


@pytest.mark.parametrize("killed", [True, False])
def test_a_shared_dispatch_notice_keeps_what_it_says_of_others(office, workspace, killed):
    here = office.opened()
    workspace.order("post", LimitedError(1))
    for user, name in ((ANON, None), (LATE, "Mia <b>")):
        workspace.order("create_channel", LimitedError(40))
        office.receive(f"words of {user[0]}", user=user, name=name)
        workspace._faults["create_channel"].clear()
    assert len(workspace.posts(DISPATCH)) == 2
    there = anonymous(office, "words of b")
    if killed:
        office.open()
    merge(office)
    mia = office.receive("words of c", user=LATE, name="Mia <b>").place.channel_id
    told = "\n".join(notices(office)[1:])
    assert told.count(f"User bbbbbb is Zoë Miller: the conversation is in <#{here}>") == 1
    assert told.count(f"<#{mia}>") == 1
    assert "words of c" in told
    assert "Mia &lt;b&gt;" in told
    assert there not in told


@pytest.mark.parametrize(
    "lost",
    [("post", 0), ("post", 1), ("post", 2), ("update", 0), ("marked_at", 0)],
    ids=lambda lost: f"{lost[0]}{lost[1]}",
)
@pytest.mark.parametrize("effect", [True, False])
@pytest.mark.parametrize("killed", [True, False])
def test_lost_answers_and_killed_processes_say_nothing_twice(office, lost, effect, killed):
    workspace, clock, (method, calls_before) = office.workspace, office.clock, lost
    here, there = office.opened(), anonymous(office)
    clock.turn(10)
    workspace.order(method, *[None] * calls_before, LOST, effect=effect)
    if isinstance(merge(office), Unknown) and killed:
        clock.turn(1)
        office.open()
    clock.turn(1)
    assert isinstance(merge(office), Done)
    assert isinstance(merge(office), Done)
    assert (len(notes(office, here)), len(notes(office, there))) == (1, 1)
    assert notices(office)[1] == f"User bbbbbb is Zoë Miller: the conversation is in <#{here}>"
    assert office.book.of_app_user(USER).joining == ()


def test_slacks_limits_are_waited_for(office, workspace, clock):
    here, there = office.opened(), anonymous(office)
    workspace.order("post", None, LimitedError(7))
    assert merge(office).seconds == 7
    assert isinstance(merge(office), Done)
    assert (len(notes(office, here)), len(notes(office, there))) == (1, 1)


def test_nobody_waits_for_a_name(office, workspace, clock):
    channel_id = anonymous(office)
    workspace.order("rename", LimitedError(20))
    assert isinstance(merge(office), Done)
    assert workspace.channels[channel_id].info.name == "sk-user-bbbbbb"
    clock.turn(20)
    assert workspace.channels[channel_id].info.name == "sk-zoe-miller"
    assert office.book.of_app_user(USER).joining == ()


def test_the_next_process_gives_the_name(office, workspace, clock):
    channel_id = anonymous(office)
    workspace.order("rename", LimitedError(20))
    merge(office)
    office.desk.close()
    office.open()
    clock.turn(5)
    assert workspace.channels[channel_id].info.name == "sk-zoe-miller"


@pytest.mark.parametrize("error", [RefusedError("not_authorized"), BlockedError("restricted_action")])
def test_a_name_that_is_refused_stays_as_it_was(office, workspace, error):
    channel_id = anonymous(office)
    workspace.order("rename", error)
    assert isinstance(merge(office), Done)
    assert office.book.of_app_user(USER).joining == ()
    assert workspace.channels[channel_id].info.name == "sk-user-bbbbbb"


def test_a_name_that_is_taken_gets_a_suffix(office, workspace):
    channel_id = anonymous(office)
    workspace.order("rename", NameTakenError("name_taken"))
    merge(office)
    assert workspace.channels[channel_id].info.name == "sk-zoe-miller-2"


def test_an_open_channel_goes_on_where_the_survivors_was_archived(office, workspace):
    here, there = office.opened(), anonymous(office)
    workspace.archive(here)
    office.desk.channel_changed(ChannelChange(here, "archived"))
    merge(office)
    assert office.receive("on").place.channel_id == there
    assert len(notes(office, there)) == 1
    assert office.book.of_channel(here).channel_id == there


def test_a_closed_channel_is_an_earlier_one(office, workspace):
    here, there = office.opened(), anonymous(office)
    workspace.archive(there)
    office.desk.channel_changed(ChannelChange(there, "archived"))
    merge(office)
    assert office.receive("on").place.channel_id == here
    assert "goes on in" in office.types(there, "hi").text
    assert notes(office, here) == []


def test_a_channel_that_closes_meanwhile_needs_no_pointer(office, workspace):
    here, there = office.opened(), anonymous(office)
    workspace.archive(there)
    assert isinstance(merge(office), Done)
    assert len(notes(office, here)) == 1


@pytest.mark.parametrize("killed", [True, False])
def test_a_message_in_doubt_from_before_may_stand_in_the_other_channel(office, workspace, clock, killed):
    here, there = office.opened(), anonymous(office)
    began = clock.now()
    workspace.order("post", LOST, effect=True)
    assert isinstance(office.receive("in doubt", user=ANON, name=None), Unknown)
    if killed:
        clock.turn(60)
        office.open()
    merge(office)
    assert office.receive("in doubt", name=None, doubt_since=began).place.channel_id == there
    assert office.relayed(there).count("in doubt") == 1
    assert "in doubt" not in office.relayed(here)


def test_a_channel_whose_creation_is_in_doubt_is_found(office, workspace, clock):
    here = office.opened()
    workspace.order("create_channel", LOST, effect=True)
    assert isinstance(office.receive("who am I", user=ANON, name=None), Unknown)
    clock.turn(1)
    assert isinstance(merge(office), Done)
    there = workspace.named("sk-user-bbbbbb").info.channel_id
    assert office.book.of_channel(there).channel_id == here
    assert len(notes(office, there)) == 1


def test_an_early_notice_leads_to_the_survivors_channel(office, workspace, clock):
    here = office.opened()
    workspace.order("create_channel", LimitedError(30))
    assert isinstance(office.receive("who am I", user=ANON, name=None), Later)
    merge(office)
    assert notices(office)[1] == f"User bbbbbb is Zoë Miller: the conversation is in <#{here}>"


def test_the_survivors_early_notice_gets_its_link(office, workspace, clock):
    workspace.order("create_channel", LimitedError(30))
    assert isinstance(office.receive("hello"), Later)
    there = anonymous(office)
    merge(office)
    clock.turn(6)
    assert notices(office)[0] == f"Zoë Miller started a conversation in <#{there}>"
    assert office.book.of_app_user(USER).state == "open"


def test_orders_for_both_at_the_same_moment_end_in_one_channel(office, workspace):
    office.opened()
    anonymous(office)
    threads = [
        threading.Thread(target=office.receive, args=(f"text {number}",), kwargs={"user": user})
        for number, user in enumerate((USER, ANON) * 6)
    ]
    threads.insert(5, threading.Thread(target=merge, args=(office,)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    posted = [text for channel_id in workspace.channels for text in office.relayed(channel_id)]
    assert sorted(text for text in posted if text.startswith("text")) == sorted(f"text {n}" for n in range(12))
    assert len(office.book.entries()) == 1
