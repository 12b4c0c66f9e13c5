"""Which path leads where. Paths here are in the one form that `paths` brings them to."""

from flask import Flask, request

from webhook_server import wording
from webhook_server.api import answers
from webhook_server.api.app_users import AppUsersApi
from webhook_server.api.health import HealthApi
from webhook_server.api.house import House
from webhook_server.api.init import InitApi
from webhook_server.api.messages import MessagesApi
from webhook_server.api.paths import APP_ID, BAD_PATH, IdConverter, RawPaths
from webhook_server.api.webhooks import WebhooksApi
from webhook_server.errors import AppNotFoundError, InvalidRequestError


def install(app: Flask, house: House) -> None:
    """Let `app` answer the App API."""
    app.url_map.merge_slashes = False
    app.url_map.strict_slashes = False
    app.url_map.converters["id"] = IdConverter
    app.wsgi_app = RawPaths(app.wsgi_app)  # type: ignore[method-assign] # Flask's documented way to add middleware
    answers.install(app)
    app.before_request(lambda: _check_path(house.settings.sk_app_id))
    users, messages, webhooks, health = AppUsersApi(house), MessagesApi(house), WebhooksApi(house), HealthApi(house)
    for method, path, view in (
        ("GET", "/healthz", health.up),
        ("GET", "/readyz", health.ready),
        ("POST", "/v1/init", InitApi(house).init),
        ("POST", "/v1/appusers", users.create),
        ("GET", "/v1/appusers/<id:ref>", users.get),
        ("PUT", "/v1/appusers/<id:ref>", users.update),
        ("GET", "/v1/appusers/<id:ref>/conversation", messages.conversation),
        ("POST", "/v1/appusers/<id:ref>/conversation/messages", messages.post),
        ("GET", "/v1/appusers/<id:ref>/messages", messages.page),
        ("POST", "/v1/appusers/<id:ref>/messages", messages.post),
        ("POST", "/v1/webhooks", webhooks.create),
        ("GET", "/v1/webhooks", webhooks.list),
        ("GET", "/v1/webhooks/<id:webhook_id>", webhooks.get),
        ("PUT", "/v1/webhooks/<id:webhook_id>", webhooks.update),
        ("DELETE", "/v1/webhooks/<id:webhook_id>", webhooks.delete),
    ):
        app.add_url_rule(path, f"{method} {path}", view, methods=[method])


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
