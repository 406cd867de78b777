"""What a media player shows of a run, and that nothing of it changes each second."""

from itertools import pairwise

import pytest

from uncramp.control.media_keys import has_session_bus
from uncramp.control.media_player import METHODS, changed, player_state
from uncramp.core.plan.plan import make_plan
from uncramp.core.routine.model import Routine, Sides, Step
from uncramp.core.routine.points import Limb
from uncramp.core.run.moves import Move, MoveKind
from uncramp.core.run.run import Run

SOAK = Step("a", "Foot soak", 60_000, get_ready_ms=5_000, sides=Sides.LEFT, limb=Limb.LEG)
DRY = Step("b", "Dry", 30_000, is_open=True)
PLAN = make_plan(Routine("r", "Evening", (SOAK, DRY)))


def started() -> Run:
    run = Run(PLAN, lapse_after_ms=None)
    run.move(Move(MoveKind.START), 0)
    return run


def test_nothing_is_told_while_only_the_time_passes() -> None:
    run = started()
    states = []
    for now in range(0, 65_000, 1_000):
        run.advance(now)
        states.append(player_state(PLAN, run.view(now), 100))
    differ = [changed(a.properties, b.properties) for a, b in pairwise(states)]
    told = [sorted(properties) for properties in differ if properties]
    assert told == [["Metadata"]], "the get-ready is over"


def test_a_step_its_side_and_its_length_are_what_is_played() -> None:
    run = started()
    run.advance(7_000)
    state = player_state(PLAN, run.view(7_000), 80)
    _, metadata = state.properties["Metadata"]
    assert metadata == {
        "mpris:trackid": ("o", "/org/uncramp/span/1"),
        "xesam:title": ("s", "Foot soak · left leg"),
        "xesam:album": ("s", "Evening"),
        "xesam:artist": ("as", ["Step 1 of 2"]),
        "mpris:length": ("x", 60_000_000),
    }
    assert (state.position_ms, state.properties["Volume"]) == (2_000, ("d", 0.8))
    run.move(Move(MoveKind.PAUSE), 7_000)
    paused = player_state(PLAN, run.view(7_000), 80)
    assert set(changed(state.properties, paused.properties)) == {"PlaybackStatus"}
    run.move(Move(MoveKind.NEXT), 7_000)
    _, metadata = player_state(PLAN, run.view(7_000), 80).properties["Metadata"]
    assert isinstance(metadata, dict)
    assert "mpris:length" not in metadata, "nobody knows how long an open step lasts"


def test_no_button_of_a_headset_ends_a_run() -> None:
    assert "end" not in METHODS.values()


def test_without_a_session_bus_nothing_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    assert not has_session_bus()
