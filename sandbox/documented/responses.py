"""Answers to response URLs and in acknowledgements, which take what a message takes."""

from sandbox.documented.method import Tier, method

RESPONSE_URL = method(
    "response_url",
    Tier.SPECIAL,
    optional="text blocks attachments response_type replace_original delete_original thread_ts mrkdwn metadata parse",
    errors=(
        "expired_url used_url invalid_url no_text channel_not_found is_archived invalid_blocks invalid_blocks_format "
        "msg_blocks_too_long msg_too_long too_many_attachments invalid_attachments invalid_payload"
    ),
    takes_json=True,
)
