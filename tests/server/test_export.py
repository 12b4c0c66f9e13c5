"""`python -m webhook_server export`: all that is kept of one app user, and nothing of anybody else."""

import io
import json

import pytest
from processes import free_port
from test_deletion import upload
from test_erasure import shop

from webhook_server.__main__ import _parser
from webhook_server.administration import export as pages
from webhook_server.ledger import SECTIONS, dossier
from webhook_server.operator import OperatorError, export
from wire import operators as wire

__all__ = ["shop"]


def told(office, user, media=None):
    """Type it; returns exit status and what was printed, read as JSON."""
    out = io.StringIO()
    status = export.carry_out(user, office.settings, media, office.clock.now, out)
    return status, json.loads(out.getvalue())


def test_all_that_is_kept_is_told(shop, tmp_path):
    with shop.reachable():
        status, everything = told(shop, "ann", tmp_path / "files")
    assert status == 0
    assert list(everything) == list(SECTIONS)
    [user] = everything["app_users"]
    assert (user["id"], user["user_id"], user["given_name"], user["properties"]) == (
        shop.ann,
        "ann",
        "Hushname",
        {"k": "hushvalue"},
    )
    assert [merge["loser_id"] for merge in everything["merges"]] == [shop.anonymous]
    assert [device["info"] for device in everything["devices"]] == [{"carrier": "hushcarrier"}]
    texts = [message["text"] for message in everything["messages"] if message["type"] == "text"]
    assert texts == ["hush before login", "hush word", "hush answer"]
    [receipt] = everything["receipts"]
    assert (receipt["agent_id"], receipt["agent_name"]) == ("UALICE", "Alice")
    assert {"message:appUser", "message:appMaker"} < {one["trigger"] for one in everything["handovers"]}
    assert everything["stream_events"]
    assert "Hushname" in str(everything["answers"])
    [file] = everything["media"]
    assert (file["file_name"], file["media_type"]) == ("red.png", "image/png")
    [copied] = (tmp_path / "files").iterdir()
    assert copied.name == f"{file['id']}-red.png"
    assert copied.read_bytes().startswith(b"\x89PNG")


def test_nothing_of_anybody_else_is_told(shop):
    with shop.reachable():
        everything = told(shop, "ann")[1]
    bob = shop.user("bob")["_id"]
    assert "bob" not in json.dumps(everything)
    assert bob not in json.dumps(everything)
    assert not any(word in json.dumps(everything) for word in ("whsec_", shop.settings.sk_secret))


def test_the_same_without_a_server(shop):
    shop.close()
    try:
        assert told(shop, shop.ann)[1]["app_users"][0]["user_id"] == "ann"
        assert told(shop, shop.anonymous)[1]["app_users"][0]["id"] == shop.ann
    finally:
        shop.open()


def test_it_comes_in_pages_that_are_bounded(office, monkeypatch):
    monkeypatch.setattr(dossier, "PAGE", 7)
    office.settings = office.settings.model_copy(update={"sk_server_url": f"http://127.0.0.1:{free_port()}"})
    for number in range(30):
        office.say("ann", f"{number} " + "x" * 300_000)
    asked = []
    page = pages.page
    monkeypatch.setattr(pages, "page", lambda books, said: asked.append(page(books, said)) or asked[-1])
    with office.reachable():
        everything = told(office, "ann")[1]
    assert [int(message["text"].split()[0]) for message in everything["messages"]] == list(range(30))
    assert max(sum(map(len, answer.rows)) for answer in asked) < 1_400_000
    assert max(len(answer.rows) for answer in asked) <= 7


def test_a_row_longer_than_a_page_is_told_too(office, monkeypatch):
    monkeypatch.setattr(pages, "PAGE_CHARACTERS", 10)
    office.say("ann", "x" * 1000)
    office.say("ann", "y" * 1000)
    office.close()
    try:
        assert [message["text"][0] for message in told(office, "ann")[1]["messages"]] == ["x", "y"]
    finally:
        office.open()


def test_what_a_client_told_comes_out_as_it_went_in(office):
    metadata = {"nothing": None, "deep": {"list": [1, None, "\u2028\x1b[2J"]}}
    office.say("ann", "hi", metadata=metadata)
    answer = office.through_the_door(wire.EXPORT, wire.ExportRequest(user="ann", section="messages"))
    assert json.loads(answer.json["rows"][0])["metadata"] == metadata


def test_files_that_are_gone_are_told_and_change_the_exit_status(office, tmp_path, capsys):
    upload(office, "ann")
    [file] = (office.settings.sk_data_dir / "media").iterdir()
    file.unlink()
    office.close()
    try:
        assert told(office, "ann", tmp_path / "files")[0] == 1
    finally:
        office.open()
    assert file.name in capsys.readouterr().err


def test_nobody_has_nothing(office):
    office.close()
    try:
        with pytest.raises(OperatorError, match="No app user has this ID"):
            told(office, "nobody")
    finally:
        office.open()


def test_no_other_section_is_told(office):
    office.say("ann", "hi")
    for section in ("keys", "webhooks", "nonsense"):
        answer = office.through_the_door(wire.EXPORT, wire.ExportRequest(user="ann", section=section))
        assert answer.status_code == 400


def test_the_command_is_understood(tmp_path):
    given = _parser().parse_args(["export", "ann", "--media", str(tmp_path)])
    assert (given.command, given.user, given.media) == ("export", "ann", tmp_path)
