"""The bot's log tells what broke, and never what people wrote."""

import subprocess
import sys

from processes import ROOT

BREAKS = """
import logging, sys
from desk.errbot_backend import logs
handler = logging.StreamHandler(sys.stderr)
handler.setFormatter(logs.formatter())
logging.basicConfig(handlers=[handler], level=logging.INFO)
import structlog
def relay(words):
    raise ValueError("broken")
try:
    relay("the words " + "of a customer")
except ValueError:
    structlog.get_logger("desk").exception("order failed")
"""


def test_what_broke_is_told_with_its_place_and_without_the_values_of_variables():
    done = subprocess.run([sys.executable, "-c", BREAKS], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "order failed" in done.stderr
    assert "ValueError: broken" in done.stderr
    assert "in relay" in done.stderr
    assert "of a customer" not in done.stderr
