"""Devices in the ledger."""

from sqlalchemy import Connection, bindparam, delete, insert, select

from webhook_server.domain.values import Device, DeviceId
from webhook_server.ledger import rows
from webhook_server.ledger.prepared import Prepared
from webhook_server.ledger.tables import devices
from wire.ids import AppUserId

_OWNER = select(devices.c.app_user_id).where(devices.c.id == bindparam("device"))
_OF = Prepared(
    select(devices).where(devices.c.app_user_id == bindparam("whose")).order_by(devices.c.last_seen, devices.c.id)
)
_THEIRS = select(devices).where(devices.c.id == bindparam("device"), devices.c.app_user_id == bindparam("whose"))
_FORGET = delete(devices).where(devices.c.id == bindparam("device"))


class Devices:
    """Devices, seen through one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def owner(self, device_id: DeviceId) -> AppUserId | None:
        """Whose device this is."""
        found = self._connection.execute(_OWNER, {"device": device_id}).scalar_one_or_none()
        return AppUserId(found) if found else None

    def of(self, app_user_id: AppUserId) -> tuple[Device, ...]:
        """An app user's devices, the one seen last at the end."""
        return tuple(rows.device(row) for row in _OF.rows(self._connection, whose=app_user_id))

    def keep(self, app_user_id: AppUserId, device: Device) -> None:
        """The device was seen, and is this app user's from now on.

        What it leaves out stays as it told before; but nothing does of what it told while it was somebody else's.
        """
        known = self._connection.execute(_THEIRS, {"device": device.id, "whose": app_user_id}).mappings().one_or_none()
        if known is not None:
            device = rows.device(known).seen_again(device)
        self._connection.execute(_FORGET, {"device": device.id})
        self._connection.execute(insert(devices), {**rows.device_columns(device), "app_user_id": app_user_id})
