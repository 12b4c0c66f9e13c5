"""A scene for one row of the table: an app user who has written, a webhook, an upload, and ways to ask."""

import itertools
import time
from urllib.parse import quote

import jwt

_numbers = itertools.count(1)


class Scene:
    """One app user, and whatever else a row's path and body name; `close` puts away what an app has few of."""

    def __init__(self, office, user=None):
        self.office = office
        self.user = user or f"user-{next(_numbers)}"
        self.internal_id = office.say(quote(self.user, safe=""), "first words")["conversation"]["appUsers"][0]
        self._webhook = self._media = None

    @property
    def webhook(self):
        """The `_id` of a webhook."""
        self._webhook = self._webhook or self.office.register("https://app.example.org/hook")["_id"]
        return self._webhook

    @property
    def media(self):
        """The `mediaUrl` of an upload."""
        if self._media is None:
            from contract_table import picture  # noqa: PLC0415 - the table needs this module's sister alone

            answer = self.office.as_app(
                "POST", "/v1/attachments?access=public", data=picture()(), content_type="multipart/form-data"
            )
            assert answer.status_code == 201, answer.text
            self._media = answer.json["mediaUrl"]
        return self._media

    def close(self):
        """An app has ten webhooks at most: put away whatever was made."""
        for webhook in self.office.as_app("GET", "/v1/webhooks").json["webhooks"]:
            self.office.as_app("DELETE", f"/v1/webhooks/{webhook['_id']}")

    def path(self, row, prefix="/v1", user=None):
        """The row's path, its IDs encoded."""
        path = row.path.replace("{user}", quote(user or self.user, safe=""))
        if "{webhook}" in path:
            path = path.replace("{webhook}", self.webhook)
        return prefix + path + (f"?{row.query}" if row.query else "")

    def body(self, row):
        """The row's body, with what it names."""
        return self._filled(row.body)

    def _filled(self, value):
        if isinstance(value, dict):
            return {name: self._filled(one) for name, one in value.items()}
        if not isinstance(value, str):
            return value
        value = value.replace("{user}", self.user)
        return value.replace("{media}", self.media) if "{media}" in value else value

    def ask(self, row, *, path=None, prefix="/v1", user=None, token=None, headers=None, body=None, **options):
        """Send the row's request. Without `token` and `headers` the app's backend asks."""
        if token is None and headers is None:
            token = self.office.token({"scope": "app"})
        if body is None and "data" not in options:
            body = self.body(row)
            if row.form:
                options |= {"data": row.form(), "content_type": "multipart/form-data"}
        path = path or self.path(row, prefix, user)
        return self.office.call(row.method, path, body, token=token, headers=headers, **options)

    def token_of(self, user):
        return self.office.token({"scope": "appUser", "userId": user})


def bad_tokens(office):
    """Tokens that open nothing, by name."""
    now = int(time.time())
    app = {"scope": "app"}
    return {
        "unsigned": office.token(app, secret="", algorithm="none"),
        "signed with another secret": office.token(app, secret="another secret of some length, too"),
        "another algorithm": office.token(app, algorithm="HS512"),
        "unknown kid": office.token(app, kid="key2"),
        "no kid": jwt.encode(app, office.settings.sk_secret, "HS256"),
        "no scope": office.token({}),
        "another scope": office.token({"scope": "account"}),
        "appUser without userId": office.token({"scope": "appUser"}),
        "userId is a number": office.token({"scope": "appUser", "userId": 7}),
        "userId is a list": office.token({"scope": "appUser", "userId": ["ann"]}),
        "expired for more than a minute": office.token(app | {"exp": now - 62}),
        "issued more than a minute ahead": office.token(app | {"iat": now + 90}),
        "no JWT": "x.y.z",
    }


BAD_TOKENS = (
    "unsigned",
    "signed with another secret",
    "another algorithm",
    "unknown kid",
    "no kid",
    "no scope",
    "another scope",
    "appUser without userId",
    "userId is a number",
    "userId is a list",
    "expired for more than a minute",
    "issued more than a minute ahead",
    "no JWT",
)

BAD_HEADERS = {
    "no credentials": {},
    "Basic authentication": {"Authorization": "Basic a2V5MTpzZWNyZXQ="},
    "Bearer without a token": {"Authorization": "Bearer"},
    "another app token": {"app-token": "apt_other"},
    "an empty app token": {"app-token": ""},
    "a bad JWT beside the app token": {"Authorization": "Bearer x", "app-token": "apt_test"},
}
