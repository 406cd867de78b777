"""A plain run that is told to end is left to be taken up again, where it can be."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.plain.stage import Stage
from tests.runs.made_runs import EVENING, NOW_S, about_of
from uncramp.core.plan.plan import make_plan
from uncramp.plain.output import Gone
from uncramp.plain.run_input import Arrival, Manner, Stopped, Typed
from uncramp.runs.autosave import Keeping
from uncramp.runs.checkpoint import kept_from

PLAN = make_plan(EVENING)


@pytest.fixture
def keeping(tmp_path: Path) -> Iterator[Keeping]:
    keeping = Keeping(tmp_path / "kept" / "run.json", about_of, lambda: 0.0, lambda: NOW_S)
    yield keeping
    keeping.close()


def staged(keeping: Keeping, *script: tuple[float, Arrival], manner: Manner = Manner.KEYS) -> Stage:
    on = Stage(PLAN, script, manner)
    on.conductor.keeping = keeping
    return on


@pytest.mark.parametrize("status", [130, 143, 129])
def test_a_signal_leaves_it_and_says_how_to_go_on(keeping: Keeping, status: int) -> None:
    on = staged(keeping, (7.5, Stopped(status)))
    assert on.follow() == status
    assert on.lines[-1] == " 0:07  Saved here: uncramp resume continues from there."
    assert kept_from(keeping.file.read_bytes()).saved.played_ms == 7_500
    assert keeping.is_left


def test_the_question_of_the_end_keeps_it_for_later(keeping: Keeping) -> None:
    on = staged(keeping, (7.5, Typed("q")), (8.5, Typed("K")))
    assert on.follow() == 1
    assert on.lines[-1] == " 0:08  Saved here: uncramp resume continues from there."
    assert keeping.is_left


def test_a_line_keeps_it_for_later(keeping: Keeping) -> None:
    on = staged(keeping, (7.5, Typed("keep")), manner=Manner.WORDS)
    assert on.follow() == 1
    assert keeping.is_left


def test_where_it_cannot_be_kept_for_later_it_goes_on(keeping: Keeping) -> None:
    keeping.file.parent.write_text("in the way")
    on = staged(keeping, (7.5, Typed("q")), (8.5, Typed("k")), (9.0, Stopped(143)))
    on.follow()
    assert any("cannot be kept for later. It goes on." in line for line in on.lines)


def test_a_flood_of_lines_makes_nothing_late(keeping: Keeping) -> None:
    flood = [(1.0, Typed("louder")), (1.0, Typed("softer"))] * 500
    on = staged(keeping, *flood, (60.0, Stopped(143)), manner=Manner.WORDS)
    on.batch, on.write_takes_s = 600, 0.01
    on.follow()
    begun = next(at for line, at in zip(on.lines, on.written_s, strict=True) if "Begin" in line)
    assert 5.0 <= begun <= 5.1


def test_where_it_cannot_be_kept_a_signal_ends_it(keeping: Keeping) -> None:
    keeping.file.parent.write_text("in the way")
    on = staged(keeping, (7.5, Stopped(143)))
    assert on.follow() == 143
    assert on.lines[-1].endswith("0 of 3 steps done.")


def test_a_terminal_that_goes_away_leaves_it(keeping: Keeping) -> None:
    on = staged(keeping)
    on.is_read_until = "Begin: Foot soak"
    with pytest.raises(Gone):
        on.follow()
    assert kept_from(keeping.file.read_bytes()).saved.played_ms == 5_000
    assert keeping.is_left


def test_a_program_that_had_enough_ends_it(keeping: Keeping) -> None:
    on = staged(keeping, manner=Manner.WORDS)
    on.is_read_until = "Begin: Foot soak"
    with pytest.raises(Gone):
        on.follow()
    keeping.close()
    assert not keeping.file.exists()
