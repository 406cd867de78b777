"""`uncramp status --watch` as a status bar runs it."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.control.stage import ServedStage
from tests.real.listening import PATIENCE_S, until
from uncramp.core.run.moves import Move, MoveKind
from uncramp.system.runtime_folder import runtime_folder

if sys.platform != "linux":
    pytest.skip("wake-ups are counted in /proc", allow_module_level=True)


def test_status_bars_are_told_of_each_run_and_sleep_between(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real command: a line at a change, no wake-up without one, and the end of its reader."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "runtime"))
    watching = subprocess.Popen(
        [sys.executable, "-m", "uncramp", "status", "--watch"], stdout=subprocess.PIPE, text=True
    )
    killing = threading.Timer(PATIENCE_S, watching.kill)
    killing.start()
    try:
        _watch(watching)
    finally:
        killing.cancel()
        watching.kill()
        watching.communicate()


def _watch(watching: subprocess.Popen[str]) -> None:
    assert watching.stdout is not None
    assert watching.stdout.readline() == "Nothing is running.\n"
    for _ in range(2):
        stage = ServedStage(runtime_folder())
        assert watching.stdout.readline() == "Get ready: Rub · 0:05 left\n"
        stage.conductor.move(Move(MoveKind.PAUSE))
        stage.hub.tell_change()
        assert watching.stdout.readline() == "Paused: Get ready: Rub · 0:05 left\n"
        assert until(lambda: _sleeps(watching.pid))
        before = _wake_ups(watching.pid)
        stage.hub.tell_change()
        time.sleep(0.5)
        assert _wake_ups(watching.pid) == before
        stage.close()
        assert watching.stdout.readline() == "Nothing is running.\n"
    watching.stdout.close()
    assert watching.wait(PATIENCE_S) == 1
    watching.stdout = None


def _sleeps(pid: int) -> bool:
    """Does the process wait, and is not woken for a while?"""
    before = _wake_ups(pid)
    time.sleep(0.3)
    text = Path(f"/proc/{pid}/stat").read_text("utf-8")
    return text.rpartition(")")[2].split()[0] == "S" and _wake_ups(pid) == before


def _wake_ups(pid: int) -> int:
    """How often the process was woken."""
    text = Path(f"/proc/{pid}/status").read_text("utf-8")
    return int(text.partition("voluntary_ctxt_switches:")[2].split()[0])
