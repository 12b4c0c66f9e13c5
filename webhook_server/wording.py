"""Every sentence that people read from the webhook server: developers, operators, and agents through the bot."""
# ruff: noqa: D103 - a sentence describes itself

import shlex

# ── requests that are refused ─────────────────────────────────────────────────────────────────────────────────────


def bad_path() -> str:
    return "The path is not UTF-8. Percent-encode IDs as UTF-8."


def no_such_path() -> str:
    return "There is nothing at this path. /docs lists the paths that there are."


def no_such_method(allowed: str) -> str:
    return f"This path does not take that method. It takes: {allowed}."


def app_not_found() -> str:
    return "This server serves another app. Check the app ID in the path."


def user_not_found() -> str:
    return "No app user has this ID. IDs match exactly, in upper and lower case."


def user_exists() -> str:
    return "An app user with this ID exists already. Update them with PUT /appusers/{id}, or choose another userId."


def conversation_not_found() -> str:
    return "This app user has no conversation yet. It begins with the first message."


def message_not_found() -> str:
    return "No reply has this ID."


def webhook_not_found() -> str:
    return "No webhook has this ID. GET /webhooks lists those that there are."


def key_not_found() -> str:
    return "No key has this ID."


def assignee_needed() -> str:
    return "An assignment needs an assignee."


def snooze_over() -> str:
    return "A case can be put off until a time that is yet to come: give `until`."


def too_many_webhooks(limit: int) -> str:
    return f"An app has at most {limit} webhooks. Delete one first."


def other_reply() -> str:
    return "A reply with this ID exists, with another text or for another app user."


def already_sent() -> str:
    return "The same agent sent the same text a moment ago: say `again` to send it once more."


def credentials_missing() -> str:
    return "Authenticate with an app-token header, or with a JWT in the header Authorization: Bearer …"


def metrics_token_needed() -> str:
    return "Authenticate with the header Authorization: Bearer …, and SK_METRICS_TOKEN behind it."


def bearer_expected() -> str:
    return "The Authorization header must be: Bearer, a space, and a JWT."


def jwt_unreadable() -> str:
    return "This is no JWT as this server takes it. Sign one with HS256, and name the key as kid in its header."


def jwt_key_unknown() -> str:
    return (
        "No key has the kid that the JWT's header names. Sign with one that this server knows and that is not revoked."
    )


def jwt_signature_wrong() -> str:
    return "The JWT was not signed with the secret of the key that its header names as kid. Sign it with that."


def jwt_time_wrong() -> str:
    return "The JWT is expired, or not valid yet. Make a new one, and check the clock of the machine that makes it."


def jwt_scope_wrong() -> str:
    return 'The JWT\'s scope must be "app", or "appUser" together with a userId.'


def jwt_user_id_wrong() -> str:
    return "The JWT's userId must be a string of 1 to 256 bytes."


def app_token_wrong() -> str:
    return "This is not the app's token. Send the one that this server was given."


def app_user_locked() -> str:
    return "The app token does not open this app user, who has logged in or was created to log in. Use a JWT."


def app_scope_needed() -> str:
    return 'Only the app\'s backend may do this. Use a JWT with the scope "app".'


def jwt_needed() -> str:
    return "The app token deletes nothing. Use a JWT."


def not_that_user() -> str:
    return 'The JWT belongs to another app user. Use one with this app user\'s userId, or with the scope "app".'


def body_too_large(limit: int) -> str:
    return f"The body is larger than {limit} bytes. Send less at once."


def json_expected() -> str:
    return "Send JSON, with the header Content-Type: application/json."


def json_unreadable() -> str:
    return "The body is no valid JSON. Send a JSON object, encoded in UTF-8."


def json_too_deep(limit: int) -> str:
    return f"The body has more than {limit} objects or lists in one another. Send it flatter."


def object_expected() -> str:
    return "The body is JSON, but no object. Send an object: {…}."


def text_unstorable() -> str:
    return "Texts must be valid Unicode, without NUL characters and lone surrogates."


def field_wrong(field: str, problem: str) -> str:
    return f"{field}: {problem}."


def field_problem(kind: str, otherwise: str) -> str:
    """What to do about a field; `kind` and `otherwise` are how pydantic calls the problem, and what it says of it."""
    known = {
        "missing": "it is needed. Give one",
        "string_type": "give a text",
        "bool_type": "give true or false",
        "list_type": "give a list",
        "dict_type": "give an object",
        "model_type": "give an object",
    }
    return known.get(kind, otherwise.replace("input should be", "give"))


def text_needed() -> str:
    return "text: give a text that is not empty, or a mediaUrl."


def media_type_needs_url() -> str:
    return "mediaUrl: an image or a file needs one. Upload it with POST /attachments, or give a URL of your own."


def media_url_wrong() -> str:
    return "mediaUrl: give a URL that begins with http:// or https://."


def media_url_not_ours() -> str:
    return "mediaUrl: this link leads here, and was not made here. Send it as you got it."


def media_url_expired() -> str:
    return "mediaUrl: this link has expired. Get the message again for a fresh one, or upload the file again."


def media_url_gone() -> str:
    return "mediaUrl: the file behind this link was removed. Upload it again."


def media_url_elsewhere() -> str:
    return "mediaUrl: give a link that this server made."


def multipart_expected() -> str:
    return "Send the file as multipart/form-data, in a part called source that has a file name."


def multipart_unreadable() -> str:
    return "The body is no valid multipart/form-data. Let a library make it; texts are encoded in UTF-8."


def source_needed() -> str:
    return "source: send one file, in a part called source that has a file name."


def upload_empty() -> str:
    return "source: the file is empty. Send one with content."


def upload_too_large(limit: int) -> str:
    return f"source: the file is larger than {limit} bytes. Send a smaller one, or a link to it as text."


def image_unreadable() -> str:
    return "source: the image is broken or cut off. Send it again, or another one."


def image_too_large() -> str:
    return "source: the image has too many pixels. Send a smaller one."


def media_not_found() -> str:
    return "There is no file any more, or there never was one. It cannot be fetched."


def link_invalid() -> str:
    return "This link was not made here, or was changed. Use the mediaUrl as you got it."


def link_expired() -> str:
    return "This link has expired. Get the message again for a fresh one."


def range_beyond_end() -> str:
    return "Range: the file ends before this. Ask for less, or without a range."


def media_busy() -> str:
    return "Too many images come at once. Try again in a few seconds."


def media_unavailable() -> str:
    return "The server cannot store files at the moment. Try again later."


def media_out_of_reach() -> str:
    return "The file cannot be fetched from where the message says that it is."


def media_private() -> str:
    return "The file lies at a private address."


def media_beyond_limit(limit: int) -> str:
    return f"The file is larger than {limit} bytes."


def file_removed(name: str) -> str:
    return f"[the file {name} was removed]"


def avatar_url_wrong() -> str:
    return "avatarUrl: give a URL that begins with http:// or https://."


def avatar_url_expires() -> str:
    return "avatarUrl: links to uploads expire, so they are no avatars. Give the URL of a picture on your site."


def user_id_size(limit: int) -> str:
    return f"userId: give a text of 1 to {limit} bytes."


def nested_property(key: str) -> str:
    return f"properties: they are flat; the value of {key!r} must be a text, a number, true or false."


def signed_up_at_wrong() -> str:
    return "signedUpAt: give a time like 2030-12-31T23:59:59Z."


def two_cuts() -> str:
    return "Give before or after, not both."


def no_time() -> str:
    return "before, after: give seconds since the epoch, as in received: 1795372820.343."


def idempotency_key_size(limit: int) -> str:
    return f"Idempotency-Key: give 1 to {limit} characters."


def target_wrong() -> str:
    return "target: give a URL that begins with http:// or https://, without a fragment."


def target_private() -> str:
    return (
        "target: this address is private or on this machine. "
        "SK_ALLOW_PRIVATE_TARGETS=1 allows such targets on this server."
    )


def triggers_unknown(names: list[str]) -> str:
    return f"triggers: unknown: {', '.join(names)}. /docs lists those that there are."


def too_many_requests(seconds: int) -> str:
    return f"Too many requests. Wait {seconds} {'second' if seconds == 1 else 'seconds'}."


def too_many_listeners(limit: int) -> str:
    return f"{limit} clients of this app user listen already. Close one, or wait until one has gone."


def too_many_streams(limit: int) -> str:
    return f"{limit} clients listen already, more than that are not served. Fetch messages meanwhile."


def busy_or_broken() -> str:
    return "The server cannot store anything at the moment. Try again after the seconds in Retry-After."


def something_broke() -> str:
    return "Something went wrong on the server, and its operator can find it in the log. Try again later."


def headers_too_large() -> str:
    return "The request's path and headers are too large. Send fewer or shorter ones."


def too_many_bodies() -> str:
    return "Too many large requests come at once. Try again in a few seconds."


def coding_unknown() -> str:
    return "The body comes in a transfer coding that this server does not know. Send it chunked, or with its length."


def request_unreadable() -> str:
    return "The request is no valid HTTP/1.1. Let a library make it."


# ── what agents read about a delivery, as a reason ────────────────────────────────────────────────────────────────


def target_answered(status: int) -> str:
    return f"the app's server answered {status}"


def target_silent(seconds: float) -> str:
    return f"the app's server gave no answer within {seconds:g} seconds"


def target_unreachable() -> str:
    return "the app's server could not be reached"


def target_dropped() -> str:
    return "the app's server closed the connection without an answer"


def target_not_public() -> str:
    return "the app's webhook points to a private address"


def target_certificate() -> str:
    return "the app's server has no valid certificate"


def look_up_too_slow(host: str) -> str:
    return f"the name {host} could not be looked up in time"


def tried_long_enough(reason: str) -> str:
    return f"{reason}; tried for more than a day"


def bot_refused(problem: str) -> str:
    return f"the bot refused it ({problem})"


# ── what agents see instead of a name ─────────────────────────────────────────────────────────────────────────────


def shown_name(role: str, name: str | None) -> str | None:
    """Whose name a message carries in Slack: what the app's backend wrote does not pass for the app user's words."""
    if role != "appMaker":
        return name
    return f"{name} (sent by the app)" if name else "Sent by the app"


# ── what operators read ───────────────────────────────────────────────────────────────────────────────────────────


def listening(url: str) -> str:
    return f"webhook server listening on {url}"


def cannot_listen(host: str, port: int, problem: str) -> str:
    return f"Cannot listen on {host}:{port}: {problem}. Stop what uses the port, or choose another SK_PORT."


def help_program() -> str:
    return "Without a command: serve."


def help_credentials() -> str:
    return "print app token, signing key, a JWT and a ready curl"


def help_keys() -> str:
    return "list the keys that sign the app's JWTs, add or revoke one; beside a running server and without one"


def help_keys_add() -> str:
    return "another key; its secret is shown this once"


def help_keys_revoke() -> str:
    return "let a key open nothing any more, from the next request on and for ever"


def help_key_id() -> str:
    return "the key's ID, as listed"


def key_line(key_id: str, origin: str, state: str) -> str:
    return f"{key_id:<28}  {origin:<22}  {state}"


def key_of_settings() -> str:
    return "from the settings"


def key_age(seconds: float) -> str:
    return f"added {duration(seconds)} ago"


def key_good() -> str:
    return "good"


def key_gone(seconds: float) -> str:
    return f"revoked {duration(seconds)} ago"


def key_added(key_id: str, secret: str) -> str:
    return f"""\
key ID:     {key_id}
secret:     {secret}

Sign JWTs with HS256, this secret and the header kid. Keep the secret now: it is not shown again."""


def key_revoked(key_id: str) -> str:
    return f"{key_id} is revoked: what it signed opens nothing any more."


def no_key_left() -> str:
    return "No key is left, so only the app token opens anything. Add one with: keys add."


def help_deliveries() -> str:
    return "list what waits or was given up, or try it again; works beside a running server and without one"


def help_dead() -> str:
    return "only what was given up"


def help_webhook() -> str:
    return "only what goes to this webhook"


def help_replay() -> str:
    return "try given-up deliveries again"


def help_ids() -> str:
    return "these, as listed"


def help_replay_webhook() -> str:
    return "all of this webhook"


def help_replay_all() -> str:
    return "all, those to Slack too"


def replay_what() -> str:
    return "Say what to replay: IDs of deliveries, or --webhook ID, or --all."


def deliveries_heading() -> tuple[str, ...]:
    return ("ID", "WEBHOOK", "APP USER", "AGE", "TRIES", "NEXT TRY", "LAST ERROR")


def no_deliveries() -> str:
    return "Nothing waits, and nothing was given up."


def to_slack() -> str:
    return "(to Slack)"


def given_up() -> str:
    return "dead"


def next_try(seconds: float | None) -> str:
    return "waiting" if seconds is None else f"in {duration(seconds)}"


def duration(seconds: float) -> str:
    """Short, in the two largest units."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days}d {hours}h"
    if hours:
        return f"{hours}h {minutes}m"
    return f"{minutes}m {rest}s" if minutes else f"{rest}s"


def replayed(count: int) -> str:
    return f"{count} {'delivery is' if count == 1 else 'deliveries are'} tried again."


def not_dead(delivery_ids: list[int]) -> str:
    return f"Not given up, or not there: {', '.join(map(str, delivery_ids))}."


def help_erase() -> str:
    return (
        "erase an app user for good: out of the ledger at once, then out of Slack; asked again, it tells how far it is"
    )


def help_export() -> str:
    return "print all that the ledger keeps of an app user, as JSON"


def help_user() -> str:
    return "the app user's _id or userId"


def help_yes() -> str:
    return "do not ask"


def help_media() -> str:
    return "copy their uploads' files into this directory"


def what_is_erased(app_user_id: str, known_as: str, *, messages: int, uploads: int, devices: int, merged: int) -> str:
    counts = [(messages, "message"), (uploads, "uploaded file"), (devices, "device"), (merged, "merged app user")]
    theirs = ", ".join(f"{count} {what}{'' if count == 1 else 's'}" for count, what in counts)
    return (
        f"App user {app_user_id}{f' ({known_as})' if known_as else ''}: {theirs}.\n"
        "Erasing removes all of it, what waits for webhooks too, and then what the bot put into Slack. There is no way "
        "back."
    )


def erase_sure() -> str:
    return "Erase? [y/N]"


def say_yes() -> str:
    return "There is no terminal to ask on: say --yes."


def nothing_erased() -> str:
    return "Nothing was erased."


def erased_here(app_user_id: str) -> str:
    return f"{app_user_id} is gone from the ledger. Now Slack."


def erasing(deleted: int) -> str:
    return f"{_messages(deleted)} deleted in Slack so far."


def erasure_goes_on(app_user_id: str, deleted: int) -> str:
    return (
        f"Slack's part is not done, {_messages(deleted)} deleted so far; it goes on as soon as the bot and Slack can. "
        f"See how far it is: python -m webhook_server erase {app_user_id}"
    )


def erasure_waits_for_server() -> str:
    return "Slack's part begins when webhook server and bot run."


def erasure_done(deleted: int) -> str:
    return f"Erased. {_messages(deleted)} deleted in Slack."


def slack_kept(problem: str) -> str:
    return f"Slack kept: {problem}"


def _messages(count: int) -> str:
    return f"{count} message{'' if count == 1 else 's'}"


def files_missing(media_ids: list[str]) -> str:
    return f"Files that are not there any more: {', '.join(media_ids)}."


def cannot_write(path: str, problem: str) -> str:
    return f"Cannot write {path}: {problem}."


def no_such_section(section: str) -> str:
    return f"section: there is none called {section!r}."


def server_unreachable(url: str, problem: str) -> str:
    return f"The webhook server runs, but cannot be asked at {url}: {problem}. Does SK_SERVER_URL say where it is?"


def database_url_unreadable() -> str:
    return "SK_DATABASE_URL: give sqlite:///PATH or postgresql+psycopg://USER:PASSWORD@HOST/DATABASE."


def database_driver_missing(driver: str) -> str:
    return f"SK_DATABASE_URL: the driver for {driver} is not installed. For PostgreSQL: pip install 'psycopg[binary]'."


def database_away(url: str) -> str:
    return f"SK_DATABASE_URL: {url} does not answer. Is the database server up, and the password right?"


def ledger_in_use(where: str) -> str:
    return f"Another webhook server works on {where}. Stop it first: one ledger has one owner."


def ledger_unwritable(path: str, problem: str) -> str:
    return f"Cannot write {path}: {problem}. Give SK_DATA_DIR a directory that this user may write."


def ledger_unavailable(problem: str) -> str:
    return f"The ledger cannot be used at the moment: {problem}. See to space, permissions and who else has it open."


def ledger_interrupted() -> str:
    return "The ledger was interrupted while writing."


def ledger_too_new(problem: str) -> str:
    return (
        f"The ledger was written by a newer version of this program ({problem}). Run that version, or restore a backup."
    )


def ledger_broken(problem: str) -> str:
    return f"The ledger cannot be opened: {problem}. Restore a backup, or move the file away to begin anew."


def not_ready(problem: str) -> str:
    return f"The ledger cannot be written: {problem}"


def credentials(
    *, app_id: str, app_token: str, key_id: str, secret: str, jwt: str, metrics_token: str, url: str
) -> str:
    named = {"SK_URL": url, "SK_JWT": jwt, "SK_APP_TOKEN": app_token, "SK_KEY_ID": key_id, "SK_SECRET": secret}
    exports = "\n".join(f"  export {name}={shlex.quote(value)}" for name, value in named.items())
    return f"""\
app ID:     {app_id}
app token:  {app_token}
key ID:     {key_id}
secret:     {secret}
JWT (app):  {jwt}

For Prometheus, and not for the app, the bearer token of {url}/metrics:
  {metrics_token}

For your shell, where the examples of README.md, docs/app-api.md and /docs look for them:
{exports}

Try it:
  curl -sS {url}/v1/appusers/alice/messages \\
    -H 'Authorization: Bearer {jwt}' \\
    -H 'Content-Type: application/json' \\
    -d '{{"role": "appUser", "text": "Hello!"}}'"""


# ── metrics ───────────────────────────────────────────────────────────────────────────────────────────────────────────

METRICS = {
    "waiting": "App users who wait for an answer now.",
    "longest_wait_seconds": "How long the app user has waited who waits longest now; 0 while nobody waits.",
    "open_conversations": "Open conversations by the agent who has them; without an ID those that are nobody's.",
    "handovers": "Hand-overs to webhooks and to the bot that wait, or were given up (dead).",
    "today_conversations": "Conversations begun today, in the team's time zone.",
    "today_first_answers": "Conversations answered for the first time today.",
    "today_closed": "Conversations that agents closed today.",
    "today_first_answer_seconds": "From app users' first words to the first answer, of today's: nearest rank.",
    "conversations": "Conversations begun since this process started.",
    "first_answer_seconds": "From app users' first words to the first answer, since this process started.",
    "closed": "Conversations that agents closed since this process started.",
    "replies": "Replies that agents sent since this process started.",
}
