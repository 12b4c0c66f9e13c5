"""The operator's commands. Each asks the running server or, where none runs, its ledger; see `keeper`."""

from webhook_server.operator import deliveries, erase, export, keys
from webhook_server.operator.keeper import OperatorError

__all__ = ["OperatorError", "deliveries", "erase", "export", "keys"]
