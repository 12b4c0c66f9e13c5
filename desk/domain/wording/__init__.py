"""Every sentence that people in Slack read from the desk. Each says whether its values come escaped."""

from collections.abc import Sequence
from datetime import UTC, datetime

EXAMPLE = "`/sk TEXT`"
KILOBYTE = 1024


# --- names ------------------------------------------------------------------------------------------------------------


def nameless(short_id: str) -> str:
    """What an app user without a name is called."""
    return f"User {short_id}"


# --- app users' messages ----------------------------------------------------------------------------------------------


def empty_message() -> str:
    """Stands for a message without text."""
    return "(a message without text)"


def one_of_several(text: str) -> str:
    """A message that shares its post with others."""
    return f"• {text}"


def an_image() -> str:
    """Stands for an image without a name."""
    return "image"


def file_named(name: str) -> str:
    """Stands for a file in a line of text."""
    return f"📎 {name}"


def file_sent(name: str, link: str, kind: str, size: int | None) -> str:
    """A file that Slack shows below; `link` leads to it, all escaped."""
    return f"{name} sent a file: {link} ({_file_details(kind, size)})"


def file_not_shown(file_name: str, kind: str, size: int | None) -> str:
    """A file that could not be brought into Slack."""
    return f"📎 {file_name} ({_file_details(kind, size)}) could not be shown here."


def _file_details(kind: str, size: int | None) -> str:
    return f"{kind}, {_size(size)}" if size is not None else kind


def _size(size: int) -> str:
    if size < KILOBYTE:
        return f"{size} bytes"
    if size < KILOBYTE**2:
        return f"{size / KILOBYTE:.0f} KB"
    return f"{size / KILOBYTE**2:.1f} MB"


def introduction(title: str, user_id: str | None, earlier: str | None, recent: Sequence[str] = ()) -> str:
    """First post in a user's channel; all escaped.

    `earlier` links the channel of the earlier conversation, `recent` are lines of what was said last there.
    """
    known_as = f" (user ID {user_id})" if user_id else ""
    lines = [
        f"This channel is the conversation with {title}{known_as}.",
        "Answer with /sk and your text: it goes to the app user. Everything else you write here stays in Slack.",
        "/sk !profile shows what the app knows about this user; /sk !help explains the commands.",
    ]
    if earlier:
        lines.append(f"The earlier conversation is in {earlier}.")
    if recent:
        lines += ["What was said last:", *recent]
    return "\n".join(lines)


def said_by(name: str, text: str) -> str:
    """One of the last messages; both escaped."""
    return f"• {name}: {text}"


def an_agent() -> str:
    """Stands for an agent whose name is not known."""
    return "An agent"


def turned_out_here(before: str, who: str) -> str:
    """In the channel of an app user who turned out to be somebody else; both escaped."""
    return f"{before} is {who}: this channel is the conversation with them from now on."


def turned_out_away(before: str, who: str, link: str) -> str:
    """In the channel of an app user who turned out to be somebody with a channel of their own; both escaped."""
    return (
        f"{before} is {who}: the conversation goes on in {link}. What you send from here with /sk still reaches them."
    )


def turned_out_there(before: str, who: str, link: str) -> str:
    """In the channel in which that conversation goes on; `link` leads to the other channel, both escaped."""
    return f"{before} in {link} is {who} as well: that conversation goes on here."


def turned_out(before: str, title: str, link: str) -> str:
    """The dispatch notice of an app user who turned out to be somebody else; `link` is empty without a channel."""
    return f"{before} is {title}: the conversation is in {link}" if link else f"{before} is {title}"


def goes_on(link: str) -> str:
    """In a channel that was unarchived after its conversation had gone on elsewhere; `link` leads there."""
    return f"This conversation goes on in {link}. /sk does nothing here."


def started(title: str, link: str) -> str:
    """The dispatch notice; `link` leads to the channel."""
    return f"{title} started a conversation in {link}"


def started_before_channel(title: str) -> str:
    """The dispatch notice as long as Slack does not let the channel be made."""
    return f"{title} started a conversation. Slack holds its channel back: the link follows here."


# --- notices of replies -----------------------------------------------------------------------------------------------


def replied(agent_name: str) -> str:
    """Head of a reply's notice."""
    return f"{agent_name} replied"


def delivery(state: str, reason: str) -> str:
    """How far a reply is."""
    sentences = {
        "sending": "⏳ sending…",
        "waiting": "🕓 waiting for the app to fetch it",
        "delivered": "✓ delivered",
        "read": "✓✓ read",
        "failed": "✗ failed: not delivered",
    }
    sentence = sentences.get(state, state)
    if not reason or state in {"delivered", "read"}:
        return sentence
    return f"{sentence} ({reason})"


def cut_in_view(characters: int) -> str:
    """Below a reply that is too long to be shown whole."""
    return f"Only its beginning is shown here: all {characters:,} characters went to the app."


def retry_button() -> str:
    """The button of a failed reply."""
    return "Retry"


def stranded(name: str) -> str:
    """A message that Slack refused: what its notice begins with."""
    return f"A message of {name}"


def stranding(state: str, reason: str) -> str:
    """What became of a message that Slack refused."""
    match state:
        case "failed":
            return f"could not be shown in Slack: {reason}" if reason else "could not be shown in Slack"
        case "sending":
            return "is being tried again…"
        case _:
            return "was refused by Slack at first and is shown now"


def show_again_button() -> str:
    """The button of a message that Slack refused."""
    return "Retry"


# --- profiles ---------------------------------------------------------------------------------------------------------

FIELD_LABELS = {
    "user_id": "User ID",
    "given_name": "Given name",
    "surname": "Surname",
    "email": "Email",
    "signed_up_at": "Signed up at",
    "conversation_started": "Conversation started",
    "app_user_id": "App user ID",
}


def profile_title(title: str) -> str:
    """Head of a profile."""
    return f"Profile of {title}"


def typing(title: str) -> str:
    """The app user writes at this moment."""
    return f"✎ {title} is typing now"


def yes_or_no(value: object) -> str:
    """A truth value."""
    return "yes" if value else "no"


def no_value() -> str:
    """Stands for a field without a value."""
    return "(none)"


def properties_title() -> str:
    """Head of the properties."""
    return "Properties"


def no_properties() -> str:
    """The app has set none."""
    return "No properties."


def properties_cut() -> str:
    """Below properties that are too many."""
    return "There are more properties than Slack can show: the App API has them all."


# --- answers to commands: mrkdwn, all values escaped ------------------------------------------------------------------


def wrong_place(dispatch: str) -> str:
    """Not a user's channel; `dispatch` leads to the dispatch channel."""
    return (
        "This is no user's channel, so there is nobody to send it to. Nothing was sent. "
        f"Use {EXAMPLE} in a user's channel: {dispatch} lists the conversations."
    )


def being_erased() -> str:
    """A channel of somebody who is to be forgotten."""
    return "This app user is being erased: nothing was sent. The channel will be closed."


def moved_on(link: str) -> str:
    """A channel of an earlier conversation."""
    return f"This conversation goes on in {link}. Nothing was sent: use {EXAMPLE} there."


def refused_guest() -> str:
    """Guests may not speak to app users."""
    return "Guests of this workspace cannot speak to app users. Nothing was sent: ask a member to answer."


def refused_outsider() -> str:
    """People from other organisations may not speak to app users."""
    return "People from other organisations cannot speak to app users. Nothing was sent."


def refused_bot() -> str:
    """Bots may not speak to app users."""
    return "Bots cannot speak to app users. Nothing was sent."


def refused_deactivated() -> str:
    """Deactivated accounts may not speak to app users."""
    return "This account is deactivated and cannot speak to app users. Nothing was sent."


def person_unknown() -> str:
    """Slack did not say who is asking."""
    return "Slack does not say who you are at the moment, so nothing was sent. Please try again in a few seconds."


def nothing_sent_away() -> str:
    """The webhook server is not there."""
    return "Nothing was sent: the app's side does not answer (the webhook server is down). Please try again later."


def nothing_sent_refused(description: str) -> str:
    """The webhook server refused the reply; `description` is escaped."""
    return f"Nothing was sent: {description}"


def nothing_sent_busy() -> str:
    """An earlier reply of this channel is still being handed over."""
    return "Nothing was sent: earlier replies in this channel are still on their way. Please try again in a moment."


def in_doubt() -> str:
    """The webhook server has the reply, or not."""
    return (
        "No answer yet: your reply may or may not have gone out. I keep asking, and tell you here as soon as it is "
        "known. Please do not send it again until then."
    )


def settled_sent(words: str) -> str:
    """A reply in doubt is in the ledger; `words` are its first, escaped."""
    return f"Your reply “{words}” has gone out. Its notice in this channel shows how far it is."


def settled_refused(words: str, description: str) -> str:
    """A reply in doubt was refused; both are escaped."""
    return f"Your reply “{words}” was not sent: {description}"


def never_settled(words: str) -> str:
    """Nobody ever knew; `words` are its first, escaped."""
    return f"Nobody can tell whether your reply “{words}” has gone out. If it did, its notice appears in this channel."


def already_sent(words: str, at: float) -> str:
    """The same text by the same agent a moment ago, at `at` seconds since the epoch; `words` are escaped."""
    clock = datetime.fromtimestamp(at, UTC).strftime("%H:%M:%S")
    return (
        f"You sent “{words}” already, at <!date^{int(at)}^{{time_secs}}|{clock} UTC>, and it went out. "
        "Nothing was sent now. Send it once more?"
    )


def send_again_button() -> str:
    """Sends the same text once more."""
    return "Send again"


def profile_away() -> str:
    """The profile cannot be had."""
    return "The profile cannot be shown: the app's side does not answer. Please try again later."


def profile_refused(description: str) -> str:
    """The webhook server has no such profile; `description` is escaped."""
    return f"The profile cannot be shown: {description}"


def retry_away() -> str:
    """The webhook server is not there for a retry."""
    return "It is not sent again: the app's side does not answer. Please press Retry later."


def retry_refused(description: str) -> str:
    """The webhook server refused a retry; `description` is escaped."""
    return f"It is not sent again: {description}"


def retry_in_doubt() -> str:
    """The webhook server has the retry, or not."""
    return "No answer yet: if it is sent again, its notice will say so."


def unknown_button() -> str:
    """A button of ours that does nothing any more."""
    return "This button is out of date: nothing was done."


# --- reasons, for the other process, readiness and logs ---------------------------------------------------------------


def slack_unreachable() -> str:
    """No connection to Slack."""
    return "Slack cannot be reached"


def not_asked_yet() -> str:
    """Before the first answer."""
    return "Slack has not been asked yet"


def slack_unanswered(reason: str) -> str:
    """Slack said nothing that can be used."""
    return f"Slack does not answer as it should: {reason}"


def slack_limits() -> str:
    """Too many calls."""
    return "Slack limits the number of calls: it goes on by itself"


def slack_silent() -> str:
    """Slack's answer never came."""
    return "Slack did not answer: it may have been done"


def slack_blocks(code: str) -> str:
    """The workspace does not let the bot work."""
    hints = {
        "invalid_auth": "SLACK_BOT_TOKEN is not valid",
        "not_authed": "SLACK_BOT_TOKEN is missing",
        "token_revoked": "SLACK_BOT_TOKEN was revoked: install the app again",
        "token_expired": "SLACK_BOT_TOKEN has expired: install the app again",
        "account_inactive": "the bot was deactivated in Slack: install the app again",
        "missing_scope": "the Slack app lacks a scope: install it again from slack-app-manifest.yaml",
        "restricted_action": "an administrator of the workspace has forbidden this to apps: allow it to the bot",
    }
    return f"Slack refuses the bot ({code}): {hints.get(code, 'ask an administrator of the workspace')}"


def slack_refuses(code: str) -> str:
    """Slack refuses this one call for good."""
    return f"Slack refuses it ({code})"


def channel_lost() -> str:
    """A reply's channel cannot be posted to."""
    return "the channel of this reply is archived, deleted or closed to the bot"


def dispatch_missing(setting: str) -> str:
    """The dispatch channel cannot be found."""
    return (
        f"the dispatch channel {setting} cannot be found: set SK_DISPATCH_CHANNEL to an existing channel, "
        "or, if it is private, type /invite and the bot's name there"
    )


def dispatch_archived(setting: str) -> str:
    """The dispatch channel is archived."""
    return f"the dispatch channel {setting} is archived: unarchive it, or set SK_DISPATCH_CHANNEL to another one"


def dispatch_lost(setting: str) -> str:
    """The dispatch channel took no post."""
    return f"the dispatch channel {setting} takes no posts: it is looked for again"


def dispatch_closed(setting: str) -> str:
    """The bot is not in the private dispatch channel."""
    return f"the bot is not in the dispatch channel {setting}: type /invite and the bot's name there"


# --- erasure, for operators; channels by their IDs, because their names may be those of app users ---------------------


def erased() -> str:
    """Why nothing is shown of an app user."""
    return "this app user was erased"


def erasure_archived(channel_id: str) -> str:
    """What the bot posted in an archived channel."""
    return (
        f"Channel {channel_id} is archived: the bot's posts in it, and its name, stay as they are. "
        "Unarchive it and invite the bot, delete the posts by hand, or delete the channel."
    )


def erasure_closed(channel_id: str) -> str:
    """A channel that the bot does not see."""
    return f"Channel {channel_id} is closed to the bot, or deleted: what the bot posted in it may still be there."


def erasure_people(channel_id: str, count: int) -> str:
    """What people wrote in a channel."""
    return f"Channel {channel_id}: {_messages(count)} that people wrote cannot be deleted by the bot."


def erasure_kept(channel_id: str, count: int) -> str:
    """Posts of the bot that Slack did not delete."""
    return f"Channel {channel_id}: {_messages(count)} of the bot could not be deleted; Slack refused it."


def erasure_described(channel_id: str, code: str) -> str:
    """A topic or purpose that stays."""
    return f"Channel {channel_id} keeps its topic and purpose: Slack refused to clear them ({code})."


def erasure_named(channel_id: str, code: str) -> str:
    """A name that stays."""
    return f"Channel {channel_id} keeps its name: Slack refused to change it ({code})."


def erasure_former_name(channel_id: str) -> str:
    """What Slack remembers by itself."""
    return f"Channel {channel_id}: Slack's own lines and records keep the channel's former name and topics."


def erasure_open(channel_id: str, code: str) -> str:
    """A channel that stays open."""
    return f"Channel {channel_id} is empty but not archived: Slack refused it ({code})."


def erasure_file(file_id: str, code: str) -> str:
    """A file that stays."""
    return f"File {file_id} could not be deleted: Slack refused it ({code})."


def erasure_dispatch(reason: str) -> str:
    """Notices that could not be looked for."""
    return f"The dispatch channel could not be looked through for notices: {reason}."


def _messages(count: int) -> str:
    return "1 message" if count == 1 else f"{count:,} messages"


# --- the channel book, for operators ----------------------------------------------------------------------------------


def book_taken(directory: str) -> str:
    """Another process has the channel book open."""
    return f"Another bot uses {directory}: stop it first, or give this one another SK_DATA_DIR"


def book_unreadable(path: str, reason: str, backup: str | None) -> str:
    """The channel book makes no sense."""
    way_out = (
        f"Its last good version is the backup {backup}: put that in its place; what changed last may be missing"
        if backup
        else "Restore it from a backup"
    )
    return (
        f"{path} cannot be read ({reason}). {way_out}; or move it away, "
        "and every app user gets a new channel with their next message"
    )


def book_too_new(path: str) -> str:
    """A later version wrote the channel book."""
    return f"{path} was written by a later version of the bot: run that version"


def book_not_written(path: str, reason: str) -> str:
    """The disk does not take the channel book."""
    return f"{path} cannot be written ({reason}): see to space and permissions"


def book_closed(path: str) -> str:
    """The process is going down."""
    return f"{path} is closed"
