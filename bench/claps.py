"""How well two claps are found, and what else is taken for them: the tables in docs/control.md.

Everything that is heard is made (`tests/core/claps`): claps and knocks in rooms, and sounds that
must not count, among them speech by each voice of eSpeak NG that is named here. Run it with the
program installed for development; whole, it takes well over seven minutes of a processor:
`python bench/claps.py [--trials 200] [--minutes 30] [--seed 11]`.
Nothing was tuned by the sounds of other seeds than 11 to 13.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.core.claps.made_sounds import (
    RATE_HZ,
    ROOMS,
    Chance,
    Room,
    Samples,
    added,
    as_heard,
    at_level,
    in_room,
    seconds,
    silence,
)
from tests.core.claps.other_sounds import (
    KINDS,
    OWN_SOUNDS,
    any_answer,
    at_rate,
    in_stretches,
    known_own_sounds,
    made_speech,
)
from tests.core.claps.trials import (
    SLOW_GAPS_S,
    Trial,
    after_own_sound,
    found_after_ms,
    make_trials,
    pairs_in,
    untold,
)
from uncramp.audio.samples.clip import wav_of
from uncramp.cli.routine_lookup import open_library
from uncramp.core.plan.plan import make_plan
from uncramp.speech.engine import VoiceOptions
from uncramp.speech.engine_choice import system_engines
from uncramp.speech.voice import phrases_from

BOTH = ("clap", "knock")
OVER_NOISE_DB = (0, 5, 10, 15, 20, 30)
GOAL_DB, GOAL_OF_100, GOAL_AN_HOUR = 15, 95, 1
SOON_MS = 300
BARE = Room("a bare tiled room", 15, 0.9)
AWAY_M = {"clap": ((0.5, 1.0), (1.0, 2.5), (2.5, 5.0)), "knock": ((0.3, 0.7), (0.7, 1.5))}
AFTER_S = (0.5, 0.75, 1.0, 1.5, 2.0, 3.0)
VOICES = ("en-us", "en-gb", "de", "fr", "es", "it")
BEYOND = ("drums", "falling things")
"""What the goal does not name."""
AT_ONCE_S = 600.0
"""An hour of samples at once would take a gigabyte."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=11)
    asked = parser.parse_args()
    print_found(asked.seed, asked.trials)
    print_places(asked.seed, asked.trials)
    print_after_own_sounds(asked.seed, asked.trials)
    print_others(asked.seed + 2, asked.minutes)
    print_known_own_sounds(asked.seed + 4, asked.minutes)


def print_found(seed: int, trials: int) -> None:
    """Found within 300 ms of the second, by how much louder they are than the noise."""
    print_row("dB over noise", OVER_NOISE_DB, is_head=True)
    of_goal: list[float] = []
    for kind in BOTH:
        soon = [soon_of_100(make_trials(seed, trials, kind, over)) for over in OVER_NOISE_DB]
        of_goal.append(soon[OVER_NOISE_DB.index(GOAL_DB)])
        print_row(f"two {kind}s", (f"{part:.0f}" for part in soon))
    of_both = sum(of_goal) / len(of_goal)
    print(f"\nAt {GOAL_DB} dB {of_both:.1f} of 100 within {SOON_MS} ms (goal {GOAL_OF_100}).\n")


def print_places(seed: int, trials: int) -> None:
    """Found 15 dB over noise by room and by distance; slow ones are known later than 300 ms."""
    print_row(f"of 100 at {GOAL_DB} dB", ("claps", "knocks", "slow claps", "slow knocks"), True)
    for room in (*ROOMS, BARE):
        soon = [soon_of_100(make_trials(seed, trials, kind, GOAL_DB, (room,))) for kind in BOTH]
        slow = [
            of_100(
                found_after_ms(trial) is not None
                for trial in make_trials(seed + 1, trials, kind, GOAL_DB, (room,), SLOW_GAPS_S)
            )
            for kind in BOTH
        ]
        print_row(f"{room.name}, {room.echo_s} s", (f"{part:.0f}" for part in (*soon, *slow)))
    print()
    for kind in BOTH:
        print_row(f"{kind}s, from and to m", (f"{a} to {b}" for a, b in AWAY_M[kind]), True)
        soon = [
            soon_of_100(make_trials(seed, trials, kind, GOAL_DB, away_m=away_m))
            for away_m in AWAY_M[kind]
        ]
        print_row("of 100", (f"{part:.0f}" for part in soon))
        print()


def print_after_own_sounds(seed: int, trials: int) -> None:
    """Claps found by the time since the program's own sound, known to be its own and not."""
    print_row("s after its own sound", AFTER_S, is_head=True)
    sounds: dict[str, Callable[[Chance], Samples]] = {
        "wood, at the end": lambda chance: at_rate(OWN_SOUNDS / "wood" / "finish.wav"),
        "wood, counting down": ticks,
        "words": lambda chance: made_speech(chance, 4.0),
    }
    for name, make in sounds.items():
        told: list[str] = []
        not_told: list[str] = []
        for place, after_s in enumerate(AFTER_S):
            made: list[Trial] = []
            # A quarter as many: each is three times as long.
            for number in range(max(1, trials // 4)):
                chance = np.random.default_rng((seed + 3, place, number))
                room, level_db = ROOMS[number % len(ROOMS)], float(chance.uniform(-12, -3))
                made.append(after_own_sound(chance, "clap", room, make(chance), level_db, after_s))
            told.append(f"{soon_of_100(made):.0f}")
            not_told.append(f"{soon_of_100(map(untold, made)):.0f}")
        print_row(f"{name}: known", told)
        print_row(f"{name}: not known", not_told)
    print()


def ticks(chance: Chance) -> Samples:
    """Three ticks of the sounds `wood`, a second apart."""
    tick = at_rate(OWN_SOUNDS / "wood" / "tick.wav")
    whole = silence(2 + seconds(tick))
    for at_s in range(3):
        added(whole, tick, at_s)
    return whole


def print_row(name: str, cells: Iterable[object], is_head: bool = False) -> None:
    """A row of a table in Markdown, with the line below it if it is the first."""
    texts = [name, *map(str, cells)]
    print("|", " | ".join(texts), "|", flush=True)
    if is_head:
        print("|" + " --- |" * len(texts))


def soon_of_100(trials: Iterable[Trial]) -> float:
    """How many of 100 were found within 300 ms of the second."""
    took = map(found_after_ms, trials)
    return of_100(ms is not None and ms <= SOON_MS for ms in took)


def of_100(answers: Iterable[bool]) -> float:
    """How many of 100 are true."""
    known = list(answers)
    return 100 * sum(known) / len(known)


def print_others(seed: int, minutes: float) -> None:
    """How often other sounds are taken for two claps, and what listening costs."""
    kinds: dict[str, Callable[[Chance, float], Samples]] = {"voices": voices, **KINDS}
    print_row("sound", ("taken, in minutes", "an hour", "CPU seconds for a second"), is_head=True)
    hourly: dict[str, float] = {}
    for number, (kind, make) in enumerate(kinds.items()):
        taken, heard_s, spent_s = 0, 0.0, 0.0
        for part in range(max(1, round(minutes * 60 / AT_ONCE_S))):
            chance = np.random.default_rng((seed, number, part))
            samples = make(chance, min(AT_ONCE_S, minutes * 60))
            heard = as_heard(samples)
            began = time.process_time()
            # Not even its own sounds are known to be its own here.
            taken += len(pairs_in(heard))
            spent_s += time.process_time() - began
            heard_s += seconds(samples)
        hourly[kind] = taken * 3_600 / heard_s
        print_row(kind, (f"{taken} in {heard_s / 60:.0f}", f"{hourly[kind]:.1f}",
                         f"{spent_s / heard_s:.4f}"))  # fmt: skip
    goal = [rate for kind, rate in hourly.items() if kind not in BEYOND]
    print(f"\nAn hour of equal parts of all but {' and '.join(BEYOND)}: "
          f"{sum(goal) / len(goal):.1f} taken (goal {GOAL_AN_HOUR}).")  # fmt: skip


def print_known_own_sounds(seed: int, minutes: float) -> None:
    """How often the program takes its own sounds for claps, heard up to 0.25 s late."""
    taken, whole = 0, max(1, round(minutes))
    for number in range(whole):
        chance = np.random.default_rng((seed, number))
        samples, sounds = known_own_sounds(chance, 60.0)
        late_ms = chance.uniform(0, 250)
        planned = [(from_ms - late_ms, to_ms - late_ms) for from_ms, to_ms in sounds]
        taken += len(pairs_in(as_heard(samples), planned))
    print(
        f"Its own sounds, known to be its own: {taken} taken in {max(1, round(minutes))} minutes."
    )


def voices(chance: Chance, length_s: float) -> Samples:
    """The phrases of all routines by the voices of eSpeak NG, each in a room."""
    engine = next((engine for engine in system_engines() if engine.is_there()), None)
    if engine is None:
        raise SystemExit("bench/claps.py needs a voice: install espeak-ng, or uncramp[voice].")
    phrases = sorted(spoken())

    def stretch(part_s: float) -> Samples:
        options = VoiceOptions(
            language=VOICES[chance.integers(len(VOICES))],
            rate=int(chance.integers(110, 200)),
            pitch=int(chance.integers(10, 90)),
        )
        parts: list[Samples] = []
        while sum(map(len, parts)) < part_s * RATE_HZ:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "spoken.wav"
                words = phrases[chance.integers(len(phrases))].split()
                # Whole sentences, and now and then a word or two.
                count = len(words) if chance.random() < 0.6 else int(chance.integers(1, 4))
                path.write_bytes(wav_of(engine.make(" ".join(words[:count]), options)))
                parts += [at_rate(path), silence(chance.exponential(0.4) + 0.05)]
        whole = in_room(np.concatenate(parts), any_answer(chance))
        return at_level(whole[: round(part_s * RATE_HZ)], chance.uniform(-35, -8))

    made = in_stretches(chance, length_s, stretch)
    engine.close()
    return made


def spoken() -> set[str]:
    """Every phrase of every bundled routine."""
    found: set[str] = set()
    library = open_library()
    for routine_id in library.ids():
        entry = library.find(routine_id)
        if entry is not None and entry.routine is not None:
            plan = make_plan(entry.routine)
            for at in range(min(plan.total.spans, 60)):
                found.update(phrases_from(plan, at))
    return found


if __name__ == "__main__":
    main()
