"""What the reference says of each operation, by the operation's ID: a summary in one line, and a description."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of one operation. The description is Markdown."""

    summary: str
    description: str


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
        "Pages of 100, oldest first; without a parameter the latest. Follow `previous` and `next` as they are.",
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
        "Server-sent events, as they happen. Each has an `id` and JSON: a `type`, a `timestamp` in seconds, and what it "
        "is about.\n\n"
        "* `message`: a `message` for the app user.\n"
        "* `delivered`, `failed`: the app user's `message` is in Slack, or was given up.\n"
        "* `read`: the conversation was read, maybe on another device.\n"
        "* `typing:start`, `typing:stop`: with `role` and, where known, `name` and `avatarUrl`. Not kept for those who "
        "come back.\n"
        "* `reset`: something may have been missed. Fetch the messages.\n\n"
        "A comment comes every 15 seconds. When the connection ends, ask again with the last `id` as `Last-Event-ID`: "
        "what happened in between comes first, nothing twice. Events are kept for a day. Open the stream first and fetch "
        "messages then, and nothing falls in between. `EventSource` of browsers sends no credentials: use `fetch`.",
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
        "For a message that you post next, with the `mediaUrl` that you get. What no message refers to within a day is "
        "removed. Smooch's `access=public` is accepted and makes no difference: a link is good for whoever has it.",
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
        "Create a webhook", "We `POST` to `target` whatever `triggers` name. At most ten. Keep the `secret`."
    ),
    "listWebhooks": Words("List webhooks", "All of them, secrets included."),
    "getWebhook": Words("Get a webhook", "Its secret included."),
    "updateWebhook": Words("Update a webhook", "What you leave out stays."),
    "deleteWebhook": Words("Delete a webhook", "What waits for it is given up."),
}
