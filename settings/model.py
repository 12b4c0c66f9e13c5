"""Every setting of the two processes, read from `.env` and the environment, all problems reported at once."""

import datetime as dt
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from settings import times
from settings.secrets import SecretsError, complete

SLACK = "https://slack.com/api/"
SANDBOX_BOT_TOKEN = "xoxb-sandbox"  # noqa: S105 - the local workspace's, the same on every machine
SANDBOX_APP_TOKEN = "xapp-sandbox"  # noqa: S105 - likewise

LANGUAGES = ("en", "de")
"""In which people in Slack can be spoken to: each side has a catalog of its sentences."""
AWAY_MESSAGE_CHARACTERS = 1000

_SLACK_PERSON = re.compile(r"[UW][A-Z0-9]{5,}")
_SLACK_GROUP = re.compile(r"S[A-Z0-9]{5,}")
_BOOLEANS = {"0": False, "1": True, "": False}


class SettingsError(Exception):
    """One or more settings are wrong. The text names every one of them, a line each, without secret values."""


def _url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("give a URL that begins with http:// or https://")
    return value.rstrip("/")


def _app_id(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_.-]{1,128}", value):
        raise ValueError("give up to 128 letters, digits, dots, dashes or underscores")
    return value


def _people(value: object) -> object:
    if not isinstance(value, str):
        return value
    people = tuple(part.strip() for part in value.split(",") if part.strip())
    wrong = [person for person in people if not _SLACK_PERSON.fullmatch(person)]
    if wrong:
        raise ValueError(f"give Slack user IDs (U…), separated by commas; {', '.join(wrong)} is none")
    return people


def _on_call(value: object) -> object:
    """A user group is one of several that are mentioned alike."""
    if not isinstance(value, str):
        return value
    called = tuple(part.strip() for part in value.split(",") if part.strip())
    wrong = [one for one in called if not _SLACK_PERSON.fullmatch(one) and not _SLACK_GROUP.fullmatch(one)]
    if wrong:
        raise ValueError(
            f"give the ID of a Slack user group (S…), or user IDs (U…), separated by commas; {', '.join(wrong)} is none"
        )
    return called


def _short(value: str | None) -> str | None:
    if value is not None and len(value) > AWAY_MESSAGE_CHARACTERS:
        raise ValueError(f"give at most {AWAY_MESSAGE_CHARACTERS:,} characters")
    return value


def _flag(value: object) -> object:
    if isinstance(value, str):
        if value.strip() not in _BOOLEANS:
            raise ValueError("give 0 or 1")
        return _BOOLEANS[value.strip()]
    return value


def _port(value: object) -> object:
    text = str(value)
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:  # noqa: PLR2004 - TCP's range
        raise ValueError("give a port number from 1 to 65535")
    return int(text)


def _count(value: object) -> object:
    text = str(value)
    if not text.isascii() or not text.isdigit() or len(text) > 6:  # noqa: PLR2004 - a million is beyond any machine
        raise ValueError("give a whole number, 0 or more")
    return int(text)


def _shown(value: object) -> object:
    if value not in {"own", "team"}:
        raise ValueError("give own or team")
    return value


def _token(prefix: str) -> BeforeValidator:
    def check(value: object) -> object:
        if isinstance(value, str) and not value.startswith(prefix):
            raise ValueError(f"give a token that begins with {prefix}")
        return value

    return BeforeValidator(check)


def _language(value: str) -> str:
    if value.lower() not in LANGUAGES:
        raise ValueError(f"give one of {', '.join(LANGUAGES)}")
    return value.lower()


Port = Annotated[int, BeforeValidator(_port)]
Count = Annotated[int, BeforeValidator(_count)]
Flag = Annotated[bool, BeforeValidator(_flag)]
People = Annotated[tuple[str, ...], BeforeValidator(_people)]
OnCall = Annotated[tuple[str, ...], BeforeValidator(_on_call)]
Duration = Annotated[float, BeforeValidator(lambda value: times.seconds(value) if isinstance(value, str) else value)]
OfficeHours = Annotated[
    times.Hours, BeforeValidator(lambda value: times.hours(value) if isinstance(value, str) else value)
]
AwayMessage = Annotated[str | None, AfterValidator(_short)]
ZoneName = Annotated[str, AfterValidator(times.zone_name)]
Url = Annotated[str, AfterValidator(_url)]
ApiUrl = Annotated[str, AfterValidator(_url), AfterValidator(lambda url: url + "/")]
Language = Annotated[str, AfterValidator(_language)]
AppId = Annotated[str, AfterValidator(_app_id)]
Shown = Annotated[str, BeforeValidator(_shown)]


class Settings(BaseModel):
    """All settings. A field's name is its variable's, in lower case; the description is the README's."""

    model_config = ConfigDict(frozen=True)

    slack_bot_token: Annotated[str | None, _token("xoxb-")] = Field(
        None, repr=False, description="`xoxb-…`; unset selects the local workspace (`sandbox`)"
    )
    slack_app_token: Annotated[str | None, _token("xapp-")] = Field(
        None, repr=False, description="`xapp-…`; Socket Mode"
    )
    slack_signing_secret: str | None = Field(
        None, repr=False, description="reserved for HTTP mode (not available yet: Socket Mode is used)"
    )
    slack_api_url: ApiUrl = Field(SLACK, description="base of the Slack Web API")
    sk_dispatch_channel: str = Field("general", description="dispatch channel: an ID or a name without `#`")
    sk_invite: People = Field((), description="Slack user IDs, comma-separated, invited to every new user channel")
    sk_private_channels: Flag = Field(default=False, description="`1`: user channels are private")
    sk_routing: Path | None = Field(
        None, description="file of rules that route conversations ([how](docs/routing.md)); unset: all alike"
    )
    sk_language: Language = Field("en", description="what people in Slack read: `en` or `de`")
    sk_admins: People = Field((), description="Slack user IDs that may run administrative commands")
    sk_agent_names: Shown = Field(
        "own", description="what app users see of agents: `own`: name and picture from Slack; `team`: those of the team"
    )
    sk_team_name: str | None = Field(None, description="the team's name, if app users see that instead of the agents'")
    sk_team_avatar: Url | None = Field(None, description="URL of the team's picture")
    sk_time_zone: ZoneName = Field("UTC", description="the team's time zone, such as `Europe/Berlin`")
    sk_office_hours: OfficeHours = Field(
        (), description="when the team is there, such as `Mon-Fri 09:00-17:00, Sat 10:00-14:00`; unset: always"
    )
    sk_away_message: AwayMessage = Field(
        None,
        description="what app users are told who write while nobody is there, up to 1,000 characters; unset: nothing",
    )
    sk_remind_after: Duration = Field(
        "15m",
        validate_default=True,
        description="an app user who waits so long for an answer, office hours counted, is reminded of; `0`: never",
    )
    sk_on_call_after: Duration = Field(
        "30m",
        validate_default=True,
        description="after so long, office hours counted, `SK_ON_CALL` is mentioned; `0`: never",
    )
    sk_on_call: OnCall = Field(
        (), description="the ID of a Slack user group (`S…`), or user IDs, comma-separated; unset: nobody is mentioned"
    )
    sk_app_id: AppId = Field("app", description="the app's ID in `/apps/{appId}` paths")
    sk_app_token: str = Field("", repr=False, description="public app token (`app-token` header)")
    sk_key_id: str = Field("", description="`kid` of the key that signs the app's JWTs")
    sk_secret: str = Field("", repr=False, description="the HS256 secret of that key")
    sk_internal_secret: str = Field("", repr=False, description="shared by bot and webhook server")
    sk_metrics_token: str = Field(
        "", repr=False, description="bearer token that opens `GET /metrics` of the webhook server"
    )
    sk_host: str = Field("127.0.0.1", description="address the webhook server listens on")
    sk_port: Port = Field(8080, description="port the webhook server listens on")
    sk_bot_port: Port = Field(3141, description="port of the bot's internal API, loopback only")
    sk_sandbox_port: Port = Field(8090, description="port of the local workspace")
    sk_bot_url: Url = Field(description="where the webhook server finds the bot")
    sk_server_url: Url = Field(description="where the bot finds the webhook server")
    sk_public_url: Url = Field(description="how the world reaches the webhook server")
    sk_allow_private_targets: Flag = Field(
        default=False, description="`1`: webhook targets and media on loopback or private addresses are allowed"
    )
    sk_app_rate: Count = Field(0, description="requests a second that the app's backend may make; `0`: no limit")
    sk_data_dir: Path = Field(Path("data"), description="everything that lasts")
    sk_database_url: str = Field("", repr=False, description="the webhook server's ledger")

    @property
    def zone(self) -> dt.tzinfo:
        """The team's time zone."""
        return times.zone(self.sk_time_zone)

    @property
    def sandboxed(self) -> bool:
        """Whether Slack is the local workspace."""
        return self.slack_bot_token == SANDBOX_BOT_TOKEN


def load(environ: Mapping[str, str] | None = None, dotenv: Path = Path(".env")) -> Settings:
    """Read all settings; the environment wins over `dotenv`. Secrets that are not given are generated once.

    Raises:
        SettingsError: a setting is wrong or missing, or the secrets cannot be stored.
    """
    given = _given(environ, dotenv)
    settings = _checked(given)
    try:
        return settings.model_copy(update=complete(settings.sk_data_dir, given))
    except SecretsError as error:
        raise SettingsError(f"SK_DATA_DIR: {error}") from None


def load_without_secrets(environ: Mapping[str, str] | None = None, dotenv: Path = Path(".env")) -> Settings:
    """All settings but the secrets that nobody gave: writes nothing. For what only looks.

    Raises:
        SettingsError: a setting is wrong or missing.
    """
    return _checked(_given(environ, dotenv))


def own_directory(settings: Settings, name: str) -> Path:
    """The part of the data directory that belongs to one process, made if need be.

    Raises:
        SettingsError: it cannot be written.
    """
    path = settings.sk_data_dir / name
    problem = "it is read-only"
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        if os.access(path, os.W_OK | os.X_OK):
            return path
    except OSError as error:
        problem = str(error.strerror)
    raise SettingsError(f"SK_DATA_DIR: cannot use {path}: {problem}. Give a directory that this user may write")


def _given(environ: Mapping[str, str] | None, dotenv: Path) -> dict[str, str]:
    read = {**dotenv_values(dotenv), **(os.environ if environ is None else environ)}
    given = {name.lower(): value.strip() for name, value in read.items() if value and value.strip()}
    return {name: value for name, value in given.items() if name in Settings.model_fields}


def _checked(given: Mapping[str, str]) -> Settings:
    values = {**_derived(given), **given}
    problems = _misfits(values)
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        problems = _explain(error) + problems
    if problems:
        raise SettingsError("These settings are wrong:\n" + "\n".join(f"  {problem}" for problem in problems))
    return settings


def _derived(given: Mapping[str, str]) -> dict[str, object]:
    """The defaults that depend on other settings."""
    derived: dict[str, object] = {}
    if "slack_bot_token" not in given:
        derived = {
            "slack_bot_token": SANDBOX_BOT_TOKEN,
            "slack_app_token": SANDBOX_APP_TOKEN,
            "slack_api_url": f"http://127.0.0.1:{given.get('sk_sandbox_port', 8090)}/api/",
            "sk_allow_private_targets": True,
        }
    host = given.get("sk_host", "127.0.0.1")
    reached = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    server_url = f"http://{reached}:{given.get('sk_port', 8080)}"
    data_dir = Path(given.get("sk_data_dir", "data")).absolute()
    return derived | {
        "sk_bot_url": f"http://127.0.0.1:{given.get('sk_bot_port', 3141)}",
        "sk_server_url": server_url,
        "sk_public_url": given.get("sk_server_url", server_url),
        "sk_data_dir": data_dir,
        "sk_database_url": f"sqlite:///{data_dir / 'ledger.sqlite3'}",
    }


def _misfits(values: Mapping[str, object]) -> list[str]:
    """What no setting shows alone."""
    misfits = []
    sandboxed = values["slack_bot_token"] == SANDBOX_BOT_TOKEN
    if "slack_app_token" not in values:
        misfits.append("SLACK_APP_TOKEN: is needed beside SLACK_BOT_TOKEN; create an app-level token (xapp-…)")
    elif sandboxed and values["slack_app_token"] != SANDBOX_APP_TOKEN:
        misfits.append("SLACK_BOT_TOKEN: is needed beside SLACK_APP_TOKEN; install the app to get it (xoxb-…)")
    defaults = {"sk_port": "8080", "sk_bot_port": "3141"} | ({"sk_sandbox_port": "8090"} if sandboxed else {})
    if values.get("sk_agent_names") == "team" and "sk_team_name" not in values:
        misfits.append("SK_TEAM_NAME: is needed beside SK_AGENT_NAMES=team; give the name that app users shall see")
    ports = [str(values.get(name, default)) for name, default in defaults.items()]
    if len(set(ports)) < len(ports):
        misfits.append(f"{', '.join(name.upper() for name in defaults)}: each needs a port of its own")
    return misfits


def _explain(error: ValidationError) -> list[str]:
    """One line a problem: the variable and what to do, never a value."""
    return [
        f"{str(problem['loc'][0]).upper()}: {problem['msg'].removeprefix('Value error, ')}"
        for problem in error.errors()
    ]
