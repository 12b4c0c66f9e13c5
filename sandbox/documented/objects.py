"""The keys that Slack's nested objects may have, by kind."""

from collections.abc import Mapping


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


OBJECT_KEYS: Mapping[str, frozenset[str]] = {
    "conversation": _words(
        "id name is_channel is_group is_im is_mpim is_private created is_archived is_general unlinked name_normalized "
        "is_read_only is_shared is_frozen is_org_shared is_pending_ext_shared pending_shared context_team_id updated "
        "parent_conversation creator is_ext_shared shared_team_ids pending_connected_team_ids is_member last_read "
        "latest unread_count unread_count_display topic purpose properties previous_names priority num_members locale "
        "user is_user_deleted is_open"
    ),
    "message": _words(
        "type subtype user team bot_id app_id bot_profile username icons text blocks attachments ts thread_ts "
        "parent_user_id reply_count reply_users reply_users_count latest_reply subscribed is_locked last_read "
        "unread_count edited metadata files upload display_as_bot reactions permalink inviter topic purpose name "
        "old_name root hidden client_msg_id pinned_to pinned_info is_starred members"
    ),
    "user": _words(
        "id team_id name deleted color real_name tz tz_label tz_offset profile is_admin is_owner is_primary_owner "
        "is_restricted is_ultra_restricted is_bot is_app_user is_stranger is_invited_user updated has_2fa locale "
        "is_email_confirmed who_can_share_contact_card enterprise_user always_active two_factor_type"
    ),
    "profile": _words(
        "title phone skype real_name real_name_normalized display_name display_name_normalized fields status_text "
        "status_emoji status_emoji_display_info status_expiration avatar_hash first_name last_name email pronouns "
        "start_date huddle_state huddle_state_expiration_ts image_original image_24 image_32 image_48 image_72 "
        "image_192 image_512 image_1024 is_custom_image team api_app_id bot_id always_active"
    ),
    "team": _words("id name domain url email_domain icon avatar_base_url is_verified enterprise_id enterprise_name"),
    "bot": _words("id deleted name updated app_id user_id icons team_id"),
    "file": _words(
        "id created timestamp name title mimetype filetype pretty_type user user_team editable size mode is_external "
        "external_type is_public public_url_shared display_as_bot username url_private url_private_download permalink "
        "permalink_public comments_count is_starred shares channels groups ims has_rich_preview alt_txt thumb_64 "
        "thumb_80 thumb_160 thumb_360 thumb_360_w thumb_360_h original_w original_h file_access preview edit_link"
    ),
    "view": _words(
        "id team_id type title submit close blocks private_metadata callback_id external_id state hash clear_on_close "
        "notify_on_close submit_disabled root_view_id previous_view_id app_id app_installed_team_id bot_id"
    ),
    "bookmark": _words(
        "id channel_id title link emoji icon_url type entity_id date_created date_updated rank last_updated_by_user_id "
        "last_updated_by_team_id shortcut_id app_id"
    ),
    "usergroup": _words(
        "id team_id is_usergroup name description handle is_external date_create date_update date_delete auto_type "
        "created_by updated_by deleted_by prefs user_count users"
    ),
}
