"""A plain run that is told to end is left to be taken up again, where it can be."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.plain.stage import Stage
from tests.runs.made_runs import EVENING, NOW_S, about_of
from uncramp.core.plan.plan import make_plan
from uncramp.plain.output import Gone
from uncramp.plain.run_input import Arrival, Manner, Stopped
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


@pytest.mark.parametrize("status", [143, 129])
def test_a_signal_leaves_it_and_says_how_to_go_on(keeping: Keeping, status: int) -> None:
    on = staged(keeping, (7.5, Stopped(status)))
    assert on.follow() == status
    assert on.lines[-1] == " 0:07  Kept here: uncramp resume goes on from there."
    assert kept_from(keeping.file.read_bytes()).saved.played_ms == 7_500
    assert keeping.is_left


def test_ctrl_c_ends_it(keeping: Keeping) -> None:
    on = staged(keeping, (7.5, Stopped(130)))
    assert on.follow() == 130
    assert on.lines[-1].endswith("Ended at 0:07 of 2:05. 0 of 3 steps done.")
    keeping.close()
    assert not keeping.file.exists()


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
