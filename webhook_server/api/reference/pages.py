"""The OpenAPI document and the page that shows it: Swagger UI, served by ourselves (decision 0008)."""

import gzip
from collections.abc import Callable, Iterable
from functools import cache
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, Response, request
from werkzeug.exceptions import NotFound

from webhook_server.api.answers import dump
from webhook_server.api.house import House
from webhook_server.api.reference.document import document
from webhook_server.api.table.operations import Resource

DOCUMENT = "/openapi.json"
PAGE = "/docs"
PATHS = (DOCUMENT, PAGE, f"{PAGE}/<name>")
"""What is answered here, which the document itself leaves out."""

_OURS = {"start.js", "looks.css"}
_THEIRS = {"swagger-ui-bundle.js", "swagger-ui.css", "favicon-32x32.png"}
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".png": "image/png"}


class Reference:
    """The reference over HTTP, open to everyone. Made once, when first asked for."""

    def __init__(self, house: House, documented: Iterable[Resource]) -> None:
        settings = house.settings
        self._document = cache(
            lambda: dump(document(documented, app_id=settings.sk_app_id, public_url=settings.sk_public_url)).encode()
        )
        self._policy = _policy(settings.sk_public_url)

    def install(self, app: Flask) -> None:
        """Let `app` answer it."""
        views: tuple[Callable[..., Response], ...] = (self.document, self.page, self.file)
        for path, view in zip(PATHS, views, strict=True):
            app.add_url_rule(path, f"GET {path}", view, methods=["GET"])

    def document(self) -> Response:
        """GET /openapi.json."""
        return _fresh(self._document(), "application/json")

    def page(self) -> Response:
        """GET /docs."""
        response = _fresh(_our("index.html"), "text/html; charset=utf-8")
        response.headers["Content-Security-Policy"] = self._policy
        return response

    def file(self, name: str) -> Response:
        """GET /docs/{name}: what the page is made of."""
        if name not in _OURS and name not in _THEIRS:
            raise NotFound
        return _fresh(_our(name) if name in _OURS else _their(name), _TYPES[Path(name).suffix])


def _policy(public_url: str) -> str:
    """The page is made of our own files alone, its icons are in the style sheet, and it asks nobody but this server."""
    public = urlsplit(public_url)
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        f"connect-src 'self' {public.scheme}://{public.netloc}; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )


@cache
def _our(name: str) -> bytes:
    return Path(__file__).with_name("page").joinpath(name).read_bytes()


@cache
def _their(name: str) -> bytes:
    return resources.files("flask_swagger_ui").joinpath("dist", name).read_bytes()


@cache
def _compressed(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)


def _fresh(body: bytes, content_type: str) -> Response:
    """An answer that a browser may keep, if it asks each time whether it is still the same."""
    response = Response(content_type=content_type)
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Vary"] = "Accept-Encoding"
    if request.accept_encodings["gzip"]:
        response.set_data(_compressed(body))
        response.headers["Content-Encoding"] = "gzip"
    else:
        response.set_data(body)
    response.add_etag()
    response.make_conditional(request)
    return response
