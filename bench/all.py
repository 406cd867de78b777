"""All measurements of speed, side by side in one run, as a table for the README.

Ours, termdown (from the package index, in its own environment, which is made the first
time), a bare Textual app and a bare Python: each round starts all of them in turn, so that
they share whatever else the machine does. Only the ratios travel from one machine to another.
Linux only. Run it with the program and the development packages installed:
`python bench/all.py [--rounds 15] [--seconds 60] [--only starts,keys,commands,idle,memory]`.
"""

import argparse
import os
import platform
import re
import select
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import idle
import pyte

ROOT = Path(__file__).parents[1]
TERMDOWN = "termdown==2.0.0"
SIZE = 120, 40
PATIENCE_S = 20.0
AGAIN_S = 0.03
"""A key that was not answered is pressed again after so long: it may have come too early."""
SLICES = 15
"""Into so many stretches the time of a countdown is divided."""
ALMOST_NOTHING = "print()"

STATIC = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("bare")
    def on_key(self, event):
        self.query_one(Static).update(f"key {event.character}")
Bare().run()
"""


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


class Start:
    """A program that is started on its own terminal, and its screen."""

    def __init__(self, command: list[str], folder: Path) -> None:
        """Start it."""
        # The runs that were killed here are not to be offered to the next start.
        shutil.rmtree(folder / ".local/state/uncramp/history", ignore_errors=True)
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
            if not select.select([self.terminal.end], [], [], AGAIN_S)[0]:
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
        """Are the words on the screen; where there are none, is anything?"""
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
            if not name.startswith(("XDG_", "UNCRAMP", "TEXTUAL", "NO_COLOR", "PYTHONPATH"))
        }
        return kept | {"HOME": str(self.folder), "UNCRAMP_SOUND": "none"}


def starts(programs: Programs, rounds: int) -> str:
    """From the start to the first words or the first picture."""
    ours, python = programs.ours, programs.python
    commands = {
        "python -c print": [python, "-c", "print('words')"],
        "termdown 10m": [programs.termdown, "10m"],
        "Textual, one Static": [python, "-c", STATIC],
        "uncramp now": [ours, "now"],
        "uncramp run bedtime": [ours, "run", "bedtime"],
        "uncramp (library)": [ours],
    }
    found: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            start = Start(command, programs.folder)
            took = start.until(start.shows)
            start.terminal.close()
            if number:  # the first round fills the caches
                found[name].append(took)
    return _compared("first words or picture", found, "python -c print")


def keys(programs: Programs, rounds: int) -> str:
    """From the start until a key is answered."""
    ours, python = programs.ours, programs.python
    commands = {
        "Textual, one Static": ([python, "-c", STATIC], b"~", "key ~"),
        "uncramp (library)": ([ours], b"~", "~"),
        "uncramp run bedtime": ([ours, "run", "bedtime"], b"p", "PAUSED"),
        "uncramp now": ([ours, "now"], b"p", "PAUSED"),
    }
    found: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, (command, key, answer) in commands.items():
            start = Start(command, programs.folder)
            start.until(start.shows)
            took = start.until(lambda start=start, answer=answer: start.shows(answer), key)
            start.terminal.close()
            if number:
                found[name].append(took)
    return _compared("a key is answered", found, "Textual, one Static")


def commands(programs: Programs, rounds: int) -> str:
    """From the start to the end of a command, and to the first line of a plain run."""
    ours, environment = programs.ours, programs.at_home()
    file = str(ROOT / "routines" / "bedtime.toml")
    asked: dict[str, list[str]] = {
        "python -c print()": [programs.python, "-c", ALMOST_NOTHING],
        "--version": [ours, "--version"],
        "--help": [ours, "--help"],
        "list": [ours, "list"],
        "where": [ours, "where"],
        "config": [ours, "config", "list"],
        "point KD3": [ours, "point", "KD3"],
        "show bedtime": [ours, "show", "bedtime"],
        "check bedtime.toml": [ours, "check", file],
        "run --plain, first line": [ours, "run", "bedtime", "--plain", "--mute", "--yes"],
    }
    found: dict[str, list[float]] = {name: [] for name in asked}
    for number in range(rounds + 1):
        for name, command in asked.items():
            took = _to_first_line(command, environment, is_whole="first line" not in name)
            if number:
                found[name].append(took)
    return _compared("command", found, "python -c print()")


def _to_first_line(command: list[str], environment: Mapping[str, str], is_whole: bool) -> float:
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


def countdowns(programs: Programs, seconds: float) -> str:
    """What counting down costs, at two sizes of the terminal, all side by side."""
    tables = []
    for columns, rows in ((80, 24), (120, 40)):
        (programs.folder / "soak.toml").write_text(idle.SOAK, encoding="utf-8")
        run = {
            "termdown": [programs.termdown, "20m"],
            "Textual, one Digits": [programs.python, "-c", idle.TEXTUAL],
            "a bare loop": [programs.python, "-c", idle.LOOP],
            "uncramp run": [programs.ours, "run", "./soak.toml"],
        }
        terminals = [idle.Terminal(c, programs.folder, columns, rows) for c in run.values()]
        try:
            idle.follow(terminals, idle.WARM_UP_S)
            costs = [[terminal.cost() for terminal in terminals]]
            for _ in range(SLICES):
                idle.follow(terminals, seconds / SLICES)
                costs.append([terminal.cost() for terminal in terminals])
        finally:
            for terminal in terminals:
                terminal.close()
        size = f"{columns}x{rows}"
        slices = [
            [(b.seconds - a.seconds, b.wakes - a.wakes) for a, b in zip(before, after, strict=True)]
            for before, after in pairwise(costs)
        ]
        each = seconds / SLICES
        for place, unit, scale in ((0, "% of a core", 100 / each), (1, "wake-ups/s", 1 / each)):
            found = {
                name: [one[at][place] * scale for one in slices] for at, name in enumerate(run)
            }
            tables.append(_compared(f"counting down, {size}", found, "termdown", unit))
    return "\n".join(tables)


def memory(programs: Programs, rounds: int) -> str:
    """What is resident after six seconds; started three times at most, which takes long."""
    (programs.folder / "soak.toml").write_text(idle.SOAK, encoding="utf-8")
    run = {
        "Textual, one Digits": [programs.python, "-c", idle.TEXTUAL],
        "python, asleep": [programs.python, "-c", "import time; time.sleep(600)"],
        "termdown": [programs.termdown, "20m"],
        "uncramp run": [programs.ours, "run", "./soak.toml"],
    }
    found: dict[str, list[float]] = {name: [] for name in (*run, "its speaker")}
    for _ in range(rounds):
        terminals = [idle.Terminal(c, programs.folder, 80, 24) for c in run.values()]
        try:
            idle.follow(terminals, idle.WARM_UP_S)
            for name, terminal in zip(run, terminals, strict=True):
                found[name].append(_resident_mb(terminal.pid))
            # Any of its threads may have started it.
            tasks = Path(f"/proc/{terminals[-1].pid}/task").glob("*/children")
            speakers = [
                child
                for task in tasks
                for child in map(int, task.read_text().split())
                if b"uncramp.audio.child" in Path(f"/proc/{child}/cmdline").read_bytes()
            ]
            found["its speaker"].append(max(map(_resident_mb, speakers), default=0.0))
        finally:
            for terminal in terminals:
                terminal.close()
    return _compared("resident memory", found, "Textual, one Digits", "MB")


def _resident_mb(pid: int) -> float:
    text = Path(f"/proc/{pid}/status").read_text()
    return int(re.findall(r"^VmRSS:\s+(\d+)", text, re.M)[0]) / 1024


def _compared(title: str, found: Mapping[str, list[float]], beside: str, unit: str = "ms") -> str:
    rows = [
        Row(name, tuple(values), unit, tuple(found[beside]) if name != beside else ())
        for name, values in found.items()
    ]
    return table(title, beside, rows)


def termdown_in(folder: Path) -> str:
    """The command termdown, in its own environment, which is made the first time."""
    program = folder / "bin" / "termdown"
    if not program.exists():
        print(f"Installing {TERMDOWN} in {folder}, this once ...", file=sys.stderr)
        venv.create(folder, with_pip=True)
        subprocess.run([folder / "bin/python", "-m", "pip", "install", "-q", TERMDOWN], check=True)
    return str(program)


GROUPS = ("starts", "keys", "commands", "idle", "memory")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--only", default=",".join(GROUPS))
    asked = parser.parse_args()
    ours = shutil.which("uncramp", path=str(Path(sys.executable).parent)) or sys.exit(
        "uncramp is not installed beside this Python"
    )
    with tempfile.TemporaryDirectory() as name:
        programs = Programs(ours, sys.executable, termdown_in(ROOT / ".bench"), Path(name))
        # What a first start shows once (cautions, an empty index) is seen before.
        subprocess.run([ours, "list"], env=programs.at_home(), stdout=subprocess.DEVNULL)
        first = Start([ours, "run", "bedtime"], programs.folder)
        first.until(lambda: first.shows("Pause"), b"\r")
        first.terminal.close()
        machine = (
            f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
        )
        print(f"{time.strftime('%Y-%m-%d')}, {machine}, load {os.getloadavg()[0]:.1f}\n")
        work: dict[str, Callable[[], str]] = {
            "starts": lambda: starts(programs, asked.rounds),
            "keys": lambda: keys(programs, asked.rounds),
            "commands": lambda: commands(programs, asked.rounds),
            "idle": lambda: countdowns(programs, asked.seconds),
            "memory": lambda: memory(programs, min(asked.rounds, 3)),
        }
        for group in asked.only.split(","):
            print(work[group](), flush=True)


if __name__ == "__main__":
    main()
