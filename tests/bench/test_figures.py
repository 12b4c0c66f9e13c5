"""What the benchmarks read from what they measured."""

import pytest

from bench.figures import Figure, Verdict, differences, quantile, ratios, read_table
from bench.workspace import counted, visible_in


@pytest.mark.parametrize(("share", "value"), [(0.0, 1), (0.5, 2), (0.51, 3), (0.99, 4), (1.0, 4)], ids=str)
def test_a_quantile_is_the_smallest_value_that_so_many_do_not_exceed(share, value):
    assert quantile([4, 1, 3, 2], share) == value


def test_nothing_has_no_quantile():
    with pytest.raises(ValueError, match="nothing"):
        quantile([], 0.5)


def test_a_figure_is_the_middle_round_and_its_spread_all_rounds():
    figure = Figure("relay", "ours", "ms", (9.0, 1.0, 2.0))
    assert (figure.low, figure.median, figure.high) == (1.0, 2.0, 9.0)


@pytest.mark.parametrize(
    ("sense", "limit", "met"),
    [("at most", 2.0, True), ("at most", 1.9, False), ("at least", 2.0, True), ("at least", 2.1, False)],
)
def test_a_target_is_met_by_the_middle_round(sense, limit, met):
    assert Verdict("relay", "times", sense, limit, (1.0, 2.0, 30.0)).met is met


def test_what_is_compared_comes_from_one_round():
    assert ratios([10, 40], [5, 10]) == (2.0, 4.0)
    assert differences([10, 40], [5, 10]) == (5, 30)
    with pytest.raises(ValueError, match="shorter"):
        ratios([1, 2], [1])


def test_words_are_visible_when_the_post_that_holds_them_is_answered():
    calls = [
        {"method": "chat.postMessage", "ok": False, "at": 1.0, "ms": 5.0, "args": {"text": "m1-0-0"}},
        {"method": "chat.postMessage", "ok": True, "at": 2.0, "ms": 500.0, "args": {"text": "m1-0-0 and m1-0-1"}},
        {"method": "chat.postMessage", "ok": True, "at": 3.0, "ms": 5.0, "args": {"text": "m1-0-1"}},
        {"method": "chat.update", "ok": True, "at": 4.0, "ms": 5.0, "args": {"text": "m1-0-2"}},
    ]
    assert visible_in(calls) == {"m1-0-0": 2.5, "m1-0-1": 2.5}
    assert counted(calls) == {"chat.postMessage": 3, "chat.update": 1}


def test_a_table_of_medians_is_read_back():
    table = "| | median | rounds |\n|---|---|---|\n| threads | 42 | 40 to 45 |\n"
    (figure,) = read_table(table, "1,000 listeners")
    assert (figure.what, figure.low, figure.median, figure.high) == ("1,000 listeners: threads", 40, 42, 45)
