"""What an app's backend does with PyPI's `smooch`; prints what the client made of the answers, step by step.

Arguments: the server's URL, the app's ID, its JWT, a new userId, an image file and a webhook's target.
"""

import json
import sys

import smooch
from smooch.rest import ApiException

URL, APP_ID, JWT, USER_ID, IMAGE, TARGET = sys.argv[1:]

BY_APP = not hasattr(smooch, "InitApi")
"""From version 2 on every call names the app first, and the address has no version in it."""

steps = {}


def main():
    """One customer from beginning to end."""
    smooch.configuration.api_key["Authorization"] = JWT
    smooch.configuration.api_key_prefix["Authorization"] = "Bearer"
    client = smooch.ApiClient(URL if BY_APP else f"{URL}/v1")
    users, talk, hooks = smooch.AppUserApi(client), smooch.ConversationApi(client), smooch.WebhookApi(client)
    scope = (APP_ID,) if BY_APP else ()
    introduce(client, users, scope)
    write(users, talk, scope)
    attach(smooch.AttachmentsApi(client))
    watch(hooks)
    leave(users, talk, scope)
    json.dump(steps, sys.stdout, default=str)


def introduce(client, users, scope):
    """Create, find, update; introduce a device, where the client can."""
    told = smooch.AppUserPreCreate(
        user_id=USER_ID, given_name="Ann", email="ann@example.com", properties={"plan": "gold"}
    )
    note("create", users.pre_create_app_user, *scope, told)
    note("create_again", users.pre_create_app_user, *scope, told)
    note("get", users.get_app_user, *scope, USER_ID)
    note("update", users.update_app_user, *scope, USER_ID, app_user_update_body=smooch.AppUserUpdate(surname="Lee"))
    note("get_unknown", users.get_app_user, *scope, USER_ID + "-unknown")
    if BY_APP:
        return
    device = smooch.DeviceInit(
        id=f"{USER_ID}-phone", platform="ios", app_version="1.2", info=smooch.ClientInfo(os="iOS", timezone=-60)
    )
    introduced = smooch.Init(device=device, user_id=USER_ID)
    note("init", smooch.InitApi(client).init, introduced)
    note("event", users.track_event, USER_ID, smooch.Event(name="checkout"))


def write(users, talk, scope):
    """Both sides write; the conversation is read, listed and marked."""
    said = smooch.MessagePost(role="appUser", type="text", text="Hällo", metadata={"order": "7"})
    note("send", talk.post_message, *scope, USER_ID, said)
    told = smooch.MessagePost(role="appMaker", type="text", text="Hello Ann", name="Shop", email="shop@example.com")
    note("answer", talk.post_message, *scope, USER_ID, told)
    note("image", users.post_image_message, *scope, USER_ID, source=IMAGE, role="appUser")
    listed = note("list", talk.get_messages, *scope, USER_ID)
    note("list_before", talk.get_messages, *scope, USER_ID, before=str(listed.messages[1].received))
    note("typing", type_something, talk, scope)
    note("read", talk.reset_unread_count, *scope, USER_ID)


def type_something(talk, scope):
    """Typing, as this version of the client calls it."""
    if hasattr(talk, "trigger_typing_activity"):
        typing = smooch.TypingActivityTrigger(role="appMaker", type="typing:start", name="Shop")
        return talk.trigger_typing_activity(*scope, USER_ID, typing)
    typing = smooch.ConversationActivity(role="appMaker", type="typing:start", name="Shop")
    return talk.conversation_activity(*scope, USER_ID, typing)


def attach(attachments):
    """A file is uploaded and, where the client can, removed."""
    uploaded = note("attachment", attachments.upload_attachment, APP_ID, IMAGE, "public")
    if uploaded and hasattr(attachments, "remove_attachment"):
        removed = smooch.AttachmentRemove(media_url=uploaded.media_url)
        note("attachment_removed", attachments.remove_attachment, APP_ID, removed)


def watch(hooks):
    """A webhook's life."""
    wanted = smooch.WebhookCreate(target=TARGET, triggers=["message", "conversation:read"])
    made = note("webhook", hooks.create_webhook, APP_ID, wanted)
    note("webhooks", hooks.list_webhooks, APP_ID)
    note("webhook_found", hooks.get_webhook, APP_ID, made.webhook.id)
    changed = smooch.WebhookUpdate(triggers=["message:appMaker"])
    note("webhook_changed", hooks.update_webhook, APP_ID, made.webhook.id, changed)
    note("webhook_deleted", hooks.delete_webhook, APP_ID, made.webhook.id)
    note("webhook_gone", hooks.get_webhook, APP_ID, made.webhook.id)


def leave(users, talk, scope):
    """Messages and personal data go."""
    note("messages_deleted", talk.delete_messages, *scope, USER_ID)
    note("list_empty", talk.get_messages, *scope, USER_ID)
    note("profile_deleted", users.delete_app_user_profile, *scope, USER_ID)


def note(step, call, *arguments, **named):
    """Keep, and return, what the client made of the answer; of a refusal its status and body."""
    try:
        answer = call(*arguments, **named)
    except ApiException as refused:
        steps[step] = {"status": refused.status, **json.loads(refused.body)}
        return None
    steps[step] = answer.to_dict() if hasattr(answer, "to_dict") else answer
    return answer


main()
