"""What the reader makes of correct routines."""

from collections.abc import Iterator

import pytest

from tests.core.surroundings import FOOT_SOAK, Shelf, read_text
from uncramp.core.plan.plan import make_plan
from uncramp.core.routine.limits import MOST_STEPS
from uncramp.core.routine.model import (
    Choices,
    Cues,
    Group,
    Item,
    Prompt,
    PromptWhen,
    Routine,
    Sides,
    Sound,
    Step,
)
from uncramp.core.routine.sums import Sums
from uncramp.core.toml.problems import Severity


def routine_of(text: str, shelf: Shelf | None = None) -> Routine:
    reading = read_text(f'title = "Evening"\n{text}', shelf)
    assert reading.routine is not None, reading.problems
    return reading.routine


def steps_of(items: tuple[Item, ...]) -> Iterator[Step]:
    for item in items:
        if isinstance(item, Group):
            yield from steps_of(item.items)
        else:
            yield item


def only_step(text: str) -> Step:
    (step,) = steps_of(routine_of(text).items)
    return step


def codes_of(text: str, shelf: Shelf | None = None) -> list[str]:
    return [p.code for p in read_text(f'title = "Evening"\n{text}', shelf).problems]


TAP = '[[steps]]\nname = "Tap"\ntime = 5\n'


def test_the_shortest_routine() -> None:
    assert routine_of(TAP) == Routine(
        id="evening",
        title="Evening",
        items=(Step(key="steps[0]", name="Tap", time_ms=5_000, get_ready_ms=5_000),),
    )
    assert read_text(f'title = "Evening"\n{TAP}').problems == ()


def test_text_that_goes_over_lines_is_one_sentence() -> None:
    step = only_step('[[steps]]\nname = " Tap "\ntime = 5\nhow = """\nFrom the ankle\n\tup. """\n')
    assert step.name == "Tap"
    assert step.how == "From the ankle up."


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    text = f'title = "Evening"\n{TAP}'
    with_mark = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    assert read_text(with_mark).routine == read_text(text).routine


# Points


def test_a_point_fills_in_what_the_step_does_not_say() -> None:
    step = only_step('[[steps]]\npoint = "tai-xi"\ntime = 30\ncautions = ["Gently."]\n')
    assert step.name == "KD3 Taixi"
    assert step.how == "Between the inner ankle bone and the tendon at the back."
    assert step.figure == "ankle-inner"
    assert step.cautions == ("Gently.", "Press lightly if it is swollen.")
    assert step.get_ready_ms == 10_000


def test_what_the_step_says_stands_before_what_its_point_says() -> None:
    step = only_step(
        '[[steps]]\nname = "Press {point}"\npoint = "BL60"\nhow = "Softly."\nfigure = "sole"\n'
        'unless = ["numb-feet"]\ntime = 30\nget_ready = 2\n'
    )
    assert (step.name, step.how, step.figure) == ("Press {point}", "Softly.", "sole")
    assert step.unless == ("numb-feet", "pregnant")
    assert step.get_ready_ms == 2_000


def test_points_are_one_step_each_all_on_one_side_before_the_other() -> None:
    text = '[[steps]]\npoints = ["KD3", "BL60"]\ntime = 30\nsides = "each"\nunless = ["mine"]\n'
    (group,) = routine_of(text).items
    assert isinstance(group, Group)
    assert (group.key, group.sides, group.unless) == ("steps[0]", Sides.EACH, ())
    steps = list(steps_of(group.items))
    assert [step.key for step in steps] == ["steps[0].points[0]", "steps[0].points[1]"]
    assert [step.name for step in steps] == ["KD3 Taixi", "BL60 Kunlun"]
    assert [step.sides for step in steps] == [None, None]
    assert steps[1].unless == ("mine", "pregnant")
    plan = make_plan(routine_of(text))
    names = [(span.name, span.side) for span in plan.spans() if span.kind == "step"]
    assert names == [
        ("KD3 Taixi", "left"),
        ("BL60 Kunlun", "left"),
        ("KD3 Taixi", "right"),
        ("BL60 Kunlun", "right"),
    ]


# Sides, get-ready and the rest of what is inherited


def test_a_step_takes_the_side_of_its_group_before_that_of_the_defaults() -> None:
    routine = routine_of(
        '[defaults]\nsides = "both"\n'
        '[[steps]]\nsides = "each"\n[[steps.steps]]\nname = "A"\ntime = 5\n'
        '[[steps.steps]]\nname = "B"\ntime = 5\nsides = "left"\n'
        '[[steps]]\n[[steps.steps]]\nname = "C"\ntime = 5\n'
        '[[steps]]\npoints = ["KD3"]\ntime = 5\n'
    )
    sides = {step.name: step.sides for step in steps_of(routine.items)}
    assert sides == {"A": None, "B": Sides.LEFT, "C": Sides.BOTH, "KD3 Taixi": None}
    assert isinstance(routine.items[2], Group)
    assert routine.items[2].sides is Sides.BOTH


def test_defaults_are_for_every_step_that_does_not_say_otherwise() -> None:
    routine = routine_of(
        '[defaults]\nget_ready = 7\nopen = true\nkind = "soak"\n'
        '[[steps]]\nname = "A"\n'
        '[[steps]]\nname = "B"\ntime = 5\nopen = false\nkind = "rub"\nget_ready = 0\n'
        '[[steps]]\npoint = "KD3"\n'
    )
    a, b, c = steps_of(routine.items)
    assert (a.is_open, a.time_ms, a.kind, a.get_ready_ms) == (True, 60_000, "soak", 7_000)
    assert (b.is_open, b.time_ms, b.kind, b.get_ready_ms) == (False, 5_000, "rub", 0)
    assert c.get_ready_ms == 7_000


@pytest.mark.parametrize("defaults", ["", "[defaults]\nget_ready = 7\n"])
def test_an_urgent_routine_has_no_get_ready_before_its_first_step(defaults: str) -> None:
    for first in (TAP, "[[steps]]\nrepeat = 2\n" + TAP.replace("[[steps]]", "[[steps.steps]]")):
        routine = routine_of(f"urgent = true\n{defaults}{first}{TAP}")
        usual_ms = 7_000 if defaults else 5_000
        assert [s.get_ready_ms for s in steps_of(routine.items)] == [0, usual_ms]


def test_only_the_first_of_an_urgent_routines_points_has_no_get_ready() -> None:
    routine = routine_of('urgent = true\n[[steps]]\npoints = ["KD3", "BL60"]\ntime = 5\n')
    assert [s.get_ready_ms for s in steps_of(routine.items)] == [0, 10_000]


def test_an_urgent_routine_that_begins_with_another_has_no_get_ready_there() -> None:
    routine = routine_of(f'urgent = true\n[[steps]]\nuse = "foot-soak"\n{TAP}')
    assert [s.get_ready_ms for s in steps_of(routine.items)] == [0, 7_000, 5_000]


def test_a_written_get_ready_stands_in_an_urgent_routine_and_is_told_of() -> None:
    text = f"urgent = true\n{TAP}get_ready = 3\n"
    assert only_step(text).get_ready_ms == 3_000
    assert codes_of(text) == ["get-ready-in-urgent"]


def test_cues_come_down_from_routine_to_group_to_step() -> None:
    routine = routine_of(
        '[cues]\nstart = "bell"\nend = "./bell.flac"\nvolume = 0.5\n'
        "[[steps]]\ncues = { end = false }\n"
        '[[steps.steps]]\nname = "A"\ntime = 5\ncues = { voice = false, halfway_from = 0 }\n'
        '[[steps]]\nname = "B"\ntime = 5\n'
    )
    a, b = steps_of(routine.items)
    assert b.cues == Cues(start=Sound("bell"), end=Sound("./bell.flac", "/routines"), volume=0.5)
    assert a.cues == Cues(start=Sound("bell"), end=None, volume=0.5, voice=False, halfway_from_ms=0)
    assert routine.cues == b.cues


def test_prompts() -> None:
    step = only_step(
        '[[steps]]\nname = "Soak"\ntime = "20m"\n'
        '[[steps.prompts]]\nat = "10m"\nsay = "Still warm?"\n'
        '[[steps.prompts]]\nat = "-1m"\nshow = "Soon over"\nsound = false\n'
        "[[steps.prompts]]\nat = -90\n"
        '[[steps.prompts]]\nat = "halfway"\nsound = "bell"\n'
        '[[steps.prompts]]\nevery = "5m"\n'
    )
    assert step.prompts == (
        Prompt(PromptWhen.AFTER, 600_000, say="Still warm?"),
        Prompt(PromptWhen.BEFORE_END, 60_000, show="Soon over", is_silent=True),
        Prompt(PromptWhen.BEFORE_END, 90_000),
        Prompt(PromptWhen.HALFWAY, sound=Sound("bell")),
        Prompt(PromptWhen.EVERY, 300_000),
    )


# Using other routines


def test_another_routine_stands_in_the_place_of_the_step_that_uses_it() -> None:
    routine = routine_of(f'[[steps]]\nuse = "foot-soak"\nrepeat = 2\nrest = 5\n{TAP}')
    group = routine.items[0]
    assert isinstance(group, Group)
    assert (group.used, group.name, group.repeat, group.rest_ms) == (
        "foot-soak",
        "Foot soak",
        2,
        5_000,
    )
    soak, dry, _ = steps_of(routine.items)
    assert (soak.key, dry.key) == ("steps[0].use/steps[0]", "steps[0].use/steps[1]")
    assert (soak.sides, soak.get_ready_ms) == (Sides.BOTH, 7_000)
    assert soak.cues.start == Sound("bell")
    assert soak.cues.finish == Sound("finish")


def test_what_a_used_routine_warns_of_is_kept_for_the_asking() -> None:
    routine = routine_of(
        'cautions = ["Mine."]\nunless = ["pregnant", "numb-feet"]\n[[steps]]\nuse = "foot-soak"\n'
        'unless = ["cannot-reach-feet"]\ncautions = ["Of the place."]\n'
    )
    assert routine.cautions == ("Mine.", "Of the place.", "Test the water with an elbow.")
    assert routine.unless == ("pregnant", "numb-feet")
    assert isinstance(routine.items[0], Group)
    assert routine.items[0].unless == ("cannot-reach-feet",)


def test_a_used_routine_takes_the_side_of_its_place() -> None:
    routine = routine_of('[[steps]]\nuse = "foot-soak"\nsides = "left"\n')
    assert [step.sides for step in steps_of(routine.items)] == [None, None]


def test_steps_of_routines_used_twice_and_deep_have_keys_of_their_own() -> None:
    use = 'title = "{0}"\n[[steps]]\nuse = "{1}"\n[[steps]]\nuse = "{1}"\n'
    shelf = Shelf({"a": use.format("A", "b"), "b": use.format("B", "c"), "c": FOOT_SOAK})
    steps = list(steps_of(routine_of('[[steps]]\nuse = "a"\n[[steps]]\nuse = "a"\n', shelf).items))
    assert len(steps) == 16
    assert len({step.key for step in steps}) == 16
    assert steps[-1].key == "steps[1].use/steps[1].use/steps[1].use/steps[1]"


def chain(length: int) -> Shelf:
    """Routines each using the next: `r1` uses `r2`, up to the last."""
    use = 'title = "Used"\n[[steps]]\nuse = "r{}"\n'
    routines = {f"r{n}": use.format(n + 1) for n in range(1, length)}
    return Shelf({**routines, f"r{length}": FOOT_SOAK})


def test_routines_use_one_another_eight_deep_and_no_deeper() -> None:
    text = '[[steps]]\nuse = "r1"\n'
    assert codes_of(text, chain(8)) == []
    assert codes_of(text, chain(9)) == ["used-too-deep"]
    # However it is come by: what was read once at a lesser depth is no deeper for it.
    assert codes_of('[[steps]]\nuse = "r2"\n' + text, chain(9)) == ["used-too-deep"]


def test_a_circle_is_named_whole() -> None:
    use = 'title = "Used"\n[[steps]]\nuse = "{}"\n'
    shelf = Shelf({"evening": use.format("soak"), "soak": use.format("evening")})
    (problem,) = read_text(use.format("soak"), shelf).problems
    assert (
        problem.message
        == "closes a circle of routines that use each other: evening -> soak -> evening."
    )
    assert problem.key == "steps[0].use"


# Limits


def test_the_sums_of_the_reader_are_those_of_the_plan() -> None:
    routine = routine_of(
        '[[steps]]\nrepeat = 3\nrest = 10\nsides = "each"\n[[steps.steps]]\nname = "A"\ntime = 5\n'
        '[[steps.steps]]\nuse = "foot-soak"\nrepeat = 2\n'
        '[[steps]]\npoints = ["KD3", "BL60"]\ntime = 30\nsides = "each"\n'
    )
    # Written out by hand: rounds of 10 s, 2 times (1207 + 67) s; rests of 10 s, of which
    # the last 5 s are the get-ready of the next round; both sides.
    one_round_s = 10 + 2 * (1_207 + 67)
    length_s = 2 * (3 * one_round_s + 2 * (10 - 5)) + 2 * 2 * 40
    assert make_plan(routine).total == Sums(
        length_ms=length_s * 1_000,
        spans=2 * (3 * (2 + 2 * 4) + 2) + 2 * 2 * 2,
        steps=2 * 3 * 5 + 4,
        open_steps=2 * 3 * 2,
    )


def group(repeat: int, inner: str) -> str:
    return f"[[steps]]\nrepeat = {repeat}\n" + inner.replace("[[steps", "[[steps.steps")


def test_a_routine_holds_a_hundred_thousand_steps_and_no_more() -> None:
    quick = '[[steps]]\nname = "Tap"\ntime = 0.5\nget_ready = 0\n'
    assert codes_of(group(100, group(999, quick)) + group(100, quick)) == ["long-routine"]
    exactly = group(100, group(999, quick)) + group(100, quick)
    assert make_plan(routine_of(exactly)).total.steps == MOST_STEPS
    assert codes_of(exactly + quick) == ["too-many-steps"]


def test_a_routine_lasts_a_day_and_no_longer() -> None:
    long = '[[steps]]\nname = "Sleep"\ntime = "12h"\nget_ready = 0\n'
    assert codes_of(long + long) == ["long-routine"]
    assert codes_of(long + long + TAP) == ["routine-too-long"]


def test_three_hours_are_not_odd_and_more_are() -> None:
    long = '[[steps]]\nname = "Sleep"\ntime = "3h"\nget_ready = 0\n'
    assert codes_of(long) == []
    assert codes_of(long + TAP) == ["long-routine"]


def test_groups_nest_eight_deep_and_no_deeper() -> None:
    text = TAP
    for _ in range(8):
        text = group(1, text)
    assert codes_of(text) == []
    assert codes_of(group(1, text)) == ["too-deep"]


# Problems


def test_a_warning_keeps_nothing_from_running() -> None:
    reading = read_text(f'title = "Evening"\n{TAP}kind = "tapp"\n')
    assert reading.routine is not None
    assert [p.severity for p in reading.problems] == [Severity.WARNING]


def test_all_problems_are_told_at_once_sorted_by_line() -> None:
    reading = read_text(
        'titel = "Evening"\n[[steps]]\ntime = "soon"\n[[steps]]\nname = 3\ntime = 1\n'
        '[cues]\nend = "nope"\n'
    )
    places = [p.place.line if p.place else 0 for p in reading.problems]
    assert [p.code for p in reading.problems] == [
        "unknown-key", "missing-key", "not-a-length", "wrong-type", "unknown-sound",
    ]  # fmt: skip
    assert places == [1, 2, 3, 5, 8]


def test_slips_of_toml_are_told_together_with_the_rest() -> None:
    reading = read_text('title = Evening\n[[steps]]\nname: "Tap"\ntime = "soon"\n')
    assert [(p.code, p.place.line if p.place else 0) for p in reading.problems] == [
        ("no-quotes", 1), ("colon", 3), ("not-a-length", 4),
    ]  # fmt: skip


def test_a_newer_format_is_refused_and_nothing_else_is_said() -> None:
    (problem,) = read_text('format = 2\nmood = "calm"\n').problems
    assert "made for a newer version" in problem.message


def test_text_with_no_place_cannot_name_a_file_beside_it() -> None:
    from uncramp.core.routine.reader import Source, read

    text = f'title = "Evening"\n[cues]\nend = "./bell.flac"\n{TAP}'
    reading = read(Source("evening", text.encode(), "-", None), Shelf())
    assert [p.code for p in reading.problems] == ["no-folder"]


def test_a_persons_conditions_leave_out_what_they_rule_out() -> None:
    routine = routine_of('[[steps]]\npoints = ["KD3", "BL60"]\ntime = 30\n')
    plan = make_plan(routine, Choices(conditions=frozenset({"pregnant"})))
    assert [left.name for left in plan.left_out] == ["BL60 Kunlun"]
