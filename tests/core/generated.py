"""Generated routines, choices and moves for the property tests."""

from hypothesis import strategies as st

from uncramp.core.plan.plan import make_plan
from uncramp.core.routine.model import (
    Choices,
    Cues,
    Group,
    Item,
    Prompt,
    PromptWhen,
    Routine,
    Side,
    Sides,
    Sound,
    Step,
)
from uncramp.core.run.moves import Move, MoveKind

LENGTHS = st.one_of(
    st.integers(1, 2_500), st.sampled_from([1_000, 3_000, 5_000, 10_000, 30_000, 60_000, 61_001])
)
SOUNDS = st.sampled_from([None, Sound("start"), Sound("bell")])


@st.composite
def prompts(draw: st.DrawFn) -> Prompt:
    when = draw(st.sampled_from(PromptWhen))
    ms = 0 if when is PromptWhen.HALFWAY else draw(st.integers(500, 70_000))
    return Prompt(when, ms, draw(st.sampled_from([None, "Comfortable?"])), None, draw(SOUNDS))


@st.composite
def cues(draw: st.DrawFn) -> Cues:
    return Cues(
        ready=draw(SOUNDS),
        halfway_from_ms=draw(st.sampled_from([1, 20_000, 60_000])),
        countdown=draw(st.integers(0, 12)),
        end=draw(SOUNDS),
        switch=draw(SOUNDS),
    )


@st.composite
def steps(draw: st.DrawFn, key: str) -> Step:
    time_ms = draw(LENGTHS)
    low = draw(st.integers(1, time_ms))
    return Step(
        key=key,
        name=draw(st.sampled_from(["Rub", "Knead {side}", "Round {round} of {rounds}"])),
        time_ms=time_ms,
        is_open=draw(st.booleans()) and draw(st.booleans()),
        ends_after_ms=draw(st.sampled_from([None, None, 10_000, 25_000])),
        get_ready_ms=draw(st.sampled_from([0, 0, 5_000, 700, 1])),
        is_get_ready_written=draw(st.booleans()),
        sides=draw(st.one_of(st.none(), st.sampled_from(Sides))),
        range_ms=draw(st.sampled_from([None, (low, time_ms * 2)])),
        unless=draw(st.sampled_from([(), (), ("pregnant",)])),
        cues=draw(cues()),
        prompts=tuple(draw(st.lists(prompts(), max_size=2))),
    )


@st.composite
def groups(draw: st.DrawFn, key: str, depth: int) -> Group:
    return Group(
        key=key,
        items=draw(items(key, depth)),
        name=draw(st.sampled_from([None, "Legs"])),
        repeat=draw(st.integers(1, 4)),
        rest_ms=draw(st.sampled_from([0, 4_000, 1_500])),
        sides=draw(st.one_of(st.none(), st.sampled_from(Sides))),
    )


@st.composite
def items(draw: st.DrawFn, key: str = "", depth: int = 2) -> tuple[Item, ...]:
    made: list[Item] = []
    for number in range(draw(st.integers(1, 3))):
        path = f"{key}.steps[{number}]".lstrip(".")
        is_group = depth > 0 and draw(st.booleans())
        if is_group:
            made.append(draw(groups(path, depth - 1)))
        else:
            made.append(draw(steps(path)))
    return tuple(made)


@st.composite
def routines(draw: st.DrawFn) -> Routine:
    return Routine("made-up", "Made up", draw(items()), urgent=draw(st.booleans()))


@st.composite
def choices(draw: st.DrawFn) -> Choices:
    return Choices(
        first_side=draw(st.sampled_from([Side.LEFT, Side.RIGHT])),
        affected=draw(st.sampled_from([None, Side.LEFT, Side.RIGHT])),
        conditions=draw(st.sampled_from([frozenset(), frozenset({"pregnant"})])),
        times_ms=draw(st.dictionaries(st.sampled_from(KEYS), LENGTHS, max_size=2)),
        left_out=draw(st.frozensets(st.sampled_from(KEYS), max_size=1)),
        get_ready_ms=draw(st.sampled_from([None, None, 0, 3_000, 7_777])),
    )


KEYS = ["steps[0]", "steps[1]", "steps[2]", "steps[0].steps[0]", "steps[1].steps[0]"]


def has_something_to_do(routine_and_choices: tuple[Routine, Choices]) -> bool:
    try:
        make_plan(*routine_and_choices)
    except ValueError:
        return False
    return True


PLANS = st.tuples(routines(), choices()).filter(has_something_to_do).map(lambda rc: make_plan(*rc))
"""Plans of any shape, of a few spans up to some hundreds."""


@st.composite
def moves(draw: st.DrawFn) -> Move:
    kind = draw(st.sampled_from(MoveKind))
    return Move(kind, by_ms=draw(st.sampled_from([15_000, 999])), to_index=draw(st.integers(0, 30)))


WAITS = st.one_of(st.integers(0, 4_999), st.sampled_from([0, 1, 1_000, 5_000]))
"""How long nobody looks, short of a lapse."""

SCRIPTS = st.lists(st.tuples(WAITS, st.one_of(st.none(), moves())), max_size=40)
"""What a person and a clock do to a run: a wait, then perhaps a move."""
