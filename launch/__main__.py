"""Starts webhook server, bot and, without a Slack token, the local workspace; Ctrl-C stops all of them."""

import os
import re
import shlex
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable

from honcho.manager import KILL_WAIT, Manager
from honcho.printer import Message, Printer

from settings import Settings, SettingsError, load

SANDBOX_AGENTS = ("UALICE0001", "UBRUNO0001")
"""Where nobody is named, the local workspace's agents are invited: a newcomer finds every channel joined."""

_A_MOMENT = 0.1
_OWN_TIME = re.compile(r"^(?:\x1b\[\d+m)?(?:timestamp=)?(?:\d{4}-\d\d-\d\d[T ])?\d\d:\d\d:\d\d\S* ")
"""How the processes begin their lines, with a date or without, in colour or not."""

_LAST = "sandbox"
"""To the others it is Slack: it goes when they are gone, or they would complain that it is away."""


class Terminal:
    """Standard output, as the merged log wants it. When nobody reads it any more, everything stops in good order."""

    def __init__(self) -> None:
        self._gone = False

    def write(self, text: str) -> None:
        """Show `text`, if anybody looks."""
        self._try(lambda: sys.stdout.write(text))

    def flush(self) -> None:
        """Show what was written."""
        self._try(sys.stdout.flush)

    def isatty(self) -> bool:
        """Whether colours can be shown."""
        return sys.stdout.isatty()

    def _try(self, action: Callable[[], object]) -> None:
        if self._gone:
            return
        try:
            action()
        except BrokenPipeError:
            self._gone = True
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains at its end
            os.kill(os.getpid(), signal.SIGTERM)


class MergedLog(Printer):  # type: ignore[misc] # honcho has no types
    """honcho's printer, which puts a time before every line: one is enough."""

    def write(self, message: Message) -> None:
        """Show a line of a process, without a time of its own."""
        data = message.data.decode(errors="replace") if isinstance(message.data, bytes) else message.data
        super().write(message._replace(data=_OWN_TIME.sub("", data)))


class Processes(Manager):  # type: ignore[misc] # honcho has no types
    """honcho's manager, which learns the IDs of its processes a moment after their start and fails if told before.

    It ends all processes at once; here one of them ends after the others.
    """

    _terminating = False
    _last_told_at: float | None = None

    def terminate(self) -> None:
        """End every process, as soon as they can be named."""
        if self._all_started():
            if not self._terminating:
                self._terminating = True
                self._end(name for name in self._processes if name != _LAST)
        else:
            again = threading.Timer(_A_MOMENT, os.kill, (os.getpid(), signal.SIGTERM))
            again.daemon = True
            again.start()

    def _all_stopped(self) -> bool:
        """Asked in every turn of the loop, which goes on until then: the moment to end the last one."""
        running = {name for name, process in self._processes.items() if process.get("returncode") is None}
        if self._terminating and running == {_LAST} and self._last_told_at is None:
            self._last_told_at = time.monotonic()
            self._end(running)
        return not running

    def kill(self) -> None:
        """Kill whoever does not end; the last one has time of its own to write down what it knows."""
        told_at = self._last_told_at
        last_is_late = told_at is not None and time.monotonic() - told_at > KILL_WAIT
        for name, process in self._processes.items():
            if process.get("returncode") is None and (name != _LAST or last_is_late):
                self._system_print(f"killing {name}\n")
                self._procmgr.kill(process["pid"])

    def _end(self, names: Iterable[str]) -> None:
        for name in names:
            if "returncode" not in self._processes[name]:
                self._system_print(f"stopping {name}\n")
                self._procmgr.terminate(self._processes[name]["pid"])


def main() -> int:
    """Run everything until Ctrl-C, or until one process ends. Returns the exit status."""
    try:
        settings = load()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    taken = _taken_ports(settings)
    if taken:
        print(
            "These addresses are in use; stop what listens there or change the setting:",
            *taken,
            sep="\n  ",
            file=sys.stderr,
        )
        return 2
    manager = Processes(MergedLog(Terminal()))
    environment = {
        **os.environ,
        **_straight_to_loopback(),
        "PYTHONUNBUFFERED": "1",
        "FORCE_COLOR": "1" if sys.stdout.isatty() else "",
    }
    for name, arguments, extra in _processes(settings):
        manager.add_process(name, f"exec {shlex.join([sys.executable, *arguments])}", env={**environment, **extra})
    manager.loop()
    stopped_by_a_person = 128
    return 0 if manager.returncode and manager.returncode > stopped_by_a_person else int(manager.returncode or 0)


def _straight_to_loopback() -> dict[str, str]:
    """Proxies are for Slack and webhooks: what the processes say to each other stays on this machine."""
    spared = os.environ.get("NO_PROXY") or os.environ.get("no_proxy")
    addresses = ",".join(filter(None, [spared, "127.0.0.1", "localhost", "::1"]))
    return {"NO_PROXY": addresses, "no_proxy": addresses}


def _processes(settings: Settings) -> list[tuple[str, list[str], dict[str, str]]]:
    """Name, Python's arguments and additional environment of each process."""
    processes: list[tuple[str, list[str], dict[str, str]]] = []
    invite = ",".join(settings.sk_invite)
    if settings.sandboxed:
        invite = invite or ",".join(SANDBOX_AGENTS)
        state = settings.sk_data_dir / "sandbox.json"
        chat = {
            "SK_SANDBOX_PORT": str(settings.sk_sandbox_port),
            "SK_SERVER_URL": settings.sk_public_url,
            "SK_APP_ID": settings.sk_app_id,
            "SK_APP_TOKEN": settings.sk_app_token,
        }
        processes.append(("sandbox", ["-m", "sandbox", "--state", str(state)], chat))
    return [
        *processes,
        ("server", ["-m", "webhook_server"], {}),
        ("bot", ["-m", "errbot.cli", "-c", "config.py"], {"SK_INVITE": invite}),
        ("ready", ["-m", "launch.announce"], {}),
    ]


def _taken_ports(settings: Settings) -> list[str]:
    wanted = {"SK_PORT": (settings.sk_host, settings.sk_port), "SK_BOT_PORT": ("127.0.0.1", settings.sk_bot_port)}
    if settings.sandboxed:
        wanted["SK_SANDBOX_PORT"] = ("127.0.0.1", settings.sk_sandbox_port)
    return [f"{variable}: {host}:{port}" for variable, (host, port) in wanted.items() if not _free(host, port)]


def _free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


if __name__ == "__main__":
    sys.exit(main())
