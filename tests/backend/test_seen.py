"""What arrived lately is known again, and memory stays bounded."""

from desk.errbot_backend.seen import Seen


class Now:
    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        return self.seconds


def test_only_the_first_arrival_is_the_first():
    seen = Seen()
    assert seen.first("message:C1:1.5")
    assert not seen.first("message:C1:1.5")
    assert seen.first("message:C2:1.5")


def test_ten_minutes_later_it_is_still_known_an_hour_later_not():
    now = Now()
    seen = Seen(now=now)
    seen.first("slash:1")
    now.seconds = 10 * 60
    assert not seen.first("slash:1")
    now.seconds = 60 * 60
    assert seen.first("slash:1")


def test_what_came_to_nothing_may_come_again():
    seen = Seen()
    seen.first("slash:1")
    seen.forget("slash:1")
    assert seen.first("slash:1")


def test_the_oldest_is_forgotten_when_there_is_too_much():
    seen = Seen(most=3)
    for key in "abcd":
        assert seen.first(key)
    assert not seen.first("d")
    assert seen.first("a")
