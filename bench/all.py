"""All measurements of speed, side by side in one run, as a table for the README.

Ours, termdown (from the package index, in its own environment, which is made the first
time), a bare Textual app and a bare Python: each round starts all of them in turn, so that
they share whatever else the machine does. Only the ratios travel from one machine to another.
Linux only. Run it with the program and the development packages installed:
`python bench/all.py [--rounds 15] [--seconds 60] [--only GROUP,GROUP]`.
"""

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path

import idle
from scale import scale
from side_by_side import Programs, Start, compared, forget_runs, to_first_line

ROOT = Path(__file__).parents[1]
TERMDOWN = "termdown==2.0.0"
STILL_AFTER_S = 70.0
"""A long step that nobody disturbs shows little after a minute."""
KEPT_AFTER_S = 4.0
"""By then a start has kept its first picture."""
SLICES = 15
"""The number of parts into which the time of a countdown is divided."""
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
    return compared("first words or picture", found, "python -c print")


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
    return compared("a key is answered", found, "Textual, one Static")


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
            took = to_first_line(command, environment, is_whole="first line" not in name)
            if number:
                found[name].append(took)
    return compared("command", found, "python -c print()")


def countdowns(programs: Programs, seconds: float) -> str:
    """What counting down costs, at two sizes of the terminal, all side by side."""
    (programs.folder / "soak.toml").write_text(idle.SOAK, encoding="utf-8")
    run = {
        "termdown": [programs.termdown, "20m"],
        "Textual, one Digits": [programs.python, "-c", idle.TEXTUAL],
        "a bare loop": [programs.python, "-c", idle.LOOP],
        "uncramp run": [programs.ours, "run", "./soak.toml"],
    }
    sizes = ((80, 24), (120, 40))
    return "\n".join(
        _counting("counting down", run, programs.folder, size, idle.WARM_UP_S, seconds)
        for size in sizes
    )


def still(programs: Programs, seconds: float) -> str:
    """What a long soak at night costs, once nothing but its time moves."""
    (programs.folder / "soak.toml").write_text(idle.SOAK, encoding="utf-8")
    run = {
        "termdown": [programs.termdown, "20m"],
        "a bare loop": [programs.python, "-c", idle.LOOP],
        "uncramp run --night": [programs.ours, "run", "--night", "./soak.toml"],
    }
    return _counting("still, at night", run, programs.folder, (80, 24), STILL_AFTER_S, seconds)


def _counting(
    title: str,
    run: Mapping[str, list[str]],
    folder: Path,
    size: tuple[int, int],
    warm_up_s: float,
    seconds: float,
) -> str:
    forget_runs(folder)
    terminals = [idle.Terminal(command, folder, *size) for command in run.values()]
    try:
        idle.follow(terminals, warm_up_s)
        costs = [[terminal.cost() for terminal in terminals]]
        for _ in range(SLICES):
            idle.follow(terminals, seconds / SLICES)
            costs.append([terminal.cost() for terminal in terminals])
    finally:
        for terminal in terminals:
            terminal.close()
    each, tables = seconds / SLICES, []
    for place, unit, scaled in (
        ("seconds", "% of a core", 100 / each),
        ("wakes", "wake-ups/s", 1 / each),
        ("written", "bytes/s", 1 / each),
    ):
        found = {
            name: [
                (getattr(after[at], place) - getattr(before[at], place)) * scaled
                for before, after in pairwise(costs)
            ]
            for at, name in enumerate(run)
        }
        tables.append(compared(f"{title}, {size[0]}x{size[1]}", found, "termdown", unit))
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
        forget_runs(programs.folder)
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
    return compared("resident memory", found, "Textual, one Digits", "MB")


def _resident_mb(pid: int) -> float:
    text = Path(f"/proc/{pid}/status").read_text()
    return int(re.findall(r"^VmRSS:\s+(\d+)", text, re.M)[0]) / 1024


def termdown_in(folder: Path) -> str:
    """The command termdown, in its own environment, which is made the first time."""
    program = folder / "bin" / "termdown"
    if not program.exists():
        print(f"Installing {TERMDOWN} in {folder}, this once ...", file=sys.stderr)
        venv.create(folder, with_pip=True)
        subprocess.run([folder / "bin/python", "-m", "pip", "install", "-q", TERMDOWN], check=True)
    return str(program)


GROUPS = ("starts", "keys", "commands", "idle", "still", "memory", "scale")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--only", default=",".join(GROUPS), help=", ".join(GROUPS))
    asked = parser.parse_args()
    ours = shutil.which("uncramp", path=str(Path(sys.executable).parent)) or sys.exit(
        "uncramp is not installed beside this Python"
    )
    with tempfile.TemporaryDirectory() as name:
        programs = Programs(ours, sys.executable, termdown_in(ROOT / ".bench"), Path(name))
        # What a first start shows once (cautions, an empty index) is seen before, and the
        # pictures that the next start shows are kept.
        subprocess.run([programs.python, "-m", "compileall", "-q", ROOT / "src"], check=True)
        subprocess.run([ours, "list"], env=programs.at_home(), stdout=subprocess.DEVNULL)
        first = Start([ours, "run", "bedtime"], programs.folder)
        first.until(lambda: first.shows("Pause"), b"\r")
        first.terminal.close()
        for words in ([], ["run", "bedtime"], ["now"]):
            opened = Start([ours, *words], programs.folder)
            idle.follow([opened.terminal], KEPT_AFTER_S)
            opened.terminal.close()
        machine = (
            f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
        )
        print(f"{time.strftime('%Y-%m-%d')}, {machine}, load {os.getloadavg()[0]:.1f}\n")
        work: dict[str, Callable[[], str]] = {
            "starts": lambda: starts(programs, asked.rounds),
            "keys": lambda: keys(programs, asked.rounds),
            "commands": lambda: commands(programs, asked.rounds),
            "idle": lambda: countdowns(programs, asked.seconds),
            "still": lambda: still(programs, asked.seconds),
            "scale": lambda: scale(programs, asked.rounds),
            "memory": lambda: memory(programs, min(asked.rounds, 3)),
        }
        for group in asked.only.split(","):
            print(work[group](), flush=True)


if __name__ == "__main__":
    main()
