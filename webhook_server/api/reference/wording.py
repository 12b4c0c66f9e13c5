"""What the reference says: of the whole, and of each operation by its ID. Descriptions are Markdown."""

from dataclasses import dataclass

TITLE = "err-sk App API"
OUT = "Webhooks"
"""Where what we tell is described, beside the operations that ask for it."""
WELL = "Done."
PART = "The part that the header `Range` asks for."
UNCHANGED = "It is what `If-None-Match` or `If-Modified-Since` say that you have."


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of one operation: a line, and a description."""

    summary: str
    description: str


def introduction(app_id: str) -> str:
    """What a newcomer reads first."""
    return f"""\
Your app's users write in your app; your agents read and answer in Slack. This API is what lies between: your app's
client or backend posts messages and gets the replies. It is the REST API of Smooch's v1 era, so clients of Smooch work
by changing the host.

### Your first message

1. On the server, run `.venv/bin/python -m webhook_server credentials`. It prints lines for your shell: `SK_URL` is this
   server, `SK_JWT` your backend's JWT.
2. Post a message for a user of yours, here `ann`:

```
curl -sS -X POST "$SK_URL/v1/appusers/ann/messages" \\
  -H "Authorization: Bearer $SK_JWT" -H 'Content-Type: application/json' \\
  -d '{{"role": "appUser", "text": "Where is my order?"}}'
```

3. It appears in Slack, in a channel of its own. An agent answers with `/sk On its way!`, and
   `GET /v1/appusers/ann/messages` lists the reply.

### Who may call

| credential | for | opens |
|---|---|---|
| JWT with `{{"scope": "app"}}` | your backend | everything |
| JWT with `{{"scope": "appUser", "userId": "…"}}` | a user who is logged in | that user alone |
| `app-token` header | your app's client | one user per call, until they were seen with a JWT |

JWTs are signed with HS256; their header names the key as `kid`. They need no `exp`; where there is one it holds, with a
minute of leeway. Every operation below says which credentials open it.

### Paths

Everything answers under `/v1` and `/v1.1`, also with the app's ID: `/v1/apps/{app_id}/…`. The words of a path match in
any case (`/appUsers` is `/appusers`); IDs match exactly. Percent-encode what you put into a path: a `userId` may hold
any Unicode, `/` too. A trailing slash makes no difference.

### Requests and answers

Fields without a value are left out, never `null`. Answers may get further fields one day: ignore those you do not know.
Unknown fields of requests are ignored; texts are any Unicode but NUL. Errors have one form, with a `code` for programs
and a `description` for people:

```
{{"error": {{"code": "user_not_found", "description": "…"}}}}
```

Besides the errors listed with each operation there are, whatever the path: 404 `not_found` for a path that does not
exist, 405 `method_not_allowed`, 413 `too_large` for too large a body, 431 `too_large` for a path and headers over
256 KB, and 501 `not_implemented` for a body in another transfer coding than `chunked`.

### Repeating a request

Send an `Idempotency-Key` with a `POST`, and a repeat returns the first answer and does nothing else. Keys are kept for
a day, per credential and path. Without one, a `POST` that you repeat after a time-out may take effect twice.

### How often

A JWT with the scope `app` is not limited unless the operator says so. One app user's own credentials may make about 10
requests a second, in bursts of 200; more are answered 429, with the seconds to wait in `Retry-After`.

### Browsers

Every origin may call, errors included. Headers that a page may send: `authorization`, `app-token`, `content-type`,
`idempotency-key`, `last-event-id`.
"""


TAGS = {
    "App users": "The people who use your app, and what agents know of them.",
    "Messages": "What is said, in the one conversation that each app user has.",
    "Files": "Images and files: uploaded to this server, shown in Slack, and fetched by whoever has a link.",
    OUT: "Where your app wants to be told of what happens: at most ten, and only your backend may see them. What they "
    "are told is below. Answer 2xx within 20 seconds; anything else is tried again for over a day.",
    "Health": "Whether the server is up and can do its job. At the root, without a prefix.",
}

OPERATIONS = {
    "isUp": Words("Is the process up?", "Answers as long as the process does. For a watchdog."),
    "isReady": Words("Can the server do its job?", "200 only while messages can be stored. For a load balancer."),
    "init": Words(
        "Introduce a device and its user",
        "What a client calls when the app starts. With a `userId` all devices of that user share one conversation; "
        "without, the app user is anonymous and belongs to the device. When an anonymous user logs in, what they wrote "
        "follows them, and the answer's `_id` is the one to use from then on.",
    ),
    "createAppUser": Words(
        "Create an app user",
        "Tells of a user before they ever wrote. With `credentialRequired` only JWTs open this user, never the app "
        "token.",
    ),
    "getAppUser": Words("Get an app user", "`id` is our `_id` or your `userId`."),
    "updateAppUser": Words(
        "Update an app user",
        "Adds to what is known. What you leave out stays; an empty text or a property that is `null` takes the value "
        "away.",
    ),
    "deleteProfile": Words(
        "Delete a profile",
        "Takes away what is known of the person: names, email address, `signedUpAt`, properties and what devices told "
        "of themselves. `_id`, `userId` and the conversation stay. To erase somebody everywhere, Slack included, the "
        "operator has a command.",
    ),
    "postEvent": Words("Tell of an event", "Noted in the server's log. Nothing follows from it, and nothing is kept."),
    "getConversation": Words(
        "Get the conversation", "With its latest 100 messages. Before the first message there is none: 404."
    ),
    "postConversationMessage": Words(
        "Post a message", "The same as `POST /appusers/{id}/messages`; Smooch's clients use both paths."
    ),
    "getMessages": Words(
        "List messages",
        "Pages of 100, oldest first; without a parameter the latest. Give `before` or `after`, not both. Follow "
        "`previous` and `next` as they are.",
    ),
    "readConversation": Words(
        "Mark the conversation read",
        "Nothing is unread any more; agents see in Slack that their replies were read, and webhooks are told "
        "`conversation:read`. What comes later is unread again. Where nothing was unread, nothing happens.",
    ),
    "postActivity": Words(
        "Tell that somebody types",
        "The app user's typing is shown to agents who look at the profile; the app's own (only with the scope `app`) "
        "is told to the app user's streams. Neither is kept.",
    ),
    "deleteMessages": Words(
        "Delete all messages",
        "The conversation itself stays, and `received` goes on growing. Files that only these messages showed are "
        "removed. What is in Slack stays there.",
    ),
    "postMessage": Words(
        "Post a message",
        "As `appUser` the message goes to the agents in Slack; as `appMaker` (only with the scope `app`) it goes to "
        "the app user and is shown in Slack. With the scope `app` an unknown `userId` is created. 201 means that the "
        "message is on disk.",
    ),
    "listen": Words(
        "Listen",
        "Server-sent events, as they happen. Each has an `id` and JSON: a `type`, a `timestamp` in seconds, and what "
        "it is about.\n\n"
        "* `message`: a `message` for the app user.\n"
        "* `delivered`, `failed`: the app user's `message` is in Slack, or was given up.\n"
        "* `read`: the conversation was read, maybe on another device.\n"
        "* `typing:start`, `typing:stop`: with `role` and, where known, `name` and `avatarUrl`. Not kept for those who "
        "come back.\n"
        "* `reset`: something may have been missed. Fetch the messages.\n\n"
        "A comment comes every 15 seconds. When the connection ends, ask again with the last `id` as `Last-Event-ID`: "
        "what happened in between comes first, nothing twice. Events are kept for a day. Open the stream first and "
        "fetch messages then, and nothing falls in between. `EventSource` of browsers sends no credentials: use "
        "`fetch`.",
    ),
    "postConversationImage": Words(
        "Post an image or another file",
        "The same as `POST /appusers/{id}/images`; Smooch's clients use both paths.",
    ),
    "postImage": Words(
        "Post an image or another file",
        "Uploads a file and posts a message that brings it. What the file is, is told from its content. Images are "
        "written anew, without what the camera noted of place and time. Otherwise like posting a message.",
    ),
    "createAttachment": Words(
        "Upload a file",
        "For a message that you post next, with the `mediaUrl` that you get. What no message refers to within a day "
        "is removed, within an hour if it was uploaded with the app token. Smooch's `access=public` is accepted and "
        "makes no difference: a link is good for whoever has it.",
    ),
    "removeAttachment": Words(
        "Remove a file",
        "Removes the bytes. Messages that refer to the file stay as they are; their links lead to 404.",
    ),
    "getMedia": Words(
        "Get a file",
        "What a `mediaUrl` leads to. The link is good for a week; each answer that tells of a message has a fresh one. "
        "Images are shown by browsers, all else is saved.",
    ),
    "createWebhook": Words(
        "Create a webhook",
        "We `POST` to `target` whatever `triggers` name. Keep the `secret`: it proves that we send. Smooch's other "
        "triggers are accepted and never fire.",
    ),
    "listWebhooks": Words("List webhooks", "All of them, secrets included."),
    "getWebhook": Words("Get a webhook", "Its secret included."),
    "updateWebhook": Words("Update a webhook", "What you leave out stays; the secret does too."),
    "deleteWebhook": Words("Delete a webhook", "What still waits for it is given up."),
}

ANSWERS: dict[str, str] = {
    "createAppUser": "The app user was created.",
    "createWebhook": "The webhook was created.",
    "postMessage": "The message is on disk, and on its way.",
    "postConversationMessage": "The message is on disk, and on its way.",
    "postImage": "File and message are on disk, and on their way.",
    "postConversationImage": "File and message are on disk, and on their way.",
    "createAttachment": "The file is on disk.",
    "listen": "Events, until one side ends the connection.",
    "getMedia": "The file.",
}
"""What success means where that says more than `WELL`."""

PARAMETERS = {
    "appId": "The app's ID. Another app's is answered 404.",
    "id": "The app user: your `userId` or our `_id`, percent-encoded.",
    "webhookId": "The webhook's `_id`.",
    "mediaId": "The file's ID, as the link has it.",
    "name": "The file's name, as the link has it. For people: the ID tells which file it is.",
    "access": "Accepted, and makes no difference.",
    "expires": "When the link ends, in seconds since the epoch.",
    "signature": "Proves that we made the link.",
    "before": "Only messages before this time, in seconds since the epoch, as `received` has it.",
    "after": "Only messages after this time, in seconds since the epoch, as `received` has it.",
    "Idempotency-Key": "Makes a repeat of this request return the first answer and do nothing else. Kept for a day.",
    "Last-Event-ID": "The `id` of the last event that you got: the stream goes on after it.",
}

HEADERS = {
    "Retry-After": "Seconds to wait before the next try.",
    "WWW-Authenticate": "How to authenticate.",
}

SCHEMES = {
    "jwt": "Signed with HS256 by one of the keys of the app, named as `kid` in its header. Scope `app`: "
    '`{"scope": "app"}`. Scope `appUser`: `{"scope": "appUser", "userId": "ann"}`, for that app user alone.',
    "appToken": "The app's public token, for clients. It opens an app user until they were seen with a JWT, which ends "
    "the streams that it opened; none who was created with `credentialRequired`.",
}

CODES = {
    "app_not_found": "the path names another app than this server's.",
    "bad_request": "something about the path, the query, a header or the body is not as described.",
    "conversation_not_found": "the app user has not written and was not written to.",
    "forbidden": "the credential is good, but not for this: it is another app user's, or has not the scope `app`.",
    "image_too_large": "the image has more pixels than we can write anew. Send a smaller one.",
    "image_unreadable": "the file looks like an image and is none that can be read. Send another one.",
    "internal_error": "our fault; it has been logged. Try again later.",
    "ledger_unavailable": "nothing can be stored at the moment. Try again after `Retry-After`.",
    "link_expired": "links are good for seven days. Fetch the message again: it comes with a new one.",
    "link_invalid": "the link was changed. Use `mediaUrl` as it was answered.",
    "media_busy": "too many images come at once. Try again after `Retry-After`.",
    "media_not_found": "the file was removed, or never was there.",
    "media_unavailable": "no file can be stored at the moment. Try again after `Retry-After`.",
    "range_not_satisfiable": "the file is shorter than the header `Range` supposes.",
    "too_busy": "too many large requests come at once. Try again after `Retry-After`.",
    "too_large": "the body is larger than 1 MB, or than 10 MB where it is an upload.",
    "too_many_listeners": "as many of this app user's clients listen as may. Close one.",
    "too_many_requests": "too many requests of one app user. Wait as long as `Retry-After` says.",
    "too_many_streams": "as many clients listen as this server holds. Try again after `Retry-After`.",
    "too_many_webhooks": "there are ten webhooks already. Delete one first.",
    "unauthorized": "the credential is missing, wrong or expired, or the app token no longer opens this app user.",
    "unsupported_media_type": "the body is of another kind than this operation takes.",
    "upload_empty": "the file is empty.",
    "user_exists": "there is an app user with this `userId`.",
    "user_not_found": "no app user has this `id`.",
    "webhook_not_found": "no webhook has this `webhookId`.",
}

TRIGGERS = {
    "message:appUser": Words(
        "An app user wrote",
        "To webhooks with the trigger `message:appUser`, `message` or `*`, in the order of writing.",
    ),
    "message:appMaker": Words(
        "An agent or your app wrote",
        "To webhooks with the trigger `message:appMaker`, `message` or `*`, in the order of writing.",
    ),
    "conversation:start": Words("A conversation began", "With its first message."),
    "conversation:read": Words("The app user read", "Everything that was in the conversation at that time."),
    "delivery:success": Words(
        "A message got there", "An app user's message is in Slack, or a reply reached a webhook."
    ),
    "delivery:failure": Words("A message was given up", "It was refused for good, or tried for more than a day."),
    "merge:appUser": Words(
        "Two app users became one",
        "An anonymous app user logged in as one who was there. Keep the surviving `_id`; the old one leads to it.",
    ),
}

SIGNATURE = {
    "X-API-Key": "The webhook's `secret`, the whole string.",
    "webhook-id": "The same over every try: by this you notice what you had already (Standard Webhooks).",
    "webhook-timestamp": "When this try was made, in seconds since the epoch (Standard Webhooks).",
    "webhook-signature": "`v1,` and the base64 of the HMAC-SHA256 over ID, timestamp and body, joined by dots. The "
    "key is what the secret's base64 decodes to (Standard Webhooks).",
}

JUDGED = {
    "2XX": "Delivered.",
    "400": "Final: this delivery is given up. So are 401, 403, 404 and 406.",
    "410": "Final, and the webhook is removed.",
    "default": "Tried again with growing delays, for over a day: redirects, dropped connections and silence too.",
}


def server(prefix: str) -> str:
    """What is said of a prefix."""
    if not prefix:
        return "The root."
    return "Canonical." if prefix == "/v1" else "The same, for clients that ask here."
