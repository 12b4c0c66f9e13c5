"""The rules by which two app users become one."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webhook_server.domain.identity import Joined, Known, Named, Newcomer, identity
from webhook_server.domain.merging import merged, places
from webhook_server.domain.values import AppUser, Conversation, Profile

ANN = AppUser("a" * 24, Conversation("c" * 24), "ann")
BOB = AppUser("b" * 24, Conversation("d" * 24), "bob")
VISITOR = AppUser("e" * 24, Conversation("f" * 24))


@pytest.mark.parametrize(
    ("user_id", "known", "owner", "expected"),
    [
        pytest.param(None, None, None, Newcomer(None), id="a new device"),
        pytest.param(None, None, VISITOR, Known(VISITOR), id="an anonymous app user comes back"),
        pytest.param(None, None, ANN, Newcomer(None), id="a logout"),
        pytest.param("ann", None, None, Newcomer("ann"), id="somebody new on a new device"),
        pytest.param("ann", None, BOB, Newcomer("ann"), id="somebody new on another's device"),
        pytest.param("ann", None, VISITOR, Named(VISITOR, "ann"), id="an anonymous app user gets a name"),
        pytest.param("ann", ANN, None, Known(ANN), id="somebody known on a new device"),
        pytest.param("ann", ANN, ANN, Known(ANN), id="somebody known on their device"),
        pytest.param("ann", ANN, BOB, Known(ANN), id="somebody known on another's device"),
        pytest.param("ann", ANN, VISITOR, Joined(ANN, VISITOR), id="an anonymous app user logs in"),
    ],
)
def test_who_is_meant(user_id, known, owner, expected):
    assert identity(user_id, known, owner) == expected


@given(st.lists(st.integers(1, 40), unique=True).map(sorted), st.sets(st.integers(1, 40)))
def test_messages_keep_their_time_or_the_next_free_one_and_their_order(moving, taken):
    found = places(moving, taken)
    assert all(earlier < later for earlier, later in itertools.pairwise(found))
    assert not set(found) & taken
    for place, received in zip(found, moving, strict=True):
        assert place >= received
        assert set(range(received, place)) <= taken | set(found), "nothing free was passed over"


def test_an_emptied_value_is_a_gap():
    survivor = AppUser("a" * 24, Conversation("c" * 24), "ann", Profile("Ann", None, properties={"plan": "pro"}))
    loser = AppUser("e" * 24, Conversation("f" * 24), None, Profile("V", "Lee", properties={"plan": "x", "from": "ad"}))
    profile = merged(survivor, loser, 7).profile
    assert profile == Profile("Ann", "Lee", properties={"plan": "pro", "from": "ad"})
