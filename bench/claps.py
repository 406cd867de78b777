"""How well two claps are found, and what else is taken for them: the tables in docs/control.md.

Everything that is heard is made (`tests/core/claps`): claps and knocks in rooms, and sounds that
must not count, among them speech by each voice of eSpeak NG that is named here. Run it with the
program installed for development: `python bench/claps.py [--trials 100] [--minutes 30]`.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from uncramp.audio.samples.clip import wav_of

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.core.claps.made_sounds import (
    RATE_HZ,
    ROOMS,
    Chance,
    Room,
    Samples,
    as_heard,
    at_level,
    in_room,
    seconds,
    silence,
)
from tests.core.claps.other_sounds import KINDS, any_answer, at_rate, in_stretches
from tests.core.claps.trials import SLOW_GAPS_S, found_after_ms, make_trials
from uncramp.cli.routine_lookup import open_library
from uncramp.core.claps.detector import ClapDetector
from uncramp.core.plan.plan import make_plan
from uncramp.speech.engine import VoiceOptions
from uncramp.speech.engine_choice import system_engines
from uncramp.speech.voice import phrases_from

OVER_NOISE_DB = (0, 5, 10, 15, 20, 30)
SOON_MS = 300
BARE = Room("a bare tiled room", 15, 0.9)
VOICES = ("en-us", "en-gb", "de", "fr", "es", "it")
BEYOND = ("drums", "falling things")
"""What the goal does not name."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=100)
    parser.add_argument("--minutes", type=float, default=30.0)
    asked = parser.parse_args()
    print_found(asked.trials)
    print_rooms(asked.trials)
    print_others(asked.minutes)


def print_found(trials: int) -> None:
    """Found within 300 ms of the second, by how much louder they are than the noise."""
    print("| dB over noise |", " | ".join(map(str, OVER_NOISE_DB)), "|")
    print("| --- |" + " --- |" * len(OVER_NOISE_DB))
    for kind in ("clap", "knock"):
        cells = [found(trials, kind, over_db) for over_db in OVER_NOISE_DB]
        print(f"| two {kind}s |", " | ".join(cells), "|", flush=True)
    print()


def print_rooms(trials: int) -> None:
    """Found 15 dB over noise, in each room, and when they come slowly."""
    print("| 15 dB over noise | claps | knocks |")
    print("| --- | --- | --- |")
    for room in (*ROOMS, BARE):
        cells = [found(trials, kind, 15, (room,)) for kind in ("clap", "knock")]
        print(f"| {room.name}, {room.echo_s} s |", " | ".join(cells), "|", flush=True)
    took = [
        [found_after_ms(trial) for trial in make_trials(12, trials, kind, 15, gaps_s=SLOW_GAPS_S)]
        for kind in ("clap", "knock")
    ]
    cells = [share([ms is not None for ms in some]) for some in took]
    print("| 250 to 390 ms apart, known later |", " | ".join(cells), "|\n", flush=True)


def found(trials: int, kind: str, over_db: float, rooms: tuple[Room, ...] = ROOMS) -> str:
    """How many of 100 were found soon enough."""
    took = [found_after_ms(trial) for trial in make_trials(11, trials, kind, over_db, rooms)]
    return share([ms is not None and ms <= SOON_MS for ms in took])


def share(answers: list[bool]) -> str:
    """Of 100."""
    return f"{100 * sum(answers) / len(answers):.0f}"


def print_others(minutes: float) -> None:
    """How often other sounds are taken for two claps, and what listening costs."""
    kinds: dict[str, Callable[[Chance, float], Samples]] = {"voices": voices, **KINDS}
    print("| sound | taken, in minutes | an hour | CPU seconds for a second |")
    print("| --- | --- | --- | --- |")
    hourly: dict[str, float] = {}
    for number, (kind, make) in enumerate(kinds.items()):
        taken, heard_s, spent_s = 0, 0.0, 0.0
        # A few minutes at a time: an hour of samples takes a gigabyte.
        for part in range(max(1, round(minutes / 10))):
            samples = make(np.random.default_rng((13, number, part)), min(600, minutes * 60))
            heard = as_heard(samples)
            began = time.process_time()
            taken += len(ClapDetector().hear(heard))
            spent_s += time.process_time() - began
            heard_s += seconds(samples)
        hourly[kind] = taken * 3_600 / heard_s
        cost = spent_s / heard_s
        print(f"| {kind} | {taken} in {heard_s / 60:.0f} | {hourly[kind]:.1f} | {cost:.4f} |",
              flush=True)  # fmt: skip
    goal = [rate for kind, rate in hourly.items() if kind not in BEYOND]
    print(f"\nAn hour of equal parts of all but {' and '.join(BEYOND)}: "
          f"{sum(goal) / len(goal):.1f} taken")  # fmt: skip


def voices(chance: Chance, length_s: float) -> Samples:
    """The phrases of all routines by the voices of eSpeak NG, each in a room."""
    engine = next(engine for engine in system_engines() if engine.is_there())
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
