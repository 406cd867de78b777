"""What an export costs: times real time, size, and the memory of a day's routine.

Run it with the program installed: `python bench/export.py`. Each line is a separate process,
so its CPU seconds and its peak of memory are its own; ffmpeg's time counts too. Linux only.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from uncramp.core.plan.plan import make_plan
from uncramp.core.routine.model import Routine, Step
from uncramp.export.mixdown import RATE, mixed
from uncramp.export.rendition import rendered

DAY_S = 24 * 60 * 60
FORMS = (
    ("WAV", ["-o", "b.wav"]),
    ("M4A", ["-o", "b.m4a"]),
    ("Opus", ["-o", "b.opus"]),
    ("FLAC", ["-o", "b.flac"]),
    ("page for a phone", ["--to", "phone", "-o", "b.html"]),
    ("card", ["--to", "card", "-o", "b.svg"]),
)


def main() -> None:
    """Measure and print."""
    if sys.argv[1:] == ["--day"]:
        render_a_day()
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = os.environ | {"XDG_CACHE_HOME": name}
        command = [sys.executable, "-m", "uncramp", "export", "bedtime", "--voice"]
        # The first makes the clips of the voice.
        subprocess.run([*command, "-o", "first.wav"], cwd=folder, env=environment, check=True)
        length_s = ((folder / "first.wav").stat().st_size - 44) / 2 / RATE
        for form, options in FORMS:
            took_s, peak_mb = measured([*command, *options], folder, environment)
            size_mb = (folder / options[-1]).stat().st_size / 1e6
            times = f"{length_s / took_s:5.0f} times real time"
            print(
                f"{form:17} {took_s:6.2f} s CPU  {times}  {peak_mb:4.0f} MB peak  {size_mb:.2f} MB"
            )
        took_s, peak_mb = measured([sys.executable, __file__, "--day"], folder, environment)
        print(f"a day, samples    {took_s:6.2f} s CPU  {DAY_S / took_s:5.0f} times real time  "
              f"{peak_mb:4.0f} MB peak")  # fmt: skip


def render_a_day() -> None:
    """Make all samples of a routine of 24 hours, and keep none."""
    steps = tuple(Step(str(number), "Half an hour", 1_800_000) for number in range(48))
    size = sum(map(len, mixed(rendered(make_plan(Routine("r", "R", steps))), lambda _: None)))
    assert size // 2 // RATE >= DAY_S


def measured(command: list[str], folder: Path, environment: dict[str, str]) -> tuple[float, float]:
    """CPU seconds of a command with its children, and its own peak of memory in MB."""
    told = folder / "told"
    code = (
        "import os, resource, subprocess, sys; child = subprocess.Popen(sys.argv[2:], "
        "stdout=subprocess.DEVNULL); _, status, used = os.wait4(child.pid, 0); "
        "assert status == 0; "
        "open(sys.argv[1], 'w').write(f'{used.ru_utime + used.ru_stime} {used.ru_maxrss}')"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(told), *command], cwd=folder, env=environment, check=True
    )
    took, peak = told.read_text().split()
    return float(took), float(peak) / 1024


if __name__ == "__main__":
    main()
