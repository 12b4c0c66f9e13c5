"""The bot's log: one line an event, structlog's and Errbot's own alike, never with what people typed."""

import logging
import os
import sys

import structlog

_QUIET = {
    "errbot.core_plugins.wsview": logging.WARNING,  # a line for each route of each plugin
    "errbot.plugins.ACLs": logging.WARNING,  # a line for each command, which the backend's own line tells better
    "markdown": logging.WARNING,
    "slack_sdk": logging.CRITICAL,  # it raises what it logs
}


def formatter() -> logging.Formatter:
    """Set structlog up to write through Errbot's console handler, and return that handler's formatter."""
    stamps: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="%H:%M:%S", utc=False),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *stamps,
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    for name, level in _QUIET.items():
        logging.getLogger(name).setLevel(level)
    logging.getLogger("werkzeug").addFilter(_only_warnings)
    logging.getLogger("errbot").addFilter(_only_warnings)
    logging.getLogger("errbot.core").addFilter(_without_what_was_typed)
    colors = bool(os.environ.get("FORCE_COLOR")) or sys.stderr.isatty()
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=stamps,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.dev.ConsoleRenderer(colors=colors, exception_formatter=_without_variables),
        ],
    )


_without_variables = structlog.dev.plain_traceback
"""structlog's own choice, where rich is installed, shows all local variables, and so what people wrote, and secrets."""


def _only_warnings(record: logging.LogRecord) -> bool:
    """Errbot sets these loggers' levels itself, later than we could."""
    return record.levelno >= logging.WARNING


def _without_what_was_typed(record: logging.LogRecord) -> bool:
    """Errbot logs commands with their arguments, and failed ones with the whole message; the backend logs both well."""
    message = str(record.msg)
    if message.startswith("An error happened while processing a message"):
        record.msg = "an error happened while a command was processed"
    return not message.startswith("Processing command")
