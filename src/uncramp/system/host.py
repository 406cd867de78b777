"""The name of this machine."""

import sys


def host_name() -> str:
    """The name of this machine in a network, as `socket.gethostname` gives it."""
    if sys.platform == "win32":
        import socket

        return socket.gethostname()
    import os

    # To load `socket` for it takes longer than to read a routine.
    return os.uname().nodename
