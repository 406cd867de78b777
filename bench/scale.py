"""Thousands of routines, a plan of all steps that a day has, and ten thousand steps in a row.

For `all.py`. A routine lasts a day at most: 85,914 steps of a second are the most it can have.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from library import FEW, MANY, written
from side_by_side import Programs, Start, compared, to_first_line

from uncramp.core.plan.plan import make_plan
from uncramp.core.routine.model import Routine, Step
from uncramp.core.run.events import RunEnded, SpanBegan
from uncramp.core.run.moves import Move, MoveKind
from uncramp.core.run.run import Run

LOOK = "import os,sys; print(sum(e.stat().st_size for e in os.scandir(sys.argv[1])))"


def scale(programs: Programs, rounds: int) -> str:
    """Each is beside the same with ten."""
    with tempfile.TemporaryDirectory() as place:
        homes = {count: _home(Path(place), count) for count in (FEW, MANY)}
        tables = [
            _listed(programs, homes[MANY], rounds),
            _opened(programs, homes, rounds),
            _long_plans(programs, Path(place), rounds),
        ]
    return "\n".join([*tables, drift()])


def _home(place: Path, count: int) -> Path:
    home = place / str(count)
    written(home / ".local/share/uncramp/routines", count)
    return home


def _in(programs: Programs, home: Path) -> Programs:
    return Programs(programs.ours, programs.python, programs.termdown, home)


def _listed(programs: Programs, home: Path, rounds: int) -> str:
    environment = _in(programs, home).at_home()
    own = str(home / ".local/share/uncramp/routines")
    commands = {
        f"python: scandir and stat of {MANY:,}": [programs.python, "-c", LOOK, own],
        f"uncramp list of {MANY:,}": [programs.ours, "list"],
    }
    return _timed("list", commands, environment, rounds)


def _timed(
    title: str, commands: dict[str, list[str]], environment: dict[str, str], rounds: int
) -> str:
    found: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + 2):
        for name, command in commands.items():
            took = to_first_line(command, environment, is_whole=True)
            if number > 1:  # the first reads all, and what changed just now is never trusted
                found[name].append(took)
    return compared(title, found, next(iter(commands)))


def _opened(programs: Programs, homes: dict[int, Path], rounds: int) -> str:
    found: dict[str, list[float]] = {f"library of {count:,}": [] for count in homes}
    for number in range(rounds + 2):
        for count, home in homes.items():
            start = Start([programs.ours], home)
            start.until(start.shows)
            took = start.until(_says(start, "~"), b"~")
            start.terminal.close()
            if number > 1:
                found[f"library of {count:,}"].append(took)
    return compared("a key is answered", found, f"library of {FEW}")


def _says(start: Start, words: str) -> Callable[[], bool]:
    return lambda: start.shows(words)


def _long_plans(programs: Programs, place: Path, rounds: int) -> str:
    home = _home(place / "long", FEW)
    steps = '[[steps]]\nname = "Press"\ntime = "3m"\nsides = "both"\nget_ready = 0\n' * 10
    (home / "ten.toml").write_text(f'title = "Ten"\n{steps}', encoding="utf-8")
    text = (
        "[[steps]]\nrepeat = 999\n[[steps.steps]]\nrepeat = 86\n"
        '[[steps.steps.steps]]\nname = "Press"\ntime = "1s"\nsides = "both"\nget_ready = 0\n'
    )
    (home / "many.toml").write_text(f'title = "Many"\n{text}', encoding="utf-8")
    environment = _in(programs, home).at_home()
    names = {"ten": "10 steps", "many": "85,914 steps"}
    commands = {
        f"show, {words}": [programs.ours, "show", str(home / f"{name}.toml")]
        for name, words in names.items()
    }
    told = [_timed("long plans", commands, environment, rounds)]
    found: dict[str, list[float]] = {f"jump list, {words}": [] for words in names.values()}
    for number in range(rounds + 1):
        for name, words in names.items():
            start = Start([programs.ours, "run", str(home / f"{name}.toml"), "--yes"], home)
            start.until(_says(start, "Press"))
            took = start.until(_says(start, "Go to"), b"j")
            start.terminal.close()
            if number:
                found[f"jump list, {words}"].append(took)
    told.append(compared("until J is answered", found, "jump list, 10 steps"))
    return "\n".join(told)


def drift() -> str:
    """How far the last of 10,000 steps of a second begins from where it should, by a fake clock."""
    steps = tuple(Step(f"steps[{n}]", "Press", 1_000) for n in range(10_000))
    run = Run(make_plan(Routine("long", "Long", steps)))
    run.move(Move(MoveKind.START), 0)
    now = last = ended = 0
    while not ended:
        now += 997  # never on a second
        for event in run.advance(now):
            if isinstance(event, SpanBegan):
                last = event.at
            elif isinstance(event, RunEnded):
                ended = event.at
    return (
        f"10,000 steps of a second, by a fake clock: the last began {last - 9_999_000} ms, and "
        f"the end came {ended - 10_000_000} ms from where they should.\n"
    )


if __name__ == "__main__":
    sys.exit("This is a part of bench/all.py: python bench/all.py --only scale")
