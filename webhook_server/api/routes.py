"""Which path leads where. The paths here are in the one form that `paths` brings them to."""

import re
from functools import partial

from flask import Flask, request

from webhook_server import wording
from webhook_server.api import answers, headers
from webhook_server.api.house import House
from webhook_server.api.paths import APP_ID, BAD_PATH, IdConverter, RawPaths
from webhook_server.api.reference.pages import Reference
from webhook_server.api.table import RESOURCES
from webhook_server.api.table.operations import Operation
from webhook_server.errors import AppNotFoundError, InvalidRequestError

PREFIX = "/v1"
"""Every path begins with it when `paths` is done with it."""

_ARGUMENTS = {"id": "ref", "mediaId": "media_id", "name": "name", "webhookId": "webhook_id"}
"""What views call the IDs in paths."""


def install(app: Flask, house: House) -> None:
    """Let `app` answer the App API."""
    app.url_map.merge_slashes = False
    app.url_map.strict_slashes = False
    app.url_map.converters["id"] = IdConverter
    app.wsgi_app = RawPaths(app.wsgi_app)  # type: ignore[method-assign] # Flask's documented way to add middleware
    answers.install(app)
    headers.install(app, house.settings.sk_public_url)
    app.before_request(lambda: _check_path(house.settings.sk_app_id))
    Reference(house, RESOURCES).install(app)
    for resource in RESOURCES:
        api = resource.make(house)
        for operation in resource.operations:
            path = rule(operation)
            name = f"{operation.method} {path}"
            app.add_url_rule(path, name, partial(operation.view, api), methods=[operation.method])


def rule(operation: Operation) -> str:
    """The operation's path in Flask's words."""
    path = re.sub(r"\{(\w+)\}", lambda found: f"<id:{_ARGUMENTS[found[1]]}>", operation.path)
    return path if operation.at_root else PREFIX + path


def _check_path(app_id: str) -> None:
    """Refuse paths that no route can tell apart.

    Raises:
        AppNotFoundError: the path names another app.
        InvalidRequestError: the path is not UTF-8.
    """
    if BAD_PATH in request.environ:
        raise InvalidRequestError(wording.bad_path())
    if request.environ.get(APP_ID, app_id) != app_id:
        raise AppNotFoundError
