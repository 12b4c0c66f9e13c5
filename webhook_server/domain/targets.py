"""Where webhooks may point: http URLs, and addresses of the open internet unless private ones are allowed."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

TARGET_BYTES = 2048

_NAT64 = IPv6Network("64:ff9b::/96")
_LOCAL = tuple(map(IPv6Network, ("fec0::/10", "::/96", "::ffff:0:0:0/96", "64:ff9b:1::/48")))
"""Site-local, IPv4-compatible, IPv4-translated and local NAT64 addresses: Python may take them for global ones."""


class BadTargetError(ValueError):
    """The text is no URL that a webhook can be sent to."""


def host_and_port(target: str) -> tuple[str, int]:
    """Host and port of a webhook's URL.

    Raises:
        BadTargetError: it is no http or https URL, or carries a fragment, white space or control characters.
    """
    if len(target.encode()) > TARGET_BYTES or any(ord(char) <= ord(" ") or char == "\x7f" for char in target):
        raise BadTargetError(target)
    try:
        parts = urlsplit(target)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
    except ValueError as error:
        raise BadTargetError(target) from error
    if not port or not parts.hostname or parts.fragment:
        raise BadTargetError(target)
    return parts.hostname, port


def is_public(address: str) -> bool:
    """Whether a numeric address belongs to the open internet. IPv4 inside of IPv6 counts as itself."""
    parsed = _embedded(ip_address(address.partition("%")[0]))
    local = isinstance(parsed, IPv6Address) and any(parsed in network for network in _LOCAL)
    return parsed.is_global and not parsed.is_multicast and not local


def _embedded(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address.sixtofour:
        return address.sixtofour
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address
