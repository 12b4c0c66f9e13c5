"""An app user is forgotten in Slack: all that the bot may take away is gone, and what stays is told."""

import pytest
from desk_fakes import DISPATCH, LOST
from desk_office import USER

from desk.conversations.erasing import KEPT_SECONDS, PRUNE_SECONDS
from desk.errors import BlockedError, LimitedError, RefusedError, UnreachableError
from desk.values import ChannelChange
from wire.client import Fetched
from wire.messages import Done, Erase, Erased, Incoming, IncomingMessage, Later, MediaFile, Merged, Never, Stranded

ANON = "b" * 24
MIA = "c" * 24
PICTURE = "d" * 24


def erase(office, **more):
    """Ask until it is done; the report, and how many messages all steps counted."""
    counted = 0
    for _ in range(100):
        outcome = office.desk.erase(Erase(app_user_id=USER, **more))
        counted += getattr(outcome, "deleted", 0)
        if isinstance(outcome, Erased):
            return outcome, counted
        office.clock.turn(outcome.seconds)
    raise AssertionError("it never ends")


def own_posts(office, channel_id):
    return office.workspace.posts(channel_id)


@pytest.fixture
def channel_id(office):
    """A conversation with texts, a notice, a picture, and something that people wrote."""
    channel_id = office.opened()
    for number in range(6):
        office.receive(f"text {number}")
    office.app_side.files[PICTURE] = Fetched(b"\x89PNG", "a.png", "image/png")
    media = MediaFile(name="a.png", type="image/png", size=4)
    picture = IncomingMessage(message_id=PICTURE, text="", received=1.0, media=media, type="image")
    office.desk.receive(Incoming(app_user_id=USER, messages=(picture,)))
    office.show(channel_id)
    office.workspace.say(channel_id, "Zoë is nice")
    office.workspace.describe(channel_id)
    return channel_id


@pytest.fixture
def conversation(office, channel_id):
    return office, channel_id


def test_all_that_is_the_bots_goes_and_the_rest_is_told(office, workspace, channel_id):
    report, _ = erase(office)
    assert report.deleted == 11  # introduction, seven texts, picture, notice, dispatch notice
    assert own_posts(office, channel_id) == own_posts(office, DISPATCH) == []
    assert [file.content for file in workspace.files.values()] == [None]
    info = workspace.channels[channel_id].info
    assert (info.name, info.archived, info.described) == ("sk-erased-000001", True, False)
    assert report.refused == (
        f"Channel {channel_id}: 1 message that people wrote cannot be deleted by the bot.",
        f"Channel {channel_id}: Slack's own lines and records keep the channel's former name and topics.",
    )


def test_nothing_is_left_in_the_book(office, clock, channel_id):
    report, _ = erase(office)
    entry = office.book.of_app_user(USER)
    assert "Zo" not in str(entry)
    assert "sk-zo" not in str(entry)
    assert erase(office)[0] == report
    office.desk.erase(Erase(app_user_id=USER, reported=True))
    assert office.book.entries() == []
    assert office.book.of_channel(channel_id) is None
    assert erase(office)[0] == report


def test_nothing_is_shown_of_who_is_gone(office, workspace, channel_id):
    erase(office)
    assert isinstance(office.receive("late"), Never)
    assert isinstance(office.show(channel_id, sequence=2), Never)
    stranded = Stranded(message_id="e" * 24, app_user_id=USER, state="failed", since=1.0)
    assert isinstance(office.desk.stranded(stranded), Never)
    assert isinstance(office.desk.merged(Merged(app_user_id=USER, merged_id=ANON)), Never)
    assert len(workspace.channels) == 2


def test_while_it_goes_on_nothing_new_comes(office, workspace, channel_id):
    workspace.order("delete", None, None, LimitedError(30))
    step = office.desk.erase(Erase(app_user_id=USER))
    assert (step.deleted, step.seconds) == (2, 30)
    assert isinstance(office.receive("late"), Never)
    assert "being erased" in office.types(channel_id, "hi").text
    assert "Zo" not in str(office.book.of_app_user(USER))


@pytest.mark.parametrize(
    "method", ["delete", "page", "rename", "archive", "delete_file", "clear_description", "channel"]
)
@pytest.mark.parametrize("skipped", [0, 2])
@pytest.mark.parametrize(
    "fault",
    [(LOST, True), (LOST, False), (LimitedError(3), False), (UnreachableError("no way"), False)],
    ids=["done in doubt", "not done in doubt", "limited", "unreachable"],
)
@pytest.mark.parametrize("killed", [True, False])
def test_it_goes_on_after_whatever_happens(conversation, method, skipped, fault, killed):
    (office, channel_id), (error, effect) = conversation, fault
    workspace = office.workspace
    workspace.order(method, *[None] * skipped, error, effect=effect)
    before = 0
    for _ in range(3):
        outcome = office.desk.erase(Erase(app_user_id=USER))
        before += 0 if isinstance(outcome, Erased) else getattr(outcome, "deleted", 0)
        if killed:
            office.desk.close()
            office.open()
        office.clock.turn(3)
    report, counted = erase(office)
    assert own_posts(office, channel_id) == own_posts(office, DISPATCH) == []
    assert [file.content for file in workspace.files.values()] == [None]
    assert workspace.channels[channel_id].info.archived
    assert len(report.refused) == 2
    assert "1 message that people wrote" in report.refused[0]
    assert before + counted == 11


def test_a_step_takes_a_few_seconds(office, workspace, clock, channel_id):
    delete = workspace.delete

    def slow(*where):
        clock.turn(1)
        delete(*where)

    workspace.delete = slow
    step = office.desk.erase(Erase(app_user_id=USER))
    assert step.deleted == 4
    assert step.deleted + erase(office)[1] == 11


def test_what_a_killed_process_deleted_is_counted_by_the_next(office, workspace, channel_id):
    class KilledError(BaseException):
        pass

    delete, deletions = workspace.delete, []

    def die(*where):
        if len(deletions) == 3:
            raise KilledError
        deletions.append(delete(*where))

    workspace.delete = die
    with pytest.raises(KilledError):
        office.desk.erase(Erase(app_user_id=USER))
    workspace.delete = delete
    office.open()
    assert erase(office)[1] == 11


def test_what_slack_refuses_is_told_and_the_rest_is_done(office, workspace, channel_id):
    delete, notice = workspace.delete, workspace.channels[channel_id].posts[-1].ts

    def refuse_one(where, ts):
        if ts == notice:
            raise RefusedError("cant_delete_message")
        delete(where, ts)

    workspace.delete = refuse_one
    workspace.order("delete_file", RefusedError("cant_delete_file"))
    workspace.order("rename", RefusedError("not_authorized"))
    workspace.order("archive", BlockedError("restricted_action"))
    workspace.order("clear_description", BlockedError("missing_scope"))
    report, _ = erase(office)
    assert report.refused == (
        "File F000000000 could not be deleted: Slack refused it (cant_delete_file).",
        f"Channel {channel_id}: 1 message of the bot could not be deleted; Slack refused it.",
        f"Channel {channel_id}: 1 message that people wrote cannot be deleted by the bot.",
        f"Channel {channel_id} keeps its topic and purpose: Slack refused to clear them (missing_scope).",
        f"Channel {channel_id} keeps its name: Slack refused to change it (not_authorized).",
        f"Channel {channel_id} is empty but not archived: Slack refused it (restricted_action).",
    )
    assert len(own_posts(office, channel_id)) == 1


def test_a_revoked_token_is_waited_for(office, workspace, channel_id):
    workspace.order("delete", BlockedError("token_revoked"))
    assert isinstance(office.desk.erase(Erase(app_user_id=USER)), Later)
    assert erase(office)[1] == 11


def test_an_archived_channel_keeps_what_it_has(office, workspace, channel_id):
    workspace.archive(channel_id)
    office.desk.channel_changed(ChannelChange(channel_id, "archived"))
    there = office.receive("again").place.channel_id
    report, _ = erase(office)
    assert own_posts(office, there) == []
    assert report.refused[0].startswith(f"Channel {channel_id} is archived")
    assert own_posts(office, channel_id)


def test_a_channel_that_put_the_bot_out_is_entered_again(office, workspace, channel_id):
    workspace.kick_bot(channel_id)
    erase(office)
    assert own_posts(office, channel_id) == []


def test_a_deleted_channel_is_told_of(office, workspace, channel_id):
    del workspace.channels[channel_id]
    report, _ = erase(office)
    assert report.refused == (
        f"Channel {channel_id} is closed to the bot, or deleted: what the bot posted in it may still be there.",
    )


def test_others_keep_their_part_of_a_shared_notice(office, workspace):
    office.opened(user=ANON, name="Bob")
    workspace.order("post", LimitedError(1))
    for user, name in ((USER, "Zoë"), (MIA, "Mia")):
        workspace.order("create_channel", LimitedError(40))
        office.receive(f"words of {name}", user=user, name=name)
        workspace._faults["create_channel"].clear()
    erase(office)
    notices = workspace.posts(DISPATCH)
    assert [("Zoë" in str(post), "Mia" in str(post), USER in str(post.mark)) for post in notices] == [
        (False, False, False),
        (False, True, False),
    ]
    mia = office.receive("words of Mia", user=MIA, name="Mia").place.channel_id
    assert f"<#{mia}>" in workspace.texts(DISPATCH)[-1]
    assert "Zoë" not in str(workspace.posts(DISPATCH))


def test_notices_of_refused_messages_go_as_well(office, workspace, channel_id):
    workspace.archive(channel_id)
    office.desk.channel_changed(ChannelChange(channel_id, "archived"))
    for user, name in ((USER, "Zoë"), (MIA, "Mia")):
        stranded = Stranded(message_id=user[::-1], app_user_id=user, state="failed", since=1.0, name=name)
        assert isinstance(office.desk.stranded(stranded), Done)
    erase(office)
    assert ["Mia" in text for text in workspace.texts(DISPATCH)] == [True]


def test_those_who_were_merged_go_along(office, workspace, clock, channel_id):
    there = office.receive("anonymous", user=ANON, name=None).place.channel_id
    office.desk.merged(Merged(app_user_id=USER, merged_id=ANON, profile_name="Zoë Miller"))
    erase(office, merged_ids=(ANON,))
    assert own_posts(office, channel_id) == own_posts(office, there) == own_posts(office, DISPATCH) == []
    assert isinstance(office.receive("late", user=ANON), Never)
    office.desk.erase(Erase(app_user_id=USER, merged_ids=(ANON,), reported=True))
    assert office.book.entries() == []


def test_those_of_whose_merge_nobody_heard_go_along(office, workspace, clock, channel_id):
    there = office.receive("anonymous", user=ANON, name=None).place.channel_id
    erase(office, merged_ids=(ANON,))
    assert own_posts(office, there) == []
    assert office.book.of_app_user(ANON).app_user_id == USER
    clock.turn(KEPT_SECONDS + PRUNE_SECONDS)
    assert office.book.entries() == []


def test_a_report_whose_answer_was_lost_is_told_days_later_by_the_next_process(office, clock, channel_id):
    report, _ = erase(office)
    clock.turn(KEPT_SECONDS / 2)
    office.desk.close()
    office.open()
    clock.turn(KEPT_SECONDS / 2 - PRUNE_SECONDS)
    assert erase(office)[0] == report
    assert report.refused
    office.desk.close()
    office.open()
    office.desk.erase(Erase(app_user_id=USER, reported=True))
    assert office.book.entries() == []


@pytest.mark.parametrize("restarted", [False, True])
def test_a_report_that_nobody_acknowledges_goes_after_a_week(office, clock, channel_id, restarted):
    erase(office)
    clock.turn(KEPT_SECONDS - 2 * PRUNE_SECONDS)
    assert office.book.of_app_user(USER)
    if restarted:
        office.desk.close()
        clock.turn(3 * PRUNE_SECONDS)
        office.open()
    clock.turn(3 * PRUNE_SECONDS)
    assert office.book.entries() == []


def test_what_is_not_done_is_not_forgotten(office, workspace, channel_id):
    workspace.order("delete", LimitedError(30))
    office.desk.erase(Erase(app_user_id=USER))
    office.desk.erase(Erase(app_user_id=USER, reported=True))
    assert office.book.of_app_user(USER).erasure
    assert erase(office)[1] == 11


def test_many_reports_need_one_appointment(office, clock):
    before = clock.waiting()
    for number in range(20):
        office.desk.erase(Erase(app_user_id=f"{number:024}"))
    assert clock.waiting() <= before + 1


def test_whoever_was_never_seen_is_erased_at_once(office):
    report, _ = erase(office)
    assert report == Erased(deleted=0)


def test_the_next_of_the_same_name_begins_anew(office, workspace, channel_id):
    erase(office)
    outcome = office.receive("hello", user="f" * 24)
    assert isinstance(outcome, Done)
    assert workspace.channels[outcome.place.channel_id].info.name == "sk-zoe"
