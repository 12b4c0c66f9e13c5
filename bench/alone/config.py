"""Errbot's settings for an Errbot alone: the core plugins that ours has too, and no chat at all."""

import logging
import os
from pathlib import Path

BACKEND = "Null"
STORAGE = "Memory"
BOT_DATA_DIR = os.environ["SK_DATA_DIR"]
BOT_EXTRA_PLUGIN_DIR = str(Path(__file__).parent)
CORE_PLUGINS = ("ACLs", "Health", "Help", "Plugins", "Webserver")
BOT_PLUGIN_INDEXES = ()
AUTOINSTALL_DEPS = False
BOT_LOG_FILE = None
BOT_LOG_LEVEL = logging.INFO
BOT_ADMINS = ()
