"""The ledger's tables, the same on SQLite and PostgreSQL. Changes go through `migrations`."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    false,
    text,
)

metadata = MetaData()

_Id = String(24)
_Counter = BigInteger().with_variant(Integer, "sqlite")

app_users = Table(
    "app_users",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("user_id", Text, unique=True),
    Column("given_name", Text),
    Column("surname", Text),
    Column("email", Text),
    Column("signed_up_at", Text),
    Column("properties", Text, nullable=False),
    Column("credential_required", Boolean, nullable=False),
    Column("seen_with_jwt", Boolean, nullable=False),
    Column("created", Float(53), nullable=False),
    Column("conversation_id", _Id, nullable=False),
    Column("app_makers", Text, nullable=False),
    Column("unread", Integer, nullable=False),
    Column("last_received", BigInteger, nullable=False),
    # When an agent answered them last, and when they were told that nobody is there.
    Column("answered", Float(53)),
    Column("told_away", Float(53)),
)

devices = Table(
    "devices",
    metadata,
    # A device is one app user's at a time: whoever began last there.
    Column("id", Text, primary_key=True),
    Column("app_user_id", _Id, ForeignKey("app_users.id"), nullable=False),
    Column("platform", Text, nullable=False),
    Column("app_version", Text),
    Column("info", Text),
    Column("last_seen", Float(53), nullable=False),
    Index("ix_devices_app_user", "app_user_id"),
)

messages = Table(
    "messages",
    metadata,
    Column("seq", _Counter, primary_key=True, autoincrement=True),
    Column("id", _Id, nullable=False, unique=True),
    Column("app_user_id", _Id, ForeignKey("app_users.id"), nullable=False),
    Column("received", BigInteger, nullable=False),
    Column("role", String(16), nullable=False),
    Column("author_id", _Id, nullable=False),
    Column("type", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("name", Text),
    Column("avatar_url", Text),
    Column("media_url", Text),
    Column("media_type", Text),
    Column("metadata", Text),
    # An own upload, instead of a media_url.
    Column("media_id", String(32)),
    # The case that it belongs to. No foreign key: to remove a case would mean to search here.
    Column("case_id", _Counter),
    Index("ix_messages_conversation", "app_user_id", "received", unique=True),
    sqlite_autoincrement=True,
)

Index(
    "ix_messages_media",
    messages.c.media_id,
    sqlite_where=messages.c.media_id.is_not(None),
    postgresql_where=messages.c.media_id.is_not(None),
)

webhooks = Table(
    "webhooks",
    metadata,
    Column("seq", _Counter, primary_key=True, autoincrement=True),
    Column("id", _Id, nullable=False, unique=True),
    Column("target", Text, nullable=False),
    Column("triggers", Text, nullable=False),
    Column("secret", Text, nullable=False),
    sqlite_autoincrement=True,
)

handovers = Table(
    "handovers",
    metadata,
    Column("id", _Counter, primary_key=True, autoincrement=True),
    # About a message, or about an event: then with its fields as JSON.
    Column("message_id", _Id, ForeignKey("messages.id")),
    Column("event_id", _Id),
    Column("payload", Text),
    Column("app_user_id", _Id, ForeignKey("app_users.id"), nullable=False),
    # Without a webhook it goes to the bot.
    Column("webhook_id", _Id, ForeignKey("webhooks.id", ondelete="CASCADE")),
    Column("trigger", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("accepted", Float(53), nullable=False),
    Column("first_try_at", Float(53)),
    Column("next_try_at", Float(53)),
    # Since when a try may have been carried out without our knowing.
    Column("doubt_since", Float(53)),
    Column("last_error", Text),
    # Where the bot put it.
    Column("place_channel_id", Text),
    Column("place_ts", Text),
    Index("ix_handovers_message", "message_id"),
    Index("ix_handovers_webhook", "webhook_id"),
    Index("ix_handovers_app_user", "app_user_id"),
    sqlite_autoincrement=True,
)
Index(
    "ix_handovers_waiting",
    handovers.c.id,
    sqlite_where=handovers.c.state == "waiting",
    postgresql_where=handovers.c.state == "waiting",
)
Index(
    "ix_handovers_dead",
    handovers.c.id,
    sqlite_where=handovers.c.state == "dead",
    postgresql_where=handovers.c.state == "dead",
)

receipts = Table(
    "receipts",
    metadata,
    Column("message_id", _Id, ForeignKey("messages.id"), primary_key=True),
    Column("app_user_id", _Id, ForeignKey("app_users.id"), nullable=False),
    Column("channel_id", Text, nullable=False),
    Column("agent_id", Text, nullable=False),
    Column("agent_name", Text, nullable=False),
    Column("agent_avatar_url", Text),
    Column("accepted", Float(53), nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", Text),
    Column("sequence", Integer, nullable=False),
    Column("shown_sequence", Integer, nullable=False),
    Column("place_channel_id", Text),
    Column("place_ts", Text),
    Index("ix_receipts_app_user", "app_user_id", "accepted"),
    Index("ix_receipts_accepted", "accepted"),
)
Index(
    "ix_receipts_unshown",
    receipts.c.accepted,
    sqlite_where=receipts.c.shown_sequence < receipts.c.sequence,
    postgresql_where=receipts.c.shown_sequence < receipts.c.sequence,
)

strandings = Table(
    "strandings",
    metadata,
    # App users' messages that could not be put into Slack: what agents are to see of that.
    Column("message_id", _Id, ForeignKey("messages.id"), primary_key=True),
    Column("app_user_id", _Id, ForeignKey("app_users.id"), nullable=False),
    Column("since", Float(53), nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", Text),
    Column("sequence", Integer, nullable=False),
    Column("shown_sequence", Integer, nullable=False),
    Column("place_channel_id", Text),
    Column("place_ts", Text),
    Index("ix_strandings_app_user", "app_user_id"),
)
Index(
    "ix_strandings_unshown",
    strandings.c.since,
    sqlite_where=strandings.c.shown_sequence < strandings.c.sequence,
    postgresql_where=strandings.c.shown_sequence < strandings.c.sequence,
)

cases = Table(
    "cases",
    metadata,
    Column("id", _Counter, primary_key=True, autoincrement=True),
    Column("app_user_id", _Id, ForeignKey("app_users.id"), nullable=False),
    Column("opened", Float(53), nullable=False),
    # Without an agent the app user began it.
    Column("opened_by_id", Text),
    Column("opened_by_name", Text),
    Column("opened_by_avatar_url", Text),
    # May have been deleted since.
    Column("first_message_id", _Id),
    Column("waiting_since", Float(53)),
    Column("claimed_by_id", Text),
    Column("claimed_by_name", Text),
    Column("claimed_by_avatar_url", Text),
    Column("first_answer_at", Float(53)),
    Column("first_answer_by_id", Text),
    Column("first_answer_by_name", Text),
    Column("first_answer_by_avatar_url", Text),
    Column("last_answer_at", Float(53)),
    Column("snoozed_until", Float(53)),
    Column("closed_at", Float(53)),
    # Without an agent nobody in person closed it.
    Column("closed_by_id", Text),
    Column("closed_by_name", Text),
    Column("closed_by_avatar_url", Text),
    Column("close_reason", Text),
    # What people were reminded of last, how often in all, and when to look whether they are to be again.
    Column("reminder", String(16), nullable=False),
    Column("reminders", Integer, nullable=False),
    Column("remind_at", Float(53)),
    # From when on the wait counts, where that is not since it began; and which change was the last reminder.
    Column("counts_from", Float(53)),
    Column("reminded", Integer, nullable=False, server_default=text("0")),
    # How much of it the bot has shown, where, since when it is behind, and until when it may be.
    Column("sequence", Integer, nullable=False),
    Column("told", Integer, nullable=False),
    Column("untold_since", Float(53)),
    Column("quiet_until", Float(53)),
    Column("place_channel_id", Text),
    Column("place_ts", Text),
    Column("doubt_since", Float(53)),
    # An agent's last deed: asked for again, it is done already.
    Column("last_request_id", Text),
    Index("ix_cases_app_user", "app_user_id", "id"),
    Index("ix_cases_opened", "opened"),
    sqlite_autoincrement=True,
)
_is_open = cases.c.closed_at.is_(None)
Index("ix_cases_open", cases.c.app_user_id, unique=True, sqlite_where=_is_open, postgresql_where=_is_open)
_waits = cases.c.waiting_since.is_not(None) & _is_open
Index("ix_cases_waiting", cases.c.waiting_since, sqlite_where=_waits, postgresql_where=_waits)
_is_claimed = cases.c.claimed_by_id.is_not(None) & _is_open
Index("ix_cases_claimed", cases.c.claimed_by_id, sqlite_where=_is_claimed, postgresql_where=_is_claimed)
_is_answered = cases.c.first_answer_at.is_not(None)
Index("ix_cases_answered", cases.c.first_answer_at, sqlite_where=_is_answered, postgresql_where=_is_answered)
_is_closed = cases.c.closed_at.is_not(None)
Index("ix_cases_closed", cases.c.closed_at, sqlite_where=_is_closed, postgresql_where=_is_closed)
_is_timed = cases.c.remind_at.is_not(None)
Index("ix_cases_timers", cases.c.remind_at, sqlite_where=_is_timed, postgresql_where=_is_timed)
_is_untold = cases.c.told < cases.c.sequence
Index("ix_cases_untold", cases.c.untold_since, sqlite_where=_is_untold, postgresql_where=_is_untold)
notes = Table(
    "notes",
    metadata,
    # What agents note about conversations. Nothing of it leaves the house, but to agents.
    Column("seq", _Counter, primary_key=True, autoincrement=True),
    Column("id", _Id, nullable=False, unique=True),
    Column("app_user_id", _Id, ForeignKey("app_users.id"), nullable=False),
    Column("at", Float(53), nullable=False),
    Column("agent_id", Text, nullable=False),
    Column("agent_name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Index("ix_notes_app_user", "app_user_id", "at"),
    sqlite_autoincrement=True,
)

canned = Table(
    "canned",
    metadata,
    # Answers that agents keep, to send them again and again; about no app user.
    Column("name", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("agent_id", Text, nullable=False),
    Column("agent_name", Text, nullable=False),
    Column("saved", Float(53), nullable=False),
)

answers = Table(
    "answers",
    metadata,
    # Answers to requests that carried an Idempotency-Key; `id` is a digest of credential, path and key.
    Column("id", String(64), primary_key=True),
    Column("status", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("answered", Float(53), nullable=False),
    # Of whom the answer tells, if of anybody.
    Column("app_user_id", _Id, ForeignKey("app_users.id", name="fk_answers_app_user")),
    Index("ix_answers_answered", "answered"),
    Index("ix_answers_app_user", "app_user_id"),
)

merges = Table(
    "merges",
    metadata,
    # App users who turned out to be somebody else: their ID goes on leading to the one who stayed.
    Column("loser_id", _Id, primary_key=True),
    Column("survivor_id", _Id, ForeignKey("app_users.id"), nullable=False),
    Column("merged", Float(53), nullable=False),
    Index("ix_merges_survivor", "survivor_id"),
)

keys = Table(
    "keys",
    metadata,
    # Keys that sign the app's JWTs, beside the one of the settings. `id` is a JWT's `kid`.
    Column("id", Text, primary_key=True),
    Column("secret", Text, nullable=False),
    Column("created", Float(53), nullable=False),
    Column("revoked", Float(53)),
)

media = Table(
    "media",
    metadata,
    # Uploads whose bytes lie in the data directory.
    Column("id", String(32), primary_key=True),
    Column("file_name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("created", Float(53), nullable=False),
    # Uploaded with the public token.
    Column("anonymous", Boolean, nullable=False, server_default=false()),
    Index("ix_media_created", "created"),
)

stream_events = Table(
    "stream_events",
    metadata,
    # What app users' streams tell, kept for those who come back.
    Column("seq", _Counter, primary_key=True, autoincrement=True),
    Column("app_user_id", _Id, ForeignKey("app_users.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("message_id", _Id),
    Column("at", Float(53), nullable=False),
    Index("ix_stream_events_app_user", "app_user_id", "seq"),
    sqlite_autoincrement=True,
)

erasures = Table(
    "erasures",
    metadata,
    # App users who are gone from the ledger: how far their traces are removed elsewhere. `refused` is JSON.
    Column("app_user_id", _Id, primary_key=True),
    Column("merged_ids", Text, nullable=False),
    Column("asked", Float(53), nullable=False),
    Column("state", String(16), nullable=False),
    Column("deleted", Integer, nullable=False),
    Column("refused", Text, nullable=False),
    Column("finished", Float(53)),
)

team = Table(
    "team",
    metadata,
    # One row. Whoever said that the team is away, until when, and what app users are told; when people were reminded.
    Column("id", Integer, primary_key=True),
    Column("away_by_id", Text),
    Column("away_by_name", Text),
    Column("away_by_avatar_url", Text),
    Column("away_until", Float(53)),
    Column("away_text", Text),
    Column("reminded_at", Float(53)),
)

probe = Table(
    "probe",
    metadata,
    # One row, written to see whether the ledger can be written.
    Column("id", Integer, primary_key=True),
    Column("written", Float(53), nullable=False),
)
