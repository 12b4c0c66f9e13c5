"""What the writer knows of webhooks is what the ledger holds, whatever became of a change."""

from dataclasses import replace

import pytest

from webhook_server.domain.values import Webhook, WebhookId
from webhook_server.ledger import Ledger

HOOK = Webhook(WebhookId("f" * 24), "https://shop.example/hook", ("message",), "whsec_x")


class ChangedTheirMindError(Exception):
    """Whoever asked wants nothing of it."""


@pytest.fixture
def ledger(tmp_path):
    ledger = Ledger(f"sqlite:///{tmp_path / 'ledger.sqlite3'}")
    yield ledger
    ledger.close()


def known(ledger):
    return ledger.write(lambda books: books.webhooks.all())


def test_changes_are_seen_in_their_own_transaction_and_afterwards(ledger):
    def add(books):
        books.webhooks.add(HOOK)
        return books.webhooks.all()

    assert known(ledger) == ()
    assert ledger.write(add) == (HOOK,)
    assert known(ledger) == (HOOK,)
    ledger.write(lambda books: books.webhooks.save(replace(HOOK, triggers=("*",))))
    assert known(ledger) == (replace(HOOK, triggers=("*",)),)
    ledger.write(lambda books: books.webhooks.remove(HOOK.id))
    assert known(ledger) == ()


def test_a_change_that_was_undone_was_none(ledger):
    def add_and_leave(books):
        books.webhooks.add(HOOK)
        assert books.webhooks.all() == (HOOK,)
        raise ChangedTheirMindError

    assert known(ledger) == ()
    with pytest.raises(ChangedTheirMindError):
        ledger.write(add_and_leave)
    assert known(ledger) == ()


def test_whoever_shares_a_commit_with_a_change_sees_it(ledger):
    """The change's own caller has not heard of its end yet when others write already."""
    seen = []

    def add(books):
        books.webhooks.add(HOOK)

    settled, ledger._webhooks.settled = ledger._webhooks.settled, lambda _: None
    ledger.write(add)  # committed, and its caller is slow
    seen.append(known(ledger))
    seen.append(known(ledger))
    ledger._webhooks.settled = settled
    for who in list(ledger._webhooks._changing):
        settled(who)
    seen.append(known(ledger))
    assert seen == [(HOOK,)] * 3
