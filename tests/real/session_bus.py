"""A session bus of a test's own."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def session_bus(folder: Path, needed: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    """A bus at `$DBUS_SESSION_BUS_ADDRESS`; skips the test without the tools, fails in CI."""
    for tool in ("dbus-daemon", *needed):
        if not shutil.which(tool):
            words = f"it needs {tool}: see the packages in .ci/run"
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(words)
    address = f"unix:path={folder}/bus"
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", f"--address={address}", "--print-address"],
        stdout=subprocess.PIPE,
    )
    assert daemon.stdout is not None
    assert daemon.stdout.readline()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield daemon
    daemon.terminate()
    daemon.wait()
    daemon.stdout.close()
