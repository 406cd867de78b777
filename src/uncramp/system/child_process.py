"""What a separate process of this program does first: it keeps its output, and ends with us."""

import os
import signal
import sys
from contextlib import suppress
from importlib import import_module
from io import FileIO
from pathlib import Path
from typing import Any, cast

_PR_SET_PDEATHSIG = 1


def keep_output() -> FileIO:
    """Standard output for us alone, unbuffered: what libraries write goes nowhere."""
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    return out


def end_with_parent() -> None:
    """Have Linux end us with our parent, even if another process keeps our input open.

    Everything in our session ends: such a process leads its own session.
    """
    if sys.platform != "linux":
        return
    signal.signal(signal.SIGTERM, lambda number, frame: os.killpg(0, signal.SIGKILL))
    with suppress(OSError, AttributeError):
        prctl: Any = import_module("ctypes").CDLL(None).prctl
        prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def is_parent_stopped() -> bool:
    """Is our parent stopped, as Ctrl-Z does it? Only Linux tells that; elsewhere it is not."""
    return is_stopped(os.getppid())


def is_stopped(pid: int) -> bool:
    """Is this process stopped by a signal? False where that is not known."""
    if sys.platform != "linux":
        return False
    try:
        status = Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return False
    # After the name, which is in brackets and may hold anything, comes the state.
    return status.rpartition(b")")[2].split()[:1] == [b"T"]


def leave_out_heavy_modules() -> None:
    """Keep miniaudio from loading what nothing here uses, if installed: 30 MB and 0.4 s."""
    sys.modules |= dict.fromkeys(("numpy", "ssl", "_hashlib"), cast(Any, None))
