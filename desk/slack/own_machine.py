"""Slack's address may be on this machine, in the local workspace: then no proxy is to be asked."""

import os
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass


def is_this_machine(url: str) -> bool:
    """Whether `url` leads to the loopback interface."""
    return urlsplit(url).hostname in {"127.0.0.1", "localhost", "::1"}


def reach_directly(url: str) -> None:
    """Have this process ask no proxy for `url`, if that leads to this machine.

    slack_sdk and urllib send even such traffic to the environment's proxy, unless `no_proxy` names it. There is no
    other way to tell them.
    """
    host = urlsplit(url).hostname or ""
    if is_this_machine(url) and getproxies() and not proxy_bypass(host):
        others = os.environ.get("no_proxy") or os.environ.get("NO_PROXY")
        os.environ["no_proxy"] = f"{others},{host}" if others else host
