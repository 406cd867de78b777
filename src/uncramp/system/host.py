"""The name of this machine."""

import sys


def host_name() -> str:
    """The name by which this machine's run files say where a run goes on."""
    if sys.platform == "win32":
        import socket

        return socket.gethostname()
    import os

    # The same name; to load `socket` for it takes longer than to read a routine.
    return os.uname().nodename
