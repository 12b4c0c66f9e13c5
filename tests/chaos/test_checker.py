"""The storm's checker on hand-made histories: it is content with a good one, and sees whatever is broken in another."""

from dataclasses import replace

import pytest
from storm_calls import is_late
from storm_checker import check, unsettled
from storm_history import (
    ANNOUNCEMENT,
    MESSAGE,
    NOTICE,
    Accepted,
    Call,
    Conversation,
    Delivery,
    Envelope,
    History,
    Post,
    Span,
    Stored,
    TypedReply,
)

DISPATCH, CHANNEL = "C0DISPATCH", "C0NORA"


def message(number: int) -> Stored:
    return Stored(f"m{number}", "appUser", f"hello [u00n{number:05d}]", 100.0 + number)


def reply(number: int) -> Stored:
    return Stored(f"r{number}", "appMaker", f"answer [a00n{number:05d}]", 200.0 + number)


def post(number: int, ts: float | None = None) -> Post:
    return Post(CHANNEL, f"{ts or 100 + number:.6f}", MESSAGE, (f"m{number}",), f"hello [u00n{number:05d}]")


def notice(number: int, state: str = "✓ delivered") -> Post:
    return Post(
        CHANNEL, f"{200 + number}.0", NOTICE, (f"r{number}",), f"Alice replied answer [a00n{number:05d}] {state}"
    )


def typed(number: int, *, acknowledged: bool = True) -> TypedReply:
    return TypedReply("alice", CHANNEL, f"a00n{number:05d}", acknowledged, "sent", begun=200.0 + number)


def delivery(number: int, webhook_id: str = "", *, taken: bool = True, at: float | None = None) -> Delivery:
    return Delivery(webhook_id or f"w{number}", "nora", f"r{number}", at or 300.0 + number, taken, answered=taken)


ANNOUNCED = Post(DISPATCH, "99.0", ANNOUNCEMENT, ("nora:0",), "Nora started a conversation in ", live=(f"#{CHANNEL}",))
GOOD = History(
    sent=3,
    accepted=tuple(Accepted("nora", f"u00n{number:05d}", f"m{number}") for number in range(3)),
    replies=tuple(typed(number) for number in range(3)),
    conversations={"nora": Conversation("Nora", (*(message(n) for n in range(3)), *(reply(n) for n in range(3))))},
    dispatch_channel=DISPATCH,
    channels=(CHANNEL,),
    posts=(ANNOUNCED, *(post(number) for number in range(3)), *(notice(number) for number in range(3))),
    deliveries=tuple(delivery(number) for number in range(3)),
)


def without(posts: tuple[Post, ...], message_id: str) -> tuple[Post, ...]:
    return tuple(each for each in posts if message_id not in each.ids)


def stored(*messages: Stored) -> dict[str, Conversation]:
    return {"nora": Conversation("Nora", messages)}


def spoilt(**changes: object) -> History:
    return replace(GOOD, **changes)


SHARED = Post(CHANNEL, "100.0", MESSAGE, ("m0", "m1", "m2"), "• [u00n00000]\n• [u00n00001]\n• [u00n00002]")


def shared(*states: str) -> Post:
    """One notice of replies 0 and 1, with reply 2's behind it."""
    texts = [f"answer [a00n{number:05d}]\n{state}" for number, state in enumerate((*states, "✓ delivered"))]
    return Post(CHANNEL, "205.0", NOTICE, ("r0", "r1", "r2"), "\n".join(texts))


BROKEN = {
    "a message that is not in Slack": ({"message lost"}, spoilt(posts=without(GOOD.posts, "m1"))),
    "a message that the ledger forgot": (
        {"message lost", "message unknown"},
        spoilt(conversations=stored(message(0), message(1), *map(reply, range(3)))),
    ),
    "a message without its text": (
        {"message lost"},
        spoilt(posts=(*without(GOOD.posts, "m2"), replace(post(2), text="(nothing)"))),
    ),
    "a message posted twice": ({"message doubled"}, spoilt(posts=(*GOOD.posts, post(1, 150)))),
    "a text posted twice under another ID": (
        {"message doubled", "message unknown"},
        spoilt(posts=(*GOOD.posts, replace(post(1, 150), ids=("m9",)))),
    ),
    "a message twice in one post": (
        {"message doubled"},
        spoilt(posts=(*without(GOOD.posts, "m2"), replace(post(2), text=f"{post(2).text}\n{post(2).text}"))),
    ),
    "a message accepted twice": (
        {"message doubled"},
        spoilt(
            conversations=stored(*map(message, range(3)), replace(message(2), message_id="m3"), *map(reply, range(3)))
        ),
    ),
    "messages in another order": (
        {"order swapped"},
        spoilt(posts=(*without(without(GOOD.posts, "m0"), "m1"), post(0, 102.5), post(1, 100.5))),
    ),
    "messages in another order within one post": (
        {"order swapped"},
        spoilt(
            posts=(ANNOUNCED, replace(SHARED, ids=("m0", "m2", "m1")), *map(notice, range(3))),
        ),
    ),
    "messages received in another order than written": (
        {"order swapped"},
        spoilt(accepted=(GOOD.accepted[1], GOOD.accepted[0], GOOD.accepted[2])),
    ),
    "a conversation in two channels": (
        {"channel doubled"},
        spoilt(
            channels=(CHANNEL, "C0SECOND"),
            posts=(
                *without(without(GOOD.posts, "m2"), "nora:0"),
                replace(post(2), channel_id="C0SECOND"),
                replace(ANNOUNCED, live=(f"#{CHANNEL}", "#C0SECOND")),
            ),
        ),
    ),
    "a channel that nobody uses": ({"channel doubled"}, spoilt(channels=(CHANNEL, "C0SPARE"))),
    "no dispatch notice": ({"dispatch notice"}, spoilt(posts=without(GOOD.posts, "nora:0"))),
    "two dispatch notices": ({"dispatch notice"}, spoilt(posts=(*GOOD.posts, replace(ANNOUNCED, ts="99.5")))),
    "a dispatch notice without its link": (
        {"dispatch notice"},
        spoilt(posts=(*without(GOOD.posts, "nora:0"), replace(ANNOUNCED, live=()))),
    ),
    "a live mention": (
        {"live mention"},
        spoilt(posts=(*without(GOOD.posts, "m1"), replace(post(1), live=("!channel",)))),
    ),
    "a live mention in the dispatch notice": (
        {"live mention"},
        spoilt(posts=(*without(GOOD.posts, "nora:0"), replace(ANNOUNCED, live=(f"#{CHANNEL}", "@UALICE0001")))),
    ),
    "an acknowledged reply that is nowhere": (
        {"reply lost"},
        spoilt(replies=(*GOOD.replies, typed(7))),
    ),
    "a reply twice in the ledger": (
        {"reply doubled", "notice count", "reply lost"},
        spoilt(
            conversations=stored(*map(message, range(3)), *map(reply, range(3)), replace(reply(2), message_id="r3"))
        ),
    ),
    "a reply that nobody typed": ({"reply unknown"}, spoilt(replies=GOOD.replies[:2])),
    "a reply that the app never got": (
        {"reply lost"},
        spoilt(
            deliveries=(*GOOD.deliveries[:2], delivery(2, taken=False)),
            posts=(*without(GOOD.posts, "r2"), notice(2, "✗ failed")),
        ),
    ),
    "a reply under two webhook IDs": ({"webhook-id"}, spoilt(deliveries=(*GOOD.deliveries, delivery(1, "w9", at=900)))),
    "webhooks in another order": (
        {"order swapped"},
        spoilt(deliveries=(delivery(0, at=302.5), *GOOD.deliveries[1:])),
    ),
    "replies in another order than typed": (
        {"order swapped"},
        spoilt(replies=(replace(typed(0), begun=201.5), typed(1), typed(2))),
    ),
    "a reply without a notice": ({"notice count"}, spoilt(posts=without(GOOD.posts, "r1"))),
    "a reply with two notices": ({"notice count"}, spoilt(posts=(*GOOD.posts, replace(notice(1), ts="250.0")))),
    "a notice that says delivered of what was not": (
        {"notice untrue", "reply lost"},
        spoilt(deliveries=GOOD.deliveries[:2]),
    ),
    "a notice that says sending of what was delivered": (
        {"notice untrue"},
        spoilt(posts=(*without(GOOD.posts, "r1"), notice(1, "⏳ sending…"))),
    ),
    "a notice of another reply's text": (
        {"notice untrue"},
        spoilt(posts=(*without(GOOD.posts, "r1"), replace(notice(1), text="✓ delivered something else"))),
    ),
    "a shared notice that is untrue of one reply": (
        {"notice untrue"},
        spoilt(posts=(*(each for each in GOOD.posts if each.kind != NOTICE), shared("✓ delivered", "⏳ sending…"))),
    ),
    "a notice of no reply": ({"notice untrue"}, spoilt(posts=(*GOOD.posts, notice(8)))),
    "a 429 from our own haste": (
        {"limit hit"},
        spoilt(calls=(Call("c1", "chat.postMessage", CHANNEL, 100.0, 100.1, 429, retry_after=1),)),
    ),
    "a Retry-After that was not obeyed": (
        {"limit ignored"},
        spoilt(
            calls=(
                Call("c1", "chat.postMessage", CHANNEL, 100.0, 100.1, 429, "ratelimited", 5.0),
                Call("c2", "chat.postMessage", CHANNEL, 102.0, 102.1, 200),
            )
        ),
    ),
    "an envelope that waited": ({"envelope late"}, spoilt(envelopes=(Envelope("e1", "slash_commands", 100.0, 103.5),))),
    "an envelope that was never answered": (
        {"envelope late"},
        spoilt(envelopes=(Envelope("e1", "events_api", 100.0, None),)),
    ),
    "a process that ended by itself": ({"mishap"}, spoilt(mishaps=("bot ended by itself",))),
}


@pytest.mark.parametrize(("kinds", "history"), BROKEN.values(), ids=BROKEN.keys())
def test_the_checker_finds(kinds, history):
    assert {finding.kind for finding in check(history)} == kinds


@pytest.mark.parametrize(
    "history",
    [
        pytest.param(GOOD, id="nothing special"),
        pytest.param(spoilt(posts=(ANNOUNCED, SHARED, *map(notice, range(3)))), id="several messages in one post"),
        pytest.param(
            spoilt(posts=(*(post for post in GOOD.posts if post.kind != NOTICE), shared("✓ delivered", "✓ delivered"))),
            id="several replies in one notice",
        ),
        pytest.param(
            spoilt(deliveries=(delivery(0, taken=False, at=299), *GOOD.deliveries, delivery(1, at=900))),
            id="webhooks tried again under the same ID",
        ),
        pytest.param(
            spoilt(
                calls=(
                    Call("c1", "chat.postMessage", CHANNEL, 100.0, 100.1, 429, "ratelimited", 5.0),
                    Call("c2", "chat.postMessage", "C0OTHER", 102.0, 102.1, 200),
                    Call("c3", "chat.postMessage", CHANNEL, 105.2, 105.3, 200),
                )
            ),
            id="an ordered 429 that holds back its channel alone",
        ),
        pytest.param(
            spoilt(
                replies=(*GOOD.replies, typed(9, acknowledged=False)),
            ),
            id="a reply of which the agent was told that it was not sent",
        ),
    ],
)
def test_the_checker_is_content_with(history):
    assert check(history) == []
    assert unsettled(history) == []


@pytest.mark.parametrize(
    ("span", "late"),
    [
        pytest.param(Span("bot", 101.0, 101.1), False, id="bot killed while it waits"),
        pytest.param(Span("bot", 99.9, 100.0), False, id="sent into a line that a kill has just broken"),
        pytest.param(Span("bot", 103.5, 103.6), True, id="bot killed after the three seconds"),
        pytest.param(Span("bot", 98.0, 98.1), True, id="bot killed long before"),
        pytest.param(Span("server", 101.0, 101.1), True, id="only the webhook server killed"),
    ],
)
def test_an_envelope_without_an_answer_is_excused_only_by_the_death_of_its_receiver(span, late):
    envelope = Envelope("e1", "slash_commands", 100.0, None)
    assert is_late(envelope, History(kills=(span,))) is late


def test_what_is_still_under_way_is_waited_for():
    assert unsettled(spoilt(posts=without(GOOD.posts, "m1")))
    assert unsettled(spoilt(posts=(*without(GOOD.posts, "r1"), notice(1, "⏳ sending…"))))
    assert unsettled(spoilt(deliveries=GOOD.deliveries[:2]))
