#!/usr/bin/env python3
"""Makes the bundled sounds: run `python sounds/make.py`, and each `.wav` below is written again.

A sound is a tune of a few strikes, the same in every set, so that a person who knows one
set knows them all. A set plays the tunes on its own instruments. A strike is a note,
a moment, a strength, and how long it rings; an instrument says which partials sound
with the note, how strong, and how much sooner they fade.

All sounds are then brought to the same loudness, so that none startles and none is
missed. Only the standard library is used, and mostly sums and products, so that
the same bytes come out on every machine.

Each sound is written once as it is by day and once, into the folder `night` of its set, as it is
at night (`night_filter.py`).
"""

import math
import sys
import wave
from array import array
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

from night_filter import at_night  # noqa: E402

from uncramp.audio.samples.clip import Clip  # noqa: E402
from uncramp.audio.samples.loudness import loudness_lufs  # noqa: E402

RATE = 48_000
LOUDNESS_LUFS = -23.0
"""Of the loudest 400 ms (EBU R128, momentary): most of the sounds are not much longer."""
QUIET_EDGE_S = 0.005
"""Silence at either end, so that no player can make a click of the first or last sample."""
FADE_OUT_S = 0.04

SEMITONES = {"C": -9, "D": -7, "E": -5, "F": -4, "G": -2, "A": 0, "B": 2}


def pitch_hz(note: str) -> float:
    """Say the frequency of a note such as `A4` or `F#5`, in equal temperament from A4 = 440 Hz."""
    semitones = SEMITONES[note[0]] + note.count("#") + 12 * (int(note[-1]) - 4)
    return float(440.0 * 2.0 ** (semitones / 12))


@dataclass(frozen=True, slots=True)
class Partial:
    """One of the tones that make up a note."""

    ratio: float
    """Its frequency, as a multiple of the note's."""
    strength: float
    ring: float = 1.0
    """Its time to fade, as a part of the note's."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """What a note is made of."""

    partials: tuple[Partial, ...]
    attack_s: float
    """How long a strike takes to reach its full strength."""
    is_held: bool = False
    """Does it keep its strength until it is let go, as a whistle does, and no bell?"""
    release_s: float = 0.02
    """How long it takes to be silent after that."""


BOWL = Instrument(
    (
        Partial(1.0, 1.0),
        Partial(1.003, 0.35),  # the slow beat of a bowl that is not quite round
        Partial(2.76, 0.28, 0.5),
        Partial(5.40, 0.06, 0.25),
    ),
    attack_s=0.010,
)
MUTED_BOWL = Instrument((Partial(1.0, 1.0), Partial(2.76, 0.12, 0.3)), attack_s=0.010)
BAR = Instrument(
    (Partial(1.0, 1.0), Partial(3.93, 0.25, 0.3), Partial(9.2, 0.05, 0.15)), attack_s=0.009
)
BLOCK = Instrument(
    (Partial(1.0, 1.0), Partial(1.47, 0.5, 0.7), Partial(2.56, 0.3, 0.5)), attack_s=0.010
)
WHISTLE = Instrument(
    (Partial(1.0, 1.0), Partial(2.0, 0.25), Partial(3.0, 0.35)), attack_s=0.012, is_held=True
)
HORN = Instrument(
    (Partial(1.0, 1.0), Partial(2.0, 0.4), Partial(3.0, 0.25)), attack_s=0.012, is_held=True
)
ROUGH = Instrument(
    # Two tones a semitone apart, which beat: it sounds as if something were wrong.
    (Partial(1.0, 1.0), Partial(1.0595, 0.9), Partial(2.0, 0.4, 0.9), Partial(3.0, 0.25, 0.8)),
    attack_s=0.012,
)
ROUGH_HORN = Instrument(ROUGH.partials, attack_s=0.012, is_held=True)


@dataclass(frozen=True, slots=True)
class Strike:
    """One note of a tune."""

    note: str
    at: float = 0.0
    """When, in beats."""
    strength: float = 1.0
    ring: float = 1.0
    """How long it rings, as a part of what its sound says."""


TUNES: dict[str, tuple[Strike, ...]] = {
    # One note: find your place.
    "ready": (Strike("E5"),),
    # Rising fourth: begin.
    "start": (Strike("E5", 0, 0.7), Strike("A5", 1)),
    # The same high note twice: half of it is done.
    "halfway": (Strike("C#6", 0), Strike("C#6", 1.3, 0.8)),
    # One short high note: the last seconds.
    "tick": (Strike("E6"),),
    # Falling fourth: stop.
    "end": (Strike("A5", 0, 0.8), Strike("E5", 1)),
    # Low, high, low: the other side.
    "switch": (Strike("A4", 0), Strike("A5", 1.2, 0.8), Strike("A4", 2.4)),
    # Three quick ones that rise, like a question: say when.
    "prompt": (Strike("A5", 0, 0.7), Strike("C#6", 0.6, 0.8), Strike("E6", 1.2)),
    # A chord from the bottom up, ringing: all is done.
    "finish": (
        Strike("A4", 0, 0.9),
        Strike("E5", 1.4, 0.8, 0.97),
        Strike("A5", 2.8, 0.8, 0.93),
        Strike("C#6", 4.2, 0.7, 0.9),
    ),
    # A quick octave down: the clock stands still.
    "pause": (Strike("A5", 0, 0.8), Strike("A4", 0.6)),
    # A quick octave up: it goes again.
    "go-on": (Strike("A4", 0, 0.8), Strike("A5", 0.6)),
    # Low and rough, twice: something needs looking at.
    "warning": (Strike("A4", 0), Strike("A4", 1.3)),
}


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a set plays a tune."""

    instrument: Instrument
    length_s: float
    ring_s: float
    """Until a struck note has lost 8.7 dB, after seven times that it is gone; how long a held
    note is held."""
    beat_s: float = 0.16
    octaves: int = 0
    """How much higher than it is written."""


SETS: dict[str, dict[str, Recipe]] = {
    # A singing bowl, soft and long: for a dark and quiet room.
    "bowl": {
        "ready": Recipe(BOWL, 0.52, 0.12),
        "start": Recipe(BOWL, 0.62, 0.13),
        "halfway": Recipe(BOWL, 0.56, 0.10),
        "tick": Recipe(BAR, 0.14, 0.026),
        "end": Recipe(BOWL, 0.64, 0.14),
        "switch": Recipe(BOWL, 0.78, 0.12),
        "prompt": Recipe(BOWL, 0.50, 0.09),
        "finish": Recipe(BOWL, 2.25, 0.42, beat_s=0.18),
        "pause": Recipe(MUTED_BOWL, 0.30, 0.05),
        "go-on": Recipe(MUTED_BOWL, 0.30, 0.05),
        "warning": Recipe(ROUGH, 0.50, 0.07),
    },
    # A wooden bar and a block, short and dry: for ears that lose a bowl's long note.
    "wood": {
        "ready": Recipe(BAR, 0.24, 0.050),
        "start": Recipe(BAR, 0.32, 0.045, 0.14),
        "halfway": Recipe(BAR, 0.34, 0.035, 0.14),
        "tick": Recipe(BLOCK, 0.12, 0.027),
        "end": Recipe(BAR, 0.32, 0.045, 0.14),
        "switch": Recipe(BAR, 0.48, 0.045, 0.13),
        "prompt": Recipe(BAR, 0.31, 0.035, 0.15),
        "finish": Recipe(BAR, 1.30, 0.16, 0.15),
        "pause": Recipe(BLOCK, 0.24, 0.030),
        "go-on": Recipe(BLOCK, 0.24, 0.030),
        "warning": Recipe(ROUGH, 0.36, 0.035, 0.13),
    },
    # A whistle, high and held, where music is thin and a small speaker strong.
    "beep": {
        "ready": Recipe(WHISTLE, 0.22, 0.16, octaves=1),
        "start": Recipe(WHISTLE, 0.30, 0.11, 0.14, 1),
        "halfway": Recipe(WHISTLE, 0.30, 0.08, 0.14, 1),
        "tick": Recipe(WHISTLE, 0.08, 0.035, octaves=1),
        "end": Recipe(WHISTLE, 0.36, 0.14, 0.16, 1),
        "switch": Recipe(WHISTLE, 0.46, 0.10, 0.13, 1),
        "prompt": Recipe(WHISTLE, 0.28, 0.06, 0.14, 1),
        "finish": Recipe(WHISTLE, 1.08, 0.42, 0.15, 1),
        "pause": Recipe(HORN, 0.22, 0.06, 0.15, 1),
        "go-on": Recipe(HORN, 0.22, 0.06, 0.15, 1),
        "warning": Recipe(ROUGH_HORN, 0.38, 0.14, 0.15),
    },
}


def struck(samples: int, hz: float, strength: float, ring_s: float) -> list[float]:
    """Say what a fading tone sounds like: a struck string of one mode."""
    turn = 2.0 * math.pi * hz / RATE
    loss = math.exp(-1.0 / (ring_s * RATE)) if ring_s else 1.0
    forward = 2.0 * loss * math.cos(turn)
    back = loss * loss
    before, now = 0.0, strength * loss * math.sin(turn)
    tone = []
    for _ in range(samples):
        tone.append(before)
        before, now = now, forward * now - back * before
    return tone


def rise(samples: int) -> list[float]:
    """Say the way from nothing to full strength, without a corner."""
    return [0.5 - 0.5 * math.cos(math.pi * at / samples) for at in range(samples)]


def note(recipe: Recipe, strike: Strike, samples: int) -> list[float]:
    """Say what one strike sounds like, from its own beginning on."""
    instrument, ring_s = recipe.instrument, recipe.ring_s * strike.ring
    mixed = [0.0] * samples
    for partial in instrument.partials:
        hz = pitch_hz(strike.note) * 2**recipe.octaves * partial.ratio
        fade_s = 0.0 if instrument.is_held else ring_s * partial.ring
        tone = struck(samples, hz, strike.strength * partial.strength, fade_s)
        mixed = [a + b for a, b in zip(mixed, tone, strict=True)]
    for at, strength in enumerate(rise(round(instrument.attack_s * RATE))[:samples]):
        mixed[at] *= strength
    if instrument.is_held:
        held = round(ring_s * RATE)
        fall = [*reversed(rise(round(instrument.release_s * RATE)))]
        fall = [*fall, *([0.0] * samples)]
        mixed = mixed[:held] + [a * b for a, b in zip(mixed[held:], fall, strict=False)]
    return mixed


def played(name: str, recipe: Recipe) -> list[float]:
    """Say the whole sound, strikes added up and faded out at the end."""
    samples = round(recipe.length_s * RATE)
    mixed = [0.0] * samples
    for strike in TUNES[name]:
        start = round((QUIET_EDGE_S + strike.at * recipe.beat_s) * RATE)
        for at, sample in enumerate(note(recipe, strike, samples - start), start):
            mixed[at] += sample
    edge, fade = round(QUIET_EDGE_S * RATE), rise(round(FADE_OUT_S * RATE))
    for step, strength in enumerate(fade):
        mixed[samples - edge - 1 - step] *= strength
    mixed[samples - edge :] = [0.0] * edge
    return mixed


def frames(name: str, recipe: Recipe) -> bytes:
    """Say the sound as 16-bit samples, at its loudness."""
    wave_form = played(name, recipe)
    gain = 10.0 ** ((LOUDNESS_LUFS - loudness_lufs(wave_form, RATE)) / 20.0) * 32767.0
    samples = array("h", (math.floor(gain * sample + 0.5) for sample in wave_form))
    if sys.byteorder == "big":
        samples.byteswap()
    return samples.tobytes()


def written(file: Path, samples: bytes, rate: int) -> None:
    """Write samples as a mono WAV."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(file), "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(rate)
        wav.writeframes(samples)


def write_all(folder: Path) -> None:
    """Write every bundled sound, each set into a folder of its own, by day and at night."""
    for name_of_set, recipes in SETS.items():
        for name, recipe in recipes.items():
            day = Clip(RATE, 1, frames(name, recipe))
            night = at_night(day)
            written(folder / name_of_set / f"{name}.wav", day.frames, day.rate)
            written(folder / name_of_set / "night" / f"{name}.wav", night.frames, night.rate)


if __name__ == "__main__":
    write_all(HERE)
