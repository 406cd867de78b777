"""An exported file and a live run of the same routine are the same sound."""

import json
import os
import subprocess
import sys
import wave
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from tests.real.listening import RATE, Samples, onsets
from tests.real.recorded_run import RecordedRun
from uncramp.export.mixdown import LEAD_MS

NEVER_OVER_MS = 15.0
ALIKE = 0.98
"""How much of a sound's waveform has to be the other's: its correlation."""
AS_LOUD = 0.05
LENGTH_MS = 250.0
"""Of each sound that is compared, from where it begins."""
BEFORE = {
    "routine_id": "calf-rub", "title": "Calf rub", "fingerprint": "0", "is_complete": True,
    "played_ms": 1, "total_ms": 1, "steps_done": 1, "steps": 1,
    "started": "2026-11-21T16:35:04+00:00", "ended": "2026-11-21T16:35:26+00:00",
}  # fmt: skip
"""An earlier run in the history. Without one the get-readys are longer than in an export."""
LIVE = RecordedRun(
    "calf-rub", "--sound", "--voice", "--volume", "100",
    files={"state/uncramp/history/runs.jsonl": f"{json.dumps(BEFORE)}\n"},
)  # fmt: skip


def exported(folder: Path) -> Samples:
    """The routine as a WAV file, with the settings and the voice of the run in that home."""
    target = folder / "calf-rub.wav"
    environment = dict(os.environ)
    for name in ("config", "state", "cache", "data"):
        environment[f"XDG_{name.upper()}_HOME"] = str(folder / name)
    command = [sys.executable, "-m", "uncramp", "export", "calf-rub", "--voice", "-o", str(target)]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    with wave.open(str(target)) as file:
        assert (file.getframerate(), file.getnchannels()) == (RATE, 1)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32_768


def best(heard: Samples, form: Samples) -> tuple[int, float, float]:
    """Where in `heard` the sound fits best; how alike and how loud it is there, the same is 1."""
    at = int(np.argmax(np.correlate(heard, form, "valid")))
    there = heard[at : at + len(form)]
    loud, known = float(np.linalg.norm(there)), float(np.linalg.norm(form))
    return at, float(np.dot(there, form)) / max(loud * known, 1e-9), loud / known


@pytest.mark.recorded("export", LIVE)
@pytest.mark.usefixtures("sinks")
def test_a_live_run_and_its_file_are_the_same_sound(
    recorded_runs: Mapping[str, RecordedRun],
) -> None:
    recording, began_ms = recorded_runs["export"].heard()
    file = exported(recorded_runs["export"].home)
    reach = RATE * 60 // 1000
    late_ms, alike, loud = [], [], []
    found = onsets(file, RATE)
    for onset_ms in found:
        first = round(onset_ms * RATE / 1000)
        form = file[first : first + round(LENGTH_MS * RATE / 1000)]
        wanted = round((began_ms + onset_ms - LEAD_MS - recording.began_ms) * RATE / 1000)
        near = recording.samples[wanted - reach : wanted + reach + len(form)]
        at, how_much, how_loud = best(near, form)
        late_ms.append((at - reach) * 1000 / RATE)
        alike.append(how_much)
        loud.append(how_loud)
    told = f"late {np.round(late_ms, 1)}, alike {np.round(alike, 3)}, loud {np.round(loud, 2)}"
    assert len(found) > 12, told
    assert min(alike) > ALIKE, told
    assert max(abs(one - 1) for one in loud) < AS_LOUD, told
    # The lines that tell when the run began come a little late: all sounds by the same.
    away = np.abs(np.array(late_ms) - np.median(late_ms))
    assert abs(np.median(late_ms)) < 2 * NEVER_OVER_MS, told
    assert away.max() < NEVER_OVER_MS, told
    print(
        f"\n{len(found)} sounds: worst {away.max():.2f} ms, least alike {min(alike):.4f}, "
        f"loudness {min(loud):.3f} to {max(loud):.3f}"
    )
