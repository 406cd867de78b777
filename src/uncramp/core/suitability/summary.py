"""What the library keeps of a routine: enough to list, find and rank it without its steps."""

from uncramp.core.plan.plan import make_plan
from uncramp.core.routine.model import Routine, all_items, all_steps
from uncramp.core.suitability.assess import is_for_a_leg
from uncramp.core.suitability.listing import Listing


def listed(routine: Routine) -> Listing:
    """The listing of a routine that can run, without its origin and warnings."""
    total = make_plan(routine).total
    points = (step.point.code for step in all_steps(routine.items) if step.point)
    return Listing(
        id=routine.id,
        title=routine.title,
        total_ms=total.length_ms,
        steps=total.steps,
        open_steps=total.open_steps,
        summary=routine.summary or routine.when or "",
        tags=routine.tags,
        names=tuple(dict.fromkeys(item.name for item in all_items(routine.items) if item.name)),
        points=tuple(dict.fromkeys(points)),
        unless=routine.unless,
        is_urgent=routine.urgent,
        is_for_a_leg=is_for_a_leg(routine),
    )
