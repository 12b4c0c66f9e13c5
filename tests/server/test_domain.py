"""The app's side's decisions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webhook_server.domain import profile, triggers
from webhook_server.domain.paging import BadPageError, Cut, cut, seconds
from webhook_server.domain.receipts import Leg, Standing, standing
from webhook_server.domain.retry import WEBHOOK_DELAYS, peer_delay, webhook_delay
from webhook_server.domain.targets import BadTargetError, host_and_port, is_public
from webhook_server.domain.values import Profile, received_after

texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]))


@given(texts, st.integers(0, 900))
def test_shortened_text_is_the_longest_beginning_that_fits(text, limit):
    short = profile.shorten(text, limit)
    assert text.startswith(short)
    assert len(short.encode()) <= limit
    if short != text:
        assert len(text[: len(short) + 1].encode()) > limit


@given(st.dictionaries(texts, st.one_of(texts, st.integers(), st.booleans(), st.none())))
def test_flat_properties_keep_within_limits_and_change_nothing_again(given_properties):
    flat = profile.flat_properties(given_properties)
    assert all(len(key.encode()) <= profile.KEY_BYTES for key in flat)
    assert all(len(value.encode()) <= profile.VALUE_BYTES for value in flat.values() if isinstance(value, str))
    assert profile.flat_properties(flat) == flat


@pytest.mark.parametrize("nested", [{"a": 1}, [1], {}, []])
def test_nested_properties_are_refused_by_name(nested):
    with pytest.raises(profile.NestedPropertyError) as refused:
        profile.flat_properties({"fine": 1, "deep": nested})
    assert refused.value.key == "deep"


KNOWN = Profile("Ann", "Lee", "ann@example.org", "2020-01-01T00:00:00.000Z", {"plan": "free", "seats": 3})


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        pytest.param(Profile(), KNOWN, id="nothing told changes nothing"),
        pytest.param(
            Profile(surname="Ray"),
            Profile("Ann", "Ray", KNOWN.email, KNOWN.signed_up_at, KNOWN.properties),
            id="a name",
        ),
        pytest.param(
            Profile(given_name=""), Profile(None, "Lee", KNOWN.email, KNOWN.signed_up_at, KNOWN.properties), id="empty"
        ),
        pytest.param(
            Profile(properties={"plan": "pro", "city": "Rome"}),
            Profile("Ann", "Lee", KNOWN.email, KNOWN.signed_up_at, {"plan": "pro", "seats": 3, "city": "Rome"}),
            id="properties add up",
        ),
        pytest.param(
            Profile(properties={"seats": None}),
            Profile("Ann", "Lee", KNOWN.email, KNOWN.signed_up_at, {"plan": "free"}),
            id="a property that is null goes",
        ),
    ],
)
def test_updates_add(update, expected):
    assert profile.add(KNOWN, update) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-02T03:04:05Z", "2026-01-02T03:04:05.000Z"),
        ("2026-01-02T03:04:05.678+02:00", "2026-01-02T01:04:05.678Z"),
        ("2026-01-02", "2026-01-02T00:00:00.000Z"),
        ("2026-01-02T03:04:05", "2026-01-02T03:04:05.000Z"),
    ],
)
def test_times_become_utc(text, expected):
    assert profile.utc_time(text) == expected


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01", "9999-12-31T23:59:59-14:00"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(ValueError):
        profile.utc_time(text)


@pytest.mark.parametrize(
    ("subscribed", "trigger", "expected"),
    [
        (["message"], "message:appUser", True),
        (["message"], "message:appMaker", True),
        (["message"], "conversation:start", False),
        (["message:appMaker"], "message:appMaker", True),
        (["message:appMaker"], "message:appUser", False),
        (["*"], "conversation:read", True),
        (["postback"], "message:appUser", False),
        ([], "message:appUser", False),
    ],
)
def test_who_is_told(subscribed, trigger, expected):
    assert triggers.wants(subscribed, trigger) is expected


def test_unknown_triggers_are_named():
    assert triggers.unknown(["message", "postback", "mesage", "*"]) == ["mesage"]


@pytest.mark.parametrize(
    ("legs", "expected"),
    [
        pytest.param([], Standing("waiting"), id="nobody wants it"),
        pytest.param([Leg("waiting")], Standing("sending"), id="on its way"),
        pytest.param([Leg("done"), Leg("waiting", "500")], Standing("sending", "500"), id="one failed once"),
        pytest.param([Leg("done"), Leg("done")], Standing("delivered"), id="all have it"),
        pytest.param([Leg("done"), Leg("dead", "404"), Leg("waiting")], Standing("failed", "404"), id="one gave up"),
    ],
)
def test_how_a_reply_stands(legs, expected):
    assert standing(legs) == expected
    assert standing(legs, read=True) == Standing("read")


@given(st.floats(0, 1, exclude_max=True))
def test_webhooks_are_tried_soon_and_for_more_than_a_day(jitter):
    delays = [webhook_delay(tries, jitter) for tries in range(1, len(WEBHOOK_DELAYS) + 1)]
    assert delays[0] < 10
    assert delays == sorted(delays)
    assert sum(delays) > 86_400
    assert webhook_delay(len(WEBHOOK_DELAYS) + 1, jitter) is None


def test_the_bot_is_tried_again_at_once_and_never_rarely():
    assert [peer_delay(n) for n in (1, 2, 3, 20, 100_000)] == [0.2, 0.4, 0.8, 5.0, 5.0]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (None, None, Cut()),
        ("1700000000.123", None, Cut(before=1_700_000_000_123)),
        ("1700000000.1230001", None, Cut(before=1_700_000_000_124)),
        (None, "1700000000.1239", Cut(after=1_700_000_000_123)),
        ("1e3", None, Cut(before=1_000_000)),
    ],
)
def test_cuts(before, after, expected):
    assert cut(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1", "2"),
        ("x", None),
        ("", None),
        (None, "nan"),
        (None, "inf"),
        ("1" * 50, None),
        ("1e300", None),
        ("\u0661", None),
    ],
)
def test_nonsense_cuts_are_refused(before, after):
    with pytest.raises(BadPageError):
        cut(before, after)


@given(st.integers(0, 2**43))
def test_the_time_of_a_message_names_that_message(received):
    text = repr(seconds(received))
    assert cut(text, None).before == received
    assert cut(None, text).after == received


@given(st.integers(0, 2**43), st.floats(0, 2**33))
def test_received_always_grows(last, now):
    assert received_after(last, now) > last


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("http://example.org", ("example.org", 80)),
        ("https://example.org/hook?a=b", ("example.org", 443)),
        ("http://user:pass@[::1]:8080/", ("::1", 8080)),
    ],
)
def test_targets(target, expected):
    assert host_and_port(target) == expected


@pytest.mark.parametrize(
    "target",
    [
        "",
        "example.org",
        "ftp://example.org",
        "http://",
        "http://a b",
        "http://x:99999",
        "http://x#y",
        "http://[",
        "h\n",
    ],
)
def test_what_is_no_target(target):
    with pytest.raises(BadTargetError):
        host_and_port(target)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:10.0.0.1",
        "fec0::1", "::127.0.0.1", "::ffff:0:7f00:1", "64:ff9b:1::a00:1",
        "64:ff9b::a00:1", "2002:7f00:1::",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_addresses_that_are_public(address):
    assert is_public(address)
