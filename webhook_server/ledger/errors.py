"""What can be wrong with the ledger as a whole."""


class LedgerError(Exception):
    """Base of the ledger's errors. The text says what happened and what to do."""


class LedgerUnavailableError(LedgerError):
    """The database cannot be read or written at the moment: full, read-only, locked or away."""


class LedgerInUseError(LedgerError):
    """Another webhook server works on the same ledger."""


class LedgerUnusableError(LedgerError):
    """The database cannot be opened: a wrong URL, a missing driver, a file that is no database."""
