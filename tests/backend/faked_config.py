"""The bot's own configuration, with the fake desk in the place of the real one."""

import fake_desk

import desk

desk.build = fake_desk.build

from config import *  # noqa: E402, F403 - Errbot reads the names of its configuration module
