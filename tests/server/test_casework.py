"""Cases in the ledger: what messages, replies, merges and erasures make of them, on both databases."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError
from test_ledger import ANN, BOB, ledger, peopled, postgres, url

from webhook_server import casework, erasing, intake, merging
from webhook_server.domain import cases, deeds
from webhook_server.domain.cases import Answered, Case, Closing, Untold
from webhook_server.domain.receipts import Place, Speaker
from webhook_server.domain.values import AppUser, Conversation, Draft, Profile
from wire import messages as wire

__all__ = ["ledger", "peopled", "postgres", "url"]

NOW = 1_700_000_000.0
ALICE = Speaker("UALICE", "Alice", "https://example.org/alice.png")
BEA = Speaker("UBEA", "Bea")
VISITOR = AppUser("9" * 24, Conversation("8" * 24))


class Scene:
    """Things happen in a ledger, one by one, a second apart."""

    def __init__(self, ledger):
        self.ledger = ledger
        self.now = NOW
        self._count = 0

    def _id(self):
        self._count += 1
        self.now += 1
        return f"{self._count:024x}"

    def writes(self, user=ANN, text="hello", **fields):
        """An app user writes; returns what is left to do, and the case of the message."""
        message_id = self._id()
        draft = Draft("appUser", user.id, text, **fields)

        def job(books):
            accepted = intake.accept(books, books.app_users.by_id(user.id), message_id, draft, self.now)
            return accepted.errands.untold, books.messages.find(message_id).case_id

        return self.ledger.write(job)

    def the_app_writes(self, user=ANN):
        draft = Draft("appMaker", "f" * 24, "an offer")
        message_id = self._id()
        return self.ledger.write(lambda books: intake.accept(books, user, message_id, draft, self.now)).errands.untold

    def replies(self, user=ANN, agent=ALICE, *, begins=False):
        message_id = self._id()
        said = wire.Reply(
            message_id=message_id,
            app_user_id=user.id,
            channel_id="C1",
            text=f"answer {message_id}",
            agent=wire.Agent(agent_id=agent.agent_id, name=agent.name, avatar_url=agent.avatar_url),
            begins=begins,
        )
        accepted = self.ledger.write(lambda books: intake.accept_reply(books, said, self.now))
        return accepted.errands.untold, self.ledger.read(lambda books: books.messages.find(message_id)).case_id

    def changes(self, case_id, change, *given):
        """Somebody does something about a case."""
        self.now += 1

        def job(books):
            known = books.cases.find(case_id)
            return casework.keep(books, known, change(known, *given, self.now))

        return self.ledger.write(job)

    def told(self, case_id):
        """The bot has shown how a case stands."""
        place = Place("C0", "1.0")
        self.ledger.write(lambda books: books.cases.told(books.cases.find(case_id), place))

    def case(self, case_id):
        return self.ledger.read(lambda books: books.cases.find(case_id))

    def newest(self, user=ANN):
        return self.ledger.read(lambda books: books.cases.newest(user.id))


@pytest.fixture
def scene(peopled):
    return Scene(peopled)


def test_a_case_comes_back_as_it_went_in(scene):
    whole = Case(
        ANN.id,
        NOW,
        "1" * 24,
        opened_by=ALICE,
        waiting_since=NOW + 1,
        claimed_by=BEA,
        first_answer=Answered(NOW + 2, ALICE),
        last_answer_at=NOW + 3,
        snoozed_until=NOW + 4,
        closed=Closing(NOW + 5, BEA, "solved"),
        reminder="on_call",
        reminders=3,
        counts_from=NOW + 6,
        reminded=8,
        sequence=9,
        told=7,
        untold_since=NOW + 7,
        quiet_until=NOW + 8,
        last_request_id="r1",
    )
    kept = scene.ledger.write(lambda books: books.cases.add(whole))
    assert kept == replace(whole, id=kept.id)
    assert scene.case(kept.id) == kept
    bare = scene.ledger.write(lambda books: books.cases.add(Case(ANN.id, NOW, None)))
    assert bare.id > kept.id
    changed = replace(whole, id=bare.id, opened=bare.opened, first_message_id=None, opened_by=None)
    scene.ledger.write(lambda books: books.cases.save(changed))
    assert scene.case(bare.id) == changed


def test_the_first_words_begin_a_case_and_what_follows_belongs_to_it(scene):
    untold, case_id = scene.writes()
    assert untold == (Untold(case_id, ANN.id),)
    case = scene.case(case_id)
    assert (case.waiting_since, case.first_message_id) == (NOW + 1, f"{1:024x}")
    assert scene.writes() == ((), case_id)
    assert scene.case(case_id) == case


def test_what_the_app_writes_is_no_case_and_no_answer(scene):
    assert scene.the_app_writes() == ()
    assert scene.newest() is None
    _, case_id = scene.writes()
    before = scene.case(case_id)
    assert scene.the_app_writes() == ()
    assert scene.case(case_id) == before


def test_a_reply_answers_claims_and_ends_the_wait(scene):
    _, case_id = scene.writes()
    assert scene.replies() == ((Untold(case_id, ANN.id),), case_id)
    case = scene.case(case_id)
    assert (case.waiting_since, case.claimed_by, case.first_answer) == (None, ALICE, Answered(NOW + 2, ALICE))


def test_that_somebody_waits_again_is_told_later(scene):
    _, case_id = scene.writes()
    scene.replies()
    scene.told(case_id)
    assert scene.writes() == ((Untold(case_id, ANN.id, cases.GRACE_SECONDS),), case_id)
    assert scene.ledger.read(lambda books: books.cases.untold(scene.now + 20)) == (Untold(case_id, ANN.id, 40.0),)
    assert scene.replies() == ((), case_id)
    assert scene.ledger.read(lambda books: books.cases.untold(scene.now)) == ()


def test_a_reply_to_a_closed_case_leaves_it_closed_and_the_next_words_begin_another(scene):
    _, case_id = scene.writes()
    scene.changes(case_id, lambda case, now: deeds.closed(case, BEA, None, now))
    assert scene.replies() == ((), case_id)
    assert scene.case(case_id).closed
    assert scene.case(case_id).last_answer_at == scene.now
    untold, later = scene.writes()
    assert later > case_id
    assert untold == (Untold(later, ANN.id),)
    assert scene.newest().id == later


def test_an_agent_may_begin_a_case_and_only_when_they_say_so(scene):
    assert scene.replies() == ((), None)
    assert scene.newest() is None
    untold, case_id = scene.replies(begins=True)
    assert untold == (Untold(case_id, ANN.id),)
    assert (scene.case(case_id).opened_by, scene.case(case_id).claimed_by) == (ALICE, ALICE)
    assert scene.replies(agent=BEA, begins=True) == ((), case_id)


def test_a_reopened_case_is_the_conversations_again(scene):
    _, case_id = scene.writes()
    scene.changes(case_id, lambda case, now: deeds.closed(case, BEA, None, now))
    scene.changes(case_id, deeds.reopened)
    assert scene.writes()[1] == case_id


def test_nobody_has_two_open_cases(scene):
    scene.writes()
    with pytest.raises(IntegrityError):
        scene.ledger.write(lambda books: books.cases.add(cases.begun(ANN.id, "1" * 24, NOW)))


def test_cases_are_listed_the_longest_waiting_first(scene):
    _, first = scene.writes()
    _, second = scene.writes(BOB)
    scene.replies()
    for whose in (ALICE, BEA):
        scene.changes(second, lambda case, now, whose=whose: deeds.assigned(case, whose, now))

    def listed(read):
        found, total = scene.ledger.read(read)
        return [case.id for case in found], total

    assert listed(lambda books: books.cases.waiting(50)) == ([second], 1)
    scene.writes()
    assert listed(lambda books: books.cases.waiting(50)) == ([second, first], 2)
    assert listed(lambda books: books.cases.waiting(1)) == ([second], 2)
    assert listed(lambda books: books.cases.claimed_by("UALICE", 50)) == ([first], 1)
    scene.changes(second, lambda case, now: deeds.assigned(case, ALICE, now))
    assert listed(lambda books: books.cases.claimed_by("UALICE", 50)) == ([second, first], 2)
    scene.replies(BOB)
    assert listed(lambda books: books.cases.claimed_by("UALICE", 50)) == ([first, second], 2)
    scene.changes(first, lambda case, now: deeds.closed(case, ALICE, None, now))
    assert listed(lambda books: books.cases.waiting(50)) == ([], 0)
    assert listed(lambda books: books.cases.claimed_by("UALICE", 50)) == ([second], 1)


def test_what_the_bot_has_shown_and_what_may_have_been_is_kept(scene):
    _, case_id = scene.writes()
    before = scene.case(case_id)
    scene.ledger.write(lambda books: books.cases.doubt(before, NOW + 5))
    scene.ledger.write(lambda books: books.cases.doubt(before, NOW + 9))
    assert scene.case(case_id).doubt_since == NOW + 5
    scene.changes(case_id, lambda case, now: deeds.claimed(case, ALICE, now))
    scene.ledger.write(lambda books: books.cases.told(before, Place("C0", "1.5")))
    after = scene.case(case_id)
    assert (after.told, after.sequence, after.place, after.doubt_since) == (1, 2, Place("C0", "1.5"), None)
    scene.ledger.write(lambda books: books.cases.told(after, None))
    assert scene.case(case_id).place == Place("C0", "1.5")
    assert scene.ledger.read(lambda books: books.cases.untold(scene.now)) == ()


def test_people_are_told_who_it_is_about_and_how_it_began(scene):
    def telling(case_id):
        return scene.ledger.read(lambda books: books.cases.telling(books.cases.find(case_id)))

    _, hers = scene.writes(ANN, "help!", name="Annie")
    _, his = scene.writes(BOB, name="Bobby")
    assert (telling(hers).name, telling(hers).message.draft.text, telling(hers).app_user.user_id) == (
        "Ann",
        "help!",
        "ann",
    )
    assert telling(his).name == "Bobby"
    scene.writes(BOB, name="Bob B")
    scene.replies(BOB)
    assert telling(his).name == "Bob B"
    scene.ledger.write(lambda books: erasing.clear_messages(books, BOB, NOW))
    assert (telling(his).name, telling(his).message) == (None, None)


# ── two app users are one ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def visited(scene):
    """A visitor without a name is there too."""
    scene.ledger.write(lambda books: books.app_users.add(VISITOR, NOW))
    return scene


def merge(scene):
    scene.now += 1

    def job(books):
        survivor, loser = (books.app_users.by_id(user.id) for user in (ANN, VISITOR))
        return merging.merge(books, survivor, loser, scene.now).errands.untold

    return scene.ledger.write(job)


def test_a_losers_open_case_goes_on_as_the_survivors(visited):
    _, case_id = visited.writes(VISITOR)
    visited.told(case_id)
    assert merge(visited) == (Untold(case_id, ANN.id),)
    assert visited.newest().id == case_id
    assert visited.writes()[1] == case_id


def test_of_two_open_cases_the_survivors_stays_open(visited):
    _, losers = visited.writes(VISITOR)
    _, mine = visited.writes()
    assert merge(visited) == (Untold(losers, ANN.id), Untold(mine, ANN.id))
    assert visited.case(losers).app_user_id == ANN.id
    assert visited.case(losers).closed == Closing(visited.now, None, cases.MERGED)
    assert visited.case(mine).waiting_since == NOW + 1
    assert visited.newest().id == mine


def test_a_losers_closed_cases_are_the_survivors_and_nobody_is_told(visited):
    _, losers = visited.writes(VISITOR)
    visited.changes(losers, lambda case, now: deeds.closed(case, BEA, None, now))
    _, mine = visited.writes()
    assert merge(visited) == ()
    assert visited.case(losers).app_user_id == ANN.id
    assert visited.newest().id == mine


def test_who_is_erased_leaves_no_case_and_others_keep_theirs(visited):
    _, losers = visited.writes(VISITOR)
    _, bobs = visited.writes(BOB)
    merge(visited)
    user = replace(ANN, profile=Profile())
    visited.ledger.write(lambda books: erasing.erase(books, user, NOW))
    assert visited.case(losers) is None
    assert visited.case(bobs)
