"""What people and apps pin to messages and channels."""

from sandbox.documented.method import Method, Tier, method

METHODS: tuple[Method, ...] = (
    method(
        "bookmarks.add",
        Tier.TWO,
        scopes="bookmarks:write",
        required="title type",
        optional="channel_id link emoji entity_id access_level parent_id",
        output="bookmark:bookmark",
        errors=(
            "access_denied cannot_bookmark_from_external_org cannot_bookmark_restricted_sharing_enabled "
            "channel_not_found file_already_added file_not_found invalid_app_action_type invalid_bookmark_type "
            "invalid_child_type invalid_emoji invalid_entity_id invalid_link invalid_parent_type "
            "invalid_shortcut_type not_implemented parent_bookmark_disabled parent_with_link permission_denied "
            "slack_connect_blocked_file_type slack_connect_clip_sharing_blocked "
            "slack_connect_file_upload_sharing_blocked too_many_bookmarks too_many_requests too_many_tabs"
        ),
        takes_json=True,
    ),
    method(
        "pins.add",
        Tier.TWO,
        scopes="pins:write",
        required="channel",
        optional="timestamp",
        errors=(
            "already_pinned bad_timestamp channel_not_found external_channel_migrating file_not_found "
            "file_not_shared message_not_found no_item_specified not_in_channel not_pinnable restricted_action "
            "too_many_pins"
        ),
        takes_json=True,
    ),
    method(
        "reactions.add",
        Tier.THREE,
        scopes="reactions:write",
        required="name timestamp channel",
        errors=(
            "already_reacted bad_timestamp channel_not_found external_channel_migrating invalid_name is_archived "
            "message_not_found no_access no_item_specified not_reactable thread_locked too_many_emoji "
            "too_many_reactions"
        ),
        takes_json=True,
    ),
    method(
        "reactions.get",
        Tier.THREE,
        scopes="reactions:read",
        optional="channel file file_comment full timestamp",
        output="comment message:message type channel file",
        errors=(
            "bad_timestamp channel_not_found file_comment_not_found file_not_found message_not_found no_item_specified"
        ),
    ),
    method(
        "reactions.remove",
        Tier.TWO,
        scopes="reactions:write",
        required="name",
        optional="file file_comment channel timestamp",
        errors=(
            "bad_timestamp channel_not_found external_channel_migrating file_comment_not_found file_not_found "
            "invalid_name message_not_found no_access no_item_specified no_reaction thread_locked"
        ),
        takes_json=True,
    ),
)
