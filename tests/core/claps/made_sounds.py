"""Sounds made by seeded chance: claps and knocks in rooms, and what must not count as them.

Samples are floats at `RATE_HZ`, 1.0 is full scale. Everything follows from the generator of
random numbers that is passed.
"""

from array import array
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from uncramp.core.claps.detector import RATE_HZ

Samples = NDArray[np.float64]
Chance = np.random.Generator


@dataclass(frozen=True, slots=True)
class Room:
    """A room, by what makes its echo."""

    name: str
    volume_m3: float
    echo_s: float
    """The time in which its echo falls by 60 dB."""

    @property
    def reach_m(self) -> float:
        """How far from the microphone a person can be in it."""
        return float(1.1 * self.volume_m3 ** (1 / 3))


ROOMS = (
    Room("bedroom", 30, 0.30),
    Room("living room", 70, 0.45),
    Room("bathroom", 15, 0.60),
)
NOISES = ("white", "pink", "fan")


def seconds(samples: Samples) -> float:
    """How long they last."""
    return len(samples) / RATE_HZ


def as_heard(samples: Samples) -> "array[int]":
    """Samples as a microphone gives them: signed, 16 bits, clipped."""
    whole = np.clip(np.round(samples * 32_768), -32_768, 32_767).astype("<i2")
    return array("h", whole.tolist())


def silence(length_s: float) -> Samples:
    """Nothing, for so many seconds."""
    return np.zeros(round(length_s * RATE_HZ))


def rms(samples: Samples) -> float:
    """The root of the mean square."""
    return float(np.sqrt(np.mean(samples**2)))


def loudest(samples: Samples, over_s: float = 0.02) -> float:
    """The RMS of the loudest 20 ms."""
    count = round(over_s * RATE_HZ)
    sums = np.convolve(samples**2, np.ones(count), "valid") if len(samples) > count else samples**2
    return float(np.sqrt(sums.max() / count))


def at_level(samples: Samples, level_db: float) -> Samples:
    """The same sound, its loudest 20 ms at this level relative to full scale."""
    return samples * 10 ** (level_db / 20) / loudest(samples)


def added(whole: Samples, part: Samples, at_s: float) -> None:
    """Add a sound to a longer one, in place, as much of it as fits."""
    begin = min(round(at_s * RATE_HZ), len(whole))
    end = min(begin + len(part), len(whole))
    whole[begin:end] += part[: end - begin]


def shaped(
    chance: Chance, length_s: float, gain: "Samples | None" = None, slope: float = 0.0
) -> Samples:
    """Noise whose power falls with frequency by this exponent, RMS 1."""
    count = round(length_s * RATE_HZ)
    spectrum = np.fft.rfft(chance.standard_normal(count))
    hz = np.fft.rfftfreq(count, 1 / RATE_HZ)
    made = np.fft.irfft(spectrum * np.maximum(hz, 30.0) ** (-slope / 2), count)
    return made / rms(made)


def band(chance: Chance, length_s: float, low_hz: float, high_hz: float) -> Samples:
    """Noise between two frequencies, RMS 1."""
    count = round(length_s * RATE_HZ)
    hz = np.fft.rfftfreq(count, 1 / RATE_HZ)
    keep = 1 / (1 + (low_hz / np.maximum(hz, 1)) ** 6) / (1 + (hz / high_hz) ** 6)
    made = np.fft.irfft(np.fft.rfft(chance.standard_normal(count)) * keep, count)
    return made / rms(made)


def noise(chance: Chance, length_s: float, kind: str) -> Samples:
    """The noise of a quiet room, RMS 1: `white`, `pink`, or a `fan` with the hum of its motor."""
    if kind == "white":
        return shaped(chance, length_s)
    if kind == "pink":
        return shaped(chance, length_s, slope=1.0)
    when = np.arange(round(length_s * RATE_HZ)) / RATE_HZ
    made = shaped(chance, length_s, slope=1.6)
    for part, strength in ((1, 0.6), (2, 0.4), (3, 0.2), (7, 0.1)):
        made += strength * np.sin(2 * np.pi * 50 * part * when + chance.uniform(0, 6))
    return made / rms(made)


def damped(chance: Chance, length_s: float, hz: float, fall_s: float) -> Samples:
    """A mode that rings down: a sine that falls by 1/e in `fall_s`."""
    when = np.arange(round(length_s * RATE_HZ)) / RATE_HZ
    phase = chance.uniform(0, 2 * np.pi)
    made: Samples = np.sin(2 * np.pi * hz * when + phase) * np.exp(-when / fall_s)
    return made


def resonated(samples: Samples, hz: float, quality: float) -> Samples:
    """The samples through a resonance, its gain at the peak 1."""
    count = len(samples)
    size = 2 * count
    found = np.maximum(np.fft.rfftfreq(size, 1 / RATE_HZ), 1.0)
    gain = 1 / (1 + 1j * quality * (found / hz - hz / found))
    return np.asarray(np.fft.irfft(np.fft.rfft(samples, size) * gain, size)[:count])


@dataclass(frozen=True, slots=True)
class Hand:
    """How one person claps or knocks: two of theirs are alike, not equal."""

    kind: str
    tone_hz: float
    quality: float
    fall_s: float
    modes_hz: tuple[float, ...]

    @staticmethod
    def any(chance: Chance, kind: str) -> "Hand":
        """One that claps (`clap`) or knocks on a table (`knock`)."""
        modes = chance.uniform(110, 1_600, chance.integers(6, 11))
        return Hand(
            kind,
            float(chance.uniform(600, 2_400)),
            float(chance.uniform(0.7, 3.0)),
            float(chance.uniform(0.0015, 0.006)),
            tuple(float(hz) for hz in modes),
        )

    def strike(self, chance: Chance) -> Samples:
        """One clap or knock as it is right beside it, its peak near 1.

        A clap: a burst of noise that falls within milliseconds, coloured by the air between the
        hands. A knock: the modes of a board, and the click of the knuckle.
        """
        when = np.arange(round(0.12 * RATE_HZ)) / RATE_HZ
        if self.kind == "clap":
            burst = chance.standard_normal(len(when))
            burst *= np.exp(-when / (self.fall_s * chance.uniform(0.85, 1.2)))
            burst *= np.minimum(1, when / chance.uniform(0.0003, 0.0015))
            tone = self.tone_hz * chance.uniform(0.92, 1.08)
            made = resonated(burst, tone, self.quality) + 0.25 * burst
        else:
            made = 0.5 * chance.standard_normal(len(when)) * np.exp(-when / 0.0012)
            made = resonated(made, 1_500, 0.5)
            for hz in self.modes_hz:
                fall_s = min(0.03, 4 / hz * chance.uniform(0.8, 1.2))
                strength = chance.uniform(0.3, 1.0) * (300 / (300 + hz))
                made += strength * damped(chance, 0.12, hz, fall_s)
        return np.asarray(made / np.abs(made).max())


def echo_of(chance: Chance, room: Room, distance_m: float) -> Samples:
    """The response of a room from a place to the microphone: direct sound, reflections, echo.

    The direct sound falls with the distance; the echo is as strong everywhere. They are
    equally strong at the critical distance, 0.057 * sqrt(volume / echo time) metres. High
    frequencies die sooner.
    """
    when = np.arange(round(min(1.2, room.echo_s) * RATE_HZ)) / RATE_HZ
    critical_m = 0.057 * (room.volume_m3 / room.echo_s) ** 0.5
    hiss = chance.standard_normal(len(when))
    dull = resonated(hiss, 500, 0.2)
    answer = dull * np.exp(-6.91 * when / room.echo_s)
    answer += (hiss - dull) * np.exp(-6.91 * 1.6 * when / room.echo_s)
    # The first reflections are single ones, and come after some metres.
    first_s = chance.uniform(0.002, 0.006)
    answer *= np.minimum(1, np.maximum(0, when - first_s) / 0.01)
    answer *= 1 / critical_m / np.sqrt(np.sum(answer**2))
    for _ in range(8):
        late_s = chance.uniform(first_s, 0.03)
        strength = 0.7 / (distance_m + 343 * late_s) * chance.choice((-1, 1))
        answer[round(late_s * RATE_HZ)] += strength
    answer[0] += 1 / distance_m
    return answer


def in_room(sound: Samples, answer: Samples) -> Samples:
    """A sound as it is heard in a room."""
    size = len(sound) + len(answer) - 1
    padded = 1 << (size - 1).bit_length()
    made = np.fft.irfft(np.fft.rfft(sound, padded) * np.fft.rfft(answer, padded), padded)
    return np.asarray(made[:size])
