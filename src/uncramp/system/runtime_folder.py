"""The folder for files that are needed only while a person is logged in.

Separate from the other places, because a status bar often asks for it: it loads
nothing on Linux.
"""

import os
import sys
from pathlib import Path


def runtime_folder() -> Path:
    """The folder of the sockets by which other programs steer a run. It need not exist."""
    if sys.platform != "linux":
        from platformdirs import user_runtime_path

        return user_runtime_path("uncramp", appauthor=False)
    # platformdirs writes a warning if there is no such folder, as in a container.
    place = os.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}"
    if "XDG_RUNTIME_DIR" in os.environ or Path(place).is_dir():
        return Path(place) / "uncramp"
    return Path("/tmp") / f"uncramp-{os.getuid()}"
