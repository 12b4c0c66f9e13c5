"""Where an app user writes from, and in which language."""

import pytest

from webhook_server.domain.origin import MOST_CHARACTERS, language, source, within_bounds
from webhook_server.domain.values import Device, Profile


def device(platform="web", info=None):
    return Device("d", platform, 1.0, info=info)


@pytest.mark.parametrize(
    ("devices", "expected"),
    [
        pytest.param((), "api", id="no device"),
        pytest.param((device("iOS"),), "ios", id="in whatever letters"),
        pytest.param((device("web"), device("android")), "android", id="the one seen last"),
        pytest.param((device("beos"),), "other", id="another kind"),
        pytest.param((device("api"),), "other", id="a device that claims to be none"),
    ],
)
def test_the_source_is_what_the_device_runs_that_was_seen_last(devices, expected):
    assert source(devices) == expected


@pytest.mark.parametrize(
    ("info", "properties", "expected"),
    [
        pytest.param({"language": "de"}, {"language": "fr"}, "de", id="the device knows better"),
        pytest.param({"locale": "pt_BR"}, {}, "pt_BR", id="as mobile clients call it"),
        pytest.param({"browserLanguage": "en-GB"}, {}, "en-GB", id="as Smooch's web client calls it"),
        pytest.param(None, {"language": " fr "}, "fr", id="the property"),
        pytest.param({"language": 7, "locale": ""}, {"language": True}, None, id="nonsense"),
        pytest.param(None, {}, None, id="nobody told"),
    ],
)
def test_the_language_is_the_devices_else_the_property(info, properties, expected):
    assert language((device(info=info),), Profile(properties=properties)) == expected


def test_without_a_device_the_property_tells_the_language():
    assert language((), Profile(properties={"language": "de"})) == "de"


def test_properties_beyond_all_bounds_keep_no_message_back():
    found = within_bounds({"a": "x" * MOST_CHARACTERS, "plan": "pro", "vip": True})
    assert found == {"plan": "pro", "vip": True}
