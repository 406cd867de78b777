"""The points of the atlas, as lines for a person and as objects for a program."""

from collections.abc import Iterable, Iterator, Sequence

from uncramp.core.routine.points import Point
from uncramp.core.suitability.conditions import because_words
from uncramp.plain.leaflet_lines import WIDEST, hung


def points_lines(points: Iterable[Point]) -> Iterator[str]:
    """One line a point: its name on the screen, and where it is."""
    rows = list(points)
    width = max((len(point.title) for point in rows), default=0)
    for point in rows:
        yield f"{point.title:<{width}}  {point.cue}"


def point_lines(point: Point, picture: Sequence[str] = (), *, width: int = WIDEST) -> Iterator[str]:
    """Everything that is known about a point, wrapped to `width`.

    A `picture` comes last, after how to find the place: what is written last stays visible.
    """
    yield point.title
    if not picture:
        yield from find_lines(point, width)
    yield from _about(point, width)
    if picture:
        yield ""
        yield from find_lines(point, width)
        yield from picture


def find_lines(point: Point, width: int = WIDEST) -> list[str]:
    """How to find the point with your fingers."""
    return hung("Find it: ", point.find, width)


def _about(point: Point, width: int) -> Iterator[str]:
    if point.english and point.english != point.name:
        yield from hung("Meaning: ", point.english, width)
    yield from hung("Where: ", f"{point.where}.", width)
    yield from hung("The voice says: ", f"{point.cue}.", width)
    for caution in point.cautions:
        yield from hung("Care: ", caution, width)
    for condition in point.unless:
        yield from hung("Left out if: ", f"{because_words((condition,))}.", width)
    names = dict.fromkeys((point.code, *point.aliases))
    others = [name for name in names if name not in (point.label, point.name, point.english)]
    if others:
        yield from hung("Also called: ", ", ".join(others), width)
    for source in point.sources:
        yield from hung("Source: ", source, width)


def point_object(point: Point) -> dict[str, object]:
    """A point for a program: `views` with x and y from 0 to 1, right limb."""
    return {
        "code": point.code,
        "label": point.label,
        "name": point.name,
        "aliases": list(point.aliases),
        "english": point.english,
        "where": point.where,
        "find": point.find,
        "cue": point.cue,
        "cautions": list(point.cautions),
        "unless": list(point.unless),
        "figure": point.figure,
        "views": {view: list(place) for view, place in point.views.items()},
        "zone": list(point.zone) if point.zone else None,
        "sources": list(point.sources),
    }
