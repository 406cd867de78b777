"""What a run costs while it only counts down: a ratio to the simplest Textual countdown.

Three programs run side by side, each on its own terminal that answers like a modern one: `uncramp`
in a long soak, a Textual app whose `Digits` are updated once a second, and a bare loop that prints
the time once a second. Counted are the processor time of all threads of the program (not of its
speaker), its wake-ups, and the bytes that it writes. Only the ratios travel from one machine to
another. Linux only. Run it with the program installed: `python bench/idle.py [SECONDS]
[COLUMNSxROWS]`.
"""

import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import sys
import tempfile
import termios
import time
from dataclasses import dataclass
from pathlib import Path

WARM_UP_S = 6.0

NOT_HANDED_ON = ("XDG_", "TEXTUAL", "NO_COLOR", "UNCRAMP", "COLUMNS", "LINES", "PYTHON")
"""How the variables begin that the programs are not to see."""

SOAK = """
title = "Soak"
[[steps]]
name = "Foot soak"
time = "20m"
sides = "both"
get_ready = 0
how = "Lower both feet in slowly and sit back. The water is warm, not hot."
"""

TEXTUAL = """
from textual.app import App
from textual.widgets import Digits
class Countdown(App):
    left = 1200
    def compose(self):
        yield Digits("20:00")
    def on_mount(self):
        self.set_interval(1, self.tick)
    def tick(self):
        self.left -= 1
        self.query_one(Digits).update(f"{self.left // 60}:{self.left % 60:02}")
Countdown().run()
"""

LOOP = """
import time
for left in range(1200, 0, -1):
    print(end=f"\\r{left // 60}:{left % 60:02} ", flush=True)
    time.sleep(1)
"""

ANSWERS = (
    (re.compile(rb"\x1b\[\?(2026|2048)\$p"), lambda found: b"\x1b[?%b;2$y" % found[1]),
    (re.compile(rb"\x1b\[c"), lambda found: b"\x1b[?62;22c"),
)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a program has used up to a moment."""

    seconds: float
    wakes: int
    written: int


class Terminal:
    """A terminal with a program in it."""

    def __init__(self, command: list[str], folder: Path, columns: int, rows: int) -> None:
        """Start `command` in `folder`, with nothing set for it by the environment."""
        self.written = 0
        self.pid, self.end = pty.fork()
        if self.pid == 0:
            size = struct.pack("HHHH", rows, columns, 0, 0)
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", HOME=str(folder))
            for name in [*os.environ]:
                if name.startswith(NOT_HANDED_ON):
                    del os.environ[name]
            os.chdir(folder)
            os.execv(command[0], command)

    def read(self) -> bytes:
        """Take what was written, answer what was asked, and return what was written.

        Raises OSError where the program has ended.
        """
        data = os.read(self.end, 65_536)
        self.written += len(data)
        for asked, answer in ANSWERS:
            for found in asked.finditer(data):
                os.write(self.end, answer(found))
        return data

    def cost(self) -> Cost:
        """What it has used so far, all threads together."""
        nanoseconds = wakes = 0
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            nanoseconds += int((task / "schedstat").read_text().split()[0])
            status = (task / "status").read_text()
            wakes += int(re.findall(r"^voluntary_ctxt_switches:\s+(\d+)", status, re.M)[0])
        return Cost(nanoseconds / 1e9, wakes, self.written)

    def close(self) -> None:
        """End the program."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.end)


def follow(terminals: list[Terminal], seconds: float) -> None:
    """Be a terminal to all of them for some time."""
    ends = {terminal.end: terminal for terminal in terminals}
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        for ready in select.select([*ends], [], [], left)[0]:
            ends[ready].read()


def main() -> None:
    """Measure and print."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 30.0
    columns, rows = map(int, (sys.argv[2] if len(sys.argv) > 2 else "80x24").split("x"))
    program = shutil.which("uncramp", path=str(Path(sys.executable).parent)) or sys.exit(
        "uncramp is not installed beside this Python"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "soak.toml").write_text(SOAK, encoding="utf-8")
        commands = {
            "uncramp run": [program, "run", "./soak.toml"],
            "Textual Digits": [sys.executable, "-c", TEXTUAL],
            "a bare loop": [sys.executable, "-c", LOOP],
        }
        terminals = [Terminal(c, folder, columns, rows) for c in commands.values()]
        try:
            follow(terminals, WARM_UP_S)
            before = [terminal.cost() for terminal in terminals]
            follow(terminals, seconds)
            after = [terminal.cost() for terminal in terminals]
        finally:
            for terminal in terminals:
                terminal.close()
    print(f"{columns}x{rows}, {seconds:g} s")
    used = [b.seconds - a.seconds for a, b in zip(before, after, strict=True)]
    for label, a, b, cost in zip(commands, before, after, used, strict=True):
        print(
            f"{label:15} {cost / seconds:7.3%} of a core, "
            f"{(b.wakes - a.wakes) / seconds:5.1f} wake-ups/s, "
            f"{(b.written - a.written) / seconds:6.0f} bytes/s, "
            f"{cost / used[1]:.2f} of Textual's Digits"
        )


if __name__ == "__main__":
    main()
