"""What ends the wait for a key: an event that wakes whoever waits for a file."""

import os
import select
import threading


class WakeEvent(threading.Event):
    """An event that can be waited for beside a file: its `ear` has input once it is set."""

    def __init__(self) -> None:
        """Not set yet."""
        super().__init__()
        self.ear, self._rope = os.pipe()
        """`ear` is the number of the file to wait for."""
        self.is_closed = False
        """Was given back what it waits with?"""

    def set(self) -> None:
        """Ring."""
        super().set()
        os.write(self._rope, b".")

    def clear(self) -> None:
        """Be silent again."""
        while select.select([self.ear], [], [], 0)[0]:
            os.read(self.ear, 512)
        super().clear()

    def close(self) -> None:
        """Give back what it waits with; doing it twice is once."""
        if self.is_closed:
            return
        self.is_closed = True
        os.close(self.ear)
        os.close(self._rope)
