"""The get-ready that a person wants before each step whose writer does not say one."""

from dataclasses import replace

from uncramp.core.routine.model import Choices, Group, Item, Routine, Step


def with_get_ready(routine: Routine, choices: Choices) -> tuple[Item, ...]:
    """The routine's items with the get-ready that was chosen, if one was.

    Never for a step that writes its own, nor for the first of an urgent routine.
    """
    if choices.get_ready_ms is None:
        return routine.items
    first = _first_step(routine.items, choices) if routine.urgent else None
    return _made_ready(routine.items, choices.get_ready_ms, first)


def _first_step(items: tuple[Item, ...], choices: Choices) -> Step | None:
    """The first step that is not left out."""
    for item in items:
        if not choices.leaves_out(item):
            found = _first_step(item.items, choices) if isinstance(item, Group) else item
            if found is not None:
                return found
    return None


def _made_ready(
    items: tuple[Item, ...], get_ready_ms: int, spared: Step | None
) -> tuple[Item, ...]:
    made: list[Item] = []
    for item in items:
        if isinstance(item, Group):
            made.append(replace(item, items=_made_ready(item.items, get_ready_ms, spared)))
        elif item.is_get_ready_written or item is spared:
            made.append(item)
        else:
            made.append(replace(item, get_ready_ms=get_ready_ms))
    return tuple(made)
