"""How exactly each backend keeps its moments, and what the speaker costs at rest.

Each backend plays ticks into its own sound server, which is recorded. Beside it, in the
same recording, a control plays: one long `paplay` stream of clicks, that nobody touches. It
prints how far the ticks were from their moments, how far the clicks were from their places, and
how late this machine woke a thread that only slept (p95). Then the speaker is left alone, as in a
long soak, and its processor time and its wake-ups are counted. Linux with PulseAudio. Run it
with the program installed for development: `python bench/sound.py [CUES] [BUSY] [pipewire]
[BACKEND ...]`, where BUSY processes run beside it that never rest. The p99 of fewer than 200 cues
says little.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.real.listening import PipeWireSink, Sink, Waking, until
from tests.real.speaking import HERE, SOUNDS, TICK, now_ms, play_all
from uncramp.audio.speaker import Speaker, open_speaker

APART_MS = 250
REST_S = 20


def opened(name: str) -> Speaker:
    """A speaker that has chosen `name`, or the next backend if that fails."""
    speaker = open_speaker(SOUNDS, order=[name])
    until(lambda: not speaker.is_choosing, 15)
    return speaker


def measured(name: str, sink: Sink, cues: int) -> str:
    """One line of the table: ticks by a backend beside the control."""
    speaker = opened(name)
    if speaker.status().backend != name:
        words = f"{name:14} {speaker.status().words}"
        speaker.close()
        return words
    begin = now_ms() + 2_500
    moments = [begin + APART_MS * place for place in range(cues)]
    with sink.control(cues * APART_MS / 1000 + 6), Waking() as waking:
        play_all(speaker, moments)
        sink.wait_until(moments[-1] + 400)
    speaker.close()
    onsets = np.array(sink.heard(begin - 400).onsets())
    away = [float(np.min(np.abs(onsets - at))) if len(onsets) else np.inf for at in moments]
    late = np.array([ms for ms in away if ms < APART_MS / 2])
    control = np.abs(sink.control_errors(begin, moments[-1]))
    if not len(late):
        return f"{name:14} nothing was heard"
    median, p95, p99 = (np.percentile(late, share) for share in (50, 95, 99))
    own = float(np.percentile(control, 95))
    return (
        f"{name:14} {len(late):3} of {cues}  {median:6.1f} {p95:6.1f} {p99:6.1f} {late.max():6.1f}"
        f"   {own:6.1f}   {waking.usual_ms:6.1f}   {p95 / max(waking.usual_ms, 0.1):6.2f}"
    )


def spent(pid: int) -> tuple[float, int]:
    """Seconds of a processor and voluntary switches, all threads of a process together."""
    ticks = [
        sum(int(word) for word in stat.read_text().rpartition(")")[2].split()[11:13])
        for stat in Path(f"/proc/{pid}/task").glob("*/stat")
    ]
    switches = [
        int(line.split()[1])
        for status in Path(f"/proc/{pid}/task").glob("*/status")
        for line in status.read_text().splitlines()
        if line.startswith("voluntary_ctxt")
    ]
    return sum(ticks) / os.sysconf("SC_CLK_TCK"), sum(switches)


def rest(name: str) -> str:
    """What the speaker costs while no cue is near."""
    speaker = opened(name)
    pid = speaker.pid
    assert pid is not None
    speaker.play_at(TICK, 1.0, now_ms() + 2_000)
    time.sleep(6)
    before = spent(pid)
    time.sleep(REST_S)
    after = spent(pid)
    speaker.close()
    share = (after[0] - before[0]) / REST_S * 100
    return f"{name:14} {share:.2f} % of a core, {after[1] - before[1]} wake-ups in {REST_S} s"


def main() -> None:
    """Print both tables."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    cues = numbers[0] if numbers else 30
    beside = numbers[1] if len(numbers) > 1 else 0
    kind = PipeWireSink if "pipewire" in sys.argv else Sink
    here = [*HERE, "pw-play"] if kind is PipeWireSink else HERE
    names = [name for name in here if name in sys.argv] or here
    spin = [sys.executable, "-c", "while True: pass"]
    with tempfile.TemporaryDirectory() as folder, kind(Path(folder)) as sink:
        os.environ.update(sink.environment)
        busy = [subprocess.Popen(spin) for _ in range(beside)]
        print(f"{sink.name}, {beside} busy processes, {os.cpu_count()} cores; ms from the moment")
        print(f"{'':14} {'heard':9}  median    p95    p99  worst   control  waking   p95 / waking")
        try:
            for name in names:
                print(measured(name, sink, cues), flush=True)
        finally:
            for process in busy:
                process.kill()
                process.wait()
        for name in names:
            print(rest(name), flush=True)


if __name__ == "__main__":
    main()
