"""Uploads in three steps, and what became of them."""

from sandbox.documented.method import Method, Tier, method

METHODS: tuple[Method, ...] = (
    method(
        "files.completeUploadExternal",
        Tier.FOUR,
        scopes="files:write",
        required="files",
        optional="channel_id thread_ts channels initial_comment blocks username icon_url icon_emoji",
        output="files:file",
        errors=(
            "access_denied channel_not_found channels_limit_exceeded file_not_found file_type_not_allowed "
            "file_update_failed file_uploads_except_images_disabled invalid_blocks invalid_channel not_in_channel "
            "posting_to_channel_denied"
        ),
        takes_json=True,
    ),
    method(
        "files.delete",
        Tier.THREE,
        scopes="files:write",
        required="file",
        errors="cant_delete_file delete_not_allowed file_deleted file_deleting_disabled file_not_found",
        takes_json=True,
    ),
    method(
        "files.getUploadURLExternal",
        Tier.FOUR,
        scopes="files:write",
        required="length filename",
        optional="snippet_type alt_txt",
        output="file_id upload_url",
        errors=(
            "alt_txt_too_large file_type_not_allowed file_upload_size_restricted file_uploads_disabled "
            "file_uploads_except_images_disabled missing_argument snippet_too_large storage_limit_reached "
            "unknown_snippet_type unknown_subtype"
        ),
    ),
    method(
        "files.info",
        Tier.FOUR,
        scopes="files:read",
        required="file",
        optional="count cursor limit page",
        output="file:file comments content content_html content_highlight_html",
        errors=(
            "access_denied canvas_disabled_file_team canvas_disabled_user_team canvas_globally_disabled "
            "file_deleted file_not_found not_visible slack_connect_canvas_sharing_blocked template_not_visible"
        ),
    ),
)
