"""What any method may answer, and what slack.com answers beyond its own reference."""

from collections.abc import Mapping

COMMON_KEYS = frozenset({"ok", "error", "warning", "response_metadata", "needed", "provided", "errors", "req_method"})
"""Keys that may stand beside a method's own: `needed`, `provided` with missing_scope, `errors` with failed invites."""

_ERRORS = (
    "access_denied accesslimited account_inactive deprecated_endpoint ekm_access_denied enterprise_is_restricted "
    "fatal_error internal_error invalid_arg_name invalid_arguments invalid_array_arg invalid_auth invalid_charset "
    "invalid_form_data invalid_json invalid_post_type is_bot json_not_object method_deprecated missing_post_type "
    "missing_scope no_permission not_allowed_token_type not_authed org_login_required ratelimited "
    "request_timeout service_unavailable team_access_not_granted team_added_to_org token_expired token_revoked "
    "two_factor_setup_required unknown_method upgrade_required"
)
COMMON_ERRORS = frozenset(_ERRORS.split())
"""Errors that Slack lists under every method."""

OBSERVED_ERRORS: Mapping[str, frozenset[str]] = {
    "conversations.unarchive": frozenset({"not_in_channel"}),
}
"""Errors that slack.com gives though the method's list lacks them: a bot leaves a channel as it is archived."""
