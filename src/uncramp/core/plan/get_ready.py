"""The get-ready before each step, adapted to the person."""

from uncramp.core.lazy.dataclass import replace
from uncramp.core.routine.model import Choices, Group, Item, Routine, Step
from uncramp.core.text.durations import SECOND_MS


def with_get_ready(routine: Routine, choices: Choices) -> tuple[Item, ...]:
    """The routine's items with the chosen get-ready, if there is one.

    A get-ready from the file is never made shorter, and 0 stays 0. For someone who does the
    routine for the first time, each is half as long again. The first step of an urgent routine
    is not changed.
    """
    if choices.get_ready_ms is None and not choices.is_first_time:
        return routine.items
    first = _first_step(routine.items, choices) if routine.urgent else None
    return _made_ready(routine.items, choices, first)


def _first_step(items: tuple[Item, ...], choices: Choices) -> Step | None:
    """The first step that is not left out."""
    for item in items:
        if not choices.leaves_out(item):
            found = _first_step(item.items, choices) if isinstance(item, Group) else item
            if found is not None:
                return found
    return None


def _made_ready(items: tuple[Item, ...], choices: Choices, spared: Step | None) -> tuple[Item, ...]:
    made: list[Item] = []
    for item in items:
        if isinstance(item, Group):
            made.append(replace(item, items=_made_ready(item.items, choices, spared)))
        elif item is spared:
            made.append(item)
        else:
            made.append(replace(item, get_ready_ms=_get_ready_ms(item, choices)))
    return tuple(made)


def _get_ready_ms(step: Step, choices: Choices) -> int:
    own_ms, ready_ms = choices.get_ready_ms, step.get_ready_ms
    if own_ms is not None and not step.is_get_ready_written:
        ready_ms = own_ms
    elif own_ms is not None and ready_ms:
        ready_ms = max(ready_ms, own_ms)
    if choices.is_first_time:
        # Half as long again, rounded to whole seconds if it was in whole seconds.
        ready_ms += -(-ready_ms // 2 // SECOND_MS) * SECOND_MS if ready_ms >= SECOND_MS else 0
    return ready_ms
