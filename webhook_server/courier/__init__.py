"""The courier: hands over what waits."""

from webhook_server.courier.courier import Courier

__all__ = ["Courier"]
