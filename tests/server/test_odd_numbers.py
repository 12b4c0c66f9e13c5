"""Numbers that JSON cannot hold do not get in: they could not be told again."""

import pytest


@pytest.mark.parametrize("number", ["1e999", "-1e999", "Infinity", "NaN"])
def test_a_number_that_overflows_is_refused(office, number):
    raw = '{"role": "appUser", "text": "hi", "metadata": {"a": NUMBER}}'.replace("NUMBER", number)
    office.as_app("POST", "/v1/appusers", {"userId": "ann"})
    response = office.client.post(
        "/v1/appusers/ann/messages",
        data=raw,
        content_type="application/json",
        headers={"app-token": office.settings.sk_app_token},
    )
    assert response.status_code == 400
