"""What a person changes in a routine for one run: other times, and steps to leave out.

People use the names of steps; `core.routine.model.Choices` uses their keys.
"""

from collections.abc import Iterable, Iterator

from uncramp.core.lazy.dataclass import replace
from uncramp.core.plan.plan import make_plan
from uncramp.core.routine.limits import breaks_limit, limit_words
from uncramp.core.routine.model import Choices, Item, Routine, Step, all_items, called
from uncramp.core.text.durations import (
    LONGEST_MS,
    MINUTE_MS,
    SECOND_MS,
    NotALength,
    parse_length,
    spoken,
    why_no_length,
)
from uncramp.core.text.folding import folded
from uncramp.core.text.safe_text import shown
from uncramp.core.text.suggestions import listed, nearest

SHORTEST_MS = 5 * SECOND_MS
"""The shortest time that is offered if a step has no range."""

_FINE_UP_TO_MS = 3 * MINUTE_MS
"""Up to this a time changes by a quarter of a minute, beyond by a whole minute."""


class Unknown(ValueError):
    """A choice that this routine does not have; the text is a sentence that says why."""


def limits_of(step: Step) -> tuple[int, int]:
    """The shortest and the longest time, in ms, that a person can set for a step."""
    return step.range_ms or (min(SHORTEST_MS, step.time_ms), LONGEST_MS)


def nudged(step: Step, time_ms: int, by: int) -> int:
    """The next time up (`by` 1) or down (-1), on a whole quarter or minute, in the step's range."""
    low_ms, high_ms = limits_of(step)
    is_fine = time_ms < _FINE_UP_TO_MS or (by < 0 and time_ms == _FINE_UP_TO_MS)
    unit = 15 * SECOND_MS if is_fine else MINUTE_MS
    units = time_ms // unit + 1 if by > 0 else -(-time_ms // unit) - 1
    return min(max(units * unit, low_ms), high_ms)


def with_times(routine: Routine, choices: Choices, said: Iterable[str]) -> Choices:
    """The choices with a time for each of `said`, such as `soak=15m`.

    Raises Unknown for a step that does not exist, a time that is not one or is out of the
    step's range, and times that make the routine too long.
    """
    times = dict(choices.times_ms)
    for text in said:
        name, equals, time = text.rpartition("=")
        if not equals:
            raise Unknown(f'"{shown(text)}" gives no time. Write it like "soak=15m".')
        named = [item for item in _named(routine, name) if isinstance(item, Step)]
        if not named:
            words = "is a group of steps. Give a time to one of its steps."
            raise Unknown(f'"{shown(name.strip())}" {words}')
        for step in named:
            times[step.key] = _fit_time(step, time)
    return replace(choices, times_ms=times)


def without(routine: Routine, choices: Choices, said: Iterable[str]) -> Choices:
    """The choices without the steps and groups that `said` names.

    Raises Unknown for one that does not exist.
    """
    keys = {item.key for text in said for item in _named(routine, text)}
    return replace(choices, left_out=choices.left_out | keys)


def problem_of(routine: Routine, choices: Choices) -> str | None:
    """Why the choices cannot be run, in a sentence; None if they can."""
    try:
        total = make_plan(routine, choices).total
    except ValueError:
        return "Nothing is left to do. Keep at least one step." if choices.left_out else None
    if breaks_limit(total):
        return f"That {limit_words(total, 'makes', 'makes')[1]}"
    return None


def _fit_time(step: Step, text: str) -> int:
    name = called(step)
    if step.is_open:
        raise Unknown(f'"{shown(name)}" has no time: it lasts until you say so.')
    try:
        time_ms = parse_length(text)
    except NotALength as error:
        raise Unknown(f'"{shown(text.strip()[:60])}" {why_no_length(text, error)}') from None
    if step.range_ms and not step.range_ms[0] <= time_ms <= step.range_ms[1]:
        low, high = map(spoken, step.range_ms)
        raise Unknown(f'"{shown(name)}" may last from {low} to {high}.')
    return time_ms


def _named(routine: Routine, text: str) -> list[Item]:
    """All steps and groups with that name."""
    wanted = folded(text)
    items = list(all_items(routine.items))
    by_name: dict[str, list[Item]] = {}
    for item in items:
        for name in _names(item):
            by_name.setdefault(folded(name), []).append(item)
    if wanted in by_name:
        return by_name[wanted]
    parts = {name: found for name, found in by_name.items() if wanted and wanted in name}
    apart = {item.key: called(item) for found in parts.values() for item in found}
    names = dict.fromkeys(apart.values())
    if len(names) == 1:
        return [item for item in items if item.key in apart]
    if names:
        first = listed(map(shown, list(names)[:4]))
        raise Unknown(f'"{shown(text.strip())}" could be {first}. Write more of the name.')
    near = nearest(text, (called(item) for item in items))
    there = list(dict.fromkeys(shown(called(item)) for item in items))
    more = " and others" if len(there) > 8 else ""
    known = f"Its steps are {listed(there[:8], 'and')}{more}."
    how = f'Did you mean "{shown(near)}"?' if near else known
    raise Unknown(f'There is no step "{shown(text.strip()[:60])}" in {shown(routine.title)}. {how}')


def _names(item: Item) -> Iterator[str]:
    yield called(item)
    yield item.key
    if isinstance(item, Step) and item.point:
        point = item.point
        yield from (point.code, point.label, point.name, *point.aliases)
