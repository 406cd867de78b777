from collections.abc import Collection
from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from tests.tui.stage import EVENING, Time
from uncramp.core.plan.plan import make_plan
from uncramp.core.run.moves import Move, MoveKind
from uncramp.core.run.run import Run
from uncramp.tui.run.care import Care
from uncramp.tui.run.layout import FRAME_ROWS, aside_width, rows_for
from uncramp.tui.run.row_grants import Part, Rows
from uncramp.tui.run.row_wants import MARGIN
from uncramp.tui.run.text import RunFace, Surroundings, Tone, face_of
from uncramp.tui.widgets.digit_shapes import width_of
from uncramp.tui.widgets.large_words import large_forms
from uncramp.tui.widgets.wrapping import wrapped


def face() -> RunFace:
    plan = make_plan(EVENING)
    run = Run(plan)
    run.move(Move(MoveKind.START), 0)
    return face_of(plan, run.view(0), Surroundings(Time().wall(), "Sound is off."))


FACE = face()
LEFT = ("left leg", "◀")
BESIDE = {Part.HOW, Part.CARE, Part.NOTE, Part.NEXT, Part.FIGURE}
WORDS = st.text(st.sampled_from("abc def ghi 足"), min_size=1, max_size=80).filter(str.strip)
"""Words as the run has them: never nothing but spaces."""


@st.composite
def faces(draw: st.DrawFn) -> RunFace:
    return replace(
        FACE,
        tone=draw(st.sampled_from(Tone)),
        name=draw(WORDS),
        how=draw(st.text(st.sampled_from("abc de"), max_size=300)),
        care=Care(tuple(draw(st.lists(WORDS, max_size=4)))),
        is_note_whole=draw(st.booleans()),
        note=draw(WORDS),
        state=draw(WORDS),
        has_picture=draw(st.booleans()),
        has_buttons=draw(st.booleans()),
        leads_with_name=draw(st.booleans()),
        side_large=draw(st.sampled_from([None, LEFT, ("right", "▶"), ("both feet", "◀▶")])),
        widest_time=draw(st.sampled_from(["8:88", "88:88", "8:88:88", "88:88:88"])),
    )


ACROSS = {Part.TOP, Part.BUTTONS, Part.BARS, Part.SOUND, Part.KEYS}


def taken(rows: Rows, parts: Collection[Part]) -> int:
    return sum(rows.of.get(p, 0) + rows.above.get(p, 0) for p in parts)


@given(faces(), st.integers(20, 300), st.integers(6, 100))
def test_the_parts_never_need_more_rows_than_there_are(f: RunFace, width: int, height: int) -> None:
    rows = rows_for(f, width, height)
    beside = BESIDE if aside_width(width, f) else {Part.FIGURE}
    time, sign = rows.of[Part.TIME], rows.of.get(Part.SIGN, 0)
    both = max(time, sign) if rows.has_sign_beside else time + sign + (sign > 0)
    others = set(Part) - beside - {Part.TIME, Part.SIGN}
    assert taken(rows, others) + rows.above.get(Part.TIME, 0) + both <= height
    room = height - taken(rows, ACROSS) - FRAME_ROWS
    if beside == BESIDE:
        assert taken(rows, beside) <= max(room, 0)


@given(faces(), st.integers(20, 300), st.integers(6, 100))
def test_time_name_and_state_are_always_there(f: RunFace, width: int, height: int) -> None:
    of = rows_for(f, width, height).of
    assert of[Part.TIME] >= 1
    assert of[Part.NAME] >= 1
    assert of[Part.STATE] >= 1


@given(faces(), st.integers(20, 300), st.integers(6, 100))
def test_digits_and_the_side_beside_them_fit_across(f: RunFace, width: int, height: int) -> None:
    rows = rows_for(f, width, height)
    room = width - aside_width(width, f) - rows.hold_columns - MARGIN
    beside = rows.sign.columns if rows.sign and rows.has_sign_beside else 0
    if rows.of[Part.TIME] > 1:
        assert width_of(f.widest_time, rows.of[Part.TIME]) + beside <= room
    assert rows.sign is None or rows.sign.columns <= room


@given(faces(), st.integers(20, 300), st.integers(6, 100))
def test_what_leads_is_the_largest(f: RunFace, width: int, height: int) -> None:
    f = replace(f, tone=Tone.OPEN if f.leads_with_name else Tone.CALM, name="Foot soak")
    rows = rows_for(f, width, height)
    aside = aside_width(width, f)
    # One column stays free before the second one.
    room = width - aside - (aside > 0) - rows.hold_columns - MARGIN - 2
    found = [x.letter_rows for x in large_forms(f.name, room) if x.rows == rows.of[Part.NAME]]
    letters = found[0] if found else 1
    time = rows.of[Part.TIME]
    assert time <= max(letters, 3) if f.leads_with_name else time >= letters


@given(faces(), st.integers(20, 99), st.integers(6, 60))
def test_a_row_more_takes_nothing_from_what_to_do(f: RunFace, width: int, height: int) -> None:
    smaller, larger = rows_for(f, width, height).of, rows_for(f, width, height + 1).of
    # Large letters may give way to something that needs one row; the words themselves never.
    enough = {Part.NAME: len(wrapped(f.name, width - MARGIN - 2))}
    parts = [Part.NAME, Part.STATE, Part.KEYS]
    # Where the side grows large its small word goes, and where buttons come they tell it.
    parts += [] if larger.get(Part.SIGN) or f.has_buttons else [Part.SIDE]
    if f.has_buttons:
        # While a trouble is shown in full, the buttons come before the state's second row.
        enough[Part.STATE] = 1 if f.is_note_whole else 2
    for part in parts:
        before = min(smaller.get(part, 0), enough.get(part, 99))
        assert larger.get(part, 0) >= before


@example("Inner ankle: put your thumb in the hollow between ankle bone and Achilles tendon.")
@given(st.text(st.sampled_from("abc de"), min_size=1, max_size=300))
def test_at_80_by_24_all_of_how_is_there_and_the_time_is_at_least_five_rows(how: str) -> None:
    f = replace(
        FACE,
        tone=Tone.CALM,
        name="KD3 Taixi",
        how=how,
        note="",
        widest_time="88:88",
        leads_with_name=False,
    )
    f = replace(f, side_large=LEFT)
    of = rows_for(f, 80, 24).of
    assert of.get(Part.HOW, 0) == len(wrapped(how, 78))
    assert of[Part.TIME] >= 5
    assert of[Part.SIGN] >= 5
    assert all(of[part] for part in (Part.KEYS, Part.BARS, Part.NEXT, Part.TOP))


def test_at_40_by_12_a_step_shows_all_that_matters() -> None:
    f = replace(FACE, tone=Tone.CALM, name="KD3 Taixi", how="Knead in small firm circles.", note="")
    of = rows_for(f, 40, 12).of
    assert of[Part.TIME] == 3
    wanted = (Part.SIDE, Part.STATE, Part.HOW, Part.NEXT, Part.BARS, Part.KEYS, Part.TOP)
    assert all(of.get(part) for part in wanted)


def test_while_getting_ready_how_to_find_the_place_comes_before_a_larger_time() -> None:
    how = "word " * 50
    ready = rows_for(replace(FACE, tone=Tone.READY, how=how), 40, 13).of
    assert ready[Part.HOW] == len(wrapped(how, 38))
    assert ready[Part.TIME] == 1


def test_at_20_by_6_the_time_the_name_and_the_state_are_there() -> None:
    f = replace(FACE, tone=Tone.CALM, name="Fist rub of the sole", state="left of 0:30")
    assert rows_for(f, 20, 6).of == {
        Part.TIME: 1, Part.NAME: 2, Part.STATE: 1, Part.SIDE: 1, Part.KEYS: 1,
    }  # fmt: skip


def test_a_cramp_has_its_buttons_and_from_80_columns_on_its_picture_beside_its_name() -> None:
    f = replace(FACE, tone=Tone.OPEN, leads_with_name=True, name="Toes up, knee straight")
    f = replace(f, has_buttons=True, has_picture=True, note="", how="word " * 28, side_large=None)
    assert rows_for(f, 40, 12).of[Part.BUTTONS] == 3
    assert rows_for(f, 80, 24).of[Part.BUTTONS] == 6
    assert rows_for(f, 80, 24).hold_columns >= 20
    assert not rows_for(f, 40, 12).hold_columns


def test_the_picture_gives_way_to_two_lines_of_cautions_and_not_to_their_tail() -> None:
    care = Care(("Not on wounds, blisters, warts or cracked skin.",) * 12)
    f = replace(FACE, tone=Tone.CALM, how="word " * 20, care=care, note="", has_picture=True)
    rows = rows_for(f, 110, 34)
    assert rows.of[Part.FIGURE] >= 10
    assert rows.of[Part.CARE] >= 1
    assert rows.is_cut
    assert not rows_for(f, 110, 60).is_cut
    assert Part.FIGURE not in rows_for(f, 110, 20).of


@given(faces(), st.integers(20, 300), st.integers(6, 100))
def test_a_step_that_has_grown_still_shows_little(f: RunFace, width: int, height: int) -> None:
    of = rows_for(replace(f, tone=Tone.STILL), width, height).of
    shown = {part for part, rows in of.items() if rows}
    assert shown <= {Part.TIME, Part.NAME, Part.STATE, Part.NEXT, Part.TOP, Part.NOTE}
    assert {Part.TIME, Part.NAME, Part.STATE} <= shown
