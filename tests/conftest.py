"""For every test: its own home, and no network."""

import gc
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# Thousands of test items stay alive: each full collection walks them all and frees nothing.
gc.set_threshold(100_000, 50, 100)


def pytest_collection_finish() -> None:
    """What was collected and loaded stays: no collection walks it again."""
    gc.freeze()


# A generated case that is slow on a busy machine is not an error; `bench/` measures speed.
_SLOW = (HealthCheck.too_slow,)
for _profile, _cases in (("quick", 15), ("whole", 60), ("long", 1_000)):
    settings.register_profile(
        _profile, deadline=None, max_examples=_cases, suppress_health_check=_SLOW
    )
settings.load_profile(os.environ.get("UNCRAMP_TEST_PROFILE", "whole"))

_FOLDERS = {
    "HOME": ".",
    "USERPROFILE": ".",
    "APPDATA": "roaming",
    "LOCALAPPDATA": "local",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_STATE_HOME": "state",
    "XDG_CACHE_HOME": "cache",
    "XDG_RUNTIME_DIR": "runtime",
}
_MADE = (".", "runtime", "roaming", "local") if sys.platform == "win32" else (".", "runtime")
"""Of these folders, those that a new machine has. The program makes the others."""
_HERE = {"127.0.0.1", "::1", "localhost"}


@pytest.fixture(scope="session")
def outer_environment() -> dict[str, str]:
    """The environment that the tests were started in: for pip, with its cache and settings."""
    return _OUTER


_OUTER = dict(os.environ)

# Started in the background or with nohup, these come ignored, and every program that a test
# starts would inherit that and ignore the signal to end.
for _name, _own in (("SIGINT", signal.default_int_handler), ("SIGHUP", signal.SIG_DFL)):
    _signal = getattr(signal, _name, None)
    if _signal is not None and signal.getsignal(_signal) is signal.SIG_IGN:
        signal.signal(_signal, _own)


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    # Pytest's own numbered folders are listed for each new one: for thousands of tests too slow.
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in count())


@pytest.fixture(autouse=True)
def _own_home(_homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    # Not in the test's folder: a test may list everything that it wrote there.
    home = next(_homes)
    for folder in _MADE:
        (home / folder).mkdir(0o700)
    for name, folder in _FOLDERS.items():
        monkeypatch.setenv(name, str(home / folder))


@pytest.fixture
def use_zone() -> Iterator[Callable[[str], None]]:
    """Lets local times be those of a zone such as `Asia/Kolkata`, until the test is over."""
    patch = pytest.MonkeyPatch()

    def use(name: str) -> None:
        if sys.platform != "win32":
            patch.setenv("TZ", name)
            time.tzset()
        elif name != "UTC" or time.timezone:
            pytest.skip("Windows takes no zone from the environment")

    yield use
    patch.undo()
    if sys.platform != "win32":
        time.tzset()


@pytest.fixture(autouse=True)
def _no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    # The words about sound depend on whether the tests run in a container or over SSH.
    monkeypatch.setattr("uncramp.audio.speaker.place_words", lambda environment, is_heard: "")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in _HERE:
            raise AssertionError(f"A test tried to reach {address[0]}: tests use no network.")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect_here)
