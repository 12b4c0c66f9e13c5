"""The line to Slack breaks, is replaced, or is worth nothing for a while; the bot itself goes on."""

import threading

from backend_process import wait_for


def test_a_revoked_token_is_noticed_at_once_and_forgiven_when_it_works_again(bot, workspace):
    workspace.do("act/token", op="revoke")
    wait_for(lambda: bot.status("/readyz") == 503, "the revocation")
    assert bot.status("/healthz") == 200
    workspace.do("act/token", op="restore")
    bot.wait_ready()


def test_a_broken_line_is_replaced_at_once(bot, workspace):
    for number in range(3):
        workspace.do("socket", op="drop")
        wait_for(lambda: workspace.command("hi")[0] == "ok", f"the new line {number}", 3)


def test_a_line_that_slack_wants_replaced_is_replaced_without_a_gap(bot, workspace):
    channel = workspace.channel("replaced")
    texts = []
    for op in ("warning", "refresh"):
        before = workspace.get("socket")["connections"][-1]["id"]
        workspace.do("socket", op=op)
        while workspace.get("socket")["connections"][-1]["id"] == before:
            texts.append(f"text {len(texts)}")
            assert workspace.command(texts[-1], channel=channel)[0] == "ok"
        texts.append(f"text {len(texts)}")
        assert workspace.command(texts[-1], channel=channel)[0] == "ok"
    assert [text for text in bot.typed() if text.startswith("text ")] == texts


def test_an_answer_whose_acknowledgement_was_lost_with_its_line_comes_another_way(bot, workspace):
    channel = workspace.channel("lost-line")
    told = []
    command = threading.Thread(target=lambda: told.append(workspace.command("wait 1", channel=channel)))
    command.start()
    wait_for(lambda: "wait 1" in bot.typed(), "the command at the desk")
    workspace.do("socket", op="refuse")
    workspace.do("socket", op="drop")
    wait_for(lambda: "you typed: 6 wait 1" in workspace.seen_by(channel=channel), "the answer")
    workspace.do("socket", op="accept")
    command.join()
    assert told == [("operation_timeout", None)]
    bot.wait_ready()
