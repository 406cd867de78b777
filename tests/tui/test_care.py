"""The cautions of a step: whole on the screen or counted there, and never cut."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.content.bundled import IDS
from tests.content.bundled import routine as bundled
from tests.tui.stage import PRESS, SOAK, Time, routine, seen, stage
from uncramp.core.plan.plan import make_plan
from uncramp.core.routine.model import Choices
from uncramp.core.run.moves import Move, MoveKind
from uncramp.core.run.run import Run
from uncramp.tui.run.care import Care, care_rows
from uncramp.tui.run.layout import aside_width, rows_for
from uncramp.tui.run.row_grants import Part
from uncramp.tui.run.row_wants import MARGIN
from uncramp.tui.run.text import RunFace, Surroundings, face_of
from uncramp.tui.widgets.text_page import TextPage
from uncramp.tui.widgets.wrapping import wrapped

SIZES = [(20, 6), (40, 12), (60, 20), (80, 24), (120, 40), (200, 50)]
CARE = Care(("No pressure on varicose veins.", "Blood thinners: press lightly."), "F7")


def test_it_says_whole_cautions_and_counts_the_others() -> None:
    assert CARE.words(2) == "Care: No pressure on varicose veins. Blood thinners: press lightly."
    assert CARE.words(1) == "Care: No pressure on varicose veins. F7: 1 more caution"
    assert CARE.words(0) == "F7: 2 cautions"
    assert Care().words(0) == ""


@given(
    st.lists(st.text(st.sampled_from("abc d"), min_size=1, max_size=90), max_size=5),
    st.integers(14, 120),
    st.integers(0, 12),
)
def test_the_most_that_fits_is_shown(cautions: list[str], width: int, rows: int) -> None:
    care = Care(tuple(cautions))
    shown = care.fitting(width, rows)
    needed = care.rows(width)
    if shown is None:
        assert not cautions or rows < min(needed)
    else:
        assert needed[shown] <= rows
        assert all(more > rows for more in needed[shown + 1 :])
    steps = list(care_rows(care, width))
    assert steps == sorted(set(steps))
    if cautions:
        assert care.fitting(width, steps[-1]) == len(cautions)


def faces(routine_id: str) -> list[RunFace]:
    """A face of each step, as it runs."""
    plan = make_plan(bundled(routine_id))
    run = Run(plan)
    run.move(Move(MoveKind.START), 0)
    found = []
    for number in range(1, plan.total.steps + 1):
        run.move(Move(MoveKind.JUMP, to_index=plan.step_start(number)), 0)
        if not run.view(0).counts_up and run.allows(MoveKind.DONE):
            run.move(Move(MoveKind.DONE), 0)
        found.append(face_of(plan, run.view(0), Surroundings(Time().wall(), has_picture=True)))
    return found


@pytest.mark.parametrize("routine_id", IDS)
def test_at_no_size_a_bundled_caution_is_cut(routine_id: str) -> None:
    for face in faces(routine_id):
        for width, height in SIZES:
            rows, aside = rows_for(face, width, height), aside_width(width, face)
            inner = aside - 6 if aside else width - MARGIN
            given_rows = rows.of.get(Part.CARE, 0)
            shown = face.care.fitting(inner, given_rows)
            if not face.care.cautions:
                assert given_rows == 0
                continue
            # With no row for them the line of keys counts them.
            assert (shown is None) == (given_rows == 0)
            if shown is None:
                assert (width, height) < (80, 24)
            else:
                lines = wrapped(face.care.words(shown), inner)
                assert len(lines) <= given_rows
                assert not any("…" in line for line in lines)
            if (width, height) >= (120, 40):
                assert shown == len(face.care.cautions)


@pytest.mark.slow
async def test_what_is_not_shown_is_counted_and_one_key_away(tmp_path: Path) -> None:
    plan = make_plan(bundled("acupressure-relief"))
    on = stage(tmp_path, plan)
    async with on.app.run_test(size=(200, 50)) as pilot:
        await on.press(pilot, "n", "enter")
        cautions = on.run.panel.care.text.removeprefix("Care: ")
        assert cautions.endswith("Blood thinners: press lightly.")
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await pilot.pause()
            words = " ".join(seen(on).split())
            told = on.says("care") or "3 cautions"
            first = " ".join(told.split()[:2])
            assert first in words, size
            assert "constantly…" not in words
            assert (told == "3 cautions") == (size[0] < 60)
            await on.press(pilot, "i")
            page = on.app.screen.query_one(TextPage).text
            assert page.count("• ") >= 3
            await on.press(pilot, "escape")


async def test_how_the_hands_work_for_this_person_stands_first_among_the_cautions(
    tmp_path: Path,
) -> None:
    rub = replace(PRESS, kind="rub")
    choices = Choices(conditions=frozenset({"blood-thinners"}))
    on = stage(tmp_path, make_plan(routine(rub, SOAK), choices))
    async with on.app.run_test(size=(120, 40)) as pilot:
        await on.press(pilot, "i")
        page = on.app.screen.query_one(TextPage).text
        assert "• You take blood thinners: press lightly." in page
        await on.press(pilot, "escape")
        words = "Care: You take blood thinners: press lightly. Not on broken skin."
        assert on.says("care").startswith(words)
        await on.press(pilot, "right", "right")
        assert on.says("name") == "Foot soak"
        assert on.says("care") == ""
