"""How far a run is from the clock after an hour of steps of a second, in real time.

A plain run without sound writes its events as JSON; this program notes on the clock that runs
while the machine sleeps when each line came. An event is late by the time from its moment to its
line, and the drift is how much later the last minute is than the first, each by its quickest
event: what a busy machine adds to single lines is not drift. Run it with the program installed:
`python bench/drift.py [SECONDS]`, 3,600 if not given.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MINUTE = 60
STEPS = """
[[steps]]
repeat = {minutes}
[[steps.steps]]
repeat = 60
[[steps.steps.steps]]
name = "Press"
time = "1s"
sides = "both"
get_ready = 0
"""


def late_ms(program: str, home: Path, minutes: int) -> list[float]:
    """By how many milliseconds each step's line came after its moment, on a scale of its own."""
    file = home / "hour.toml"
    file.write_text('title = "Hour"\n' + STEPS.format(minutes=minutes), encoding="utf-8")
    environment = os.environ | {"HOME": str(home), "UNCRAMP_SOUND": "none"}
    command = [program, "run", str(file), "--json", "--mute", "--yes"]
    found = []
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
    ) as run:
        assert run.stdout is not None
        for line in run.stdout:
            came = time.clock_gettime(time.CLOCK_BOOTTIME) * 1000
            event = json.loads(line)
            if event["event"] == "span-began":
                found.append(came - event["at_ms"])
    return found


def main() -> None:
    """Measure and print."""
    minutes = int(sys.argv[1]) // MINUTE if len(sys.argv) > 1 else 60
    program = shutil.which("uncramp", path=str(Path(sys.executable).parent)) or sys.exit(
        "uncramp is not installed beside this Python"
    )
    with tempfile.TemporaryDirectory() as name:
        found = late_ms(program, Path(name), minutes)
    if len(found) != minutes * MINUTE:
        sys.exit(f"{len(found)} of {minutes * MINUTE} steps began.")
    # The first line comes when the run is started, a moment before its time begins.
    found = found[1:]
    # Every line takes some time to come: the quickest shows how little that is.
    late = sorted(each - min(found) for each in found)
    print(f"{minutes * MINUTE} steps of a second, load {os.getloadavg()[0]:.1f}")
    print(f"drift {min(found[-MINUTE:]) - min(found[:MINUTE]):.2f} ms from the first minute on")
    print(
        f"lines late by {statistics.median(late):.2f} ms (median), "
        f"{late[len(late) * 99 // 100]:.2f} (p99), {late[-1]:.2f} (worst)"
    )


if __name__ == "__main__":
    main()
