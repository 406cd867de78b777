"""Pairs of claps to be found: what is heard, and when they were."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from tests.core.claps.made_sounds import (
    NOISES,
    ROOMS,
    Chance,
    Hand,
    Room,
    Samples,
    added,
    as_heard,
    at_level,
    echo_of,
    in_room,
    loudest,
    noise,
    seconds,
    silence,
)
from uncramp.core.claps.detector import RATE_HZ, ClapDetector, ClapPair
from uncramp.core.claps.own_sounds import counts

KINDS = ("clap", "knock")
USUAL_GAPS_S = (0.15, 0.25)
SLOW_GAPS_S = (0.25, 0.39)
AWAY_M = {"clap": (0.5, 5.0), "knock": (0.3, 1.5)}
NEAR_MS = 30
"""A pair is the one that was made if both are this near."""
QUIETEST_DB, AT_ONE_METRE_DB = -36.0, -12.0
PIECE = RATE_HZ // 100
"""Samples that come at once: 10 ms."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Two claps in a noise."""

    samples: "array[int]"
    first_ms: float
    second_ms: float
    own_ms: tuple[tuple[float, float], ...] = ()
    """From when to when the program sounds, as it planned that."""


def make_trial(
    chance: Chance,
    kind: str,
    room: Room,
    over_noise_db: float,
    noise_kind: str,
    gaps_s: tuple[float, float] = USUAL_GAPS_S,
    away_m: tuple[float, float] | None = None,
) -> Trial:
    """Two claps or knocks of one person in a room.

    The loudest 20 ms of them are so much over the RMS of the noise. They are `away_m` from the
    microphone, as far as the room allows: claps 0.5 to 5 m, and knocks, on a table, 0.3 to 1.5 m.
    """
    nearest_m, farthest_m = away_m or AWAY_M[kind]
    farthest_m = min(farthest_m, room.reach_m)
    if kind == "clap":
        distance_m = float(np.exp(chance.uniform(np.log(nearest_m), np.log(farthest_m))))
    else:
        distance_m = float(chance.uniform(nearest_m, farthest_m))
    answer, hand = echo_of(chance, room, distance_m), Hand.any(chance, kind)
    whole = silence(2.4)
    first_s = 1.0 + chance.uniform(0, 0.01)
    second_s = first_s + chance.uniform(*gaps_s)
    for at_s in (first_s, second_s):
        strength = 10 ** (chance.uniform(-2.5, 2.5) / 20)
        added(whole, in_room(hand.strike(chance), answer) * strength, at_s)
    level_db = max(AT_ONE_METRE_DB - 20 * np.log10(distance_m), QUIETEST_DB)
    whole = at_level(whole, float(level_db))
    around = noise(chance, seconds(whole), noise_kind) * loudest(whole)
    heard = as_heard(whole + around / 10 ** (over_noise_db / 20))
    return Trial(heard, first_s * 1_000, second_s * 1_000)


def make_trials(
    seed: int,
    count: int,
    kind: str,
    over_noise_db: float,
    rooms: tuple[Room, ...] = ROOMS,
    gaps_s: tuple[float, float] = USUAL_GAPS_S,
    away_m: tuple[float, float] | None = None,
) -> list[Trial]:
    """Trials that take the rooms and the noises in turn."""
    trials = []
    for number in range(count):
        chance = np.random.default_rng((seed, KINDS.index(kind), number))
        room = rooms[number % len(rooms)]
        noise_kind = NOISES[number // len(rooms) % len(NOISES)]
        made = make_trial(chance, kind, room, over_noise_db, noise_kind, gaps_s, away_m)
        trials.append(made)
    return trials


def after_own_sound(
    chance: Chance, kind: str, room: Room, own: Samples, own_db: float, after_s: float
) -> Trial:
    """Two claps or knocks `after_s` after the end of one of the program's own sounds.

    The sound's loudest 20 ms are at `own_db`; it comes from half a metre to three metres away and
    up to a quarter of a second later than planned. Claps are 15 dB over noise.
    """
    away_m = float(chance.uniform(0.5, min(3.0, room.reach_m)))
    heard = at_level(in_room(own, echo_of(chance, room, away_m)), own_db)
    late_s = float(chance.uniform(0.0, 0.25))
    clapped = make_trial(chance, kind, room, 15, NOISES[chance.integers(len(NOISES))])
    # The trial has a second before its claps.
    begin_s = max(0.0, seconds(own) + after_s - clapped.first_ms / 1000)
    own_s = begin_s + clapped.first_ms / 1000 - after_s - seconds(own)
    # Its noise is there from the beginning: the second before the claps, again and again.
    quiet = np.frombuffer(clapped.samples, "<i2").astype(float) / 32_768
    part = quiet[: round(0.9 * RATE_HZ)]
    before = np.resize(part, round(begin_s * RATE_HZ))
    whole = np.concatenate([before, quiet])
    added(whole, heard, own_s + late_s)
    shift_ms = len(before) * 1000 / RATE_HZ
    return Trial(
        as_heard(whole),
        clapped.first_ms + shift_ms,
        clapped.second_ms + shift_ms,
        ((own_s * 1000, (own_s + seconds(own)) * 1000),),
    )


def untold(trial: Trial) -> Trial:
    """The same, but nobody tells the detection what the program sounds."""
    return replace(trial, own_ms=())


def pairs_in(
    samples: "array[int]", own_ms: Iterable[tuple[float, float]] = (), piece: int = PIECE
) -> list[tuple[float, ClapPair]]:
    """The pairs that count, each with when it is known, in milliseconds."""
    detector, own = ClapDetector(), tuple(own_ms)
    return [
        ((at + piece) * 1_000 / RATE_HZ, pair)
        for at in range(0, len(samples), piece)
        for pair in detector.hear(samples[at : at + piece])
        if counts(pair, own)
    ]


def found_after_ms(trial: Trial) -> float | None:
    """How long after the second clap the pair was known; None if it was not, or another first."""
    for known_ms, pair in pairs_in(trial.samples, trial.own_ms):
        is_near = (
            abs(pair.first_ms - trial.first_ms) <= NEAR_MS
            and abs(pair.second_ms - trial.second_ms) <= NEAR_MS
        )
        return known_ms - trial.second_ms if is_near else None
    return None
