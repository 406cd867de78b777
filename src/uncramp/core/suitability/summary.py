"""What the library keeps of a routine: enough to list, find and rank it without its steps."""

from collections.abc import Iterable, Iterator

from uncramp.core.plan.plan import make_plan
from uncramp.core.routine.model import Group, Item, Routine
from uncramp.core.suitability.assess import is_for_a_leg
from uncramp.core.suitability.listing import Listing


def listed(routine: Routine) -> Listing:
    """The listing of a routine that can run, without its origin and warnings."""
    total = make_plan(routine).total
    points = (point for _, point in _named(routine.items) if point)
    return Listing(
        id=routine.id,
        title=routine.title,
        total_ms=total.length_ms,
        steps=total.steps,
        open_steps=total.open_steps,
        summary=routine.summary or routine.when or "",
        tags=routine.tags,
        names=tuple(dict.fromkeys(name for name, _ in _named(routine.items) if name)),
        points=tuple(dict.fromkeys(points)),
        unless=routine.unless,
        is_urgent=routine.urgent,
        is_for_a_leg=is_for_a_leg(routine),
    )


def _named(items: Iterable[Item]) -> Iterator[tuple[str, str]]:
    """The name of each step and group, with the code of its point, if it has one."""
    for item in items:
        if isinstance(item, Group):
            yield item.name or "", ""
            yield from _named(item.items)
        else:
            yield item.name, item.point.code if item.point else ""
