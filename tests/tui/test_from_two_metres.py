"""The sizes of the name, the side and the time at each screen size, as in the docs' table."""

from math import atan2, degrees

import pytest

from tests.content.bundled import ROOT, routine
from tests.tui.stage import Time
from uncramp.advice.cramps import CRAMPS, Cramp
from uncramp.core.lazy.dataclass import replace
from uncramp.core.plan.plan import Plan, make_plan
from uncramp.core.routine.model import Choices, Side
from uncramp.core.run.moves import Move, MoveKind
from uncramp.core.run.run import Run
from uncramp.tui.run.layout import aside_width, rows_for
from uncramp.tui.run.row_grants import Part, Rows
from uncramp.tui.run.row_wants import MARGIN
from uncramp.tui.run.text import RunFace, Surroundings, face_of
from uncramp.tui.widgets.digit_shapes import width_of
from uncramp.tui.widgets.large_words import large_forms

SIZES = [(40, 12), (80, 24), (120, 40), (200, 50)]
ROW_MM = 10 * 1.2 * 25.4 / 72
"""A row of a 10-point font with a line spacing of 1.2."""

STEPS = {"a timed step, left": ("bedtime", 3, True), "its get-ready": ("bedtime", 3, False),
         "an open step": ("bedtime", 2, True)}  # fmt: skip


def face_at(plan: Plan, skips: int, is_begun: bool) -> RunFace:
    run = Run(plan)
    run.move(Move(MoveKind.START), 0)
    for _ in range(skips):
        run.move(Move(MoveKind.NEXT), 0)
    if is_begun and run.allows(MoveKind.DONE) and not run.view(0).counts_up:
        run.move(Move(MoveKind.DONE), 0)
    return face_of(plan, run.view(0), Surroundings(Time().wall(), has_picture=skips != 2))


def row_of(words: str, face: RunFace, width: int, height: int) -> str:
    rows = rows_for(face, width, height)
    name, wide = _name(face, rows, width)
    time, sign = rows.of[Part.TIME], rows.sign
    side = f"{sign.letter_rows} × {sign.columns}, {angle(sign.letter_rows)}" if sign else "1 row"
    if face.side_large is None:
        side = "none"
    time_wide = width_of(face.time, time) if time > 1 else len(face.time)
    return (
        f"| {words} | {width} × {height} | {name} × {wide}, {angle(name)} | {side} "
        f"| {time} × {time_wide}, {angle(time)} |"
    )


def _name(face: RunFace, rows: Rows, width: int) -> tuple[int, int]:
    room = width - aside_width(width, face) - rows.hold_columns - MARGIN - 2
    forms = [f for f in large_forms(face.name, room) if f.rows == rows.of[Part.NAME]]
    return (forms[0].letter_rows, forms[0].columns) if forms else (1, len(face.name))


def angle(rows: int) -> str:
    return f"{degrees(atan2(rows * ROW_MM, 2000)):.2f}°"


@pytest.mark.parametrize("words", STEPS)
@pytest.mark.parametrize("size", SIZES)
def test_the_table_in_the_docs_is_true(words: str, size: tuple[int, int]) -> None:
    routine_id, skips, is_begun = STEPS[words]
    face = face_at(make_plan(routine(routine_id)), skips, is_begun)
    page = (ROOT / "docs" / "design" / "screens.md").read_text(encoding="utf-8")
    assert row_of(words, face, *size) in page.splitlines()


@pytest.mark.parametrize("size", SIZES[1:])
def test_from_80_by_24_on_the_side_has_five_rows_or_more(size: tuple[int, int]) -> None:
    for routine_id, skips, is_begun in STEPS.values():
        face = face_at(make_plan(routine(routine_id)), skips, is_begun)
        sign = rows_for(face, *size).sign
        assert face.side_large is None or (sign is not None and sign.letter_rows >= 5)


@pytest.mark.parametrize("cramp", CRAMPS, ids=lambda cramp: str(cramp.routine_id))
@pytest.mark.parametrize("affected", [None, Side.LEFT])
@pytest.mark.parametrize("size", [(100, 30), (120, 40), (200, 50)])
def test_the_cramped_leg_is_large_and_what_to_do_is_at_least_as_large(
    size: tuple[int, int], affected: Side | None, cramp: Cramp
) -> None:
    plan = make_plan(routine(cramp.routine_id), Choices(affected=affected))
    for skips in range(plan.total.steps):
        face = replace(face_at(plan, skips, is_begun=True), has_buttons=True, has_picture=True)
        rows = rows_for(face, *size)
        name, _ = _name(face, rows, size[0])
        assert name >= 3, "what to do is in large letters"
        if face.side_large is not None and (affected or size >= (120, 40)):
            assert rows.sign is not None
            assert 5 <= rows.sign.letter_rows <= max(name, 5)
