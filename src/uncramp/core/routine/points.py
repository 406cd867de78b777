"""Points of the atlas, as values. Their data is in the atlas's file."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from uncramp.core.lazy.dataclass import dataclass, field
from uncramp.core.text.folding import folded


class Limb(StrEnum):
    """The limb of a point or a figure, so that its sides have names."""

    LEG = "leg"
    FOOT = "foot"
    HAND = "hand"


@dataclass(frozen=True, slots=True)
class Point:
    """One place to press."""

    code: str
    """The code in the WHO's nomenclature, such as `KI3`, or our own word if there is none."""
    label: str
    """The code as the screen shows it, such as `KD3`."""
    name: str
    """The name in plain letters, such as `Taixi`."""
    place: str = ""
    """The place in a few plain words, for large letters: `Inner ankle`."""
    aliases: tuple[str, ...] = ()
    """Every other code, name and spelling that a person may use."""
    english: str | None = None
    """What the name means."""
    where: str = ""
    """Where it is, in anatomical words."""
    find: str = ""
    """How to find it with your fingers."""
    cue: str = ""
    """What the voice says to guide a hand there, twelve words at most."""
    cautions: tuple[str, ...] = ()
    """Sentences on when and how not to press it."""
    unless: tuple[str, ...] = ()
    """Conditions under which it is left out."""
    not_for: tuple[str, ...] = ()
    """Kinds of step that its first caution rules out."""
    figure: str | None = None
    """The view of the limb that shows it best, by id."""
    views: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """Where it is in each view, as fractions of the view's box: x right, y down, right limb."""
    zone: tuple[float, float] | None = None
    """The radii of an area, as fractions of a view's box; None for a spot."""
    sources: tuple[str, ...] = ()
    """The sources of its place."""
    limb: Limb | None = None
    """None if it is not known."""

    @property
    def title(self) -> str:
        """What the screen calls it: `KD3 Taixi`."""
        return f"{self.label} {self.name}" if self.label != self.name else self.name

    @property
    def heading(self) -> str:
        """The large label: the place, which a hand looks for, or else the title."""
        return self.place or self.title


class Atlas:
    """The points and figures that a routine can name."""

    def __init__(
        self,
        points: Iterable[Point] = (),
        figures: Iterable[str] = (),
        limbs: Mapping[str, Limb] | None = None,
    ) -> None:
        """Hold `points`, the ids of the `figures`, and the limb of each."""
        self.points = tuple(points)
        self.figures = tuple(figures)
        self.limbs = dict(limbs or {})
        self._by_name: dict[str, Point] = {}
        for point in self.points:
            for name in (point.code, point.label, point.name, *point.aliases):
                self._by_name.setdefault(folded(name), point)

    def find(self, name: str) -> Point | None:
        """The point with that code, name or alias, or None."""
        return self._by_name.get(folded(name))

    def spellings(self) -> tuple[str, ...]:
        """The codes, labels and names, to suggest the nearest one for a wrong one."""
        return tuple(n for p in self.points for n in (p.label, p.code, p.name))
