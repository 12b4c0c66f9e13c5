"""Modals and home tabs."""

from sandbox.documented.method import Method, Tier, method

METHODS: tuple[Method, ...] = (
    method(
        "views.open",
        Tier.FOUR,
        required="view",
        optional="trigger_id interactivity_pointer",
        output="view:view",
        errors="duplicate_external_id exchanged_trigger_id expired_trigger_id invalid_trigger_id view_too_large",
        takes_json=True,
    ),
    method(
        "views.publish",
        Tier.FOUR,
        required="user_id view",
        optional="hash interactivity_pointer",
        output="view:view",
        errors=(
            "duplicate_external_id hash_conflict missing_profile_id not_allowed_token_type not_enabled "
            "not_implemented view_too_large"
        ),
        takes_json=True,
    ),
    method(
        "views.push",
        Tier.FOUR,
        required="view",
        optional="trigger_id interactivity_pointer",
        output="view:view",
        errors=(
            "duplicate_external_id exchanged_trigger_id expired_trigger_id invalid_trigger_id not_found "
            "push_limit_reached view_too_large"
        ),
        takes_json=True,
    ),
    method(
        "views.update",
        Tier.FOUR,
        required="view",
        optional="view_id external_id hash",
        output="view:view",
        errors="duplicate_external_id hash_conflict not_found view_too_large",
        takes_json=True,
    ),
)
