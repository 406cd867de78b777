"""The sounds of a run besides its cues."""

import pytest

from uncramp.core.plan.plan import make_plan
from uncramp.core.routine.model import Routine, Step
from uncramp.core.run.events import Event, Lapsed, LengthChanged, Paused, Started, WentOn
from uncramp.core.run.feedback import WARNS_WITHIN_MS, Signal, signal_of

SPAN = make_plan(Routine("r", "R", (Step("steps[0]", "Rub", 30_000),))).span(0)


@pytest.mark.parametrize(
    ("event", "signal"),
    [
        (Paused(0, 0), Signal.PAUSE),
        (WentOn(0, 0), Signal.GO_ON),
        (Lapsed(0, 0, WARNS_WITHIN_MS), Signal.WARNING),
        (Lapsed(0, 0, WARNS_WITHIN_MS + 1), None),
        (LengthChanged(0, 0, SPAN, 30_000, is_at_limit=True), Signal.WARNING),
        (LengthChanged(0, 0, SPAN, 30_000, is_at_limit=False), None),
        (Started(0, 0), None),
    ],
)
def test_each_event_has_its_signal_or_none(event: Event, signal: Signal | None) -> None:
    assert signal_of(event) is signal
