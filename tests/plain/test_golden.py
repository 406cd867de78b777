"""What each bundled routine does, moment by moment, held as text to be reviewed as a diff.

`UNCRAMP_WRITE_GOLDEN=1 pytest tests/plain/test_golden.py` writes the files again.
"""

import os
from pathlib import Path

import pytest

from tests.content.bundled import IDS, routine
from tests.plain.stage import Stage
from uncramp.core.plan.plan import make_plan
from uncramp.core.run.timeline import timeline
from uncramp.plain.run_lines import RunLines

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.mark.parametrize("routine_id", IDS)
def test_the_timeline_is_the_one_that_was_reviewed(routine_id: str) -> None:
    plan = make_plan(routine(routine_id))
    lines = RunLines(plan)
    text = "".join(f"{line}\n" for event in timeline(plan) for line in lines.of(event))
    file = GOLDEN / f"{routine_id}.txt"
    if os.environ.get("UNCRAMP_WRITE_GOLDEN"):
        file.write_text(text, encoding="utf-8", newline="\n")
    assert text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("routine_id", ["acute-calf", "bedtime", "calf-rub"])
def test_a_rehearsal_writes_the_timeline_to_the_line(routine_id: str) -> None:
    stage = Stage(make_plan(routine(routine_id)), speed=600)
    assert stage.follow() == 0
    golden = (GOLDEN / f"{routine_id}.txt").read_text(encoding="utf-8")
    assert stage.lines == golden.splitlines()


def test_there_is_no_timeline_of_a_routine_that_is_gone() -> None:
    assert sorted(file.stem for file in GOLDEN.glob("*.txt")) == list(IDS)
