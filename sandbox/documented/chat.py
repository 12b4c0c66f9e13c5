"""Messages that an app writes."""

from sandbox.documented.method import Method, Tier, method

METHODS: tuple[Method, ...] = (
    method(
        "chat.delete",
        Tier.THREE,
        scopes="chat:write",
        required="ts channel",
        optional="as_user",
        output="channel ts",
        errors="cant_delete_message channel_not_found message_not_found",
        takes_json=True,
    ),
    method(
        "chat.getPermalink",
        Tier.SPECIAL,
        required="channel message_ts",
        output="permalink channel",
        errors="channel_not_found message_not_found",
    ),
    method(
        "chat.postEphemeral",
        Tier.FOUR,
        scopes="chat:write",
        required="user channel",
        optional=(
            "as_user attachments blocks icon_emoji icon_url link_names markdown_text metadata parse text thread_ts "
            "username"
        ),
        output="message_ts",
        errors=(
            "cannot_reply_to_message channel_not_found invalid_attachments invalid_blocks invalid_blocks_format "
            "is_archived markdown_text_conflict message_limit_exceeded messages_tab_disabled msg_too_long no_text "
            "not_in_channel restricted_action too_many_attachments user_not_in_channel"
        ),
        takes_json=True,
    ),
    method(
        "chat.postMessage",
        Tier.POSTING,
        scopes="chat:write",
        required="channel",
        optional=(
            "as_user attachments blocks current_draft_last_updated_ts icon_emoji icon_url link_names markdown_text "
            "metadata mrkdwn parse reply_broadcast text thread_ts unfurl_links unfurl_media username"
        ),
        output="channel ts message:message is_duplicate",
        errors=(
            "app_access_restricted as_user_not_supported attachment_payload_limit_exceeded cannot_reply_to_message "
            "channel_not_found draft_already_deleted draft_already_sent draft_has_conflict draft_not_found "
            "duplicate_channel_not_found duplicate_message_not_found ekm_access_denied invalid_blocks "
            "invalid_blocks_format invalid_metadata_format invalid_metadata_schema is_archived "
            "markdown_text_conflict message_limit_exceeded messages_tab_disabled metadata_must_be_sent_from_app "
            "metadata_too_large missing_file_data msg_blocks_too_long no_text not_in_channel rate_limited "
            "restricted_action restricted_action_non_threadable_channel restricted_action_read_only_channel "
            "restricted_action_thread_locked restricted_action_thread_only_channel send_on_behalf_not_allowed "
            "slack_connect_canvas_sharing_blocked slack_connect_file_link_sharing_blocked "
            "slack_connect_lists_sharing_blocked team_not_found too_many_attachments too_many_contact_cards"
        ),
        takes_json=True,
    ),
    method(
        "chat.update",
        Tier.THREE,
        scopes="chat:write",
        required="ts channel",
        optional=(
            "as_user attachments unfurled_attachments blocks markdown_text metadata link_names parse text "
            "reply_broadcast file_ids"
        ),
        output="channel ts text message:message",
        errors=(
            "as_user_not_supported block_mismatch blocked_file_type cant_broadcast_message cant_update_message "
            "channel_not_found edit_window_closed external_channel_migrating file_deleted file_is_deleted "
            "file_not_found file_share_limit_reached invalid_attachments invalid_blocks invalid_blocks_format "
            "invalid_metadata_format invalid_metadata_schema is_inactive markdown_text_conflict "
            "max_file_sharing_exceeded message_limit_exceeded message_not_found metadata_must_be_sent_from_app "
            "metadata_too_large msg_too_long no_dual_broadcast_content_update no_text posting_to_channel_denied "
            "slack_connect_blocked_file_type slack_connect_canvas_sharing_blocked "
            "slack_connect_clip_sharing_blocked slack_connect_file_link_sharing_blocked "
            "slack_connect_file_upload_sharing_blocked streaming_state_conflict team_not_found too_many_attachments "
            "unable_to_share_files update_failed"
        ),
        takes_json=True,
    ),
)
