from hypothesis import given
from hypothesis import strategies as st

from tests.core.generated import PLANS
from tests.core.written_out import Plain, written_out
from uncramp.core.plan.plan import Plan, SpanKind, make_plan
from uncramp.core.routine.model import Choices, Group, Routine, Side, Sides, Step


def as_plain(plan: Plan) -> list[Plain]:
    return [
        Plain(s.kind, s.start_ms, s.length_ms, s.is_open, s.side, s.round, s.rounds, s.step_number)
        for s in plan.spans()
    ]


@given(PLANS)
def test_a_plan_is_what_a_person_would_write_down(plan: Plan) -> None:
    expected = written_out(plan.routine, plan.choices)
    assert as_plain(plan) == expected
    assert plan.total.length_ms == sum(span.length_ms for span in expected)
    assert plan.total.spans == len(expected)
    assert plan.total.steps == sum(span.kind is SpanKind.STEP for span in expected)
    assert plan.total.open_steps == sum(span.is_open for span in expected)


@given(PLANS, st.data())
def test_a_moment_is_in_the_span_that_holds_it(plan: Plan, data: st.DataObject) -> None:
    moment = data.draw(st.integers(0, plan.total.length_ms - 1))
    span = plan.span(plan.index_at(moment))
    assert span.start_ms <= moment < span.end_ms
    assert plan.index_at(-1) == 0
    assert plan.index_at(plan.total.length_ms) == plan.total.spans - 1


@given(PLANS)
def test_steps_and_open_steps_are_found_where_they_begin(plan: Plan) -> None:
    spans = list(plan.spans())
    for number in range(1, plan.total.steps + 1):
        start = plan.step_start(number)
        begin = next(s for s in spans if s.step_number == number and s.kind is not SpanKind.REST)
        assert start == begin.index == spans[begin.index].first_index
    for span in spans:
        later = (s.index for s in spans[span.index :] if s.is_open)
        assert plan.next_open(span.index) == next(later, None)
    assert plan.next_open(plan.total.spans) is None


@given(PLANS)
def test_the_side_switches_where_two_steps_in_a_row_are_for_different_legs(plan: Plan) -> None:
    spans = list(plan.spans())
    one_leg = {Side.LEFT, Side.RIGHT}
    for before, span in zip([None, *spans], spans, strict=False):
        is_begin = span.index == span.first_index and span.kind is not SpanKind.REST
        sides = {before.side, span.side} if before else set()
        assert span.switches_side == (is_begin and sides == one_leg)


def test_each_in_a_group_is_all_of_the_left_and_then_all_of_the_right() -> None:
    rub = Step("steps[0].steps[0]", "Rub", 30_000, get_ready_ms=5_000)
    roll = Step("steps[0].steps[1]", "Roll", 120_000)
    plan = make_plan(Routine("r", "R", (Group("steps[0]", (rub, roll), sides=Sides.EACH),)))
    assert [(s.name, s.side, s.kind.value) for s in plan.spans()] == [
        ("Rub", Side.LEFT, "get-ready"),
        ("Rub", Side.LEFT, "step"),
        ("Roll", Side.LEFT, "step"),
        ("Rub", Side.RIGHT, "get-ready"),
        ("Rub", Side.RIGHT, "step"),
        ("Roll", Side.RIGHT, "step"),
    ]
    assert plan.total.length_ms == 2 * (5_000 + 30_000 + 120_000)


def test_choices_turn_sides_drop_steps_and_set_times() -> None:
    skipped = Step("steps[0]", "Skipped", 1_000, unless=("pregnant",))
    kept = Step("steps[1]", "Kept", 1_000, sides=Sides.EACH)
    hurt = Step("steps[2]", "Hurt", 1_000, sides=Sides.AFFECTED)
    choices = Choices(
        first_side=Side.RIGHT,
        affected=Side.LEFT,
        conditions=frozenset({"pregnant"}),
        times_ms={"steps[1]": 7_000},
    )
    plan = make_plan(Routine("r", "R", (skipped, kept, hurt)), choices)
    assert [(s.name, s.side, s.length_ms) for s in plan.spans()] == [
        ("Kept", Side.RIGHT, 7_000),
        ("Kept", Side.LEFT, 7_000),
        ("Hurt", Side.LEFT, 1_000),
    ]
    assert [(gone.name, gone.because) for gone in plan.left_out] == [("Skipped", ("pregnant",))]


class CountedStep(Step):
    """A step that counts how often anything of it is read."""

    reads = 0

    def __getattribute__(self, name: str) -> object:
        CountedStep.reads += 1
        return super().__getattribute__(name)


def deep_plan(levels: int, repeat: int) -> Plan:
    step = CountedStep("steps[0]", "Breathe", 4_000, get_ready_ms=1_000)
    item: Step | Group = step
    for level in range(levels):
        item = Group(f"level[{level}]", (item,), repeat=repeat, rest_ms=2_000)
    return make_plan(Routine("deep", "Deep", (item,)))


def reads_for(levels: int, repeat: int) -> tuple[int, int]:
    """Reads of the step for planning, then for seeking and saying positions."""
    CountedStep.reads = 0
    plan = deep_plan(levels, repeat)
    planning = CountedStep.reads
    CountedStep.reads = 0
    for part in range(10):
        index = plan.index_at(plan.total.length_ms * part // 10)
        plan.span(index)
        plan.step_start(max(plan.total.steps * part // 10, 1))
    return planning, CountedStep.reads


def test_a_million_million_steps_cost_what_ten_cost() -> None:
    few, many = deep_plan(4, 2), deep_plan(4, 1_000)
    assert many.total.steps == 10**12
    assert few.total.steps == 16
    assert many.total.length_ms == 5_000 * 10**12 + (2_000 - 1_000) * (10**12 - 1)
    assert reads_for(4, 1_000)[0] == reads_for(4, 2)[0]
    assert reads_for(4, 1_000)[1] <= reads_for(4, 2)[1] + 10


def test_the_fingerprint_tells_plans_apart_and_stays_the_same_otherwise() -> None:
    def plan(name: str, choices: Choices | None = None) -> Plan:
        return make_plan(Routine("r", "R", (Step("steps[0]", name, 1_000),)), choices)

    many = Choices(conditions=frozenset({"pregnant", "varicose-veins", "numb-feet"}))
    assert plan("Rub").fingerprint == plan("Rub").fingerprint
    assert plan("Rub").fingerprint != plan("Roll").fingerprint
    assert plan("Rub").fingerprint != plan("Rub", many).fingerprint
