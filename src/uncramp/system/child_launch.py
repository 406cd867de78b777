"""Starting and ending a separate process of this program, with whatever that starts."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress

_ENDS_WITHIN_S = 2.0


def start_child(
    module: str, arguments: Sequence[str], environment: Mapping[str, str] | None = None
) -> "subprocess.Popen[bytes]":
    """Run a module of this program, with pipes for its input and output. Raises OSError.

    It leads its own session, so that Ctrl-C does not reach it and all that it starts ends with it.
    Its environment is the program's unless another is given. Its standard error is discarded: what
    C libraries write there would appear on the screen.
    """
    return subprocess.Popen(
        # -P: a file of the same name in the current folder must not be run instead.
        [sys.executable, "-P", "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def end_child(process: "subprocess.Popen[bytes]") -> None:
    """End a process that `start_child` started, and every process that it started."""
    # It keeps its id until it is waited for, even if it is dead and what it started is not.
    if process.returncode is None:
        with suppress(OSError):
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError, ValueError):
                pipe.close()
    with suppress(subprocess.TimeoutExpired):
        process.wait(_ENDS_WITHIN_S)
