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


def test_sounds_that_overlap_are_told_apart_to_the_sample() -> None:
    """Each a little off its moment, by a seed, as a real server plays them."""
    planned = planned_sounds()
    forms = [samples_of(sound.name) for sound in planned]
    at_samples = [round((500 + sound.at_ms / SPEED) * RATE / 1000) for sound in planned]
    off = np.random.default_rng(1).normal(-10, 1, len(planned))
    places = [at + round(ms * RATE / 1000) for at, ms in zip(at_samples, off, strict=True)]
    samples = np.zeros(max(places) + max(map(len, forms)))
    for form, place in zip(forms, places, strict=True):
        samples[place : place + len(form)] += form
    reach = round(NEVER_OVER_MS * RATE / 1000)

    found = explained(samples, forms, at_samples, reach)
    assert found.places == places
    assert found.left_over < 1e-6

    tick = next(index for index, sound in enumerate(planned) if sound.name == "tick")
    samples[places[tick] :][: len(forms[tick])] -= forms[tick]
    missing = explained(samples, forms, at_samples, reach)
    assert not all(0.7 < level < 1.3 for level in missing.levels)

    samples[places[tick] :][: len(forms[tick])] += forms[tick]
    samples[places[tick] + 2 * RATE :][: len(forms[tick])] += forms[tick]
    doubled = explained(samples, forms, at_samples, reach)
    assert doubled.left_over > MOST_LEFT_OVER


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
    assert max(map(abs, late_ms)) < NEVER_OVER_MS, "\n".join(told)
    assert found.left_over < MOST_LEFT_OVER, f"{found.left_over:.4f} is not in the plan"
    ordered = sorted(map(abs, late_ms))
    print(
        f"\n{len(planned)} sounds: median {ordered[len(ordered) // 2]:.2f} ms, "
        f"worst {ordered[-1]:.2f} ms, left over {found.left_over:.6f}"
    )
