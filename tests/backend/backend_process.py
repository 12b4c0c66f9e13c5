"""The real bot against the real local workspace, each a process of its own, ended by its ID."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import requests
from processes import COMMON, ROOT, free_port, wait_for

ALICE, BRUNO, ADA, BOT = "UALICE0001", "UBRUNO0001", "UADMIN0001", "UBOT000001"
GENERAL = "CGENERAL01"
SECRET = "the-internal-secret-of-the-tests"
START_SECONDS = 30
STOP_SECONDS = 8


class Process:
    """A process whose output is kept."""

    def __init__(self, name, directory):
        self.log_path = directory / f"{name}.log"
        self.popen = None

    def launch(self, command, environment):
        with self.log_path.open("ab") as log:
            self.popen = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)

    def log(self):
        return self.log_path.read_text(errors="replace")

    def stop(self, by=signal.SIGTERM):
        """Ask it to end; returns the seconds it took."""
        began = time.monotonic()
        self.popen.send_signal(by)
        self.popen.wait(STOP_SECONDS)
        return time.monotonic() - began

    def kill(self):
        self.popen.kill()
        self.popen.wait(STOP_SECONDS)

    def end(self):
        if self.popen is not None and self.popen.poll() is None:
            try:
                self.stop()
            except subprocess.TimeoutExpired:
                self.kill()


class Workspace(Process):
    """The local workspace, and what people do in it."""

    def __init__(self, directory):
        super().__init__("sandbox", directory)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/_sandbox"

    def start(self):
        self.launch([sys.executable, "-m", "sandbox", "--port", str(self.port), "--no-limits"], environment())
        wait_for(self._listens, "the local workspace", START_SECONDS)
        return self

    def _listens(self):
        assert self.popen.poll() is None, self.log()
        return "sandbox listening on" in self.log()

    def get(self, path, **query):
        answer = requests.get(f"{self.url}/{path}", params=query, timeout=10)
        assert answer.ok, answer.text
        return answer.json()

    def do(self, path, by="POST", **body):
        answer = requests.request(by, f"{self.url}/{path}", json=body, timeout=30)
        assert answer.ok, answer.text
        return answer.json()

    def command(self, text, user=ALICE, channel=GENERAL):
        """`/sk TEXT`; returns outcome and the response's text."""
        told = self.do("act/command", user=user, channel=channel, command="/sk", text=text)
        return told["outcome"], (told["response"] or {}).get("text")

    def say(self, text, user=ALICE, channel=GENERAL, **more):
        return self.do("act/message", user=user, channel=channel, text=text, **more)["ts"]

    def channel(self, name, *members):
        """A channel that Alice opened, with the bot and `members` in it."""
        channel_id = self.do("act/channel", user=ALICE, op="create", name=name)["channel"]["id"]
        for member in (BOT, *members):
            self.do("act/channel", user=ALICE, op="invite", channel=channel_id, target=member)
        return channel_id

    def post_as_bot(self, channel, **message):
        """chat.postMessage with the bot's token."""
        return self.call("chat.postMessage", channel=channel, **message)

    def open_as_bot(self, trigger_id, metadata):
        """views.open of a form that holds `metadata`; returns its ID."""
        text = {"type": "plain_text", "text": "x"}
        blocks = [{"type": "section", "text": text}]
        view = {"type": "modal", "title": text, "submit": text, "blocks": blocks, "private_metadata": metadata}
        return self.call("views.open", trigger_id=trigger_id, view=view)["view"]["id"]

    def call(self, method, **arguments):
        """A Web API call with the bot's token."""
        answer = requests.post(
            f"http://127.0.0.1:{self.port}/api/{method}",
            json=arguments,
            headers={"Authorization": "Bearer xoxb-sandbox"},
            timeout=10,
        )
        return answer.json()

    def seen_by(self, user=ALICE, channel=GENERAL):
        """The texts that one person alone got to see."""
        return [message["text"] for message in self.get("ephemerals", user=user, channel=channel)["messages"]]

    def calls(self, **query):
        return [call["method"] for call in self.get("calls", **query)["calls"]]

    def commands_sent(self):
        """How many slash commands are on their way to the bot, or were."""
        return len([e for e in self.get("socket")["envelopes"] if e["type"] == "slash_commands"])

    def forget_calls(self):
        self.do("calls", "DELETE")


class Bot(Process):
    """Errbot with our backend and plugins; with the fake desk unless `real`."""

    def __init__(self, directory, workspace, *, real=False, **settings):
        super().__init__("bot", directory)
        self.config = "config.py" if real else "tests/backend/faked_config.py"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.record = directory / "record"
        self.problems = directory / "problems"
        self.data_dir = directory / "data"
        self.environment = environment(
            SK_DATA_DIR=str(self.data_dir),
            SK_BOT_PORT=str(self.port),
            SK_SANDBOX_PORT=str(workspace.port),
            SK_INTERNAL_SECRET=SECRET,
            SK_ADMINS=ADA,
            FAKE_DESK_RECORD=str(self.record),
            **settings,
        )

    def start(self, *, wait=True):
        self.launch([str(Path(sys.executable).with_name("errbot")), "-c", self.config], self.environment)
        if wait:
            self.wait_ready()
        return self

    def wait_ready(self):
        wait_for(lambda: self.status("/readyz") == 200, f"readiness:\n{self.log()}", START_SECONDS)

    def status(self, path):
        """The HTTP status, or None when nobody answers."""
        assert self.popen.poll() is None, self.log()
        try:
            return requests.get(self.url + path, timeout=5).status_code
        except requests.RequestException:
            return None

    def start_again_by(self, deed):
        """Wait until the bot, after `deed`, is ready as the same process with a new program."""
        ready_before = self.log().count("line to Slack open")
        deed()
        wait_for(lambda: self.log().count("line to Slack open") > ready_before, "the new start", START_SECONDS)
        self.wait_ready()

    def deeds(self, deed):
        """What the fake desk was asked."""
        lines = self.record.read_text().splitlines() if self.record.exists() else []
        return [line for line in map(json.loads, lines) if line["deed"] == deed]

    def typed(self):
        return [deed["text"] for deed in self.deeds("typed")]


def environment(**more):
    """This process's environment without settings of ours."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("SK_", "SLACK_"))}
    return {**inherited, **COMMON, **more}
