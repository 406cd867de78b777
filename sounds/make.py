#!/usr/bin/env python3
"""Makes the bundled sounds: run `python sounds/make.py`, and each `.wav` beside it is written anew.

Every sound is a few strikes on a bowl (or a bar, or a reed). A strike is a note, a
moment, a loudness and how long it takes to fade; the instrument says which
partials sound with the note, how strong, and how much sooner they fade.

All sounds are then brought to the same loudness, so that none startles and none is
missed. Only the standard library is used, and mostly sums and products, so that
the same bytes come out on every machine.
"""

import math
import sys
import wave
from array import array
from dataclasses import dataclass
from pathlib import Path

RATE = 48_000
LOUDNESS_LUFS = -22.0
"""Of the loudest 400 ms (EBU R128, momentary)."""
QUIET_EDGE_S = 0.005
"""Silence at either end, so that no player can make a click of the first or last sample."""
FADE_OUT_S = 0.06

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
    fade: float
    """Its time to fade, as a part of the note's."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """What a note is made of."""

    partials: tuple[Partial, ...]
    attack_s: float
    """How long a strike takes to reach its full loudness."""


BOWL = Instrument(
    (
        Partial(1.0, 1.0, 1.0),
        Partial(1.003, 0.35, 1.0),  # the slow beat of a bowl that is not quite round
        Partial(2.76, 0.28, 0.5),
        Partial(5.40, 0.06, 0.25),
    ),
    attack_s=0.008,
)
BAR = Instrument((Partial(1.0, 1.0, 1.0), Partial(3.93, 0.25, 0.3)), attack_s=0.005)
REED = Instrument(
    (Partial(1.0, 1.0, 1.0), Partial(2.0, 0.4, 0.9), Partial(3.0, 0.25, 0.8)),
    attack_s=0.010,
)


@dataclass(frozen=True, slots=True)
class Strike:
    """One note of a sound."""

    note: str
    at_s: float = 0.0
    strength: float = 1.0
    fade_s: float = 0.25
    """Until it has lost 8.7 dB; after seven times that it is gone."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one bundled sound is made."""

    length_s: float
    instrument: Instrument
    strikes: tuple[Strike, ...]


RECIPES = {
    # One note: find your place.
    "ready": Recipe(0.70, BOWL, (Strike("A4", fade_s=0.16),)),
    # Rising fourth: begin.
    "start": Recipe(0.90, BOWL, (Strike("A4", strength=0.7), Strike("D5", 0.16, fade_s=0.18))),
    # The same note twice: half of it is done.
    "halfway": Recipe(
        0.80, BOWL, (Strike("F#5", fade_s=0.12), Strike("F#5", 0.22, 0.8, fade_s=0.14))
    ),
    # Wood: the last seconds.
    "tick": Recipe(0.18, BAR, (Strike("A5", fade_s=0.030),)),
    # Falling fourth: stop.
    "end": Recipe(0.95, BOWL, (Strike("D5", strength=0.8), Strike("A4", 0.16, fade_s=0.2))),
    # Low, high, low: the other side.
    "switch": Recipe(
        1.10,
        BOWL,
        (
            Strike("D4", fade_s=0.16),
            Strike("D5", 0.20, 0.8, fade_s=0.16),
            Strike("D4", 0.40, fade_s=0.17),
        ),
    ),
    # Rising third, like a question: say when.
    "prompt": Recipe(
        0.75, BOWL, (Strike("D5", strength=0.7, fade_s=0.14), Strike("F#5", 0.13, fade_s=0.15))
    ),
    # A chord from the bottom up, ringing: all is done.
    "finish": Recipe(
        3.60,
        BOWL,
        (
            Strike("D4", 0.00, 0.9, fade_s=0.75),
            Strike("A4", 0.28, 0.8, fade_s=0.75),
            Strike("D5", 0.56, 0.8, fade_s=0.72),
            Strike("F#5", 0.84, 0.7, fade_s=0.68),
        ),
    ),
    # Falling fifth on wood: the clock stands still.
    "pause": Recipe(0.45, BAR, (Strike("D5", fade_s=0.05), Strike("G4", 0.13, fade_s=0.06))),
    # Rising fifth on wood: it goes again.
    "go-on": Recipe(0.45, BAR, (Strike("G4", fade_s=0.05), Strike("D5", 0.13, fade_s=0.06))),
    # Low reed, twice: something needs looking at.
    "warning": Recipe(0.70, REED, (Strike("D4", fade_s=0.08), Strike("D4", 0.25, fade_s=0.09))),
}


def ring(wave_form: list[float], hz: float, strength: float, fade_s: float, start: int) -> None:
    """Add a fading tone to `wave_form` from sample `start` on: a struck string of one mode."""
    turn = 2.0 * math.pi * hz / RATE
    loss = math.exp(-1.0 / (fade_s * RATE))
    forward = 2.0 * loss * math.cos(turn)
    back = loss * loss
    before, now = 0.0, strength * loss * math.sin(turn)
    for index in range(start, len(wave_form)):
        wave_form[index] += before
        before, now = now, forward * now - back * before


def struck(recipe: Recipe, strike: Strike, samples: int) -> list[float]:
    """Say what one strike sounds like, from the beginning of its sound to the end."""
    wave_form = [0.0] * samples
    start = round((QUIET_EDGE_S + strike.at_s) * RATE)
    for partial in recipe.instrument.partials:
        hz = pitch_hz(strike.note) * partial.ratio
        ring(wave_form, hz, strike.strength * partial.strength, strike.fade_s * partial.fade, start)
    attack = round(recipe.instrument.attack_s * RATE)
    for step in range(min(attack, samples - start)):
        wave_form[start + step] *= 0.5 - 0.5 * math.cos(math.pi * step / attack)
    return wave_form


def played(recipe: Recipe) -> list[float]:
    """Say the whole sound, strikes added up and faded out at the end."""
    samples = round(recipe.length_s * RATE)
    mixed = [0.0] * samples
    for strike in recipe.strikes:
        mixed = [a + b for a, b in zip(mixed, struck(recipe, strike, samples), strict=True)]
    edge, fade = round(QUIET_EDGE_S * RATE), round(FADE_OUT_S * RATE)
    for step in range(min(fade, samples)):
        index = samples - edge - 1 - step
        if index >= 0:
            mixed[index] *= 0.5 - 0.5 * math.cos(math.pi * step / fade)
    mixed[samples - edge :] = [0.0] * edge
    return mixed


def filtered(wave_form: list[float], b: tuple[float, ...], a: tuple[float, ...]) -> list[float]:
    """Pass a sound through a filter of second order."""
    x1 = x2 = y1 = y2 = 0.0
    result = []
    for x in wave_form:
        y = b[0] * x + b[1] * x1 + b[2] * x2 - a[0] * y1 - a[1] * y2
        x1, x2, y1, y2 = x, x1, y, y1
        result.append(y)
    return result


def loudness_lufs(wave_form: list[float]) -> float:
    """Say the loudness of the loudest 400 ms, after ITU-R BS.1770-4 (its filters for 48 kHz)."""
    head = filtered(
        wave_form + [0.0] * round(0.4 * RATE),
        (1.53512485958697, -2.69169618940638, 1.19839281085285),
        (-1.69065929318241, 0.73248077421585),
    )
    heard = filtered(head, (1.0, -2.0, 1.0), (-1.99004745483398, 0.99007225036621))
    window, step = round(0.4 * RATE), round(0.01 * RATE)
    energies = [sum(s * s for s in heard[i : i + step]) for i in range(0, len(heard), step)]
    steps = window // step
    loudest = max(sum(energies[i : i + steps]) for i in range(len(energies) - steps + 1))
    return -0.691 + 10.0 * math.log10(loudest / window)


def frames(recipe: Recipe) -> bytes:
    """Say the sound as 16-bit samples, at its loudness."""
    wave_form = played(recipe)
    gain = 10.0 ** ((LOUDNESS_LUFS - loudness_lufs(wave_form)) / 20.0) * 32767.0
    samples = array("h", (math.floor(gain * sample + 0.5) for sample in wave_form))
    if sys.byteorder == "big":
        samples.byteswap()
    return samples.tobytes()


def write_all(folder: Path) -> None:
    """Write every bundled sound into a folder, as mono WAV."""
    for name, recipe in RECIPES.items():
        with wave.open(str(folder / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(frames(recipe))


if __name__ == "__main__":
    write_all(Path(__file__).parent)
