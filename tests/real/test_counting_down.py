"""What a second of counting down costs on a real terminal: counts, because times are the machine's.

`bench/all.py` measures the processor time beside other programs.
"""

import re
import statistics
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.real.listening import until
from tests.real.terminal import PATIENCE_S, ROUTINE, Terminal

if not sys.platform.startswith("linux"):
    pytest.skip("what a process costs is read from /proc", allow_module_level=True)

SECONDS = 10
WAKES_A_SECOND = 3
BYTES_A_SECOND = 400
WAKE_UPS = re.compile(r"^voluntary_ctxt_switches:\s+(\d+)", re.MULTILINE)


def wakes(pid: int) -> list[int]:
    """How often each thread has woken so far, the main one first."""
    tasks = sorted(Path(f"/proc/{pid}/task").iterdir(), key=lambda task: int(task.name))
    found = []
    for task in tasks:
        # A thread may end meanwhile.
        with suppress(OSError):
            found.append(int(WAKE_UPS.findall((task / "status").read_text())[0]))
    return found


def is_calm(pid: int) -> bool:
    """Is this a second in which it is woken no more often than in any other?"""
    before, began = sum(wakes(pid)), time.monotonic()
    time.sleep(1)
    return sum(wakes(pid)) - before <= WAKES_A_SECOND * (time.monotonic() - began)


def test_a_second_wakes_the_program_once_and_writes_only_what_changes(tmp_path: Path) -> None:
    (tmp_path / "evening.toml").write_text(ROUTINE, "utf-8")
    terminal = Terminal(["-m", "uncramp", "run", "./evening.toml", "--yes"], tmp_path)
    try:
        terminal.wait_until_it_shows("of 20:00")
        time.sleep(5)  # what is loaded after the first picture is loaded by then
        assert until(lambda: is_calm(terminal.program.pid), PATIENCE_S), "or a little later"
        woken, sizes, began = wakes(terminal.program.pid), [], time.monotonic()
        for _ in range(SECONDS):
            before = len(terminal.written)
            time.sleep(1)
            sizes.append(len(terminal.written) - before)
        more, took_s = wakes(terminal.program.pid), time.monotonic() - began
        shown = terminal.rows
    finally:
        terminal.close()
    main = more[0] - woken[0]
    assert main <= 2 * took_s, "once for a second, and now and then for another thread"
    assert sum(more) - sum(woken) <= WAKES_A_SECOND * took_s
    # A note that goes is a frame, once.
    assert 0 < statistics.median(sizes) <= BYTES_A_SECOND
    assert any("of 20:00" in row for row in shown), "the bars are there, and move"
