"""What a plan says, computed by hand: a second, naive version to compare it with."""

from collections.abc import Iterator
from dataclasses import dataclass

from uncramp.core.plan.plan import SpanKind
from uncramp.core.routine.model import Choices, Group, Item, Routine, Side, Sides, Step


@dataclass(frozen=True, slots=True)
class Plain:
    """One span, as a person would list it."""

    kind: SpanKind
    start_ms: int
    length_ms: int
    is_open: bool
    side: Side | None
    round: int
    rounds: int
    step_number: int


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: SpanKind
    length_ms: int
    is_open: bool
    side: Side | None
    round: int
    rounds: int


def written_out(routine: Routine, choices: Choices) -> list[Plain]:
    """Every span of the routine, in order."""
    spans, at_ms, number = [], 0, 0
    spared = next(_steps(routine.items, choices), None) if routine.urgent else None
    for piece in _row(routine.items, choices, None, 1, 1, spared):
        is_last_of_step = piece.kind is SpanKind.STEP
        counted = number if piece.kind is SpanKind.REST else number + 1
        spans.append(
            Plain(piece.kind, at_ms, piece.length_ms, piece.is_open, piece.side, piece.round,
                  piece.rounds, counted)
        )  # fmt: skip
        at_ms += piece.length_ms
        number += 1 if is_last_of_step else 0
    return spans


def _steps(items: tuple[Item, ...], choices: Choices) -> Iterator[Step]:
    """Each step that is done, once."""
    for item in items:
        if set(item.unless) & choices.conditions or item.key in choices.left_out:
            continue
        if isinstance(item, Group):
            yield from _steps(item.items, choices)
        else:
            yield item


def _row(
    items: tuple[Item, ...],
    choices: Choices,
    side: Side | None,
    turn: int,
    turns: int,
    spared: Step | None,
) -> Iterator[_Piece]:
    for item in items:
        if set(item.unless) & choices.conditions or item.key in choices.left_out:
            continue
        for chosen in _turns(item.sides, choices, side):
            yield from _once(item, choices, chosen, turn, turns, spared)


def _turns(sides: Sides | None, choices: Choices, side: Side | None) -> list[Side | None]:
    if sides is None:
        return [side]
    if sides is Sides.EACH:
        first = choices.first_side
        return [first, Side.RIGHT if first is Side.LEFT else Side.LEFT]
    if sides is Sides.AFFECTED:
        return [choices.affected or Side.AFFECTED]
    return [Side(sides.value)]


def _once(
    item: Item,
    choices: Choices,
    side: Side | None,
    turn: int,
    turns: int,
    spared: Step | None,
) -> Iterator[_Piece]:
    if not isinstance(item, Group):
        ready_ms = item.get_ready_ms
        if choices.get_ready_ms is not None and item is not spared:
            own = choices.get_ready_ms
            is_longer = bool(ready_ms) and own > ready_ms
            ready_ms = ready_ms if item.is_get_ready_written and not is_longer else own
        if ready_ms:
            yield _Piece(SpanKind.GET_READY, ready_ms, False, side, turn, turns)
        time_ms = choices.times_ms.get(item.key, item.time_ms)
        yield _Piece(SpanKind.STEP, time_ms, item.is_open, side, turn, turns)
        return
    for number in range(1, item.repeat + 1):
        place = (number, item.repeat) if item.repeat > 1 else (turn, turns)
        inside = list(_row(item.items, choices, side, *place, spared))
        yield from inside
        if inside and number < item.repeat:
            first = inside[0]
            ready_ms = first.length_ms if first.kind is SpanKind.GET_READY else 0
            if item.rest_ms > ready_ms:
                yield _Piece(SpanKind.REST, item.rest_ms - ready_ms, False, side, *place)
