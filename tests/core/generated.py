"""Generated routines, choices and moves for the property tests.

A draw costs more than what most tests do with it. What has few values is drawn as one, from
all combinations.
"""

from itertools import product

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
SOUNDS = (None, Sound("start"), Sound("bell"))
SIDES = (None, *Sides)


@st.composite
def prompts(draw: st.DrawFn) -> Prompt:
    when, say, sound = draw(PROMPTS)
    ms = 0 if when is PromptWhen.HALFWAY else draw(st.integers(500, 70_000))
    return Prompt(when, ms, say, None, sound)


PROMPTS = st.sampled_from(list(product(PromptWhen, [None, "Comfortable?"], SOUNDS)))

CUES = st.sampled_from(
    [
        Cues(ready=ready, halfway_from_ms=halfway, countdown=countdown, end=end, switch=switch)
        for ready, halfway, countdown, end, switch in product(
            SOUNDS, [1, 20_000, 60_000], range(13), SOUNDS, SOUNDS
        )
    ]
)

STEP_FORMS = st.sampled_from(
    list(
        product(
            ["Rub", "Knead {side}", "Round {round} of {rounds}"],
            [
                (False, None),
                (False, None),
                (False, None),
                (True, None),
                (True, 10_000),
                (True, 25_000),
            ],
            [0, 0, 5_000, 700, 1],
            [False, True],
            SIDES,
            [False, True],
            [(), (), ("pregnant",)],
        )
    )
)


@st.composite
def steps(draw: st.DrawFn, key: str) -> Step:
    time_ms = draw(LENGTHS)
    name, ending, get_ready_ms, is_get_ready_written, sides, has_range, unless = draw(STEP_FORMS)
    is_open, ends_after_ms = ending
    return Step(
        key=key,
        name=name,
        time_ms=time_ms,
        is_open=is_open,
        ends_after_ms=ends_after_ms,
        get_ready_ms=get_ready_ms,
        is_get_ready_written=is_get_ready_written,
        sides=sides,
        range_ms=(draw(st.integers(1, time_ms)), time_ms * 2) if has_range else None,
        unless=unless,
        cues=draw(CUES),
        prompts=tuple(draw(st.lists(prompts(), max_size=2))),
    )


GROUP_FORMS = st.sampled_from(list(product([None, "Legs"], range(1, 5), [0, 4_000, 1_500], SIDES)))


@st.composite
def groups(draw: st.DrawFn, key: str, depth: int) -> Group:
    name, repeat, rest_ms, sides = draw(GROUP_FORMS)
    return Group(
        key=key,
        items=draw(items(key, depth)),
        name=name,
        repeat=repeat,
        rest_ms=rest_ms,
        sides=sides,
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


MOVES = st.sampled_from(
    [
        Move(kind, by_ms=by_ms, to_index=to_index)
        for kind, by_ms, to_index in product(MoveKind, [15_000, 999], range(31))
    ]
)

WAITS = st.one_of(st.integers(0, 4_999), st.sampled_from([0, 1, 1_000, 5_000]))
"""How long a run is not updated, short of a lapse."""

SCRIPTS = st.lists(st.tuples(WAITS, st.one_of(st.none(), MOVES)), max_size=40)
"""What a person and a clock do to a run: a wait, then perhaps a move."""
