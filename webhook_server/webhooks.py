"""Webhooks out: what is sent, how it is signed (Standard Webhooks), and what an answer means."""

import base64
import hmac
import json
import secrets
from dataclasses import dataclass
from hashlib import sha256

import requests

from webhook_server import agents_wording as wording
from webhook_server.api import shapes
from webhook_server.domain.handovers import Event, Parcel
from webhook_server.domain.retry import FINAL_STATUSES, GONE
from webhook_server.domain.triggers import MERGE
from webhook_server.domain.values import Message, Webhook
from webhook_server.media.links import Links
from webhook_server.outbound import Outbound, PrivateAddressError, TooSlowError

_PREFIX = "whsec_"
_USER_AGENT = "err-sk-webhooks/1"


@dataclass(frozen=True, slots=True)
class Delivered:
    """The target answered 2xx."""

    status: int


@dataclass(frozen=True, slots=True)
class Failed:
    """The target did not take it. `final`: it never will; `gone`: it wants no more at all."""

    reason: str
    final: bool = False
    gone: bool = False


def new_secret() -> str:
    """A webhook's secret, as Standard Webhooks writes it."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def payload(app_id: str, links: Links, parcel: Parcel) -> bytes:
    """The body that tells a webhook of a message or an event."""
    about = parcel.about
    message = about.message if isinstance(about, Event) else about
    user = shapes.app_user(parcel.app_user, parcel.devices)
    body = {
        "trigger": parcel.trigger,
        "app": {"_id": app_id},
        **(about.fields if isinstance(about, Event) else {}),
        **({"messages": [shapes.message(message, links)]} if message else {}),
        **({"surviving": user} if parcel.trigger == MERGE else {}),
        "appUser": user,
        "version": "v1",
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def headers(webhook: Webhook, webhook_id: str, body: bytes, now: float) -> dict[str, str]:
    """The headers that prove who sends `body`, for a try made at `now`. `webhook_id` is the same in every try."""
    timestamp = str(int(now))
    return {
        "Content-Type": "application/json",
        "User-Agent": _USER_AGENT,
        "X-API-Key": webhook.secret,
        "webhook-id": webhook_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": _signature(webhook.secret, webhook_id, timestamp, body),
    }


def send(outbound: Outbound, app_id: str, links: Links, parcel: Parcel, now: float) -> Delivered | Failed:
    """Try once to tell the parcel's webhook."""
    if parcel.webhook is None:
        raise ValueError("this hand-over goes to the bot")
    body = payload(app_id, links, parcel)
    signed = headers(parcel.webhook, _webhook_id(parcel.about), body, now)
    try:
        status = outbound.post(parcel.webhook.target, body, signed)
    except TooSlowError:
        return Failed(wording.target_silent(outbound.seconds))
    except PrivateAddressError:
        return Failed(wording.target_not_public())
    except requests.exceptions.SSLError:
        return Failed(wording.target_certificate())
    except (requests.ConnectTimeout, requests.ConnectionError) as error:
        return Failed(_unreachable(error))
    except (requests.RequestException, UnicodeError):
        return Failed(wording.target_unreachable())
    return judge(status)


def judge(status: int) -> Delivered | Failed:
    """What an answer with this status means."""
    if 200 <= status < 300:  # noqa: PLR2004 - HTTP's range of success
        return Delivered(status)
    return Failed(wording.target_answered(status), final=status in FINAL_STATUSES, gone=status == GONE)


def _webhook_id(about: Message | Event) -> str:
    return f"evt_{about.id}" if isinstance(about, Event) else f"msg_{about.id}"


def _signature(secret: str, webhook_id: str, timestamp: str, body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    signed = f"{webhook_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, sha256).digest()).decode()


def _unreachable(error: requests.ConnectionError) -> str:
    """Connections that never came about, apart from those that broke."""
    cause = error.args[0] if error.args else None
    broke = type(cause).__name__ == "ProtocolError"
    return wording.target_dropped() if broke else wording.target_unreachable()
