"""A routine made ready for one run: a tree of the routine's own shape, with sums.

The tree is never flattened. Each node knows how long it lasts and how many spans
and steps it holds, so a total costs nothing and a span is found by walking down
from the root, whether the plan has ten spans or a million million.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import blake2b
from operator import attrgetter

from uncramp.core.getting_ready import with_get_ready
from uncramp.core.model import Choices, Cues, Group, Item, Routine, Side, Sides, Step, called
from uncramp.core.units import LONGEST_MS


class SpanKind(StrEnum):
    """What a stretch of the plan is for."""

    GET_READY = "get-ready"
    STEP = "step"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Sums:
    """How much a part of a plan holds; open steps count at their first prompt."""

    length_ms: int = 0
    spans: int = 0
    steps: int = 0
    """Sides and rounds counted; get-readies and rests not."""
    open_steps: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.length_ms + other.length_ms,
            self.spans + other.spans,
            self.steps + other.steps,
            self.open_steps + other.open_steps,
        )

    def __mul__(self, times: int) -> "Sums":
        return Sums(
            self.length_ms * times,
            self.spans * times,
            self.steps * times,
            self.open_steps * times,
        )


@dataclass(frozen=True, slots=True)
class Coming:
    """What follows a step: the next one, or a rest."""

    step: Step | None
    """None for a rest."""
    name: str
    side: Side | None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the plan: a get-ready, a step on one side in one round, or a rest."""

    index: int
    start_ms: int
    """From the plan's beginning, open steps before it counted at their first prompt."""
    kind: SpanKind
    length_ms: int
    """Of an open step: its first prompt."""
    is_open: bool
    name: str
    """What to do, placeholders filled in."""
    side: Side | None
    round: int
    rounds: int
    """Of the innermost group that repeats; 1 of 1 where none does."""
    step_number: int
    """Counted from 1. A get-ready has its step's; a rest has that of the step before it."""
    step: Step | None
    """None for a rest."""
    groups: tuple[str, ...]
    """Names of the groups it stands in, outermost first."""
    first_index: int
    """Where what it belongs to begins: the get-ready of a step, else itself."""
    switches_side: bool = False
    """Is it the first on the other side from the step before?"""
    follows_chime: bool = False
    """Does the span before it end with a sound, at the moment when this one begins?"""
    is_last: bool = False
    cues: Cues = field(default_factory=Cues)
    """The sounds of its step; a rest has those of the step before it."""
    step_ms: int = 0
    """How long its step lasts in this plan, the get-ready left out; 0 for a rest."""
    coming: Coming | None = None
    """Of a step that ends by itself: what follows it."""
    language: str | None = None
    """Of its words; English where it is None."""

    @property
    def end_ms(self) -> int:
        """Where the next span begins, from the plan's beginning."""
        return self.start_ms + self.length_ms


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A step or a group that this plan leaves out, and why."""

    key: str
    name: str
    because: tuple[str, ...]
    """The person's conditions that rule it out; empty where the person left it out."""


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A step once, with its get-ready before it."""

    step: Step
    time_ms: int
    sums: Sums


@dataclass(frozen=True, slots=True)
class _Row:
    """Nodes one after another."""

    children: "tuple[_Node, ...]"
    starts: tuple[Sums, ...]
    """What stands before each child."""
    sums: Sums
    name: str | None = None


@dataclass(frozen=True, slots=True)
class _Rounds:
    """A node again and again, with a rest between."""

    child: "_Node"
    count: int
    rest_ms: int
    unit: Sums
    """One round and the rest after it."""
    sums: Sums


@dataclass(frozen=True, slots=True)
class _Sided:
    """A node for one side, then for the next."""

    child: "_Node"
    sides: tuple[Side, ...]
    sums: Sums


_Node = _Leaf | _Row | _Rounds | _Sided


@dataclass(slots=True)
class _Found:
    """What a walk from the root has gathered by the time it reaches a leaf."""

    before: Sums
    leaf: _Leaf | None
    """None for a rest."""
    rest_ms: int
    left: int
    """How much of what was looked for remains within the leaf."""
    side: Side | None = None
    round: int = 1
    rounds: int = 1
    groups: tuple[str, ...] = ()


class Plan:
    """A routine made ready for one run. Made by `make_plan`."""

    def __init__(
        self, routine: Routine, choices: Choices, root: _Node, left_out: tuple[LeftOut, ...]
    ) -> None:
        """Hold what `make_plan` made."""
        self.routine = routine
        self.choices = choices
        self.total = root.sums
        """How much there is in all."""
        self.left_out = left_out
        self._root = root
        self._fingerprint: str | None = None

    @property
    def language(self) -> str | None:
        """The language of its words: the routine's, or the person's own; None for English."""
        return self.routine.language or self.choices.language

    def __repr__(self) -> str:
        return f"<Plan of {self.routine.id}: {self.total}>"

    @property
    def fingerprint(self) -> str:
        """A word that another plan has only if it would run the same, to the letter."""
        if self._fingerprint is None:
            chosen = self.choices
            sorted_choices = (
                chosen.first_side,
                chosen.affected,
                sorted(chosen.conditions),
                sorted(chosen.times_ms.items()),
                sorted(chosen.left_out),
                chosen.get_ready_ms,
                chosen.language,
            )
            written = repr((self.routine, sorted_choices)).encode("utf-8", "surrogatepass")
            self._fingerprint = blake2b(written, digest_size=12).hexdigest()
        return self._fingerprint

    def span(self, index: int) -> Span:
        """The span at `index`, counted from 0. Raises IndexError beyond the last."""
        if not 0 <= index < self.total.spans:
            raise IndexError(f"the plan has {self.total.spans} spans, none at {index}")
        return self._make_span(index, self._find("spans", index))

    def spans(self, start: int = 0, stop: int | None = None) -> Iterator[Span]:
        """The spans from `start` up to `stop`, in order, each made when it is asked for."""
        end = self.total.spans if stop is None else min(stop, self.total.spans)
        return (self.span(index) for index in range(start, end))

    def index_at(self, moment_ms: int) -> int:
        """The index of the span that holds the moment, counted from the plan's beginning.

        A moment before the beginning is the first span's, one after the end the last's.
        """
        clamped = min(max(moment_ms, 0), self.total.length_ms - 1)
        found = self._find("length_ms", clamped)
        return found.before.spans + (1 if self._is_past_get_ready(found) else 0)

    def step_start(self, number: int) -> int:
        """The index at which step `number`, counted from 1, begins: its get-ready if it has one."""
        if not 1 <= number <= self.total.steps:
            raise IndexError(f"the plan has {self.total.steps} steps, none numbered {number}")
        return self._find("steps", number - 1).before.spans

    def next_open(self, index: int) -> int | None:
        """The index of the first open step's span at or after `index`, or None."""
        if index >= self.total.spans:
            return None
        found = self._find("spans", index)
        earlier = found.before.open_steps
        if earlier >= self.total.open_steps:
            return None
        opened = self._find("open_steps", earlier)
        assert opened.leaf is not None
        return opened.before.spans + opened.leaf.sums.spans - 1

    @staticmethod
    def _is_past_get_ready(found: _Found) -> bool:
        leaf = found.leaf
        return leaf is not None and 0 < leaf.step.get_ready_ms <= found.left

    def _find(self, measure: str, value: int) -> _Found:
        """Walk to the leaf or rest that holds the `value`th of `measure`, a name of `Sums`."""
        amount = attrgetter(measure)
        node = self._root
        found = _Found(Sums(), None, 0, value)
        while True:
            match node:
                case _Leaf():
                    found.leaf = node
                    return found
                case _Row():
                    if node.name is not None:
                        found.groups = (*found.groups, node.name)
                    at = bisect_right(node.starts, found.left, key=amount) - 1
                    found.before += node.starts[at]
                    found.left -= amount(node.starts[at])
                    node = node.children[at]
                case _Sided():
                    turn, found.left = divmod(found.left, amount(node.child.sums))
                    found.before += node.child.sums * turn
                    found.side = node.sides[turn]
                    node = node.child
                case _Rounds():
                    turn, found.left = divmod(found.left, amount(node.unit))
                    found.before += node.unit * turn
                    found.round, found.rounds = turn + 1, node.count
                    if found.left >= amount(node.child.sums):
                        found.before += node.child.sums
                        found.left -= amount(node.child.sums)
                        found.rest_ms = node.rest_ms
                        return found
                    node = node.child

    def _make_span(self, index: int, found: _Found) -> Span:
        before = found.before
        previous = self._step_before(before)
        follows_chime = previous is not None and self._ends_with_chime(previous)
        if found.leaf is None:
            return Span(
                index, before.length_ms, SpanKind.REST, found.rest_ms, False, "Rest", found.side,
                found.round, found.rounds, before.steps, None, found.groups, index,
                follows_chime=follows_chime, cues=_cues(previous),
                language=self.language,
            )  # fmt: skip
        step = found.leaf.step
        is_ready = step.get_ready_ms > 0 and index == before.spans
        is_step_after_ready = step.get_ready_ms > 0 and not is_ready
        return Span(
            index=index,
            start_ms=before.length_ms + (step.get_ready_ms if is_step_after_ready else 0),
            kind=SpanKind.GET_READY if is_ready else SpanKind.STEP,
            length_ms=step.get_ready_ms if is_ready else found.leaf.time_ms,
            is_open=step.is_open and not is_ready,
            name=_filled(step, found),
            side=found.side,
            round=found.round,
            rounds=found.rounds,
            step_number=before.steps + 1,
            step=step,
            groups=found.groups,
            first_index=before.spans,
            switches_side=(
                not is_step_after_ready and previous is not None and _switches(previous, found)
            ),
            follows_chime=follows_chime and not is_step_after_ready,
            is_last=index == self.total.spans - 1,
            cues=step.cues,
            step_ms=found.leaf.time_ms,
            coming=None if is_ready or step.is_open else self._coming(index + 1),
            language=self.language,
        )

    def _coming(self, index: int) -> Coming | None:
        """What stands at `index`, in short; None past the end."""
        if index >= self.total.spans:
            return None
        found = self._find("spans", index)
        if found.leaf is None:
            return Coming(None, "Rest", found.side)
        return Coming(found.leaf.step, _filled(found.leaf.step, found), found.side)

    def _step_before(self, before: Sums) -> _Found | None:
        """The step before a place, or the rest just before it, found anew."""
        return self._find("spans", before.spans - 1) if before.spans else None

    def _ends_with_chime(self, previous: _Found) -> bool:
        return previous.leaf is not None and previous.leaf.step.cues.end is not None


def _cues(previous: _Found | None) -> Cues:
    return previous.leaf.step.cues if previous and previous.leaf else Cues()


def _switches(previous: _Found, found: _Found) -> bool:
    one_side = (Side.LEFT, Side.RIGHT)
    return found.side in one_side and previous.side in one_side and found.side is not previous.side


_SIDE_NAMES = {
    Side.LEFT: "left",
    Side.RIGHT: "right",
    Side.BOTH: "both",
    Side.AFFECTED: "cramped",
    None: "",
}


def _filled(step: Step, found: _Found) -> str:
    """The step's name with its placeholders filled in."""
    if "{" not in step.name:
        return step.name
    values = {
        "{point}": step.point.title if step.point else "",
        "{side}": _SIDE_NAMES[found.side],
        "{round}": str(found.round),
        "{rounds}": str(found.rounds),
    }
    name = step.name
    for placeholder, value in values.items():
        name = name.replace(placeholder, value)
    return name


def side_words(side: Side | None) -> str:
    """The side as a voice says it: `"left side"`; empty for none."""
    return {
        Side.LEFT: "left side",
        Side.RIGHT: "right side",
        Side.BOTH: "both sides",
        Side.AFFECTED: "the cramped leg",
        None: "",
    }[side]


def make_plan(routine: Routine, choices: Choices | None = None) -> Plan:
    """The plan of `routine` for one run, with what the person chose.

    A get-ready of the person's own with which it would last more than a day is left aside.
    Raises ValueError when the choices leave nothing to do.
    """
    chosen = choices or Choices()
    left_out: list[LeftOut] = []
    root = _row(with_get_ready(routine, chosen), chosen, left_out)
    if root.sums.length_ms > LONGEST_MS and chosen.get_ready_ms is not None:
        return make_plan(routine, replace(chosen, get_ready_ms=None))
    if not root.sums.spans:
        raise ValueError("these choices leave out every step")
    return Plan(routine, chosen, root, tuple(left_out))


def _row(
    items: tuple[Item, ...], chosen: Choices, left_out: list[LeftOut], name: str | None = None
) -> _Row:
    children = tuple(_node(item, chosen, left_out) for item in items)
    starts, before = [], Sums()
    for child in children:
        starts.append(before)
        before += child.sums
    return _Row(children, tuple(starts), before, name)


_NOTHING = _Row((), (), Sums())


def _node(item: Item, chosen: Choices, left_out: list[LeftOut]) -> _Node:
    because = tuple(word for word in item.unless if word in chosen.conditions)
    if chosen.leaves_out(item):
        left_out.append(LeftOut(item.key, called(item), because))
        return _NOTHING
    node = _group_node(item, chosen, left_out) if isinstance(item, Group) else _leaf(item, chosen)
    sides = _sides(item.sides, chosen)
    return _Sided(node, sides, node.sums * len(sides)) if sides and node.sums.spans else node


def _leaf(step: Step, chosen: Choices) -> _Leaf:
    time_ms = chosen.times_ms.get(step.key, step.time_ms)
    sums = Sums(
        length_ms=step.get_ready_ms + time_ms,
        spans=2 if step.get_ready_ms else 1,
        steps=1,
        open_steps=1 if step.is_open else 0,
    )
    return _Leaf(step, time_ms, sums)


def _group_node(group: Group, chosen: Choices, left_out: list[LeftOut]) -> _Node:
    child = _row(group.items, chosen, left_out, group.name)
    if group.repeat == 1 or not child.sums.spans:
        return child
    rest = Sums(group.rest_ms, 1) if group.rest_ms else Sums()
    unit = child.sums + rest
    sums = unit * (group.repeat - 1) + child.sums
    return _Rounds(child, group.repeat, group.rest_ms, unit, sums)


def _sides(sides: Sides | None, chosen: Choices) -> tuple[Side, ...]:
    match sides:
        case None:
            return ()
        case Sides.EACH:
            return (chosen.first_side, chosen.first_side.other)
        case Sides.AFFECTED:
            return (chosen.affected or Side.AFFECTED,)
        case _:
            return (Side(sides.value),)
