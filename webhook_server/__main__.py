"""`python -m webhook_server`: serve; `python -m webhook_server credentials`: print what an app needs."""

import sys
from collections.abc import Sequence

from settings import Settings, SettingsError, load
from webhook_server import log, wording
from webhook_server.api.auth import app_jwt
from webhook_server.app import create_app
from webhook_server.ledger import LedgerError
from webhook_server.process import serve

WRONG_SETTING = 2


def main(arguments: Sequence[str]) -> int:
    """Do what `arguments` ask for and return the exit status."""
    if list(arguments) not in ([], ["credentials"]):
        return _complain(wording.usage())
    try:
        settings = load()
    except SettingsError as error:
        return _complain(str(error))
    return _credentials(settings) if arguments else _serve(settings)


def _serve(settings: Settings) -> int:
    log.configure()
    try:
        app = create_app(settings)
    except LedgerError as error:
        return _complain(str(error))
    return serve(app, settings)


def _credentials(settings: Settings) -> int:
    sys.stdout.write(
        wording.credentials(
            app_id=settings.sk_app_id,
            app_token=settings.sk_app_token,
            key_id=settings.sk_key_id,
            secret=settings.sk_secret,
            jwt=app_jwt(settings),
            url=settings.sk_public_url,
        )
        + "\n"
    )
    return 0


def _complain(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return WRONG_SETTING


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
