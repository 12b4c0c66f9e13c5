"""Cases: the rules by which they begin, wait, are answered, and what agents may do about them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webhook_server.domain import cases, deeds
from webhook_server.domain.cases import GRACE_SECONDS, Answered, Case, Closing
from webhook_server.domain.deeds import DeedRefusedError
from webhook_server.domain.receipts import Speaker
from wire.cases import CLAIMED_ALREADY, CLOSED_ALREADY, NOT_CLAIMED, NOT_WAITING, OPEN_ALREADY

ANN = "a" * 24
FIRST = "1" * 24
ALICE, BOB = Speaker("UALICE", "Alice"), Speaker("UBOB", "Bob")
T = 1_700_000_000.0
NEW = cases.begun(ANN, FIRST, T)
TOLD = replace(NEW, told=1)
ANSWERED = replace(cases.answered(TOLD, ALICE, T + 30), told=2)
STARTED = replace(cases.begun_by(ALICE, ANN, FIRST, T), told=1)
CLOSED = replace(deeds.closed(ANSWERED, ALICE, "solved", T + 40), told=3)
CLOSED_UNANSWERED = replace(deeds.closed(TOLD, ALICE, None, T + 40), told=2)
SNOOZED = replace(deeds.snoozed(TOLD, T + 7200, T + 10), told=2)


# ── what is said ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_case_begins_with_somebody_who_waits():
    assert (NEW.waiting_since, NEW.opened_by, NEW.claimed_by, NEW.first_message_id) == (T, None, None, FIRST)
    assert NEW.has_news
    assert NEW.quiet(T) == 0


def test_a_case_that_an_agent_begins_is_theirs_and_nobody_waits():
    assert (STARTED.opened_by, STARTED.claimed_by, STARTED.waiting_since) == (ALICE, ALICE, None)


def test_who_waits_already_changes_nothing_by_writing_again():
    assert cases.wrote(NEW, T + 5) is NEW
    assert cases.wrote(TOLD, T + 5) is TOLD


def test_who_was_answered_waits_again_and_that_is_told_after_a_while():
    again = cases.wrote(ANSWERED, T + 100)
    assert again.waiting_since == T + 100
    assert again.has_news
    assert again.quiet(T + 100) == GRACE_SECONDS
    assert again.quiet(T + 100 + GRACE_SECONDS) == 0


def test_that_somebody_waits_again_is_told_along_with_what_is_told_anyway():
    again = cases.wrote(deeds.assigned(ANSWERED, BOB, T + 99), T + 100)
    assert again.quiet(T + 100) == 0


def test_a_live_dialogue_tells_nothing():
    case = ANSWERED
    for number in range(5):
        now = T + 100 + 20 * number
        case = cases.answered(cases.wrote(case, now), ALICE, now + 10)
        assert not case.has_news
    assert case.last_answer_at == T + 190
    assert case.waiting_since is None


def test_an_answer_after_the_grace_is_told():
    again = cases.wrote(ANSWERED, T + 100)
    assert cases.answered(again, ALICE, T + 100 + GRACE_SECONDS).quiet(T) == 0
    assert cases.answered(again, ALICE, T + 100 + GRACE_SECONDS).has_news


def test_the_first_answer_is_kept_and_claims():
    assert (ANSWERED.first_answer, ANSWERED.claimed_by) == (Answered(T + 30, ALICE), ALICE)
    second = cases.answered(cases.wrote(ANSWERED, T + 50), BOB, T + 60)
    assert (second.first_answer, second.claimed_by) == (Answered(T + 30, ALICE), ALICE)


def test_who_began_a_case_gives_no_first_answer_in_it():
    assert cases.answered(cases.wrote(STARTED, T + 50), ALICE, T + 60).first_answer is None


def test_another_answer_changes_nothing_that_agents_see():
    again = cases.answered(ANSWERED, BOB, T + 90)
    assert again == replace(ANSWERED, last_answer_at=T + 90)


def test_a_reply_to_a_closed_case_leaves_it_closed_and_ends_its_wait():
    after = cases.answered(CLOSED_UNANSWERED, BOB, T + 50)
    assert after == replace(CLOSED_UNANSWERED, waiting_since=None, last_answer_at=T + 50)
    assert not after.has_news


@pytest.mark.parametrize("said", [cases.wrote, lambda case, now: cases.answered(case, ALICE, now)])
def test_what_was_put_off_is_so_no_longer_when_somebody_says_something(said):
    after = said(SNOOZED, T + 20)
    assert after.snoozed_until is None
    assert after.has_news
    assert after.quiet(T + 20) == 0


def test_who_wrote_while_they_were_put_off_waits_since_the_first_time():
    assert cases.wrote(SNOOZED, T + 20).waiting_since == T


def test_a_clock_that_was_set_back_keeps_no_news_for_long():
    again = cases.wrote(ANSWERED, T + 100)
    assert again.quiet(T - 1_000_000) == GRACE_SECONDS


def test_untold_news_keep_the_time_of_the_first_of_them():
    later = deeds.claimed(NEW, ALICE, T + 8)
    assert (later.untold_since, later.sequence) == (T, 2)
    assert deeds.claimed(TOLD, ALICE, T + 8).untold_since == T + 8


# ── what agents do ────────────────────────────────────────────────────────────────────────────────────────────────


def claim(case, agent=ALICE):
    return deeds.claimed(case, agent, T + 60)


def release(case, agent=ALICE):
    return deeds.released(case, agent, T + 60)


def assign(case, agent=BOB):
    return deeds.assigned(case, agent, T + 60)


def close(case, agent=ALICE):
    return deeds.closed(case, agent, "done", T + 60)


def reopen(case):
    return deeds.reopened(case, T + 60)


def snooze(case, until=T + 7200):
    return deeds.snoozed(case, until, T + 60)


@pytest.mark.parametrize(
    ("deed", "before", "changes"),
    [
        pytest.param(claim, TOLD, {"claimed_by": ALICE}, id="claim"),
        pytest.param(release, ANSWERED, {"claimed_by": None}, id="release"),
        pytest.param(assign, TOLD, {"claimed_by": BOB}, id="assign"),
        pytest.param(assign, ANSWERED, {"claimed_by": BOB}, id="assign what is somebody else's"),
        pytest.param(close, ANSWERED, {"closed": Closing(T + 60, ALICE, "done")}, id="close"),
        pytest.param(close, TOLD, {"closed": Closing(T + 60, ALICE, "done")}, id="close while somebody waits"),
        pytest.param(
            close,
            SNOOZED,
            {"closed": Closing(T + 60, ALICE, "done"), "snoozed_until": None},
            id="close what is put off",
        ),
        pytest.param(reopen, CLOSED, {"closed": None, "counts_from": T + 60}, id="reopen"),
        pytest.param(
            reopen,
            CLOSED_UNANSWERED,
            {"closed": None, "waiting_since": T, "counts_from": T + 60},
            id="reopen: they wait again, and it counts anew",
        ),
        pytest.param(snooze, TOLD, {"snoozed_until": T + 7200}, id="snooze"),
        pytest.param(lambda case: snooze(case, T + 9), SNOOZED, {"snoozed_until": T + 9}, id="snooze otherwise"),
    ],
)
def test_a_deed_that_changes_something_is_told_at_once(deed, before, changes):
    after = deed(before)
    assert after == replace(before, sequence=before.sequence + 1, untold_since=T + 60, quiet_until=None, **changes)


@pytest.mark.parametrize(
    ("deed", "case"),
    [
        pytest.param(claim, ANSWERED, id="claim what is theirs"),
        pytest.param(lambda case: assign(case, ALICE), ANSWERED, id="assign to who has it"),
        pytest.param(close, CLOSED, id="close what they closed"),
        pytest.param(snooze, SNOOZED, id="snooze until then again"),
    ],
)
def test_the_same_deed_twice_is_one(deed, case):
    assert deed(case) is case


@pytest.mark.parametrize(
    ("deed", "case", "code"),
    [
        pytest.param(lambda case: claim(case, BOB), ANSWERED, CLAIMED_ALREADY, id="claim what is somebody else's"),
        pytest.param(claim, CLOSED, CLOSED_ALREADY, id="claim what is closed"),
        pytest.param(release, TOLD, NOT_CLAIMED, id="release what is nobody's"),
        pytest.param(lambda case: release(case, BOB), ANSWERED, NOT_CLAIMED, id="release what is somebody else's"),
        pytest.param(release, CLOSED, CLOSED_ALREADY, id="release what is closed"),
        pytest.param(assign, CLOSED, CLOSED_ALREADY, id="assign what is closed"),
        pytest.param(lambda case: close(case, BOB), CLOSED, CLOSED_ALREADY, id="close what somebody else closed"),
        pytest.param(reopen, TOLD, OPEN_ALREADY, id="reopen what is open"),
        pytest.param(snooze, ANSWERED, NOT_WAITING, id="snooze where nobody waits"),
        pytest.param(snooze, CLOSED_UNANSWERED, CLOSED_ALREADY, id="snooze what is closed"),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_code(deed, case, code):
    with pytest.raises(DeedRefusedError) as refused:
        deed(case)
    assert refused.value.code == code


# ── two app users are one ─────────────────────────────────────────────────────────────────────────────────────────

VISITOR = "e" * 24
LOSERS = replace(cases.begun(VISITOR, "2" * 24, T - 50), id=7, told=1)
MINE = replace(TOLD, id=8)


def test_nothing_changes_where_the_loser_has_no_open_case():
    assert cases.merged(MINE, None, T + 60) == ()
    assert cases.merged(None, None, T + 60) == ()


def test_the_losers_case_goes_on_as_the_survivors():
    [after] = cases.merged(None, LOSERS, T + 60)
    assert after == replace(LOSERS, sequence=2, untold_since=T + 60)


def test_of_two_open_cases_the_survivors_goes_on_since_the_earlier_of_both():
    over, mine = cases.merged(MINE, LOSERS, T + 60)
    assert (over.id, over.closed) == (7, Closing(T + 60, None, cases.MERGED))
    assert (mine.id, mine.waiting_since, mine.has_news) == (8, T - 50, True)


@pytest.mark.parametrize(
    ("mine", "losers", "expected"),
    [
        pytest.param(None, None, None, id="nobody's"),
        pytest.param(None, BOB, BOB, id="the loser's agent takes care of both"),
        pytest.param(ALICE, BOB, ALICE, id="the survivor's agent does"),
    ],
)
def test_who_took_care_of_either_does_so_of_the_one_that_is_left(mine, losers, expected):
    found = cases.merged(replace(MINE, claimed_by=mine), replace(LOSERS, claimed_by=losers), T + 60)
    assert found[1].claimed_by == expected


@pytest.mark.parametrize(
    ("mine", "losers", "expected"),
    [
        pytest.param(T + 100, T + 90, T + 90, id="both until the earlier"),
        pytest.param(T + 100, None, None, id="one is not put off"),
        pytest.param(None, T + 90, None, id="the other is not"),
    ],
)
def test_only_where_both_are_put_off_the_one_that_is_left_is(mine, losers, expected):
    found = cases.merged(replace(MINE, snoozed_until=mine), replace(LOSERS, snoozed_until=losers), T + 60)
    assert found[1].snoozed_until == expected


def test_a_case_in_which_nobody_waits_changes_nothing_in_the_one_that_is_left():
    over, mine = cases.merged(MINE, replace(LOSERS, waiting_since=None), T + 60)
    assert over.closed
    assert mine == MINE


# ── whatever happens ──────────────────────────────────────────────────────────────────────────────────────────────

AGENTS = st.sampled_from([ALICE, BOB])
STEPS = st.one_of(
    st.just(("wrote", lambda case, now: cases.wrote(case, now) if not case.closed else case)),
    st.tuples(st.just("answered"), AGENTS.map(lambda agent: lambda case, now: cases.answered(case, agent, now))),
    st.tuples(st.just("claimed"), AGENTS.map(lambda agent: lambda case, now: deeds.claimed(case, agent, now))),
    st.tuples(st.just("released"), AGENTS.map(lambda agent: lambda case, now: deeds.released(case, agent, now))),
    st.tuples(st.just("closed"), AGENTS.map(lambda agent: lambda case, now: deeds.closed(case, agent, None, now))),
    st.just(("reopened", deeds.reopened)),
    st.just(("snoozed", lambda case, now: deeds.snoozed(case, now + 600, now))),
)


def shown(case: Case):
    """What the bot shows of a case."""
    waits = case.waiting_since is not None and not case.closed
    return (waits, case.claimed_by, case.first_answer, case.snoozed_until, case.closed)


@given(st.lists(st.tuples(STEPS, st.floats(0, 100), st.booleans())))
def test_what_the_bot_shows_is_never_behind_but_while_it_is_to_be_told(steps):
    case, now, showing = NEW, T, None
    for (name, step), passed, tells in steps:
        now += passed
        if tells and case.has_news and not case.quiet(now):
            case, showing = replace(case, told=case.sequence), shown(case)
        try:
            after = step(case, now)
        except DeedRefusedError:
            continue
        assert after.sequence >= case.sequence
        assert after.has_news or showing == shown(after)
        if case.waiting_since is not None and name in {"wrote", "claimed", "released", "snoozed"}:
            assert after.waiting_since == case.waiting_since, "only an answer ends a wait"
        assert after.closed is None or after.snoozed_until is None
        assert after.snoozed_until is None or after.waiting_since is not None
        assert case.first_answer is None or after.first_answer == case.first_answer
        case = after
