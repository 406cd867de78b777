"""An exported file and a live run of the same routine are the same sound.

Where a step waits, the file goes on 15 seconds after the step's first prompt; the live run gets
a `done` at about that moment, and what follows is compared from where it really went on.
"""

import json
import os
import subprocess
import sys
import wave
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.content.bundled import FOLDER
from tests.real.listening import RATE, Samples, Waking, onsets
from tests.real.recorded_run import RecordedRun
from uncramp.export.mixdown import LEAD_MS
from uncramp.export.rendition import MARGIN_MS
from uncramp.session import session

NEVER_OVER_MS = 15.0
ALIKE = 0.95
"""How much of a sound's waveform has to be the other's: its correlation."""
AS_LOUD, SAME_SAMPLES = 0.05, 0.999
AS_LOUD_RESAMPLED = 0.15
"""The voice's words have another rate: the sound server keeps more of an "s" than the export."""
LENGTH_MS = 250.0
"""Of each sound that is compared, from where it begins."""
REACH_MS = 60.0
ANSWERED_MS, URGENT_MS = 250.0, 5_000.0
"""After somebody's answer a chime is not planned ahead; nor are the first words of an urgent run.
"""
BESIDE_MS, AS_LOUD_BESIDE = 1_000.0, 0.2
FEWEST_SOUNDS = 6
"""A routine of fewer was not heard."""


def before(routine_id: str) -> str:
    """An earlier run in the history. Without one the get-readys are longer than in an export."""
    return json.dumps({
        "routine_id": routine_id, "title": routine_id, "fingerprint": "0", "is_complete": True,
        "played_ms": 1, "total_ms": 1, "steps_done": 1, "steps": 1,
        "started": "2026-11-21T16:35:04+00:00", "ended": "2026-11-21T16:35:26+00:00",
    })  # fmt: skip


@dataclass(frozen=True, slots=True)
class Compared:
    """A routine with options that the run and the export both get."""

    routine_id: str
    options: tuple[str, ...] = ()

    def live(self) -> RecordedRun:
        history = {"state/uncramp/history/runs.jsonl": f"{before(self.routine_id)}\n"}
        sound = ("--sound", "--voice", "--volume", "100")
        return RecordedRun(
            self.routine_id, *self.options, *sound, files=history,
            answers_after_s=MARGIN_MS / 1000,
        )  # fmt: skip

    def exported(self, home: Path) -> Samples:
        """The routine as a WAV file, with the settings and the voice of the run in that home."""
        target = home / "exported.wav"
        environment = dict(os.environ)
        for name in ("config", "state", "cache", "data"):
            environment[f"XDG_{name.upper()}_HOME"] = str(home / name)
        uncramp = [sys.executable, "-m", "uncramp"]
        command = [*uncramp, "export", self.routine_id, *self.options, "--voice", "-o", str(target)]
        subprocess.run(command, env=environment, check=True, capture_output=True)
        with wave.open(str(target)) as file:
            assert (file.getframerate(), file.getnchannels()) == (RATE, 1)
            return np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32_768


def without(*names: str) -> tuple[str, ...]:
    return tuple(word for name in names for word in ("--without", name))


def lasting(time: str, *names: str) -> tuple[str, ...]:
    return tuple(word for name in names for word in ("--time", f"{name}={time}"))


# The longest ones are made shorter, or heard in two parts: all take eleven minutes side by side.
WHOLE = (
    "acupressure-relief", "acute-calf", "acute-foot", "acute-front", "acute-stand",
    "bedtime-stretch", "knee-massage", "sleep-setup", "swim-cramp-drill",
)  # fmt: skip
SHORTER = {
    "bedtime, first part": Compared("bedtime", without(
        "Foot soak", "Outer leg, by the knob", "Front of the leg, by the shin",
        "Calf squeeze and roll",
    )),
    "bedtime, second part": Compared("bedtime", without(
        "Foot soak", "Fill and test the basin", "Dry and look", "Fist rub of the sole",
        "Inner ankle", "Outer ankle", "Middle of the calf",
    )),
    "bedtime-light": Compared("bedtime-light", lasting("5m", "Foot soak")),
    "bedtime-warm-soak": Compared("bedtime-warm-soak", without("Foot soak")),
    "foot-relief": Compared("foot-relief", lasting(
        "1m", "Sole, behind the ball", "Middle of the heel"
    )),
    "warm-compress": Compared("warm-compress", lasting("5m", "Heat on the calf")),
}  # fmt: skip
USUAL = {"calf-rub": Compared("calf-rub")}
ALL = USUAL | {name: Compared(name) for name in WHOLE} | SHORTER
ASKED = ALL if os.environ.get("UNCRAMP_EXPORTS") == "all" else USUAL


def test_every_bundled_routine_is_compared() -> None:
    assert {one.routine_id for one in ALL.values()} == {file.stem for file in FOLDER.glob("*.toml")}


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a span is."""

    in_file_ms: float
    """From where the run begins in the file."""
    in_run_ms: float
    """In the run's own time."""
    at_once_ms: float = 0.0
    """What begins sooner in it was not planned ahead, and comes as soon as it can."""


def placed(events: Sequence[Mapping[str, Any]]) -> tuple[Sequence[Placed], float]:
    """Each span that the run had, in order; and up to where the file is compared.

    The chime that ends a run on an answer comes late and its words do not, so both are left out.
    """
    spans: list[Placed] = []
    later_ms, ends_ms = 0.0, 0.0
    at_once_ms = URGENT_MS if events[-1]["is_urgent"] else 0.0
    for event in events:
        if event["event"] == "span-began":
            spans.append(Placed(event["start_ms"] + later_ms, event["at_ms"], at_once_ms))
            at_once_ms = ANSWERED_MS if event["open"] else 0.0
            later_ms += MARGIN_MS if event["open"] else 0.0
            ends_ms = event["start_ms"] + event["length_ms"] + later_ms
    return spans, ends_ms if at_once_ms else float("inf")


def best(heard: Samples, form: Samples) -> tuple[int, float, float]:
    """Where in `heard` the sound fits best; how alike and how loud it is there, the same is 1."""
    at = int(np.argmax(np.correlate(heard, form, "valid")))
    there = heard[at : at + len(form)]
    loud, known = float(np.linalg.norm(there)), float(np.linalg.norm(form))
    return at, float(np.dot(there, form)) / max(loud * known, 1e-9), loud / known


@dataclass(frozen=True, slots=True)
class Fitted:
    """How a sound of the file was heard."""

    at_ms: float
    """In the file."""
    late_ms: float
    alike: float
    loud: float
    is_at_once: bool
    is_beside: bool
    """A chime that came late still sounds when it begins."""

    @property
    def most_loud(self) -> float:
        """How far from 1 its loudness may be."""
        if self.is_beside:
            return AS_LOUD_BESIDE
        return AS_LOUD if self.alike > SAME_SAMPLES else AS_LOUD_RESAMPLED


def fitted(
    file: Samples, heard: Samples, run_began_ms: float, events: Sequence[Mapping[str, Any]]
) -> Iterator[Fitted]:
    """Each sound of the file, as it was heard; `run_began_ms` is counted in the recording."""
    spans, until_ms = placed(events)
    reach = round(REACH_MS * RATE / 1000)
    for onset_ms in onsets(file, RATE):
        at_ms = onset_ms - LEAD_MS
        if at_ms > until_ms - 1:
            return
        span = [one for one in spans if one.in_file_ms <= at_ms + 1][-1]
        into_ms = at_ms - span.in_file_ms
        is_at_once = 0 < span.at_once_ms > into_ms
        first = round(onset_ms * RATE / 1000)
        form = file[first : first + round(LENGTH_MS * RATE / 1000)]
        wanted = round((run_began_ms + span.in_run_ms + into_ms) * RATE / 1000)
        until = wanted + reach + (session.LEAD_MS * RATE // 1000 if is_at_once else 0)
        at, alike, loud = best(heard[max(wanted - reach, 0) : until + len(form)], form)
        is_beside = span.at_once_ms > 0 and into_ms < BESIDE_MS
        yield Fitted(at_ms, (at - reach) * 1000 / RATE, alike, loud, is_at_once, is_beside)


@pytest.mark.usefixtures("sinks")
@pytest.mark.timeout(1_200)
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.recorded(f"export {name}", one.live()))
        for name, one in ASKED.items()
    ],
)
def test_a_live_run_and_its_file_are_the_same_sound(
    name: str, recorded_runs: Mapping[str, RecordedRun], waking: Waking
) -> None:
    run = recorded_runs[f"export {name}"]
    recording, began_ms = run.heard()
    file = ASKED[name].exported(run.home)
    found = list(fitted(file, recording.samples, began_ms - recording.began_ms, run.events))
    told = "\n".join(map(str, found))
    assert len(found) >= FEWEST_SOUNDS, told
    for one in found:
        assert one.alike > ALIKE, told
        assert abs(one.loud - 1) < one.most_loud, told
    # The lines that tell when the run began come a little late: all sounds by the same.
    late_ms = np.array([one.late_ms for one in found if not one.is_at_once])
    usual_ms = float(np.median(late_ms))
    machine_delay_ms = waking.worst_ms(began_ms - 3_000, began_ms + len(file) / RATE * 1000)
    told += f"\nthe machine itself was {machine_delay_ms:.1f} ms late"
    assert abs(usual_ms) < 2 * NEVER_OVER_MS + machine_delay_ms, told
    worst_ms = float(np.abs(late_ms - usual_ms).max())
    assert worst_ms < NEVER_OVER_MS + machine_delay_ms, told
    at_once = [one.late_ms - usual_ms for one in found if one.is_at_once]
    print(
        f"\n{name}: {len(late_ms)} sounds, worst {worst_ms:.2f} ms, least alike "
        f"{min(one.alike for one in found):.4f}; at once: {np.round(at_once, 1)}"
    )
