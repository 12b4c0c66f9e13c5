"""Everything is acknowledged in time, once, with the truth; nothing is done twice or out of order."""

import threading

import pytest
from backend_fakes import Desk

from desk.errbot_backend import wording


@pytest.fixture
def desk():
    return Desk()


def test_a_slash_command_is_acknowledged_with_its_answer(desk):
    desk.slash("  hello\nworld ")
    desk.finish()
    assert desk.performer.done == [("sk", "  hello\nworld ")]
    assert desk.acks == [("envelope-1", "done")]
    assert desk.outbox.responses == []


def test_nothing_to_say_is_an_acknowledgement_without_payload(desk):
    desk.performer.answer = ""
    desk.slash()
    desk.finish()
    assert desk.acks == [("envelope-1", None)]


def test_an_answer_that_takes_too_long_follows_at_the_response_url(desk):
    desk.performer.gate = threading.Event()
    desk.slash()
    assert desk.performer.begun.wait(5)
    desk.time_is_up()
    assert desk.acks == [("envelope-1", wording.still_working())]
    desk.performer.gate.set()
    desk.finish()
    assert desk.acks == [("envelope-1", wording.still_working())]
    assert desk.outbox.responses == [("https://hooks/1", "done")]


def test_after_still_working_silence_would_be_a_riddle(desk):
    desk.performer.gate, desk.performer.answer = threading.Event(), ""
    desk.slash()
    desk.time_is_up()
    desk.performer.gate.set()
    desk.finish()
    assert desk.outbox.responses == [("https://hooks/1", wording.done_after_all())]


def test_an_acknowledgement_that_cannot_be_sent_becomes_a_response(desk):
    desk.line_gone = True
    desk.slash()
    desk.finish()
    assert desk.outbox.responses == [("https://hooks/1", "done")]


def test_an_answer_too_large_for_an_acknowledgement_becomes_a_response(desk):
    desk.performer.answer = "x" * 70_000
    desk.slash()
    desk.finish()
    assert desk.acks == [("envelope-1", None)]
    assert desk.outbox.responses == [("https://hooks/1", "x" * 70_000)]


def test_an_answer_with_a_picture_goes_where_slack_says_whether_it_could_load_it(desk):
    card = {"type": "section", "accessory": {"type": "image", "image_url": "https://a.example/z.png"}}
    desk.performer.command = lambda _, asked: asked.reply.say("a card", (card,))
    desk.slash()
    desk.finish()
    assert desk.acks == [("envelope-1", None)]
    assert desk.outbox.responses == [("https://hooks/1", "a card")]


def test_a_command_that_nobody_answers_does_not_end_in_silence(desk):
    desk.performer.answer = None
    desk.slash()
    desk.typed()
    desk.finish()
    assert desk.acks == [("envelope-1", wording.went_wrong()), ("envelope-2", None)]
    assert desk.outbox.whispers == [("C1", "UALICE", wording.went_wrong(), None)]


def test_a_fault_is_admitted_without_its_details(desk):
    desk.performer.fault = RuntimeError("secret")
    desk.slash()
    desk.finish()
    assert desk.acks == [("envelope-1", wording.went_wrong())]


def test_commands_of_one_channel_keep_their_order_however_they_were_typed(desk):
    expected = []
    for number in range(100):
        expected.append(("sk", f"text {number}"))
        if number % 2:
            desk.typed(f"!sk text {number}", ts=f"{number}.0")
        else:
            desk.slash(f"text {number}", trigger=f"{number}")
    desk.finish()
    assert desk.performer.done == expected


def test_a_slow_channel_holds_up_no_other(desk):
    desk.performer.gate = threading.Event()
    desk.slash(trigger="1", channel="C1")
    assert desk.performer.begun.wait(5)
    desk.performer.gate, held = None, desk.performer.gate
    done = threading.Event()
    desk.performer.channel_changed = lambda change: done.set()
    desk.arrive("events_api", {"event": {"type": "channel_archive", "channel": "C2"}})
    assert done.wait(5)
    held.set()
    desk.finish()


def test_a_repeated_delivery_runs_nothing_and_is_acknowledged_behind_the_first(desk):
    desk.performer.gate = threading.Event()
    desk.typed(ts="1.5")
    desk.typed(ts="1.5")
    desk.slash(trigger="1")
    desk.slash(trigger="1")
    desk.press(trigger="2")
    desk.press(trigger="2")
    assert desk.acks == []
    desk.performer.gate.set()
    desk.finish()
    assert desk.performer.done == [("sk", "hi"), ("sk", "hi"), ("press", "abc")]
    assert sorted(desk.acks) == [
        ("envelope-1", None),
        ("envelope-2", None),
        ("envelope-3", "done"),
        ("envelope-4", None),
        ("envelope-5", None),
        ("envelope-6", None),
    ]
    assert [text for *_, text, _ in desk.outbox.whispers] == ["done"]


def test_a_typed_command_is_answered_to_its_author_and_in_its_thread(desk):
    desk.typed(thread_ts="1.0")
    desk.finish()
    assert desk.outbox.whispers == [("C1", "UALICE", "done", "1.0")]
    assert desk.acks == [("envelope-1", None)]


def test_a_typed_command_that_takes_too_long_is_acknowledged_once(desk):
    desk.performer.gate = threading.Event()
    desk.typed()
    desk.time_is_up()
    assert desk.acks == [("envelope-1", None)]
    desk.performer.gate.set()
    desk.finish()
    assert desk.acks == [("envelope-1", None)]
    assert [text for *_, text, _ in desk.outbox.whispers] == ["done"]


def test_talk_is_acknowledged_at_once(desk):
    for text in ("hello", "!important: lunch", "!!!"):
        desk.typed(text)
    assert desk.acks == [("envelope-1", None), ("envelope-2", None), ("envelope-3", None)]
    desk.finish()
    assert desk.performer.done == []


def test_errbots_commands_go_to_errbot_with_all_they_carry(desk):
    desk.typed("!uptime sk &amp; more")
    desk.finish()
    assert desk.performer.done == [(None, "!uptime sk &amp; more")]


def test_our_commands_typed_alone_run_as_behind_sk(desk):
    for number, text in enumerate(("!claim", "!sk !claim", "!Help close", "!profile")):
        desk.typed(text, ts=f"{number}.0")
    desk.finish()
    assert desk.performer.done == [("sk", "!claim"), ("sk", "!claim"), ("sk", "!Help close"), ("sk", "!profile")]
    assert [text for *_, text, _ in desk.outbox.whispers] == ["done"] * 4


def test_files_are_refused_since_they_could_not_be_sent(desk):
    desk.typed("!sk look", subtype="file_share", files=[{"id": "F1"}])
    desk.finish()
    assert desk.performer.done == []
    assert desk.outbox.whispers == [("C1", "UALICE", wording.without_files(), None)]


def test_a_press_is_acknowledged_before_its_answer_is_posted(desk):
    desk.press()
    desk.finish()
    assert desk.acks == [("envelope-1", None)]
    assert desk.outbox.responses == [("https://hooks/2", "done")]


def test_a_press_without_response_url_is_answered_in_the_channel(desk):
    desk.press(response_url=None)
    desk.finish()
    assert desk.outbox.whispers == [("C1", "UALICE", "done", None)]


def test_a_button_that_no_plugin_knows_says_so(desk):
    desk.performer.answer = None
    desk.press()
    desk.finish()
    assert desk.outbox.responses == [("https://hooks/2", wording.unknown_button())]


def test_a_shortcut_is_answered_to_whoever_chose_it(desk):
    desk.shortcut()
    desk.shortcut(response_url=None, trigger="3.3.d")
    desk.finish()
    assert desk.acks == [("envelope-1", None), ("envelope-2", None)]
    assert desk.outbox.responses == [("https://hooks/3", "done")]
    assert desk.outbox.whispers == [("C1", "UALICE", "done", None)]


def test_a_form_closes_and_what_there_is_to_say_is_said_in_its_channel(desk):
    desk.form()
    desk.finish()
    assert desk.acks == [("envelope-1", None)]
    assert desk.outbox.whispers == [("C1", "UALICE", "done", None)]


def test_a_form_may_stay_and_say_something_else(desk):
    desk.performer.view = {"type": "modal"}
    desk.form()
    desk.finish()
    assert desk.acks == [("envelope-1", {"response_action": "update", "view": {"type": "modal"}})]
    assert desk.outbox.whispers == []


def test_a_form_that_closed_for_lack_of_time_gets_its_word_in_the_channel(desk):
    desk.performer.gate, desk.performer.view = threading.Event(), {"type": "modal"}
    desk.form()
    assert desk.performer.begun.wait(5)
    desk.time_is_up()
    assert desk.acks == [("envelope-1", None)]
    desk.performer.gate.set()
    desk.finish()
    assert desk.acks == [("envelope-1", None)]
    assert desk.outbox.whispers == [("C1", "UALICE", "instead", None)]


def test_a_form_whose_new_content_does_not_reach_slack_gets_its_word_in_the_channel(desk):
    desk.performer.view, desk.line_gone = {"type": "modal"}, True
    desk.form()
    desk.finish()
    assert desk.outbox.whispers == [("C1", "UALICE", "instead", None)]


def test_a_form_or_shortcut_delivered_again_is_carried_out_once(desk):
    for _ in range(2):
        desk.shortcut()
        desk.form()
    desk.finish()
    assert sorted(desk.performer.done) == [("chose", "2.5"), ("sent", '{"channel_id": "C1"}')]
    assert len(desk.acks) == 4


def test_a_form_waits_for_what_was_typed_before_it_in_its_channel(desk):
    desk.performer.gate = threading.Event()
    desk.slash()
    desk.form()
    assert desk.performer.begun.wait(5)
    assert desk.performer.done == []
    desk.performer.gate.set()
    desk.finish()
    assert [kind for kind, _ in desk.performer.done] == ["sk", "sent"]


def test_a_form_that_nobody_answers_does_not_end_in_silence(desk):
    desk.performer.answer = None
    desk.form()
    desk.finish()
    assert desk.acks == [("envelope-1", None)]
    assert desk.outbox.whispers == [("C1", "UALICE", wording.went_wrong(), None)]


def test_a_form_that_is_not_begun_before_the_end_stays_with_slack(desk):
    desk.performer.gate = threading.Event()
    desk.slash()
    assert desk.performer.begun.wait(5)
    desk.form()
    desk.reception.close(0.0)
    assert desk.acks == []
    assert desk.outbox.whispers == []
    desk.performer.gate.set()


def test_a_press_in_a_home_tab_is_acknowledged_and_what_is_to_be_said_goes_to_the_person(desk):
    desk.press_at_home()
    desk.press_at_home(trigger="4.4.d", value="silent")
    desk.press_at_home(trigger="4.4.d", value="silent")
    desk.finish()
    assert desk.performer.done == [("press", "abc"), ("press", "silent")]
    assert desk.acks == [("envelope-1", None), ("envelope-2", None), ("envelope-3", None)]
    assert desk.outbox.posts == [("UALICE", "done")] * 2


def test_a_home_tab_is_shown_each_time_it_is_opened(desk):
    for _ in range(2):
        desk.arrive("events_api", {"event": {"type": "app_home_opened", "user": "UALICE", "tab": "home"}})
    desk.finish()
    assert desk.performer.done == [("home", "UALICE")] * 2
    assert len(desk.acks) == 2


def test_a_home_tab_that_is_opened_too_early_is_acknowledged(desk):
    desk.performer.is_ready = False
    desk.arrive("events_api", {"event": {"type": "app_home_opened", "user": "UALICE", "tab": "home"}})
    desk.press_at_home()
    desk.finish()
    assert desk.performer.done == []
    assert desk.outbox.posts == [("UALICE", wording.starting())]
    assert len(desk.acks) == 2


def test_events_reach_the_performer_and_are_acknowledged(desk):
    desk.arrive("events_api", {"event": {"type": "channel_archive", "channel": "C1"}})
    desk.arrive("events_api", {"event": {"type": "user_change", "user": {"id": "UALICE"}}})
    desk.arrive("events_api", {"event": {"type": "tokens_revoked"}})
    desk.finish()
    assert sorted(desk.performer.done, key=str) == [("channel", "archived"), ("person", "UALICE"), ("tokens", None)]
    assert len(desk.acks) == 3


def test_while_plugins_are_not_active_people_are_told_so(desk):
    desk.performer.is_ready = False
    desk.slash()
    desk.typed()
    desk.press()
    desk.finish()
    assert desk.performer.done == []
    assert ("envelope-1", wording.starting()) in desk.acks
    assert desk.outbox.whispers == [("C1", "UALICE", wording.starting(), None)]
    assert desk.outbox.responses == [("https://hooks/2", wording.starting())]


def test_stopping_finishes_what_was_begun_and_admits_what_was_not(desk):
    desk.performer.gate = threading.Event()
    desk.slash("begun", trigger="1")
    assert desk.performer.begun.wait(5)
    desk.slash("waiting", trigger="2")
    desk.typed("!sk typed", ts="3.0")
    desk.typed("!sk typed long ago", ts="4.0")
    desk.timers[-1][1]()
    desk.reception.close(0.05)
    desk.slash("too late", trigger="5")
    desk.typed("!sk too late", ts="6.0")
    desk.press()
    desk.performer.gate.set()
    desk.reception.close(5)
    assert desk.performer.done == [("sk", "begun")]
    assert sorted(desk.acks) == [
        ("envelope-1", "done"),
        ("envelope-2", wording.stopping()),
        # 3 and 6 are left unacknowledged: Slack sends them again, to the next process. 7 it marks as failed.
        ("envelope-4", None),
        ("envelope-5", wording.stopping()),
    ]
    assert desk.outbox.whispers == [("C1", "UALICE", wording.stopping(), None)]
