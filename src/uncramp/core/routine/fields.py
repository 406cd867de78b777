"""A routine's tables as written, each key under its own name, before defaults are filled in.

None stands for a key that is missing, or whose value was wrong. Lengths are in
milliseconds.
"""

from collections.abc import Mapping
from typing import Any

from uncramp.core.lazy.dataclass import dataclass, field
from uncramp.core.routine.model import Sides
from uncramp.core.routine.points import Point

Tables = list[Any]
"""Tables that are not read yet, as TOML gives them."""

Table = dict[str, Any]
"""A table that is not read yet."""


@dataclass(frozen=True, slots=True)
class RoutineFields:
    """The top of a file."""

    title: str | None = None
    format: int | None = None
    summary: str | None = None
    when: str | None = None
    cautions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    author: str | None = None
    license: str | None = None
    language: str | None = None
    urgent: bool = False
    unless: tuple[str, ...] = ()
    defaults: Table = field(default_factory=dict)
    cues: Table = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    steps: Tables = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DefaultsFields:
    """The table `[defaults]`."""

    get_ready: int | None = None
    sides: Sides | None = None
    open: bool = False
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class GroupFields:
    """A group, or a step that uses a routine."""

    steps: Tables | None = None
    use: str | None = None
    name: str | None = None
    repeat: int = 1
    rest: int = 0
    sides: Sides | None = None
    unless: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    cues: Table | None = None


@dataclass(frozen=True, slots=True)
class StepFields:
    """A step."""

    name: str | None = None
    time: int | None = None
    open: bool | None = None
    ends_after: int | None = None
    how: str | None = None
    say: str | None = None
    say_again: str | None = None
    kind: str | None = None
    sides: Sides | None = None
    point: Point | None = None
    points: tuple[Point, ...] = ()
    figure: str | None = None
    get_ready: int | None = None
    range: tuple[int, int] | None = None
    unless: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    on: str | None = None
    cautions: tuple[str, ...] = ()
    cues: Table | None = None
    prompts: Tables = field(default_factory=list)

    @property
    def has_point(self) -> bool:
        """Does it name one or more points of the atlas?"""
        return self.point is not None or bool(self.points)
