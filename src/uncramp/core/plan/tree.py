"""The tree of a plan: the routine's shape, with sums at every node.

It is never flattened. Each node knows its length and its number of spans and steps, so that a walk
down from the root finds any of them.
"""

from bisect import bisect_right
from operator import attrgetter

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.routine.model import (
    Choices,
    Group,
    Item,
    Side,
    Step,
    called,
    rest_before_get_ready,
)
from uncramp.core.routine.sums import Sums, step_sums


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A step or a group that this plan leaves out, and why."""

    key: str
    name: str
    because: tuple[str, ...]
    """The person's conditions that rule it out; empty if the person left it out."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A step once, with its get-ready before it."""

    step: Step
    time_ms: int
    sums: Sums


@dataclass(frozen=True, slots=True)
class NodeRow:
    """Nodes one after another."""

    children: "tuple[Node, ...]"
    starts: tuple[Sums, ...]
    """The sums before each child."""
    sums: Sums
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Rounds:
    """A node repeated, with a rest in between."""

    child: "Node"
    count: int
    rest_ms: int
    """The rest between two rounds, without the get-ready of the next one."""
    unit: Sums
    """One round and the rest after it."""
    sums: Sums


@dataclass(frozen=True, slots=True)
class Sided:
    """A node for one side, then for the next."""

    child: "Node"
    sides: tuple[Side, ...]
    sums: Sums


Node = Leaf | NodeRow | Rounds | Sided


@dataclass(slots=True)
class Found:
    """What a walk from the root has collected when it reaches a leaf."""

    before: Sums
    leaf: Leaf | None
    """None for a rest."""
    rest_ms: int
    left: int
    """How much of the value remains within the leaf."""
    side: Side | None = None
    round: int = 1
    rounds: int = 1
    groups: tuple[str, ...] = ()
    is_again: bool = False
    """Did a side or a round of it come before?"""


def find(root: Node, measure: str, value: int) -> Found:
    """Walk from `root` to the leaf or rest with the `value`th of `measure`.

    `measure` is the name of a field of `Sums`.
    """
    amount = attrgetter(measure)
    node = root
    found = Found(Sums(), None, 0, value)
    while True:
        match node:
            case Leaf():
                found.leaf = node
                return found
            case NodeRow():
                if node.name is not None:
                    found.groups = (*found.groups, node.name)
                at = bisect_right(node.starts, found.left, key=amount) - 1
                found.before += node.starts[at]
                found.left -= amount(node.starts[at])
                node = node.children[at]
            case Sided():
                turn, found.left = divmod(found.left, amount(node.child.sums))
                found.before += node.child.sums * turn
                found.side = node.sides[turn]
                found.is_again = found.is_again or turn > 0
                node = node.child
            case Rounds():
                turn, found.left = divmod(found.left, amount(node.unit))
                found.before += node.unit * turn
                found.round, found.rounds = turn + 1, node.count
                found.is_again = found.is_again or turn > 0
                if found.left >= amount(node.child.sums):
                    found.before += node.child.sums
                    found.left -= amount(node.child.sums)
                    found.rest_ms = node.rest_ms
                    return found
                node = node.child


def row_of(
    items: tuple[Item, ...], chosen: Choices, left_out: list[LeftOut], name: str | None = None
) -> NodeRow:
    """The nodes of `items`; what is left out is added to `left_out`."""
    children = tuple(_node(items, at, chosen, left_out) for at in range(len(items)))
    starts, before = [], Sums()
    for child in children:
        starts.append(before)
        before += child.sums
    return NodeRow(children, tuple(starts), before, name)


_NOTHING = NodeRow((), (), Sums())


def _node(items: tuple[Item, ...], at: int, chosen: Choices, left_out: list[LeftOut]) -> Node:
    item = items[at]
    because = tuple(word for word in item.unless if word in chosen.conditions)
    if chosen.leaves_out(item):
        is_of_others = chosen.is_not_for(item) and not because
        if not is_of_others and not _is_replaced(items, at, because, chosen):
            left_out.append(LeftOut(item.key, _called_in_full(item), because))
        return _NOTHING
    node = _group_node(item, chosen, left_out) if isinstance(item, Group) else _leaf(item, chosen)
    sides = chosen.turns(item.sides)
    return Sided(node, sides, node.sums * len(sides)) if sides and node.sums.spans else node


def _is_replaced(
    items: tuple[Item, ...], at: int, because: tuple[str, ...], chosen: Choices
) -> bool:
    """Is it replaced by a step for people with these conditions, with no kept step between?"""
    for item in items[at + 1 :] if because else ():
        if not set(because).isdisjoint(item.only):
            return True
        if not chosen.leaves_out(item):
            return False
    return False


def _called_in_full(item: Item) -> str:
    """Its name, with the point's code next to its place."""
    name, point = called(item), item.point if isinstance(item, Step) else None
    is_place = point is not None and name == point.place
    return f"{name} {point.label}" if point and is_place else name


def _leaf(step: Step, chosen: Choices) -> Leaf:
    time_ms = chosen.times_ms.get(step.key, step.time_ms)
    if step.is_if_still:
        # It belongs to the step before it: nobody knows whether it will be needed.
        return Leaf(step, time_ms, Sums(spans=2 if step.get_ready_ms else 1))
    return Leaf(step, time_ms, step_sums(step, time_ms))


def _group_node(group: Group, chosen: Choices, left_out: list[LeftOut]) -> Node:
    child = row_of(group.items, chosen, left_out, group.name)
    if group.repeat == 1 or not child.sums.spans:
        return child
    rest_ms = rest_before_get_ready(group.rest_ms, _first_get_ready_ms(child))
    rest = Sums(rest_ms, 1) if rest_ms else Sums()
    unit = child.sums + rest
    sums = unit * (group.repeat - 1) + child.sums
    return Rounds(child, group.repeat, rest_ms, unit, sums)


def _first_get_ready_ms(node: Node) -> int:
    """The get-ready at the beginning of the node, which has a span."""
    while not isinstance(node, Leaf):
        if isinstance(node, NodeRow):
            node = next(child for child in node.children if child.sums.spans)
        else:
            node = node.child
    return node.step.get_ready_ms
