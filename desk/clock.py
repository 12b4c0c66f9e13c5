"""The machine's clock."""

import threading
import time
from collections.abc import Callable


class SystemClock:
    """Real time. What is due later runs on a thread of its own and keeps no process alive."""

    def now(self) -> float:
        """Seconds since the epoch."""
        return time.time()

    def monotonic(self) -> float:
        """Seconds since the machine started; never set, and the same in all its processes."""
        return time.monotonic()

    def after(self, seconds: float, action: Callable[[], None]) -> Callable[[], None]:
        """Run `action` in `seconds`; what is returned calls it off."""
        timer = threading.Timer(seconds, action)
        timer.daemon = True
        timer.start()
        return timer.cancel
