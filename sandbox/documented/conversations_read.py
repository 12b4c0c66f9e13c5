"""Methods that read a conversation."""

from sandbox.documented.method import Method, Tier, method

METHODS: tuple[Method, ...] = (
    method(
        "conversations.history",
        Tier.THREE,
        scopes="groups:history im:history mpim:history channels:history",
        required="channel",
        optional="cursor include_all_metadata inclusive latest limit oldest",
        output=(
            "messages:message has_more pin_count channel_actions_ts channel_actions_count oldest is_limited latest "
            "unread_count_display users deleted mutation_timestamps deleted_overflow next_ts latest_updates "
            "unchanged_messages"
        ),
        errors=(
            "channel_is_limited_access channel_not_found invalid_cursor invalid_metadata_filter_keys "
            "invalid_ts_latest invalid_ts_oldest not_in_channel"
        ),
        takes_json=True,
    ),
    method(
        "conversations.info",
        Tier.THREE,
        scopes="groups:read im:read mpim:read channels:read",
        required="channel",
        optional="include_locale include_num_members",
        output="app_home channel:conversation home_view",
        errors="channel_is_limited_access channel_not_found missing_scope",
    ),
    method(
        "conversations.list",
        Tier.TWO,
        scopes="groups:read im:read mpim:read channels:read",
        optional="cursor exclude_archived limit team_id types",
        output="channels:conversation",
        errors=(
            "invalid_cursor invalid_limit invalid_types method_not_supported_for_channel_type missing_argument "
            "missing_scope"
        ),
    ),
    method(
        "conversations.members",
        Tier.FOUR,
        scopes="groups:read im:read mpim:read channels:read",
        required="channel",
        optional="cursor limit",
        output="members",
        errors=(
            "channel_not_found fetch_members_failed invalid_cursor invalid_limit "
            "method_not_supported_for_channel_type missing_scope"
        ),
    ),
    method(
        "conversations.replies",
        Tier.THREE,
        scopes="groups:history im:history mpim:history channels:history",
        required="channel ts",
        optional="cursor include_all_metadata inclusive latest limit oldest",
        output="has_more messages:message latest_updates unchanged_messages",
        errors=(
            "channel_not_found invalid_cursor invalid_metadata_filter_keys invalid_ts_latest invalid_ts_oldest "
            "list_record_comment_fetch_failed method_not_supported_for_channel_type missing_scope thread_not_found"
        ),
    ),
)
