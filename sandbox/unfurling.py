"""Link previews: a moment after a post, Slack changes the message to carry them."""

import re
from urllib.parse import urlsplit

from sandbox.identifiers import JsonObject

MOST_PREVIEWS = 5
_LINK = re.compile(r"<(https?://[^<>|]+)(?:\|[^<>]*)?>")
_IMAGE = re.compile(r"\.(?:png|jpe?g|gif|webp)$", re.IGNORECASE)


def previews(text: str, *, links: bool, media: bool) -> list[JsonObject]:
    """Attachments for the links in stored text, as far as previews are wanted and the public can reach the links."""
    found = dict.fromkeys(_LINK.findall(text))
    wanted = [url for url in found if (media if _is_image(url) else links) and _is_public(url)]
    return [_preview(url, number) for number, url in enumerate(wanted[:MOST_PREVIEWS], start=1)]


def _is_image(url: str) -> bool:
    return bool(_IMAGE.search(urlsplit(url).path))


def _is_public(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    return "." in host and not host.startswith("127.") and not host.endswith("slack.com")


def _preview(url: str, number: int) -> JsonObject:
    host = urlsplit(url).hostname or url
    preview: JsonObject = {"id": number, "from_url": url, "original_url": url, "fallback": host, "service_name": host}
    if _is_image(url):
        return preview | {"image_url": url}
    return preview | {"title": host, "title_link": url, "text": url}
