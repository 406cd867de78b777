"""What reading a routine of 1 MiB costs: a ratio to TOML's own reader over the same size.

Each is timed in turn in the same process, and the medians of the rounds are compared. The
promise is at most 6; the status is 1 if it is not kept. Run it with the program
installed: `python bench/check.py`.
"""

import contextlib
import gc
import statistics
import time
import tomllib
from collections.abc import Callable
from functools import partial

from uncramp.cli.routine_lookup import open_library
from uncramp.core.toml.parser import LARGEST_FILE

ROUNDS = 9
PROMISED = 6.0

STEP = """
[[steps]]
name = "Calf roll {n}"
time = {time}
sides = "each"
how = "From the ankle up, as slowly as you breathe."
cues = {{ countdown = 5, end = "end" }}
"""


def routine(seconds_at: Callable[[int], str], most_bytes: int = LARGEST_FILE) -> str:
    """A routine of nearly 1 MiB whose step number n has the time that `seconds_at` gives."""
    parts = ['title = "Evening"\n']
    size = len(parts[0])
    while True:
        step = STEP.format(n=len(parts), time=seconds_at(len(parts)))
        size += len(step)
        if size > most_bytes:
            return "".join(parts)
        parts.append(step)


CASES = {
    "no problem": routine(lambda n: "2"),
    "one problem": routine(lambda n: "0" if n == 3000 else "2"),
    "a problem in each step": routine(lambda n: '"90 secs"'),
    "a slip of TOML in its middle": routine(lambda n: "90 secs" if n == 3000 else "2"),
}


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    gc.collect()
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def parsed(text: str) -> None:
    """Read the text with TOML's own reader, as far as it goes."""
    with contextlib.suppress(tomllib.TOMLDecodeError):
        tomllib.loads(text)


def main() -> int:
    """Measure and print."""
    library = open_library()
    whole = CASES["no problem"]
    worst = 0.0
    for name, text in CASES.items():
        data = text.encode()
        pairs = [
            (
                seconds(partial(library.read_text, data, "evening.toml")),
                seconds(partial(parsed, whole)),
            )
            for _ in range(ROUNDS)
        ]
        ours, toml = (statistics.median(column) for column in zip(*pairs, strict=True))
        told = len(library.read_text(data, "evening.toml").problems)
        print(
            f"{name}: {told} told, read {ours * 1000:.0f} ms, tomllib {toml * 1000:.0f} ms, "
            f"ratio {ours / toml:.2f}"
        )
        worst = max(worst, ours / toml)
    print(f"the worst ratio is {worst:.2f}, the promise at most {PROMISED:g}")
    return int(worst > PROMISED)


if __name__ == "__main__":
    raise SystemExit(main())
