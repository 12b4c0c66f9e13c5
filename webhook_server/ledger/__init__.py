"""The ledger: app users, messages, webhooks, hand-overs and receipts, in SQL."""

from webhook_server.ledger.answers import Answer
from webhook_server.ledger.dossier import SECTIONS
from webhook_server.ledger.errors import LedgerError, LedgerInUseError, LedgerUnavailableError, LedgerUnusableError
from webhook_server.ledger.ledger import Books, Ledger
from webhook_server.ledger.messages import Page

__all__ = [
    "SECTIONS",
    "Answer",
    "Books",
    "Ledger",
    "LedgerError",
    "LedgerInUseError",
    "LedgerUnavailableError",
    "LedgerUnusableError",
    "Page",
]
