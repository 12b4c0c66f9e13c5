"""A webhook server that listens on a real socket, for those who listen to it."""

import socket
import threading
from dataclasses import replace

from ears import Ear
from server_fakes import eventually
from server_office import Office

from webhook_server.listener import HttpServer
from webhook_server.stream import Timing


class StreamOffice(Office):
    """`serve` and `end` are start and stop of the process, without the process."""

    timing = Timing()

    def open(self):
        self._outside = replace(self._outside, stream=self.timing)
        super().open()

    def serve(self):
        self.start()
        listening = socket.create_server(("127.0.0.1", 0))
        self.port = listening.getsockname()[1]
        self.http = HttpServer(self.app, listening)
        self._serving = threading.Thread(target=self.http.run)
        self._serving.start()
        return self

    def end(self):
        """Returns once everything has ended."""
        self.http.stop()
        self._serving.join()
        self.http.drain(0.2)
        self.close()

    @property
    def hub(self):
        return self.server.stream

    def listeners(self):
        return self.hub._count

    def ear(self, ref, last_id=None, *, prefix="/v1", headers=None, **options):
        """Somebody who listens to an app user, with the app's credential if `headers` have no other."""
        headers = headers or {"Authorization": f"Bearer {self.token({'scope': 'app'})}"}
        resuming = {} if last_id is None else {"Last-Event-ID": last_id}
        return Ear(self.port, f"{prefix}/appusers/{ref}/stream", headers=headers | resuming, **options)

    def listen(self, ref, last_id=None, **options):
        """Somebody who is let in."""
        return self.ear(ref, last_id, **options).opened()

    def begun(self, user_id):
        """A new app user's `_id`; what they wrote to begin with is in Slack, and told."""
        said = self.say(user_id, "hello")["message"]
        eventually(lambda: self.ledger.read(lambda books: books.handovers.to_bot(said["_id"])) == "done")
        return self.user(user_id)["_id"]
