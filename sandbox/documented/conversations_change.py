"""Methods that change a conversation."""

from sandbox.documented.method import Method, Tier, method

METHODS: tuple[Method, ...] = (
    method(
        "conversations.archive",
        Tier.TWO,
        scopes="groups:write im:write mpim:write channels:write channels:manage",
        required="channel",
        errors=(
            "already_archived cant_archive_general cant_archive_required channel_not_found "
            "method_not_supported_for_channel_type missing_scope not_in_channel restricted_action"
        ),
        takes_json=True,
    ),
    method(
        "conversations.create",
        Tier.TWO,
        scopes="groups:write im:write mpim:write channels:write channels:manage",
        required="name",
        optional="is_private team_id",
        output="channel:conversation",
        errors=(
            "cannot_create_channel canvas_disabled_user_team invalid_name invalid_name_maxlength "
            "invalid_name_punctuation invalid_name_required invalid_name_specials missing_argument missing_scope "
            "name_taken no_channel restricted_action"
        ),
        takes_json=True,
    ),
    method(
        "conversations.invite",
        Tier.THREE,
        scopes="channels:write.invites groups:write.invites channels:manage groups:write im:write mpim:write",
        required="channel users",
        optional="force",
        output="channel:conversation group:conversation errors",
        errors=(
            "already_in_channel app_cannot_join_channel cant_invite cant_invite_self channel_not_found "
            "external_channel_migrating invitee_cant_see_channel is_archived method_not_supported_for_channel_type "
            "missing_scope no_external_invite_permission no_permission no_user not_in_channel org_user_not_in_team "
            "ura_max_channels user_is_restricted user_not_found"
        ),
        takes_json=True,
    ),
    method(
        "conversations.join",
        Tier.THREE,
        scopes="channels:join",
        required="channel",
        output="channel:conversation",
        errors=(
            "channel_is_limited_access channel_not_found is_archived method_not_supported_for_channel_type "
            "missing_scope too_many_members"
        ),
        takes_json=True,
    ),
    method(
        "conversations.kick",
        Tier.THREE,
        scopes="groups:write channels:manage",
        required="channel",
        optional="user",
        output="errors",
        errors=(
            "cant_kick_from_general cant_kick_self channel_not_found method_not_supported_for_channel_type "
            "missing_scope not_in_channel not_supported restricted_action user_not_found"
        ),
        takes_json=True,
    ),
    method(
        "conversations.leave",
        Tier.THREE,
        scopes="groups:write im:write mpim:write channels:write channels:manage",
        required="channel",
        output="not_in_channel",
        errors=(
            "cant_leave_general channel_not_found is_archived last_member method_not_supported_for_channel_type "
            "missing_scope user_is_restricted"
        ),
        takes_json=True,
    ),
    method(
        "conversations.mark",
        Tier.THREE,
        scopes="groups:write im:write mpim:write channels:write channels:manage",
        required="channel ts",
        errors="channel_not_found invalid_timestamp not_in_channel",
        takes_json=True,
    ),
    method(
        "conversations.open",
        Tier.THREE,
        scopes="channels:manage groups:write im:write mpim:write",
        optional="channel return_im users prevent_creation",
        output="already_open no_op channel:conversation app_home home_view",
        errors=(
            "channel_not_found invalid_user_combination method_not_supported_for_channel_type missing_scope "
            "not_enough_users too_many_users user_disabled user_not_found user_not_visible users_list_not_supplied"
        ),
        takes_json=True,
    ),
    method(
        "conversations.rename",
        Tier.TWO,
        scopes="groups:write im:write mpim:write channels:write channels:manage",
        required="channel name",
        output="channel:conversation",
        errors=(
            "channel_not_found invalid_name invalid_name_maxlength invalid_name_punctuation invalid_name_required "
            "invalid_name_specials is_archived method_not_supported_for_channel_type missing_scope name_taken "
            "not_authorized not_in_channel"
        ),
        takes_json=True,
    ),
    method(
        "conversations.setPurpose",
        Tier.TWO,
        scopes=(
            "channels:write.topic groups:write.topic mpim:write.topic im:write.topic channels:manage groups:write "
            "im:write mpim:write"
        ),
        required="channel purpose",
        output="channel:conversation",
        errors=(
            "channel_not_found is_archived method_not_supported_for_channel_type missing_scope not_in_channel "
            "too_long user_is_restricted"
        ),
        takes_json=True,
    ),
    method(
        "conversations.setTopic",
        Tier.TWO,
        scopes=(
            "channels:write.topic groups:write.topic mpim:write.topic im:write.topic channels:manage groups:write "
            "im:write mpim:write"
        ),
        required="channel topic",
        output="channel:conversation",
        errors=(
            "channel_not_found is_archived method_not_supported_for_channel_type missing_scope not_in_channel "
            "too_long user_is_restricted"
        ),
        takes_json=True,
    ),
    method(
        "conversations.unarchive",
        Tier.TWO,
        scopes="groups:write im:write mpim:write channels:write channels:manage",
        required="channel",
        errors="channel_not_found method_not_supported_for_channel_type missing_scope not_archived",
        takes_json=True,
    ),
)
