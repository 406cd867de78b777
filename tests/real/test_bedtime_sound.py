"""The whole of `bedtime` at twenty times the speed, recorded: everything in the plan is heard.

What is left over of the recording would be a sound that the plan does not have.
"""

import wave
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from tests.content.bundled import routine
from tests.real.listening import RATE, Samples
from tests.real.recorded_run import RecordedRun
from tests.real.unmixing import explained
from uncramp.core.plan.cues import cues_of
from uncramp.core.plan.plan import make_plan

SPEED = 20
NEVER_OVER_MS = 24.0
"""Two ticks are 50 ms apart here: what is nearer to its neighbour's moment is not its own."""
MOST_LEFT_OVER = 0.005
"""Of a recording's energy. A single tick too many is 0.008 of it."""
SOUNDS = Path(__file__).parents[2] / "sounds" / "bowl"
BEDTIME = RecordedRun("bedtime", "--sound", "--volume", "100", speed=SPEED)


@dataclass(frozen=True, slots=True)
class Planned:
    name: str
    at_ms: float
    """In the plan's time, from its beginning."""


def planned_sounds() -> list[Planned]:
    plan = make_plan(routine("bedtime"))
    return [
        Planned(cue.sound.name, span.start_ms + cue.sounds_at_ms)
        for span in plan.spans()
        for cue in cues_of(span)
        if cue.sound
    ]


def samples_of(name: str) -> Samples:
    with wave.open(str(SOUNDS / f"{name}.wav")) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE, 1, 2)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32_768


@pytest.mark.recorded("bedtime", BEDTIME)
@pytest.mark.usefixtures("sinks")
def test_every_sound_of_the_plan_is_heard_once_at_its_moment_and_no_other(
    recorded_runs: Mapping[str, RecordedRun],
) -> None:
    recording, began_ms = recorded_runs["bedtime"].heard()
    planned = planned_sounds()
    forms = [samples_of(sound.name) for sound in planned]
    at_samples = [
        round((began_ms + sound.at_ms / SPEED - recording.began_ms) * RATE / 1000)
        for sound in planned
    ]
    reach = round(NEVER_OVER_MS * RATE / 1000)
    found = explained(recording.samples, forms, at_samples, reach)

    late_ms = [(a - b) * 1000 / RATE for a, b in zip(found.places, at_samples, strict=True)]
    told = [
        f"{s.name} at {s.at_ms / 1000:.1f} s: {late:+.1f} ms, level {level:.2f}"
        for s, late, level in zip(planned, late_ms, found.levels, strict=True)
    ]
    assert all(0.7 < level < 1.3 for level in found.levels), "\n".join(told)
    # The lines that tell when the run began come a little late: all sounds by the same.
    usual_ms = float(np.median(late_ms))
    assert abs(usual_ms) < NEVER_OVER_MS, "\n".join(told)
    away_ms = sorted(abs(late - usual_ms) for late in late_ms)
    assert away_ms[-1] < NEVER_OVER_MS, "\n".join(told)
    assert found.left_over < MOST_LEFT_OVER, f"{found.left_over:.4f} is not in the plan"
    print(
        f"\n{len(planned)} sounds: median {usual_ms:.2f} ms, "
        f"worst {away_ms[-1]:.2f} ms from it, left over {found.left_over:.6f}"
    )
