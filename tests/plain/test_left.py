"""A plain run that a signal ends can be resumed, if possible."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.plain.stage import Stage
from tests.runs.made_runs import EVENING, NOW_S, about_of
from uncramp.core.plan.plan import make_plan
from uncramp.plain.output import OutputClosed
from uncramp.plain.run_input import Arrival, InputKind, Stopped, Typed
from uncramp.runs.autosave import AutosaveFile
from uncramp.runs.checkpoint import checkpoint_from

PLAN = make_plan(EVENING)


@pytest.fixture
def autosave(tmp_path: Path) -> Iterator[AutosaveFile]:
    autosave = AutosaveFile(tmp_path / "kept" / "run.json", about_of, lambda: 0.0, lambda: NOW_S)
    yield autosave
    autosave.close()


def staged(
    autosave: AutosaveFile, *script: tuple[float, Arrival], kind: InputKind = InputKind.KEYS
) -> Stage:
    on = Stage(PLAN, script, kind)
    on.conductor.autosave = autosave
    return on


@pytest.mark.parametrize("status", [130, 143, 129])
def test_a_signal_leaves_it_and_says_how_to_go_on(autosave: AutosaveFile, status: int) -> None:
    on = staged(autosave, (7.5, Stopped(status)))
    assert on.follow() == status
    assert on.lines[-1] == " 0:07  Saved here: uncramp resume continues from there."
    assert checkpoint_from(autosave.file.read_bytes()).saved.played_ms == 7_500
    assert autosave.is_left


def test_the_question_of_the_end_keeps_it_for_later(autosave: AutosaveFile) -> None:
    on = staged(autosave, (7.5, Typed("q")), (8.5, Typed("K")))
    assert on.follow() == 1
    assert on.lines[-1] == " 0:08  Saved here: uncramp resume continues from there."
    assert autosave.is_left


def test_a_line_keeps_it_for_later(autosave: AutosaveFile) -> None:
    on = staged(autosave, (7.5, Typed("keep")), kind=InputKind.WORDS)
    assert on.follow() == 1
    assert autosave.is_left


def test_where_it_cannot_be_kept_for_later_it_goes_on(autosave: AutosaveFile) -> None:
    autosave.file.parent.write_text("in the way")
    on = staged(autosave, (7.5, Typed("q")), (8.5, Typed("k")), (9.0, Stopped(143)))
    on.follow()
    assert any("This run goes on, but it cannot be saved in" in line for line in on.lines)


def test_a_flood_of_lines_makes_nothing_late(autosave: AutosaveFile) -> None:
    flood = [(1.0, Typed("louder")), (1.0, Typed("softer"))] * 500
    on = staged(autosave, *flood, (60.0, Stopped(143)), kind=InputKind.WORDS)
    on.batch, on.write_takes_s = 600, 0.01
    on.follow()
    begun = next(at for line, at in zip(on.lines, on.written_s, strict=True) if "Begin" in line)
    assert 5.0 <= begun <= 5.1


def test_where_it_cannot_be_kept_a_signal_ends_it(autosave: AutosaveFile) -> None:
    autosave.file.parent.write_text("in the way")
    on = staged(autosave, (7.5, Stopped(143)))
    assert on.follow() == 143
    assert on.lines[-1].endswith("0 of 3 steps done.")


@pytest.mark.parametrize("kind", InputKind)
def test_a_reader_who_goes_away_leaves_it(autosave: AutosaveFile, kind: InputKind) -> None:
    on = staged(autosave, kind=kind)
    on.is_read_until = "Begin: Foot soak"
    with pytest.raises(OutputClosed, match="saved: uncramp resume continues from there"):
        on.follow()
    assert checkpoint_from(autosave.file.read_bytes()).saved.played_ms == 5_000
    assert autosave.is_left


def test_where_it_cannot_be_kept_a_reader_who_goes_away_ends_it(autosave: AutosaveFile) -> None:
    autosave.file.parent.write_text("in the way")
    on = staged(autosave, kind=InputKind.WORDS)
    on.is_read_until = "Begin: Foot soak"
    with pytest.raises(OutputClosed):
        on.follow()
    assert on.conductor.record is not None
