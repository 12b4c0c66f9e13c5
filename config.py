"""Errbot's settings. What can be set is in the environment: see the README's table and the package `settings`."""

import gc
import logging
import os
import sys
from pathlib import Path

gc.disable()  # until the backend is up (`running.spare_the_collector`): what a start imports and loads stays

import settings
from desk.dispatch import routing_file
from desk.domain.rules import RulesError
from desk.domain.wording.speech import SPEECH
from desk.errbot_backend import logs

os.umask(0o077)  # what lies in the data directory is for this user alone

try:
    SETTINGS = settings.load()
    _DATA = settings.own_directory(SETTINGS, "bot")
    routing_file.load(SETTINGS.sk_routing)
    SPEECH.use(SETTINGS.sk_language)
except (settings.SettingsError, RulesError) as error:
    sys.stderr.write(f"{error}\n")
    raise SystemExit(2) from None

_ROOT = Path(__file__).resolve().parent

BACKEND = "SkSlack"
BOT_EXTRA_BACKEND_DIR = str(_ROOT / "desk" / "errbot_backend")
BOT_IDENTITY = {"token": SETTINGS.slack_bot_token, "app_token": SETTINGS.slack_app_token}

# Errbot's own storage lasts as long as the process: all that has to survive is in the channel book and the ledger,
# so a kill at any moment leaves nothing behind that could keep the next start from working.
STORAGE = "Memory"
BOT_DATA_DIR = str(_DATA)

BOT_EXTRA_PLUGIN_DIR = str(_ROOT / "plugins")
CORE_PLUGINS = ("ACLs", "Health", "Help", "Plugins", "Webserver")
BOT_PLUGIN_INDEXES = ()  # no index is fetched from the internet
AUTOINSTALL_DEPS = False  # nothing is installed behind the operator's back

BOT_LOG_FILE = None
BOT_LOG_LEVEL = logging.INFO
BOT_LOG_FORMATTER = logs.formatter()

BOT_PREFIX = "!"
BOT_ASYNC = False  # a command runs on its channel's lane, so that order is kept
BOT_ADMINS = SETTINGS.sk_admins
BOT_ADMINS_NOTIFICATIONS = ()

# Everything is closed but what is opened here; the first pattern that fits counts. Whether somebody may speak to app
# users (guests may not) is decided at the desk, where Slack's own word on the person is known.
ACCESS_CONTROLS_DEFAULT = {"denyusers": ("*",)}
ACCESS_CONTROLS = {
    "Sk:sk": {"denyusers": ()},
    "*": {"allowusers": BOT_ADMINS, "denyusers": (), "allowmuc": True},
}
HIDE_RESTRICTED_COMMANDS = True
