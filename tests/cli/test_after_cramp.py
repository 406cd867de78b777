"""After a plain run for a cramp: questions on a terminal, each of which can be skipped."""

from collections.abc import Callable, Iterable

import pytest

from tests.cli.said import at_terminal
from tests.content.bundled import routine as bundled
from tests.recording_player import RecordingPlayer
from tests.tui.made_history import kept, urgent, write_history
from tests.tui.stage import Time
from uncramp.cli.after_cramp import ask_about_cramp
from uncramp.core.history.entries import CrampEntry, CrampPlace, Leg, RunEntry
from uncramp.core.lazy.dataclass import replace
from uncramp.core.plan.plan import make_plan
from uncramp.core.run.moves import Move, MoveKind
from uncramp.runs.history import History
from uncramp.session.conductor import Conductor
from uncramp.session.own_data import OwnData, open_own_data
from uncramp.session.ports import RunPorts
from uncramp.system import paths


@pytest.fixture(autouse=True)
def in_utc(use_zone: Callable[[str], None]) -> None:
    use_zone("UTC")


def ended() -> tuple[Conductor, OwnData]:
    """A run for a cramp that has ended after a minute, and is in the history."""
    time = Time()
    history = History(paths.history_folder(), time.wall)
    ports = RunPorts(listeners=(history.listen,), kept_run=lambda: history.last)
    plan = make_plan(bundled("acute-calf"))
    conductor = Conductor(plan, time.clocks(), RecordingPlayer(), ports=ports)
    conductor.begin()
    for _ in range(60):
        time.seconds += 1
        conductor.tick()
    conductor.move(Move(MoveKind.END))
    conductor.settle()
    return conductor, replace(open_own_data(), clocks=time.clocks())


def asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: Iterable[str]
) -> str:
    conductor, data = ended()
    at_terminal(monkeypatch, typed)
    ask_about_cramp(conductor, data)
    return capsys.readouterr().out


def test_what_is_answered_is_kept_with_the_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = asked(monkeypatch, capsys, ["l", "calf", "12", "7", "2m", "walking, swearing"])
    assert "Write a number from 0 to 10" in out and "Logged." in out
    said, ran = sorted(kept(), key=lambda entry: isinstance(entry, RunEntry))
    assert isinstance(ran, RunEntry)
    assert said == CrampEntry(
        ran.began, Leg.LEFT, CrampPlace.CALF, 7, 120, ("walking", "swearing"), run_id=ran.id,
        id=said.id,
    )  # fmt: skip


@pytest.mark.parametrize("typed", [[""] * 6, []])
def test_enter_and_the_end_of_input_leave_all_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: list[str]
) -> None:
    assert "Logged" not in asked(monkeypatch, capsys, typed)
    assert [type(entry) for entry in kept()] == [RunEntry]


def test_a_third_night_in_a_week_is_told_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_history((urgent(1.4), urgent(2.4)))
    out = asked(monkeypatch, capsys, [])
    assert "three nights or more" in out and "uncramp safety has more." in out
    assert "three nights" not in asked(monkeypatch, capsys, [])
