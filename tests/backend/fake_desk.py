"""A desk that writes down what it is asked, a JSON line each, and answers as the text tells it to.

`tests/backend/faked_config.py` puts it in the place of the real one, in a real bot.
"""

import json
import os
import threading
import time
from dataclasses import asdict
from pathlib import Path

import desk
from wire.messages import Done, Erased, Erasing, Later, Place


class FakeDesk:
    """Texts it knows: `wait SECONDS`, `follow SECONDS`, `quiet`, `fail`; others are echoed."""

    def __init__(self, record: Path) -> None:
        self._record = record
        self._lock = threading.Lock()

    def note(self, deed: str, **what: object) -> None:
        with self._lock, self._record.open("a") as file:
            file.write(json.dumps({"deed": deed, "at": time.time(), **what}) + "\n")

    def typed(self, typed: desk.Typed, tell) -> desk.Answer:
        self.note("typed", **asdict(typed))
        word, _, rest = typed.text.partition(" ")
        if word == "wait":
            threading.Event().wait(float(rest))
        if word == "follow":
            threading.Timer(float(rest), tell, (desk.Answer("it went out"),)).start()
        if word == "fail":
            raise RuntimeError("a secret that nobody may see")
        self.note("answered", text=typed.text)
        if word in {"quiet", "wait-quietly"}:
            return desk.Answer("", carried_out=True)
        blocks = ({"type": "section", "text": {"type": "plain_text", "text": "a block"}},) if word == "blocks" else ()
        return desk.Answer(f"you typed: {len(typed.text)} {typed.text[:20]}", blocks=blocks, carried_out=True)

    def pressed(self, press: desk.Press, tell) -> desk.Answer:
        del tell
        self.note("pressed", **asdict(press))
        return desk.Answer(f"you pressed {press.value}" if press.action_id == "loud" else "", carried_out=True)

    def receive(self, incoming):
        self.note("receive", ids=[message.message_id for message in incoming.messages])
        if incoming.messages[0].text == "fail":
            raise RuntimeError("a fault")
        if incoming.messages[0].text.startswith("wait "):
            threading.Event().wait(float(incoming.messages[0].text.removeprefix("wait ")))
        return Done(place=Place(channel_id="C1", ts="1.1"))

    def show(self, receipt):
        self.note("show", id=receipt.message_id)
        return Later(seconds=1.5, reason="busy")

    def case(self, news):
        self.note("case", id=news.case.case_id)
        return Done(place=Place(channel_id="C1", ts="1.4"))

    def stranded(self, stranded):
        self.note("stranded", id=stranded.message_id)
        return Done(place=Place(channel_id="C1", ts="1.2"))

    def merged(self, merged):
        self.note("merged", ids=[merged.app_user_id, merged.merged_id])
        return Done(place=Place(channel_id="C1", ts="1.3"))

    def erase(self, erase):
        self.note("erase", id=erase.app_user_id)
        return Erasing(deleted=3, seconds=1.0) if erase.merged_ids else Erased(deleted=4, refused=("C1 stays",))

    def channel_changed(self, change: desk.ChannelChange) -> None:
        self.note("channel_changed", **asdict(change))

    def problems(self) -> list[str]:
        problems = self._record.with_name("problems")
        return problems.read_text().splitlines() if problems.exists() else []

    def channels(self) -> list:
        return [desk.ChannelEntry(f"{n:024x}", f"User <{n}>", channel_id=f"C{n}", state="open") for n in range(45)]

    def close(self) -> None:
        self.note("closed")


_desk: list[FakeDesk] = []


def build(settings):
    """In the place of desk.build."""
    del settings
    if not _desk:
        _desk.append(FakeDesk(Path(os.environ["FAKE_DESK_RECORD"])))
    return _desk[0]
