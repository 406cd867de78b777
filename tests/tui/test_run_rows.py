from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from tests.tui.stage import EVENING, Time
from uncramp.core.plan.plan import make_plan
from uncramp.core.run.moves import Move, MoveKind
from uncramp.core.run.run import Run
from uncramp.tui.run.layout import FRAME_ROWS, MARGIN, Part, aside_width, rows_for
from uncramp.tui.run.text import RunFace, Surroundings, Tone, face_of
from uncramp.tui.widgets.digit_shapes import width_of
from uncramp.tui.widgets.wrapping import wrapped


def face() -> RunFace:
    plan = make_plan(EVENING)
    run = Run(plan)
    run.move(Move(MoveKind.START), 0)
    return face_of(plan, run.view(0), Surroundings(Time().wall(), "Sound is off."))


FACE = face()
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
        care=draw(st.text(st.sampled_from("abc de"), max_size=200)),
        note=draw(WORDS),
        state=draw(WORDS),
        has_picture=draw(st.booleans()),
        widest_time=draw(st.sampled_from(["8:88", "88:88", "8:88:88", "88:88:88"])),
    )


@given(faces(), st.integers(20, 300), st.integers(6, 100))
def test_the_parts_never_need_more_rows_than_there_are(f: RunFace, width: int, height: int) -> None:
    rows = rows_for(f, width, height)
    beside = BESIDE if aside_width(width, f.tone) else set[Part]()
    stacked = sum(n for p, n in rows.of.items() if p not in beside)
    stacked += sum(n for p, n in rows.above.items() if p not in beside)
    assert stacked <= height
    across = {Part.TOP, Part.BARS, Part.SOUND, Part.KEYS}
    room = height - sum(rows.of.get(p, 0) + rows.above.get(p, 0) for p in across) - FRAME_ROWS
    assert sum(rows.of.get(p, 0) + rows.above.get(p, 0) for p in beside) <= max(room, 0)


@given(faces(), st.integers(20, 300), st.integers(6, 100))
def test_time_name_and_state_are_always_there(f: RunFace, width: int, height: int) -> None:
    of = rows_for(f, width, height).of
    assert of[Part.TIME] >= 1
    assert of[Part.NAME] >= 1
    assert of[Part.STATE] >= 1


@given(faces(), st.integers(20, 300), st.integers(6, 100))
def test_digits_fit_across(f: RunFace, width: int, height: int) -> None:
    digit_rows = rows_for(f, width, height).of[Part.TIME]
    if digit_rows > 1:
        assert width_of(f.widest_time, digit_rows) <= width - aside_width(width, f.tone) - MARGIN


@given(faces(), st.integers(20, 99), st.integers(6, 60))
def test_a_row_more_takes_nothing_from_what_to_do(f: RunFace, width: int, height: int) -> None:
    smaller, larger = rows_for(f, width, height).of, rows_for(f, width, height + 1).of
    # Large letters may give way to something that needs one row; the words themselves never.
    enough = {Part.NAME: len(wrapped(f.name, width - MARGIN - 2))}
    for part in (Part.NAME, Part.STATE, Part.SIDE, Part.KEYS):
        before = min(smaller.get(part, 0), enough.get(part, 99))
        assert larger.get(part, 0) >= before


@example("Inner ankle: put your thumb in the hollow between ankle bone and Achilles tendon.")
@given(st.text(st.sampled_from("abc de"), min_size=1, max_size=300))
def test_at_80_by_24_all_of_how_is_there_and_the_time_is_at_least_five_rows(how: str) -> None:
    f = replace(FACE, tone=Tone.CALM, name="KD3 Taixi", how=how, note="", widest_time="88:88")
    of = rows_for(f, 80, 24).of
    assert of.get(Part.HOW, 0) == len(wrapped(how, 78))
    assert of[Part.TIME] >= 5
    assert all(of[part] for part in (Part.SIDE, Part.KEYS, Part.BARS, Part.NEXT, Part.TOP))


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


def test_the_picture_gives_way_to_two_lines_of_cautions_and_not_to_their_tail() -> None:
    care = "Care: " + "not on wounds, blisters, warts or cracked skin. " * 6
    f = replace(FACE, tone=Tone.CALM, how="word " * 20, care=care, note="", has_picture=True)
    rows = rows_for(f, 110, 34)
    assert rows.of[Part.FIGURE] >= 10
    assert rows.of[Part.CARE] >= 2
    assert rows.is_cut
    assert not rows_for(f, 110, 60).is_cut
    assert Part.FIGURE not in rows_for(f, 110, 20).of


@given(faces(), st.integers(20, 300), st.integers(6, 100))
def test_a_step_that_has_grown_still_shows_little(f: RunFace, width: int, height: int) -> None:
    of = rows_for(replace(f, tone=Tone.STILL), width, height).of
    shown = {part for part, rows in of.items() if rows}
    assert shown <= {Part.TIME, Part.NAME, Part.STATE, Part.NEXT, Part.TOP, Part.NOTE}
    assert {Part.TIME, Part.NAME, Part.STATE} <= shown
