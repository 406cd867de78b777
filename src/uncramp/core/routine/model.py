"""A routine: titles, steps, groups, sounds. Frozen values, lengths in milliseconds.

The reader makes these from a file and fills in every default, so that a `Step` alone says
everything about itself.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from uncramp.core.lazy.dataclass import dataclass, field
from uncramp.core.routine.points import Limb, Point


class Side(StrEnum):
    """Which side a part of the plan is for."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    AFFECTED = "affected"

    @property
    def other(self) -> "Side":
        """Right for left and left for right; any other side for itself."""
        return {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}.get(self, self)


class Sides(StrEnum):
    """How the `sides` key spreads a step or a group over the sides."""

    EACH = "each"
    BOTH = "both"
    LEFT = "left"
    RIGHT = "right"
    AFFECTED = "affected"


class CueKind(StrEnum):
    """What a cue marks. The names are the keys of `[cues]`."""

    READY = "ready"
    START = "start"
    HALFWAY = "halfway"
    TICK = "tick"
    END = "end"
    SWITCH = "switch"
    PROMPT = "prompt"
    FINISH = "finish"
    VOICE = "voice"
    """Words without a sound."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound to play: a bundled one by name, or a file beside the routine."""

    name: str
    """As written: `"bell"`, or `"./bell.flac"` for a file."""
    folder: str | None = None
    """The routine's folder, if `name` is a file in it; None for a bundled sound."""

    @property
    def is_file(self) -> bool:
        """Is it a person's own file?"""
        return self.folder is not None


@dataclass(frozen=True, slots=True)
class Cues:
    """What is heard at each moment of a step, with every key filled in."""

    ready: Sound | None = Sound("ready")
    start: Sound | None = Sound("start")
    halfway: Sound | None = Sound("halfway")
    halfway_from_ms: int = 60_000
    """The shortest step that has a halfway cue."""
    countdown: int = 3
    """How many of the last seconds tick."""
    tick: Sound | None = Sound("tick")
    end: Sound | None = Sound("end")
    switch: Sound | None = Sound("switch")
    prompt: Sound | None = Sound("prompt")
    finish: Sound | None = Sound("finish")
    voice: bool = True
    """Does the voice speak?"""
    volume: float = 1.0
    """From 0 to 1, multiplied with the person's own volume."""


class PromptWhen(StrEnum):
    """What a prompt's moment is counted from."""

    AFTER = "after"
    BEFORE_END = "before-end"
    HALFWAY = "halfway"
    EVERY = "every"


@dataclass(frozen=True, slots=True)
class Prompt:
    """Something to say, show or play inside a step."""

    when: PromptWhen
    ms: int = 0
    """After the start, before the end, or between one and the next; 0 for halfway."""
    say: str | None = None
    show: str | None = None
    """What the screen shows; None for what is said."""
    sound: Sound | None = None
    """None: the step's `prompt` sound."""
    is_silent: bool = False
    """Was its sound written as `false`?"""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do."""

    key: str
    """Its place in the file, `steps[3]`: unique within the routine."""
    name: str
    """May contain `{point}`, `{side}`, `{round}` and `{rounds}`."""
    time_ms: int
    """How long, on each side; for an open step, until its first prompt."""
    is_open: bool = False
    """Does it last until the person says so?"""
    ends_after_ms: int | None = None
    """Of an open step: how long after its last prompt it goes on by itself; None: never."""
    get_ready_ms: int = 0
    is_get_ready_written: bool = False
    """Does the file set the get-ready? If not, the person can."""
    how: str | None = None
    """If the file does not say: how to find its point."""
    say: str | None = None
    """What the voice says; may contain `{side}`, `{other}` and `{time}`."""
    say_again: str | None = None
    """What it says on the other side and in later rounds; None for the same."""
    kind: str | None = None
    sides: Sides | None = None
    """None: the side of its group, if that has one."""
    point: Point | None = None
    figure: str | None = None
    limb: Limb | None = None
    """The figure of its picture; None if it has none."""
    range_ms: tuple[int, int] | None = None
    """The shortest and the longest time that a person can set."""
    unless: tuple[str, ...] = ()
    """Conditions under which it is left out, including those of its point."""
    only: tuple[str, ...] = ()
    """Conditions of which one must apply for it to be included; empty for everybody."""
    is_if_still: bool = False
    """Is it offered only after the answer "still" to the open step before it?"""
    cautions: tuple[str, ...] = ()
    """Its own, then its point's."""
    cues: Cues = Cues()
    prompts: tuple[Prompt, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Steps that belong together: repeated, done on one side and then the other, or borrowed."""

    key: str
    items: "tuple[Step | Group, ...]"
    name: str | None = None
    repeat: int = 1
    rest_ms: int = 0
    """Between rounds, never after the last."""
    sides: Sides | None = None
    used: str | None = None
    """The id of the routine whose steps these are."""
    unless: tuple[str, ...] = ()
    """Conditions under which all of it is left out."""
    only: tuple[str, ...] = ()
    """Conditions of which one must apply for it to be included; empty for everybody."""


Item = Step | Group


def all_items(items: Iterable[Item]) -> Iterator[Item]:
    """Each step and each group in order, including those in groups."""
    for item in items:
        yield item
        if isinstance(item, Group):
            yield from all_items(item.items)


def all_steps(items: Iterable[Item]) -> Iterator[Step]:
    """Each step in order, including those in groups."""
    return (item for item in all_items(items) if isinstance(item, Step))


def rest_before_get_ready(rest_ms: int, get_ready_ms: int) -> int:
    """How long a rest between rounds is without its get-ready, in milliseconds.

    The last seconds of the rest are the get-ready of the step after it. A get-ready that is
    longer than the rest replaces it.
    """
    return max(rest_ms - get_ready_ms, 0)


def called(item: Item) -> str:
    """The name of a step or a group, without placeholders."""
    if isinstance(item, Group):
        return item.name or (item.used and f"From {item.used}") or "Together"
    point = item.point.heading if item.point else ""
    name = item.name.replace("{point}", point)
    for placeholder in ("{side}", "{round}", "{rounds}"):
        name = name.replace(placeholder, "")
    return " ".join(name.split())


@dataclass(frozen=True, slots=True)
class Routine:
    """What one TOML file describes."""

    id: str
    title: str
    items: tuple[Item, ...]
    format: int = 1
    summary: str | None = None
    when: str | None = None
    cautions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    author: str | None = None
    license: str | None = None
    language: str | None = None
    urgent: bool = False
    """Does it start at once, with no get-ready and no question?"""
    unless: tuple[str, ...] = ()
    """Conditions under which it asks before it starts."""
    cues: Cues = Cues()
    """The routine's own cues; their `finish` is heard at the end."""
    extra: Mapping[str, object] = field(default_factory=dict)
    """The author's own table, kept but never read."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person decided for one run."""

    first_side: Side = Side.LEFT
    affected: Side | None = None
    """The cramped leg; None if unknown: the run then speaks of "the cramped leg"."""
    conditions: frozenset[str] = frozenset()
    is_known: bool = False
    """Has the person said which conditions apply, so that the others do not?"""
    times_ms: Mapping[str, int] = field(default_factory=dict)
    """The person's own times, by the step's key."""
    left_out: frozenset[str] = frozenset()
    """Keys of steps and groups that are left out this time."""
    get_ready_ms: int | None = None
    """The get-ready of steps that do not set it, and the least for those that do; None for the
    default of the format."""
    is_first_time: bool = False
    """Is each get-ready half as long again, for someone who has never finished it?"""
    language: str | None = None
    """The person's language, for a routine that does not name its own."""
    is_fahrenheit: bool = False
    """Does the voice use degrees Fahrenheit if a text has both?"""

    def leaves_out(self, item: Item) -> bool:
        """Is this step or group left out, by choice or because of the person's conditions?"""
        is_against = not self.conditions.isdisjoint(item.unless)
        return item.key in self.left_out or is_against or self.is_not_for(item)

    def is_not_for(self, item: Item) -> bool:
        """Is this step or group for others only?"""
        return bool(item.only) and self.conditions.isdisjoint(item.only)

    def turns(self, sides: Sides | None) -> tuple[Side, ...]:
        """The side of each turn, in order; none for a step without sides."""
        match sides:
            case None:
                return ()
            case Sides.EACH:
                return (self.first_side, self.first_side.other)
            case Sides.AFFECTED:
                return (self.affected or Side.AFFECTED,)
            case _:
                return (Side(sides.value),)
