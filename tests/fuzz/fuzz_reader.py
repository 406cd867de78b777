"""A coverage-guided fuzzer of the reader: whatever a file holds, the answer is words.

    python -m tests.fuzz.fuzz_reader -atheris_runs=200000 [FOLDER] [any option of libFuzzer]

The property: `read` never raises, answers within two seconds and 200 MB, and every place it
names lies inside the file. It begins with the routines, recipes and wrong files of the
project; what reaches new code is kept in FOLDER, if one is given. At the end it prints how
many inputs there were and how long the slowest took.
"""

import atexit
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["uncramp.core", "tomllib"]):
    import tomllib  # noqa: F401

    from tests.core.surroundings import Shelf
    from uncramp.core.routine.reader import Source, read

from tests.fuzz.property import MOST_BYTES, MOST_SECONDS, refuse_wrong_places

ROOT = Path(__file__).parents[2]
SEEDS = ("routines", "docs/recipes", "tests/bad_routines")
LONGEST = 4096
"""Bytes of an input, if the command line does not say otherwise."""


class Watched:
    """The property over one input, and the slowest of all so far."""

    def __init__(self) -> None:
        self.inputs = 0
        self.slowest_s = 0.0
        self.slowest = b""
        self.began = time.monotonic()

    def try_one(self, data: bytes) -> None:
        """Read `data` as a routine. Raises AssertionError where a promise is broken."""
        begun = time.process_time()
        reading = read(Source("fuzzed", data, "fuzzed.toml", "/routines"), Shelf())
        took = time.process_time() - begun
        self.inputs += 1
        if took > self.slowest_s:
            self.slowest_s, self.slowest = took, data
        assert took < MOST_SECONDS, f"took {took:.1f} s"
        assert peak_bytes() < MOST_BYTES, "took more memory than it may"
        refuse_wrong_places(data, reading)

    def tell(self) -> None:
        """Print the figures so far."""
        print(
            f"{self.inputs} inputs in {time.monotonic() - self.began:.0f} s, "
            f"the slowest {self.slowest_s * 1000:.1f} ms ({len(self.slowest)} bytes), "
            f"peak {peak_bytes() / 2**20:.0f} MB",
            flush=True,
        )


def peak_bytes() -> int:
    """The most memory that this process ever had."""
    # getrusage and libFuzzer's own limit use a value inherited from a parent's peak.
    status = Path("/proc/self/status").read_text("ascii")
    found = re.search(r"VmHWM:\s*(\d+) kB", status)
    assert found
    return int(found[1]) * 1024


def seeds() -> Iterator[Path]:
    """The files to begin with."""
    for folder in SEEDS:
        yield from sorted((ROOT / folder).glob("*.toml"))


def main() -> None:
    """Fuzz, with libFuzzer's options from the command line."""
    watched = Watched()
    with tempfile.TemporaryDirectory() as folder:
        for number, file in enumerate(seeds()):
            (Path(folder) / f"{number}.toml").write_bytes(file.read_bytes())
        options = [a for a in sys.argv[1:] if a.startswith("-")]
        corpora = [a for a in sys.argv[1:] if not a.startswith("-")]
        defaults = [
            f"-max_len={LONGEST}",
            "-rss_limit_mb=0",
            "-timeout=10",
            f"-dict={Path(__file__).with_name('toml.dict')}",
        ]
        atheris.Setup([sys.argv[0], *defaults, *options, *corpora, folder], watched.try_one)
        atexit.register(watched.tell)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
