"""People and user groups."""

from sandbox.documented.method import Method, Tier, method

METHODS: tuple[Method, ...] = (
    method(
        "usergroups.list",
        Tier.TWO,
        scopes="usergroups:read",
        optional="include_count include_disabled include_users team_id",
        output="usergroups:usergroup",
        errors="invalid_cursor invalid_team missing_argument plan_upgrade_required users_not_found",
    ),
    method(
        "usergroups.users.list",
        Tier.TWO,
        scopes="usergroups:read",
        required="usergroup",
        optional="include_disabled team_id",
        output="users",
        errors="invalid_cursor no_such_subteam plan_upgrade_required",
    ),
    method(
        "users.conversations",
        Tier.THREE,
        scopes="groups:read im:read mpim:read channels:read",
        optional="cursor exclude_archived exclude_muted limit team_id types user",
        output="channels:conversation",
        errors=(
            "invalid_cursor invalid_limit invalid_types method_not_supported_for_channel_type missing_argument "
            "missing_scope"
        ),
    ),
    method(
        "users.info",
        Tier.FOUR,
        scopes="users:read",
        required="user",
        optional="include_locale",
        output="user:user users",
        errors="too_many_users user_not_found user_not_visible",
    ),
    method(
        "users.list",
        Tier.TWO,
        scopes="users:read",
        optional="cursor include_locale limit team_id",
        output="members:user cache_ts offset",
        errors="invalid_cursor limit_required missing_argument",
    ),
    method(
        "users.lookupByEmail",
        Tier.THREE,
        scopes="users:read.email",
        required="email",
        output="user:user",
        errors="enterprise_is_restricted users_not_found",
    ),
    method(
        "users.profile.get",
        Tier.FOUR,
        scopes="users.profile:read",
        optional="include_labels user",
        output="profile:profile",
        errors="ratelimited token_revoked user_not_found",
    ),
)
