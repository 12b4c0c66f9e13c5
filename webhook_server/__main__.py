"""`python -m webhook_server`: serve; with a command: what an app needs, or its operator asks."""

import argparse
import gc
import os
import signal
import sys
from collections.abc import Callable, Sequence

gc.disable()  # what is imported stays: looked through again and again, it takes a tenth longer

from settings import Settings, SettingsError, load
from webhook_server import log, wording
from webhook_server.api.auth import app_jwt
from webhook_server.app import create_app
from webhook_server.ledger import LedgerError
from webhook_server.operator import OperatorError, deliveries, erase, export, keys
from webhook_server.process import serve

gc.freeze()
gc.enable()

WRONG_SETTING = 2
NOBODY_READS = 128 + signal.SIGPIPE
"""How a shell tells that a program ended like that."""


def main(arguments: Sequence[str]) -> int:
    """Do what `arguments` ask for and return the exit status."""
    os.umask(0o077)  # what lies in the data directory is for this user alone
    try:
        try:
            return _carry_out(_parser().parse_args(arguments))
        finally:
            sys.stdout.flush()
    except BrokenPipeError:  # whoever read it, `head` perhaps, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains at its end
        return NOBODY_READS


def _carry_out(given: argparse.Namespace) -> int:
    try:
        return _commanded(given, load())
    except (SettingsError, LedgerError, OperatorError) as error:
        sys.stderr.write(f"{error}\n")
        return WRONG_SETTING


def _commanded(given: argparse.Namespace, settings: Settings) -> int:
    commands: dict[str | None, Callable[[], int]] = {
        None: lambda: _serve(settings),
        "credentials": lambda: _credentials(settings),
        "keys": lambda: keys.carry_out(given, settings),
        "deliveries": lambda: deliveries.carry_out(deliveries.understood(given), settings),
        "erase": lambda: erase.carry_out(given.user, settings, erase.here(), sure=given.yes),
        "export": lambda: export.carry_out(given.user, settings, given.media),
    }
    return commands[given.command]()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m webhook_server", description=wording.help_program())
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("credentials", help=wording.help_credentials())
    erase.add_arguments(commands.add_parser("erase", help=wording.help_erase()))
    export.add_arguments(commands.add_parser("export", help=wording.help_export()))
    keys.add_arguments(commands.add_parser("keys", help=wording.help_keys()))
    deliveries.add_arguments(commands.add_parser("deliveries", help=wording.help_deliveries()))
    return parser


def _serve(settings: Settings) -> int:
    log.configure()
    return serve(create_app(settings), settings)


def _credentials(settings: Settings) -> int:
    sys.stdout.write(
        wording.credentials(
            app_id=settings.sk_app_id,
            app_token=settings.sk_app_token,
            key_id=settings.sk_key_id,
            secret=settings.sk_secret,
            jwt=app_jwt(settings),
            metrics_token=settings.sk_metrics_token,
            url=settings.sk_public_url,
        )
        + "\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
