"""An event that ends the wait for a key: it wakes a thread that waits for a file."""

import os
import select
import threading


class WakeEvent(threading.Event):
    """An event to wait for together with a file: `ear` has input once it is set."""

    def __init__(self) -> None:
        """Not set yet."""
        super().__init__()
        self.ear, self._rope = os.pipe()
        """`ear` is the file descriptor to wait for."""
        self.is_closed = False
        """Is it closed?"""

    def set(self) -> None:
        """Set it, and give `ear` input."""
        super().set()
        os.write(self._rope, b".")

    def clear(self) -> None:
        """Clear it."""
        while select.select([self.ear], [], [], 0)[0]:
            os.read(self.ear, 512)
        super().clear()

    def close(self) -> None:
        """Close its descriptors; a second call does nothing."""
        if self.is_closed:
            return
        self.is_closed = True
        os.close(self.ear)
        os.close(self._rope)
