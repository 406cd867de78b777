"""Sounds that must not count as two claps, made by seeded chance, a stream of each kind.

Each maker gives a stream of the length that is asked for, at different levels and as heard in
different rooms.
"""

import wave
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import numpy as np

from tests.core.claps.made_sounds import (
    ROOMS,
    Chance,
    Hand,
    Samples,
    added,
    at_level,
    band,
    damped,
    echo_of,
    in_room,
    noise,
    resonated,
    shaped,
    silence,
)
from uncramp.core.claps.detector import RATE_HZ

OWN_SOUNDS = Path(__file__).parents[3] / "sounds"
ROOM_NOISE_DB = -55.0
PATIENCE_S = 60.0
"""A room, a hand and a loudness last so long; then comes another."""

VOWELS_HZ = ((730, 1_090, 2_440), (270, 2_290, 3_010), (300, 870, 2_240), (530, 1_840, 2_480),
             (570, 840, 2_410), (660, 1_720, 2_410), (440, 1_020, 2_240))  # fmt: skip
"""The first three formants of vowels (Peterson and Barney, 1952, men)."""


def one_clap(chance: Chance, length_s: float) -> Samples:
    """A clap or a knock, then quiet for at least 1.2 s."""
    return _struck(chance, length_s, lambda: ([0.0], chance.uniform(1.2, 3.0)))


def three_claps(chance: Chance, length_s: float) -> Samples:
    """Three claps or knocks at one pace, some fast and some slow."""

    def struck() -> tuple[list[float], float]:
        gap_s = chance.uniform(0.15, 0.6)
        # People keep a pace within about 5 %.
        gaps = gap_s * (1 + 0.05 * np.clip(chance.standard_normal(2), -2, 2))
        return [0.0, gaps[0], gaps.sum()], chance.uniform(1.2, 3.0)

    return _struck(chance, length_s, struck)


def clapped_along(chance: Chance, length_s: float) -> Samples:
    """One person who claps on and on, at a pace of 2 to 5 a second."""

    def struck() -> tuple[list[float], float]:
        gaps = (1 / chance.uniform(2, 5)) * (1 + 0.05 * chance.standard_normal(20))
        return list(np.cumsum(gaps) - gaps[0]), chance.uniform(1.2, 3.0)

    return _struck(chance, length_s, struck)


def applause(chance: Chance, length_s: float) -> Samples:
    """3 to 30 people who clap for some seconds, each at their own pace."""

    def stretch(part_s: float) -> Samples:
        whole = silence(part_s)
        answers = [any_answer(chance) for _ in range(6)]
        at_s = 0.5
        while at_s < part_s:
            lasts_s = chance.uniform(3, 8)
            for _ in range(chance.integers(3, 31)):
                hand, answer = Hand.any(chance, "clap"), answers[chance.integers(len(answers))]
                clap = in_room(hand.strike(chance), answer)
                gap_s, own_s = chance.uniform(0.18, 0.35), at_s + chance.uniform(0, 1)
                until_s = at_s + lasts_s + chance.uniform(-1, 0)
                while own_s < until_s:
                    added(whole, clap * chance.uniform(0.6, 1), own_s)
                    own_s += gap_s * chance.uniform(0.93, 1.07)
            at_s += lasts_s + chance.uniform(1, 4)
        return at_level(whole, chance.uniform(-35, -12))

    return in_stretches(chance, length_s, stretch)


def typing(chance: Chance, length_s: float) -> Samples:
    """A keyboard: bursts of 2 to 25 keys, each with a press and a release."""

    def stretch(part_s: float) -> Samples:
        whole = silence(part_s)
        answer, body_hz = any_answer(chance, 0.3, 1.0), chance.uniform(150, 500)

        def click(strength: float) -> Samples:
            made = chance.standard_normal(800) * np.exp(-np.arange(800) / chance.uniform(15, 60))
            made = resonated(made, chance.uniform(1_500, 4_500), 1.5)
            made += 0.2 * damped(chance, 0.05, body_hz * chance.uniform(0.9, 1.1), 0.008)
            return in_room(made * strength, answer)

        at_s = 0.5
        while at_s < part_s - 1:
            for _ in range(min(25, 1 + chance.geometric(0.12))):
                strength = 10 ** (chance.normal(0, 3) / 20)
                added(whole, click(strength), at_s)
                held_s = chance.uniform(0.06, 0.12)
                added(whole, click(strength * chance.uniform(0.2, 0.6)), at_s + held_s)
                at_s += max(0.06, 0.16 * np.exp(0.35 * chance.standard_normal()))
            at_s += chance.uniform(0.4, 3)
        return at_level(whole, chance.uniform(-48, -28))

    return in_stretches(chance, length_s, stretch)


def water(chance: Chance, length_s: float) -> Samples:
    """A foot bath: a murmur that swells, splashes, and drops that ring."""

    def stretch(part_s: float) -> Samples:
        count = round(part_s * RATE_HZ)
        turns = np.arange(0, count + 4_000, 4_000)
        swell = np.interp(np.arange(count), turns, chance.uniform(0.2, 1, len(turns)))
        whole = 0.2 * band(chance, part_s, 300, 5_000)[:count] * swell
        for _ in range(round(part_s * chance.uniform(0.3, 2))):
            lasts_s = chance.uniform(0.08, 0.6)
            splash = band(chance, lasts_s, chance.uniform(200, 800), chance.uniform(2_000, 7_000))
            when = np.arange(len(splash)) / len(splash)
            splash *= when ** chance.uniform(0.2, 1) * (1 - when) ** chance.uniform(1, 3)
            added(whole, splash * chance.uniform(0.3, 2), chance.uniform(0, part_s))
        for _ in range(round(part_s * chance.uniform(0.3, 6))):
            drop = damped(chance, 0.1, chance.uniform(500, 2_500), chance.uniform(0.005, 0.02))
            added(whole, drop * chance.uniform(0.2, 1.5), chance.uniform(0, part_s))
        return at_level(in_room(whole, any_answer(chance)), chance.uniform(-35, -12))

    return in_stretches(chance, length_s, stretch)


def music(chance: Chance, length_s: float) -> Samples:
    """Notes and chords with partials, some plucked, some blown, on a steady beat with rests."""

    def stretch(part_s: float) -> Samples:
        whole, at_s = silence(part_s), 0.3
        beat_s, attack_s = 60 / chance.uniform(60, 180), 10 ** chance.uniform(-3, -1.3)
        while at_s < part_s:
            if chance.random() < 0.8:
                for _ in range(chance.integers(1, 4)):
                    added(whole, _note(chance, attack_s) * chance.uniform(0.4, 1), at_s)
            at_s += beat_s * chance.choice((0.25, 0.5, 0.5, 1, 1, 2))
        return at_level(in_room(whole, any_answer(chance)), chance.uniform(-35, -8))

    return in_stretches(chance, length_s, stretch)


def drums(chance: Chance, length_s: float) -> Samples:
    """A bar of drum, snare and hat that repeats, with a break now and then."""

    def stretch(part_s: float) -> Samples:
        whole, at_s = silence(part_s), 0.3
        step_s = 60 / chance.uniform(70, 150) / 4
        bar = [chance.random(16) < often for often in (0.25, 0.2, 0.6)]
        while at_s < part_s:
            for step in range(16):
                for kind, line in enumerate(bar):
                    if line[step]:
                        added(whole, _drum(chance, kind), at_s + step * step_s)
            at_s += 16 * step_s + (chance.uniform(1, 3) if chance.random() < 0.2 else 0)
        return at_level(in_room(whole, any_answer(chance)), chance.uniform(-35, -12))

    return in_stretches(chance, length_s, stretch)


def made_speech(chance: Chance, length_s: float) -> Samples:
    """Words of syllables that nobody speaks: bursts and hisses, then vowels with a pitch."""

    def stretch(part_s: float) -> Samples:
        whole, at_s, pitch_hz = silence(part_s), 0.3, chance.uniform(90, 240)
        while at_s < part_s:
            for _ in range(chance.integers(1, 9)):
                syllable = _syllable(chance, pitch_hz * chance.uniform(0.85, 1.2))
                added(whole, syllable * chance.uniform(0.5, 1), at_s)
                at_s += len(syllable) / RATE_HZ + chance.uniform(0, 0.06)
            at_s += chance.exponential(0.5) + 0.15
        return at_level(in_room(whole, any_answer(chance)), chance.uniform(-35, -8))

    return in_stretches(chance, length_s, stretch)


def falls(chance: Chance, length_s: float) -> Samples:
    """Things that fall and bounce, ever sooner and ever softer."""

    def struck() -> tuple[list[float], float]:
        springs, gap_s, at = chance.uniform(0.4, 0.75), chance.uniform(0.15, 0.6), [0.0]
        while gap_s > 0.03:
            at.append(at[-1] + gap_s)
            gap_s *= springs
        return at, chance.uniform(1.2, 3.0)

    return _struck(chance, length_s, struck, softer=0.55)


def own_sounds(chance: Chance, length_s: float) -> Samples:
    """Every sound of this program, by day and at night, near and far, often near each other."""
    return in_stretches(chance, length_s, lambda part_s: known_own_sounds(chance, part_s)[0])


def known_own_sounds(chance: Chance, length_s: float) -> tuple[Samples, list[tuple[float, float]]]:
    """The same in one room, and from when to when each one sounds, in milliseconds."""
    whole, at_s = silence(length_s), 0.2
    answer, sounds, known = any_answer(chance), _sounds(), []
    while at_s < length_s:
        sound = sounds[chance.integers(len(sounds))]
        added(whole, in_room(sound, answer), at_s)
        known.append((at_s * 1000, at_s * 1000 + len(sound) * 1000 / RATE_HZ))
        at_s += chance.uniform(0.12, 1.5)
    return at_level(whole, chance.uniform(-35, -3)), known


KINDS: Mapping[str, Callable[[Chance, float], Samples]] = {
    "own sounds": own_sounds,
    "made speech": made_speech,
    "water": water,
    "music": music,
    "drums": drums,
    "typing": typing,
    "one clap": one_clap,
    "three claps": three_claps,
    "clapping along": clapped_along,
    "applause": applause,
    "falling things": falls,
}


def in_stretches(chance: Chance, length_s: float, stretch: Callable[[float], Samples]) -> Samples:
    """A stream of stretches, each with its own room and loudness, over the noise of a room."""
    count = round(length_s * RATE_HZ)
    parts, made = [], 0
    while made < count:
        part = stretch(min(PATIENCE_S, (count - made) / RATE_HZ + 0.01))
        parts.append(part)
        made += len(part)
    whole = np.concatenate(parts)[:count]
    return whole + noise(chance, length_s, "pink")[:count] * 10 ** (ROOM_NOISE_DB / 20)


def any_answer(chance: Chance, nearest_m: float = 0.5, farthest_m: float = 5.0) -> Samples:
    room = ROOMS[chance.integers(len(ROOMS))]
    return echo_of(chance, room, float(chance.uniform(nearest_m, min(farthest_m, room.reach_m))))


def _struck(
    chance: Chance,
    length_s: float,
    struck: Callable[[], tuple[list[float], float]],
    softer: float = 1.0,
) -> Samples:
    """Claps or knocks of one hand at the moments that `struck` gives, then its quiet, again."""

    def stretch(part_s: float) -> Samples:
        whole, at_s = silence(part_s), 0.5
        hand, answer = Hand.any(chance, chance.choice(("clap", "knock"))), any_answer(chance)
        while at_s < part_s:
            moments, quiet_s = struck()
            for number, moment in enumerate(moments):
                strength = softer**number * 10 ** (chance.uniform(-2.5, 2.5) / 20)
                added(whole, in_room(hand.strike(chance), answer) * strength, at_s + moment)
            at_s += moments[-1] + quiet_s
        return at_level(whole, chance.uniform(-40, -10))

    return in_stretches(chance, length_s, stretch)


def _note(chance: Chance, attack_s: float) -> Samples:
    lasts_s, fall_s = chance.uniform(0.1, 1.0), chance.uniform(0.05, 0.6)
    when = np.arange(round(lasts_s * RATE_HZ)) / RATE_HZ
    hz = 440 * 2 ** (chance.integers(-24, 20) / 12)
    made = np.zeros(len(when))
    for part in range(1, 9):
        if hz * part < RATE_HZ / 2.2:
            strength = 1 / part ** chance.uniform(0.8, 2)
            made += strength * np.sin(2 * np.pi * hz * part * when) * np.exp(-when * part / fall_s)
    made *= np.minimum(1, when / attack_s) * np.minimum(1, (lasts_s - when) / 0.02)
    return made


def _drum(chance: Chance, kind: int) -> Samples:
    when = np.arange(round(0.3 * RATE_HZ)) / RATE_HZ
    if kind == 0:
        sweep = 2 * np.pi * (50 * when + 4 * (1 - np.exp(-when / 0.03)))
        return np.asarray(1.5 * np.sin(sweep) * np.exp(-when / 0.09))
    rattle = band(chance, 0.3, 800 if kind == 1 else 5_000, 7_500)[: len(when)]
    rattle *= np.exp(-when / (0.06 if kind == 1 else 0.02))
    if kind == 1:
        return np.asarray(
            0.3 * rattle + 0.7 * np.sin(2 * np.pi * 190 * when) * np.exp(-when / 0.05)
        )
    return np.asarray(0.12 * rattle)


def _syllable(chance: Chance, pitch_hz: float) -> Samples:
    lasts_s = chance.uniform(0.07, 0.3)
    count = round(lasts_s * RATE_HZ)
    when = np.arange(count) / RATE_HZ
    glide = pitch_hz * (1 + chance.uniform(-0.15, 0.15) * when / lasts_s)
    phase = np.cumsum(glide) / RATE_HZ
    voice = np.diff(np.floor(phase), prepend=0.0) + 0.02 * chance.standard_normal(count)
    vowel = sum(
        resonated(voice, hz, hz / width) * strength
        for hz, width, strength in zip(
            VOWELS_HZ[chance.integers(len(VOWELS_HZ))],
            (80, 100, 140),
            (1.0, 0.5, 0.25),
            strict=True,
        )
    )
    vowel = vowel * np.minimum(1, when / chance.uniform(0.008, 0.03))
    vowel *= np.minimum(1, (lasts_s - when) / chance.uniform(0.02, 0.06))
    vowel /= np.abs(vowel).max()
    begins = chance.random()
    if begins < 0.4:
        burst = shaped(chance, 0.02)[:320] * np.exp(-np.arange(320) / chance.uniform(30, 120))
        burst = resonated(burst, chance.uniform(800, 4_000), 1.0) * chance.uniform(0.05, 0.5)
        pause = silence(chance.uniform(0, 0.05))
        return np.concatenate([burst, pause, vowel])
    if begins < 0.6:
        hiss = band(chance, chance.uniform(0.05, 0.15), chance.uniform(2_000, 4_500), 7_500)
        hiss *= np.minimum(1, np.arange(len(hiss)) / 400) * chance.uniform(0.03, 0.15)
        return np.concatenate([hiss, vowel])
    return np.asarray(vowel)


@cache
def _sounds() -> tuple[Samples, ...]:
    return tuple(at_rate(path) for path in sorted(OWN_SOUNDS.rglob("*.wav")))


def at_rate(path: Path) -> Samples:
    """A WAV file of one channel and 16 bits at `RATE_HZ`."""
    with wave.open(str(path)) as file:
        rate, frames = file.getframerate(), file.readframes(file.getnframes())
    samples = np.frombuffer(frames, "<i2") / 32_768
    count = round(len(samples) * RATE_HZ / rate)
    spectrum = np.fft.rfft(samples)[: count // 2 + 1]
    return np.asarray(np.fft.irfft(spectrum, count) * count / len(samples))
