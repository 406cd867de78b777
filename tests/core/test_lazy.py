"""What is made at its first use behaves like what the standard library makes at once."""

import copy
import dataclasses
import pickle
import re
import sys

import pytest

from uncramp.core.lazy.dataclass import dataclass, field, field_names, given_fields, replace
from uncramp.core.lazy.pattern import lazy_pattern
from uncramp.core.routine.model import Step


@dataclass(frozen=True, slots=True)
class Point:
    """A place."""

    x: int
    y: int = 2
    names: list[str] = field(default_factory=list)

    def moved(self) -> "Point":
        """The next one."""
        return replace(self, x=self.x + 1)


@dataclass(frozen=True, slots=True)
class Marked(Point):
    """A place with more to it."""

    mark: str = "-"
    unseen: int = field(default=0, compare=False)


@dataclass(slots=True)
class Sum:
    """What changes, and is worked out."""

    of: tuple[int, ...]
    total: int = field(init=False)

    def __post_init__(self) -> None:
        self.total = sum(self.of)


@dataclass(frozen=True, slots=True)
class Nothing:
    """No value at all."""


@dataclasses.dataclass(frozen=True, slots=True)
class Standard:
    """As the standard library has it."""

    x: int
    y: int = 2
    names: list[str] = dataclasses.field(default_factory=list)


def test_a_value_is_made_compared_and_written_as_the_standard_library_does() -> None:
    assert repr(Point(1)) == repr(Standard(1)).replace("Standard", "Point")
    assert Point(1, names=["a"]) == Point(1, 2, ["a"])
    assert Point(1) != Point(2)
    assert Point(1).names is not Point(1).names
    assert Point.__match_args__ == Standard.__match_args__
    assert Point.__slots__ == Standard.__slots__
    assert Nothing() == Nothing() and hash(Nothing()) == hash(Nothing())
    assert Point(1) != Standard(1)  # type: ignore[comparison-overlap]


def test_equal_values_have_one_hash() -> None:
    @dataclass(frozen=True, slots=True)
    class Single:
        value: int

    assert {Single(1), Single(1), Single(2)} == {Single(1), Single(2)}
    with pytest.raises(TypeError, match="unhashable"):
        hash(Sum((1,)))


@pytest.mark.parametrize("kind", [Point, Standard])
@pytest.mark.parametrize(("values", "named"), [((), {}), ((1, 2, [], 3), {}), ((1,), {"z": 1})])
def test_what_is_wrongly_given_is_refused(
    kind: type, values: tuple[object, ...], named: dict[str, object]
) -> None:
    with pytest.raises(TypeError, match=rf"{kind.__name__}.__init__\(\)"):
        kind(*values, **named)


def test_a_frozen_value_cannot_be_changed() -> None:
    point = Point(1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        point.x = 2  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del point.x
    assert point == Point(1)


def test_one_that_is_not_frozen_can() -> None:
    summed = Sum((1, 2))
    assert summed.total == 3
    summed.total = 4
    assert summed != Sum((1, 2))
    with pytest.raises(AttributeError):
        summed.other = 4  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match="total"):
        replace(summed, total=5)


def test_fields_are_inherited_and_can_be_left_out_of_the_comparison() -> None:
    assert Marked(1, mark="a").mark == "a"
    assert Marked(1, unseen=1) == Marked(1, unseen=2)
    assert Marked(1, mark="a") != Marked(1, mark="b")
    assert Marked(1).moved() == Marked(2)


def test_the_standard_library_takes_it_for_one_of_its_own() -> None:
    marked = Marked(1, 3, ["a"], "b")
    assert dataclasses.is_dataclass(Marked)
    assert [(of.name, of.type) for of in dataclasses.fields(Point)] == [
        (of.name, of.type) for of in dataclasses.fields(Standard)
    ]
    as_table = {"x": 1, "y": 3, "names": ["a"], "mark": "b", "unseen": 0}
    assert dataclasses.asdict(marked) == as_table
    assert dataclasses.astuple(marked) == tuple(as_table.values())
    assert dataclasses.replace(marked, y=4) == replace(marked, y=4) == Marked(1, 4, ["a"], "b")


def test_fields_by_keyword_only_follow_the_others() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Named(Point):
        label: str
        shade: str = "red"

    named = Named(1, label="a")
    assert (named.x, named.y, named.label, named.shade) == (1, 2, "a", "red")
    assert replace(named, label="b") == Named(1, label="b")
    assert Named.__match_args__ == ("x", "y", "names")
    assert field_names(named) == ("x", "y", "names", "label", "shade")
    with pytest.raises(TypeError, match="positional"):
        Named(1, 2, [], "a")  # type: ignore[call-arg]


def test_a_value_is_copied_and_pickled() -> None:
    marked = Marked(1, 3, ["a"], "b", 7)
    for again in (copy.copy(marked), copy.deepcopy(marked), pickle.loads(pickle.dumps(marked))):
        assert again == marked
        assert again.unseen == 7


def test_a_pattern_is_compiled_at_its_first_use() -> None:
    pattern = lazy_pattern("(a)(b", re.IGNORECASE)
    assert pattern.pattern == "(a)(b"
    with pytest.raises(re.error):
        pattern.match("ab")
    assert lazy_pattern("(a)b", re.IGNORECASE).sub(r"\1", "ABab") == "Aa"


def test_the_fields_that_are_given_are_those_without_their_default() -> None:
    step = Step("soak", "Soak", time_ms=60_000)
    assert given_fields(step) == {"key": "soak", "name": "Soak", "time_ms": 60_000}
    assert given_fields(replace(step, kind="soak")) == {
        "key": "soak",
        "name": "Soak",
        "time_ms": 60_000,
        "kind": "soak",
    }
    assert given_fields("Soak") is None


def test_a_value_is_the_same_however_many_there_are_of_its_class() -> None:
    @dataclass(frozen=True, slots=True)
    class Often:
        x: int
        names: list[str] = field(default_factory=list)
        y: int = 2

    compiled: list[str] = []

    def note(event: str, _: tuple[object, ...]) -> None:
        if event == "compile" and is_noting:
            compiled.append(event)

    is_noting = True
    sys.addaudithook(note)
    made = [Often(number, y=3) for number in range(500)]
    with pytest.raises(TypeError, match="__init__"):
        Often()  # type: ignore[call-arg]
    is_noting = False
    assert [(one.x, one.names, one.y) for one in made] == [(n, [], 3) for n in range(500)]
    assert made[0].names is not made[1].names and made[-1].names is not made[-2].names
    assert len(compiled) == 1, "written out once, for all that follow"
