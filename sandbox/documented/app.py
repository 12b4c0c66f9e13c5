"""Who is calling, and where it may connect."""

from sandbox.documented.method import Method, Tier, method

METHODS: tuple[Method, ...] = (
    method(
        "api.test",
        Tier.FOUR,
        optional="error",
        output="args",
        takes_json=True,
    ),
    method(
        "apps.connections.open",
        Tier.THREE,
        output="url",
        errors="forbidden_team insecure_request internal_error invalid_auth missing_args",
        takes_json=True,
        app_token=True,
    ),
    method(
        "auth.revoke",
        Tier.THREE,
        optional="test",
        output="revoked",
        errors="internal_error not_bearer_token",
    ),
    method(
        "auth.test",
        Tier.SPECIAL,
        output="user_id url team_id user team app_id app_name enterprise_id bot_id is_enterprise_install expires_in",
        errors="internal_error invalid_auth",
        takes_json=True,
    ),
    method(
        "bots.info",
        Tier.THREE,
        scopes="users:read",
        optional="bot team_id",
        output="bots bot:bot",
        errors="bot_not_found bots_not_found missing_argument team_not_found",
    ),
    method(
        "team.info",
        Tier.THREE,
        scopes="team:read",
        optional="domain team",
        output="team:team teams",
        errors=(
            "enterprise_not_found fail_to_get_teams_for_restricted_user missing_user org_not_found team_not_found "
            "team_not_on_enterprise user_not_found"
        ),
        takes_json=True,
    ),
)
