"""The whole of `bedtime` at twenty times the speed, recorded: everything in the plan is heard.

The sounds overlap, so each is found by its own waveform: the recording is explained
as the sum of the planned sounds, every one moved to where it fits best, and what
is left over afterwards would be a sound that the plan does not have.
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
from uncramp.core.plan.cues import cues_of
from uncramp.core.plan.plan import make_plan

SPEED = 20
NEVER_OVER_MS = 24.0
"""Two ticks are 50 ms apart here: what is nearer to its neighbour's moment is not its own."""
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


def best_place(rest: Samples, form: Samples, place: int, reach: int) -> int:
    """Where within `reach` of `place` the wave form fits best."""
    low = max(place - reach, 0)
    stretch = rest[low : low + 2 * reach + len(form)]
    size = 1 << (len(stretch) - 1).bit_length()
    spectrum = np.fft.rfft(stretch, size) * np.conj(np.fft.rfft(form, size))
    return low + int(np.argmax(np.fft.irfft(spectrum, size)[: 2 * reach + 1]))


@pytest.mark.recorded("bedtime", BEDTIME)
@pytest.mark.usefixtures("sinks")
def test_every_sound_of_the_plan_is_heard_once_at_its_moment_and_no_other(
    recorded_runs: Mapping[str, RecordedRun],
) -> None:
    recording, began_ms = recorded_runs["bedtime"].heard()
    forms = {path.stem: samples_of(path.stem) for path in SOUNDS.glob("*.wav")}
    planned = planned_sounds()
    at_samples = [
        round((began_ms + sound.at_ms / SPEED - recording.began_ms) * RATE / 1000)
        for sound in planned
    ]
    length = max(place + len(forms[s.name]) for place, s in zip(at_samples, planned, strict=True))
    rest = np.zeros(max(length, len(recording.samples)) + RATE)
    rest[: len(recording.samples)] = recording.samples
    loudness = float(np.dot(rest, rest))
    reach = round(NEVER_OVER_MS * RATE / 1000)

    # All together first, moved as one to where they fit best; then each by itself.
    plan = np.zeros(len(rest))
    for sound, place in zip(planned, at_samples, strict=True):
        plan[place : place + len(forms[sound.name])] += forms[sound.name]
    moved = best_place(rest, plan[reach : len(plan) - reach], reach, reach) - reach
    places, levels = [place + moved for place in at_samples], [1.0] * len(planned)
    rest -= np.roll(plan, moved)
    for _ in range(3):
        for index, sound in enumerate(planned):
            form, place = forms[sound.name], places[index]
            rest[place : place + len(form)] += levels[index] * form
            place = best_place(rest, form, at_samples[index], reach)
            level = float(np.dot(rest[place : place + len(form)], form) / np.dot(form, form))
            rest[place : place + len(form)] -= level * form
            places[index], levels[index] = place, level

    late_ms = [(a - b) * 1000 / RATE for a, b in zip(places, at_samples, strict=True)]
    told = [
        f"{s.name} at {s.at_ms / 1000:.1f} s: {late:+.1f} ms, level {level:.2f}"
        for s, late, level in zip(planned, late_ms, levels, strict=True)
    ]
    assert all(0.7 < level < 1.3 for level in levels), "\n".join(told)
    assert max(map(abs, late_ms)) < NEVER_OVER_MS, "\n".join(told)
    left_over = float(np.dot(rest, rest)) / loudness
    assert left_over < 0.02, f"{left_over:.3f} of what was heard is not in the plan"
    ordered = sorted(map(abs, late_ms))
    print(
        f"\n{len(planned)} sounds: median {ordered[len(ordered) // 2]:.2f} ms, "
        f"worst {ordered[-1]:.2f} ms, left over {left_over:.4f}"
    )
