"""What the benches of `all.py` share: programs on their own terminals, and a table of rows."""

import os
import re
import select
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import idle
import pyte

SIZE = 120, 40
PATIENCE_S = 20.0
LOOK_S = 0.03
AGAIN_S = 2.0
"""A key without an answer is pressed again after this time: it may have come too early."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was measured, in a unit, as often as there were rounds."""

    name: str
    values: tuple[float, ...]
    unit: str = "ms"
    beside: tuple[float, ...] = ()
    """What it is compared with, round by round; empty for nothing."""

    def cells(self) -> list[str]:
        """The row of the table."""
        least, middle, most = min(self.values), statistics.median(self.values), max(self.values)
        ratio = ""
        if self.beside:
            pairs = zip(self.values, self.beside, strict=True)
            ratio = f"{statistics.median(a / b for a, b in pairs if b):.2f}"
        return [self.name, *(f"{value:.4g}" for value in (least, middle, most)), self.unit, ratio]


def table(title: str, beside: str, rows: Iterable[Row]) -> str:
    """The rows in Markdown; `beside` is what the last column compares with."""
    heads = [title, "min", "median", "max", "", f"to {beside}"]
    lines = [heads, ["---"] * len(heads), *(row.cells() for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def forget_runs(home: Path) -> None:
    """The runs that were killed here are not to be offered to the next start."""
    shutil.rmtree(home / ".local/state/uncramp/history", ignore_errors=True)


class Start:
    """A program that is started on its own terminal, and its screen."""

    def __init__(self, command: list[str], folder: Path) -> None:
        """Start it."""
        forget_runs(folder)
        self.screen = pyte.Screen(*SIZE)
        self.stream = pyte.ByteStream(self.screen)
        self.began = time.monotonic()
        self.terminal = idle.Terminal(command, folder, *SIZE)

    def until(self, is_there: Callable[[], bool], press: bytes = b"") -> float:
        """Milliseconds from the start until something is on the screen.

        `press` is pressed until it is. Exits with what is there where it never comes.
        """
        pressed = 0.0
        while (now := time.monotonic()) - self.began < PATIENCE_S:
            if press and now - pressed > AGAIN_S:
                os.write(self.terminal.end, press)
                pressed = now
            if not select.select([self.terminal.end], [], [], LOOK_S)[0]:
                continue
            try:
                data = self.terminal.read()
            except OSError:
                break
            came = time.monotonic()
            # An answer that pyte does not know is not what is looked for.
            self.stream.feed(re.sub(rb"\x1b\[[<>=?][0-9;]*[A-Za-ln-z$]+", b"", data))
            if is_there():
                return (came - self.began) * 1000
        self.terminal.close()
        sys.exit("It never came:\n" + "\n".join(self.screen.display))

    def shows(self, words: str = "") -> bool:
        """Are the words on the screen? Without words: is anything?"""
        return any(words in line if words else line.strip() for line in self.screen.display)


@dataclass(frozen=True, slots=True)
class Programs:
    """The commands that are compared."""

    ours: str
    python: str
    termdown: str
    folder: Path
    """A home for one program."""

    def at_home(self) -> dict[str, str]:
        """The environment with that home and no word for the program."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("XDG_", "UNCRAMP", "TEXTUAL", "NO_COLOR", "PYTHON"))
        }
        return kept | {"HOME": str(self.folder), "UNCRAMP_SOUND": "none"}


def to_first_line(command: list[str], environment: Mapping[str, str], *, is_whole: bool) -> float:
    """Milliseconds from the start of a command to its end, or to its first line."""
    began = time.monotonic()
    with subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdout is not None
        process.stdout.read() if is_whole else process.stdout.readline()
        if is_whole:
            process.wait()
        took = (time.monotonic() - began) * 1000
        process.kill()
    return took


def compared(title: str, found: Mapping[str, list[float]], beside: str, unit: str = "ms") -> str:
    """A table of what was found, each beside that of the name `beside`, round by round."""
    rows = [
        Row(name, tuple(values), unit, tuple(found[beside]) if name != beside else ())
        for name, values in found.items()
    ]
    return table(title, beside, rows)
