"""Who listens, as the feeder sees them: those who were told everything so far, and those who were not."""

from webhook_server.stream.client import Client
from wire.ids import AppUserId


class Audience:
    """Clients that are live, by app user, and clients that are behind. Belongs to the feeder's thread."""

    def __init__(self) -> None:
        self._live: dict[AppUserId, set[Client]] = {}
        self._behind: set[Client] = set()

    def __bool__(self) -> bool:
        """Whether anybody listens."""
        return bool(self._live or self._behind)

    def live(self, app_user_id: AppUserId) -> tuple[Client, ...]:
        """The app user's clients that are live."""
        return tuple(self._live.get(app_user_id, ()))

    def all(self, app_user_id: AppUserId) -> tuple[Client, ...]:
        """The app user's clients."""
        behind = (client for client in self._behind if client.listening.app_user_id == app_user_id)
        return (*self.live(app_user_id), *behind)

    def ready(self) -> tuple[Client, ...]:
        """Those who are behind and have room for more."""
        return tuple(client for client in self._behind if client.unwritten == 0)

    def come(self, client: Client) -> None:
        """Somebody came, and was told nothing yet."""
        self._behind.add(client)

    def catch_up(self, client: Client) -> None:
        """A client was told everything so far."""
        client.behind = False
        self._behind.discard(client)
        self._live.setdefault(client.listening.app_user_id, set()).add(client)

    def fall_behind(self, client: Client) -> None:
        """A client cannot be told more for now. Whoever writes to it knows that before its room is looked at again."""
        client.behind = True
        self.leave(client)
        self._behind.add(client)

    def leave(self, client: Client) -> None:
        """A client is gone."""
        whose = client.listening.app_user_id
        self._behind.discard(client)
        others = self._live.get(whose)
        if others is not None:
            others.discard(client)
            if not others:
                del self._live[whose]
