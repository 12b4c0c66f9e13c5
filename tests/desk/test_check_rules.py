"""`make check-rules`: a process of its own, without Slack."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RULES = """
[[rule]]
name = "German professionals"
language = "de"
properties.plan = ["pro", "enterprise"]
dispatch = "support-de"
invite = ["UBRUNO0001"]
private = true

[[rule]]
name = "phones"
source = ["ios", "android"]
dispatch = "mobile"

[[rule]]
name = "French"
language = "fr"
"""


@pytest.fixture
def check(tmp_path):
    """Runs it in a directory of its own, with these rules."""
    path = tmp_path / "rules.toml"
    path.write_text(RULES)
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("SK_", "SLACK_"))}
    inherited |= {"SK_ROUTING": str(path), "SK_DATA_DIR": str(tmp_path / "data"), "SK_INVITE": "UALICE0001"}

    def run(*arguments, command=(sys.executable, "-m", "desk.check_rules"), **settings):
        return subprocess.run(
            [*command, *arguments], cwd=ROOT, env=inherited | settings, capture_output=True, text=True, timeout=60
        )

    return run


def test_it_tells_which_rule_hits_why_earlier_ones_do_not_and_what_happens(check, tmp_path):
    ran = check("--user", '{"properties": {"plan": "pro"}, "language": "en-GB", "source": "ios"}')
    assert ran.stdout.splitlines()[1:] == [
        '  rule 1 "German professionals" does not hit: language is "en-GB", and has to be "de"',
        '→ rule 2 "phones" hits: source is "ios"',
        '  rule 3 "French" is not asked any more',
        "The conversation is announced in mobile; its channel is public; UALICE0001 will be invited.",
    ]
    assert (ran.returncode, ran.stderr) == (0, "")
    assert not (tmp_path / "data").exists()  # it only looks


def test_an_app_user_may_come_from_a_file(check, tmp_path):
    (tmp_path / "user.json").write_text('{"properties": {"plan": "pro", "language": "de-AT"}}')
    ran = check("--file", str(tmp_path / "user.json"))
    assert 'hits: language is "de-AT"; properties.plan is "pro"' in ran.stdout
    assert "in support-de; its channel is private; UBRUNO0001 will be invited" in ran.stdout


def test_whom_no_rule_hits_goes_as_the_settings_say(check):
    ran = check("--user", '{"language": "it"}')
    assert 'rule 2 "phones" does not hit: source is not known, and has to be "ios" or "android"' in ran.stdout
    assert "→ no rule hits" in ran.stdout
    assert "announced in general" in ran.stdout


def test_without_an_app_user_the_file_alone_is_checked(check):
    ran = check()
    assert "3 rules, no mistakes" in ran.stdout
    assert ran.returncode == 0
    assert "No rules: SK_ROUTING is not set" in check(SK_ROUTING="").stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        pytest.param(["--user", "{"], "The app user is not JSON", id="no JSON"),
        pytest.param(["--user", "[]"], "it is no object", id="a list"),
        pytest.param(["--user", '{"plan": "pro"}'], "nothing is known of plan", id="a property beside properties"),
        pytest.param(["--user", '{"properties": 7}'], "properties is no object", id="no properties"),
        pytest.param(["--user", '{"language": 7}'], "language is no text", id="no language"),
        pytest.param(["--user", '{"source": "beos"}'], "source is none of ios", id="no source"),
        pytest.param(["--file", "nowhere.json"], "nowhere.json cannot be read", id="no file"),
    ],
)
def test_an_app_user_that_is_none_is_refused_with_what_to_do(check, arguments, sentence):
    ran = check(*arguments)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert sentence in ran.stderr


def test_a_wrong_file_and_wrong_settings_are_told(check, tmp_path):
    (tmp_path / "rules.toml").write_text('[[rule]]\nname = "a"\nlanguge = "de"\n')
    ran = check()
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "did you mean language?" in ran.stderr
    assert "SK_PORT: give a port number" in check(SK_PORT="x").stderr


def test_make_hands_over_what_was_typed_and_not_who_is_logged_in(check):
    dry = ("make", "--dry-run", "--no-print-directory", "check-rules")
    typed = check("""USER={"language": "de", "properties": {"plan": "it's"}}""", command=dry, USER="root").stdout
    assert '--user "$USER"' in typed
    assert "--file" not in typed
    assert "--user" not in check(command=dry, USER="root").stdout
    assert '--file "$FILE"' in check("FILE=user.json", command=dry).stdout


def test_the_example_in_the_docs_has_no_mistakes(check):
    ran = check("--user", "{}", SK_ROUTING=str(ROOT / "docs" / "routing.example.toml"))
    assert (ran.returncode, ran.stderr) == (0, "")
