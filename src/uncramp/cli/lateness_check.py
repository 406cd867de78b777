"""How late each backend is heard: measured by recording what this machine plays."""

from collections.abc import Mapping
from pathlib import Path

from uncramp.audio.calibration import (
    CannotRecord,
    MeasuredLateness,
    Recording,
    lateness_of,
    wait_until,
)
from uncramp.audio.lateness import read_lateness, write_lateness
from uncramp.audio.speaker import Speaker
from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.routine.model import Sound
from uncramp.system.clocks import steady_ms, wait

CHOSEN_WITHIN_S = 30.0
LEAD_MS = 1_600
"""From asking for a sound to its beginning: as in a run, with silence in front."""
TICKS = 6
TICKS_APART_MS = 700
WORTH_MS = 5.0
"""A smaller lateness is not corrected for: it differs by as much from one time to the next."""


@dataclass(frozen=True, slots=True)
class Measured:
    """How late one backend was heard; without a lateness, why it cannot be measured."""

    lateness: MeasuredLateness | None
    words: str


def wait_for_choice(speaker: Speaker) -> None:
    """Wait until the speaker has chosen a backend, `CHOSEN_WITHIN_S` at most."""
    end_ms = steady_ms() + CHOSEN_WITHIN_S * 1000
    while speaker.is_choosing and steady_ms() < end_ms:
        wait(0.02)


def measure_lateness(
    speaker: Speaker, name: str, recording: type[Recording] = Recording
) -> Measured:
    """Play a few ticks on the backend `name` and hear when they come; closes the speaker."""
    try:
        wait_for_choice(speaker)
        if speaker.status().backend != name:
            return Measured(None, "; ".join(speaker.status().details) or speaker.status().words)
        with recording() as heard:
            begin_ms = steady_ms() + LEAD_MS + 500
            planned = [begin_ms + TICKS_APART_MS * place for place in range(TICKS)]
            for at_ms in planned:
                wait_until(at_ms - LEAD_MS - 500)
                speaker.play_at(Sound("tick"), 1.0, at_ms)
            wait_until(planned[-1] + 500)
            lateness = lateness_of(planned, heard.onsets())
    except CannotRecord as problem:
        return Measured(None, f"cannot be measured: {problem}")
    finally:
        speaker.close()
    ms = round(lateness.median_ms)
    words = f"{abs(ms)} ms {'late' if ms >= 0 else 'early'}, {lateness.spread_ms:.0f} ms apart"
    if abs(lateness.median_ms) >= WORTH_MS:
        words += "; corrected for from now on"
    return Measured(lateness, words)


def keep_lateness(file: Path, found: Mapping[str, Measured]) -> None:
    """Add what was found, by backend, to the lateness in `file`. Raises OSError."""
    known = read_lateness(file)
    for name, measured in found.items():
        lateness = measured.lateness
        if lateness is not None and abs(lateness.median_ms) >= WORTH_MS:
            known[name] = known.get(name, 0.0) + lateness.median_ms
    if any(measured.lateness is not None for measured in found.values()):
        write_lateness(file, known)
