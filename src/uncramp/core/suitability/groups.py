"""The groups in which routines are listed, and the order of the groups by the hour."""

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto

from uncramp.core.suitability.listing import Listing, why_not_for
from uncramp.core.suitability.search import Moment, Use, begun_at_this_hour

EVENING_FROM, EVENING_TO = 17 * 60, 22 * 60
"""The evening, in minutes of the day: before bedtime and before most cramps."""

EVENING_TAG = "evening"
"""The tag of a routine for the evening."""


class RoutineGroup(Enum):
    """What a routine is for."""

    NOW = auto()
    """Help during a cramp."""
    EVENING = auto()
    AFTER = auto()
    """For after a cramp, and for routines without a usual hour."""
    OWN = auto()
    """The person's own routines, except urgent ones."""
    BARRED = auto()
    """Not for this person."""


def group_of(listing: Listing, conditions: frozenset[str]) -> RoutineGroup:
    """The group of a routine for someone with these conditions."""
    if conditions and why_not_for(listing, conditions) is not None:
        return RoutineGroup.BARRED
    if listing.is_urgent:
        return RoutineGroup.NOW
    if listing.is_own:
        return RoutineGroup.OWN
    return RoutineGroup.EVENING if EVENING_TAG in listing.tags else RoutineGroup.AFTER


def grouped(
    listings: Iterable[Listing],
    uses: Iterable[Use],
    now: Moment,
    conditions: frozenset[str] = frozenset(),
) -> Iterator[tuple[RoutineGroup, Sequence[Listing]]]:
    """The groups that are not empty, with their routines in the order they have.

    The help for a cramp is first, so that at three in the morning Enter leads to it. In the
    evening the group of the usual routine comes before it: what was begun last at this hour, or
    else what is for the evening. By day and at night that group is the second.
    """
    inside: dict[RoutineGroup, list[Listing]] = {}
    group_by_id: dict[str, RoutineGroup] = {}
    for listing in listings:
        group = group_by_id[listing.id] = group_of(listing, conditions)
        inside.setdefault(group, []).append(listing)
    usual = max(
        ((at, id_) for id_, at in begun_at_this_hour(uses, now).items() if id_ in group_by_id),
        default=None,
    )
    first = group_by_id[usual[1]] if usual else RoutineGroup.EVENING
    is_evening = EVENING_FROM <= now.minute < EVENING_TO
    order = sorted(
        RoutineGroup,
        key=lambda group: (
            group is RoutineGroup.BARRED,
            group is not (first if is_evening else RoutineGroup.NOW),
            group is not RoutineGroup.NOW,
            group is not first,
        ),
    )
    return ((group, inside[group]) for group in order if group in inside)
