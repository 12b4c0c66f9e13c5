"""Settings: read in one place, all problems at once, secrets generated once."""

import multiprocessing
import stat
from pathlib import Path

import pytest

from settings import SettingsError, load

NO_FILE = Path("/nonexistent/.env")


def read(tmp_path, dotenv=NO_FILE, **variables):
    return load({"SK_DATA_DIR": str(tmp_path / "data"), **variables}, dotenv)


def test_without_a_slack_token_the_local_workspace_is_used(tmp_path):
    settings = read(tmp_path, SK_SANDBOX_PORT="9999")
    assert settings.sandboxed
    assert settings.slack_api_url == "http://127.0.0.1:9999/api/"
    assert settings.sk_allow_private_targets


def test_with_tokens_it_is_slack(tmp_path):
    settings = read(tmp_path, SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1")
    assert not settings.sandboxed
    assert settings.slack_api_url == "https://slack.com/api/"
    assert not settings.sk_allow_private_targets


@pytest.mark.parametrize(
    ("given", "server_url", "bot_url", "public_url"),
    [
        pytest.param({}, "http://127.0.0.1:8080", "http://127.0.0.1:3141", "http://127.0.0.1:8080", id="defaults"),
        pytest.param(
            {"SK_PORT": "81", "SK_BOT_PORT": "82"},
            "http://127.0.0.1:81",
            "http://127.0.0.1:82",
            "http://127.0.0.1:81",
            id="from the ports",
        ),
        pytest.param(
            {"SK_HOST": "0.0.0.0"},
            "http://127.0.0.1:8080",
            "http://127.0.0.1:3141",
            "http://127.0.0.1:8080",
            id="every address is reached on loopback",
        ),
        pytest.param({"SK_HOST": "::"}, "http://[::1]:8080", "http://127.0.0.1:3141", "http://[::1]:8080", id="IPv6"),
        pytest.param(
            {"SK_SERVER_URL": "http://server:1/"},
            "http://server:1",
            "http://127.0.0.1:3141",
            "http://server:1",
            id="the public URL follows the server's",
        ),
    ],
)
def test_urls_follow_from_addresses(tmp_path, given, server_url, bot_url, public_url):
    settings = read(tmp_path, **given)
    assert (settings.sk_server_url, settings.sk_bot_url, settings.sk_public_url) == (server_url, bot_url, public_url)


def test_the_environment_wins_over_the_file_and_empty_means_unset(tmp_path):
    dotenv = tmp_path / ".env"
    dotenv.write_text("SK_APP_ID=from-file\nSK_DISPATCH_CHANNEL=support\nUNRELATED=1\n")
    settings = read(tmp_path, dotenv, SK_APP_ID="from-environment", SK_DISPATCH_CHANNEL="")
    assert settings.sk_app_id == "from-environment"
    assert settings.sk_dispatch_channel == "general"


def test_every_wrong_setting_is_named_at_once_and_no_secret_is_shown(tmp_path):
    with pytest.raises(SettingsError) as caught:
        read(
            tmp_path,
            SLACK_BOT_TOKEN="hunter2",
            SLACK_API_URL="slack.com",
            SK_PORT="http",
            SK_BOT_PORT="70000",
            SK_INVITE="bob",
            SK_PRIVATE_CHANNELS="maybe",
            SK_APP_ID="a/b",
        )
    text = str(caught.value)
    names = ["SLACK_BOT_TOKEN", "SLACK_API_URL", "SK_PORT", "SK_BOT_PORT", "SK_INVITE", "SK_PRIVATE_CHANNELS"]
    for name in [*names, "SK_APP_ID", "SLACK_APP_TOKEN"]:
        assert f"  {name}: " in text
    assert "hunter2" not in text


def test_an_app_token_alone_does_not_fall_back_to_the_local_workspace(tmp_path):
    with pytest.raises(SettingsError, match="SLACK_BOT_TOKEN: is needed"):
        read(tmp_path, SLACK_APP_TOKEN="xapp-1")


def test_with_slack_nobody_uses_the_port_of_the_local_workspace(tmp_path):
    assert read(tmp_path, SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1", SK_PORT="8090").sk_port == 8090


def test_two_listeners_on_one_port_are_refused(tmp_path):
    with pytest.raises(SettingsError, match="port of its own"):
        read(tmp_path, SK_PORT="3141")


def test_secrets_are_generated_once_and_only_for_this_user(tmp_path):
    first, second = read(tmp_path), read(tmp_path)
    assert first == second
    generated = {first.sk_app_token, first.sk_key_id, first.sk_secret, first.sk_internal_secret, first.sk_metrics_token}
    assert len(generated - {""}) == 5
    assert stat.S_IMODE((tmp_path / "data" / "secrets.env").stat().st_mode) == 0o600


def test_a_given_secret_is_used_and_not_stored(tmp_path):
    assert read(tmp_path, SK_SECRET="mine").sk_secret == "mine"
    assert "mine" not in (tmp_path / "data" / "secrets.env").read_text()
    assert read(tmp_path).sk_secret != "mine"


def test_processes_that_start_together_agree_on_the_secrets(tmp_path):
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        secrets = pool.map(_internal_secret, [str(tmp_path / "data")] * 8)
    assert len(set(secrets)) == 1


def _internal_secret(data_dir):
    return load({"SK_DATA_DIR": data_dir}, NO_FILE).sk_internal_secret


def test_a_data_directory_that_cannot_be_used_is_named(tmp_path):
    (tmp_path / "data").write_text("a file")
    with pytest.raises(SettingsError, match="SK_DATA_DIR"):
        read(tmp_path)


def test_tokens_and_secrets_do_not_show_in_a_printed_settings(tmp_path):
    settings = read(tmp_path, SLACK_BOT_TOKEN="xoxb-hidden", SLACK_APP_TOKEN="xapp-hidden", SK_SECRET="hidden")
    assert "hidden" not in repr(settings)
