"""What a person can choose for one run of a routine: a row each, and the effect of keys."""

from collections.abc import Iterator
from enum import Enum, auto

from uncramp.core.lazy.dataclass import dataclass, replace
from uncramp.core.plan.overrides import limits_of, nudged
from uncramp.core.routine.model import (
    Choices,
    Group,
    Item,
    Routine,
    Side,
    Sides,
    Step,
    all_items,
    called,
)
from uncramp.core.suitability.conditions import CONDITIONS, because_words
from uncramp.core.text.durations import LONGEST_MS, clock
from uncramp.tui.library.outline import SIDES_WORDS


class Kind(Enum):
    """What a row is for."""

    HEADING = auto()
    FIRST_SIDE = auto()
    CRAMPED = auto()
    STEP = auto()
    CONDITION = auto()


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """One thing to choose, or a heading over some."""

    kind: Kind
    text: str
    value: str = ""
    key: str = ""
    """The key of a step or group, or the word of a condition."""
    indent: int = 0
    is_out: bool = False
    """Is it a step that is left out?"""


_SIDE_VALUES = {Side.LEFT: "◀ left", Side.RIGHT: "right ▶", None: "not said"}


def choice_rows(routine: Routine, choices: Choices, said: frozenset[str]) -> tuple[ChoiceRow, ...]:
    """The rows for a routine with its present choices; `said` are the saved conditions."""
    sides = {item.sides for item in all_items(routine.items)}
    rows: list[ChoiceRow] = []
    if sides & {Sides.EACH, Sides.AFFECTED}:
        rows.append(ChoiceRow(Kind.HEADING, "Side"))
    if Sides.EACH in sides:
        value = _SIDE_VALUES[choices.first_side]
        rows.append(ChoiceRow(Kind.FIRST_SIDE, "Which side comes first", value))
    if Sides.AFFECTED in sides:
        value = _SIDE_VALUES[choices.affected]
        rows.append(ChoiceRow(Kind.CRAMPED, "Which leg is cramped", value))
    rows.append(ChoiceRow(Kind.HEADING, "Steps"))
    rows += _step_rows(routine.items, choices, 0, is_out=False)
    rows.append(ChoiceRow(Kind.HEADING, "About you, this time only"))
    rows += _condition_rows(routine, choices, said)
    return tuple(rows)


def _step_rows(
    items: tuple[Item, ...], choices: Choices, indent: int, *, is_out: bool
) -> Iterator[ChoiceRow]:
    for item in items:
        goes = is_out or choices.leaves_out(item)
        value = _out_words(item, choices) if goes else _value(item, choices)
        yield ChoiceRow(Kind.STEP, called(item), value, item.key, indent, goes)
        if isinstance(item, Group):
            yield from _step_rows(item.items, choices, indent + 2, is_out=goes)


def _out_words(item: Item, choices: Choices) -> str:
    because = tuple(word for word in item.unless if word in choices.conditions)
    return f"left out: {because_words(because)}" if because else "left out"


def _value(item: Item, choices: Choices) -> str:
    sides = SIDES_WORDS[item.sides] if item.sides else ""
    if isinstance(item, Group):
        times = f"{item.repeat} times" if item.repeat > 1 else ""
        return " · ".join(word for word in (sides, times) if word)
    if item.is_open:
        return " · ".join(word for word in (sides, "until done") if word)
    time_ms = choices.times_ms.get(item.key, item.time_ms)
    was = "" if time_ms == item.time_ms else f"was {clock(item.time_ms)}"
    return " · ".join(word for word in (was, sides, clock(time_ms)) if word)


def _condition_rows(
    routine: Routine, choices: Choices, said: frozenset[str]
) -> Iterator[ChoiceRow]:
    known = [condition.word for condition in CONDITIONS]
    own = {word for item in all_items(routine.items) for word in item.unless} | {*routine.unless}
    for word in (*known, *sorted(own.difference(known))):
        value = "no"
        if word in choices.conditions:
            value = "yes, as you said" if word in said else "yes"
        words = because_words((word,))
        yield ChoiceRow(Kind.CONDITION, f"{words[:1].upper()}{words[1:]}", value, word)


def toggled(choices: Choices, row: ChoiceRow, said: frozenset[str]) -> Choices:
    """The choices after a row was toggled: a step in or out, or the other side or answer.

    Saved conditions stay, and so does what a condition leaves out.
    """
    match row.kind:
        case Kind.STEP:
            return replace(choices, left_out=choices.left_out ^ {row.key})
        case Kind.CONDITION if row.key not in said:
            return replace(choices, conditions=choices.conditions ^ {row.key})
        case Kind.FIRST_SIDE:
            return replace(choices, first_side=choices.first_side.other)
        case Kind.CRAMPED:
            after = {None: Side.LEFT, Side.LEFT: Side.RIGHT}
            return replace(choices, affected=after.get(choices.affected))
        case _:
            return choices


def nudged_choices(
    routine: Routine, choices: Choices, row: ChoiceRow, by: int
) -> tuple[Choices, str]:
    """The choices after more (`by` 1) or less (-1) of a row, and a sentence about it."""
    if row.kind is Kind.FIRST_SIDE:
        return replace(choices, first_side=Side.LEFT if by < 0 else Side.RIGHT), ""
    if row.kind is Kind.CRAMPED:
        return replace(choices, affected=Side.LEFT if by < 0 else Side.RIGHT), ""
    step = next((item for item in all_items(routine.items) if item.key == row.key), None)
    if row.kind is not Kind.STEP or not isinstance(step, Step) or row.is_out:
        return choices, ""
    if step.is_open:
        return choices, "This step lasts until you say so."
    before_ms = choices.times_ms.get(step.key, step.time_ms)
    time_ms = nudged(step, before_ms, by)
    times = {key: ms for key, ms in choices.times_ms.items() if key != step.key}
    if time_ms != step.time_ms:
        times[step.key] = time_ms
    return replace(choices, times_ms=times), _limit_words(step, before_ms, time_ms)


def _limit_words(step: Step, before_ms: int, time_ms: int) -> str:
    if time_ms != before_ms:
        return ""
    low_ms, high_ms = limits_of(step)
    if high_ms == LONGEST_MS:
        return f"{clock(low_ms)} is the shortest." if time_ms == low_ms else ""
    return f"It can last from {clock(low_ms)} to {clock(high_ms)}."
