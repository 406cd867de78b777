"""The tables of a routine file as statements that can be moved, and their order."""

from collections.abc import Callable, Iterator

from uncramp.core.lazy.dataclass import dataclass, field
from uncramp.core.routine.keys import BY_OWNER, Owner

_FIRST = ("name", "use", "point", "points")
"""The order of a step's keys: what it is, then how long and how."""

_LAST = ("cues", "prompts", "steps")
"""These are usually tables."""

_TABLE_OWNERS = {"defaults": Owner.DEFAULTS, "cues": Owner.CUES, "prompts": Owner.PROMPT}


@dataclass(slots=True)
class Pair:
    """A pair of key and value, with the comments that belong to it."""

    names: tuple[str, ...]
    text: str
    before: list[str]
    """Comments above it; "" for a blank line among them."""
    after: list[str] = field(default_factory=list)
    """Comments below it, separated from what comes next."""

    def lines(self) -> Iterator[str]:
        """Its lines, without blank ones."""
        yield from (line for line in self.before if line)
        yield self.text
        yield from self.after


@dataclass(slots=True)
class Table:
    """A table with its pairs, and the tables inside it by name."""

    owner: Owner | None
    """None inside `extra`, which keeps the author's order."""
    header: Pair | None = None
    pairs: list[Pair] = field(default_factory=list)
    inner: dict[str, list["Table"]] = field(default_factory=dict)

    def lines(self) -> Iterator[str]:
        """Its lines, with a blank one before the header."""
        if self.header:
            yield ""
            yield from self.header.before
            yield self.header.text
            yield from self.header.after
        rank = self._rank()
        for pair in sorted(self.pairs, key=lambda pair: rank(pair.names[0])):
            yield from pair.lines()
        for name in sorted(self.inner, key=rank):
            for table in self.inner[name]:
                yield from table.lines()

    def _rank(self) -> Callable[[str], int]:
        if self.owner is None:
            return lambda _: 0
        owner = self.owner
        if owner is Owner.STEP:
            there = {*self.inner, *(pair.names[0] for pair in self.pairs)}
            owner = Owner.USE if "use" in there else Owner.GROUP if "steps" in there else owner
        order = list(BY_OWNER[owner])
        if owner in (Owner.STEP, Owner.GROUP, Owner.USE):
            order = [*_FIRST, *(name for name in order if name not in (*_FIRST, *_LAST)), *_LAST]
        return lambda name: order.index(name) if name in order else len(order)

    def inside(self, name: str) -> "Table":
        """The table of that name inside it; created if only the tables in that have headers."""
        if name not in self.inner:
            self.add(name)
        return self.inner[name][-1]

    def add(self, name: str) -> "Table":
        """Add another table of that name."""
        owner = _owner_of(self.owner, name)
        table = Table(owner)
        self.inner.setdefault(name, []).append(table)
        return table


def _owner_of(around: Owner | None, name: str) -> Owner | None:
    if around in (Owner.ROUTINE, Owner.STEP):
        return Owner.STEP if name == "steps" else _TABLE_OWNERS.get(name)
    return None
