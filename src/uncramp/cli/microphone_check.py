"""What `uncramp doctor` finds of the microphone: does it open, what is heard, are claps found."""

import select
import sys
from collections.abc import Callable

from uncramp.core.claps.strike import QUIETEST_DB
from uncramp.core.lazy.dataclass import dataclass
from uncramp.listening.ear import HEARS_NOTHING, NOT_ON_WINDOWS, Ear
from uncramp.listening.messages import DB_PER_LEVEL, METER_FROM_DB
from uncramp.system.clocks import steady_ms

LISTENS_FOR_S = 6.0
NOT_OPENED = "Not opened: uncramp doctor --microphone tries it, for six seconds at most."


@dataclass(frozen=True, slots=True)
class MicrophoneFound:
    """What was found of the microphone."""

    is_open: bool
    words: str
    """By what it was opened, or why not."""
    system: str = ""
    microphones: tuple[str, ...] = ()
    """All that there are; the system's default was opened."""
    loudness_db: tuple[float, float] | None = None
    """How loud it was at its quietest and its loudest, relative to full scale, to 6 dB."""
    is_silent: bool = False
    """Has nothing come from it but zeros?"""
    has_heard_claps: bool = False


def check_microphone(ask: Callable[[], None], ear: Ear | None = None) -> MicrophoneFound:
    """Open the microphone and listen until two claps are heard, `LISTENS_FOR_S` at most.

    `ask` is called when it listens, to say that the person can clap.
    """
    if sys.platform == "win32":
        return MicrophoneFound(False, NOT_ON_WINDOWS)
    ear = ear or Ear(lambda: (), tells_level=True)
    ear.open()
    try:
        return _heard(ear, ask)
    finally:
        ear.close()


def _heard(ear: Ear, ask: Callable[[], None]) -> MicrophoneFound:
    levels: list[int] = []
    end_ms: float | None = None
    has_heard_claps = False
    while ear.descriptor is not None and not has_heard_claps:
        left_s = ear.wait_s if end_ms is None else max(end_ms - steady_ms(), 0) / 1000
        ready, _, _ = select.select([ear.descriptor], (), (), left_s)
        if ready:
            has_heard_claps = bool(ear.read())
        elif end_ms is not None:
            break
        else:
            ear.give_up_late()
        if ear.status.is_listening and end_ms is None:
            end_ms = steady_ms() + LISTENS_FOR_S * 1000
            ask()
        if ear.status.level is not None:
            levels.append(ear.status.level)
    status = ear.status
    if not status.is_listening:
        return MicrophoneFound(False, status.words)
    return MicrophoneFound(
        True,
        f"Opened by {status.system}: {_which(status.microphones)}.",
        status.system,
        status.microphones,
        (_loudest_of(min(levels)), _loudest_of(max(levels))) if levels else None,
        status.is_silent,
        has_heard_claps,
    )


def microphone_lines(found: MicrophoneFound | None) -> list[str]:
    """The same in sentences; None if it was not to be tried."""
    if found is None:
        return [NOT_OPENED]
    if not found.is_open:
        return [found.words]
    if found.is_silent:
        return [found.words, HEARS_NOTHING]
    lines = [found.words]
    if found.loudness_db is not None:
        quiet, loud = found.loudness_db
        lines.append(
            f"It heard {quiet:.0f} to {loud:.0f} dB, where 0 is the loudest there is. "
            f"Two claps need {QUIETEST_DB:.0f} dB."
        )
    heard = "Two claps were heard." if found.has_heard_claps else "No two claps were heard."
    return [*lines, heard]


def _which(microphones: tuple[str, ...]) -> str:
    if len(microphones) == 1:
        return microphones[0]
    return f"the system's default of {', '.join(microphones)}"


def _loudest_of(level: int) -> float:
    """The upper end of a level of the meter, in dB relative to full scale."""
    return METER_FROM_DB + DB_PER_LEVEL * (level + 1)
