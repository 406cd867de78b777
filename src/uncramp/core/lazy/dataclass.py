"""Slotted dataclasses that write their methods at first use.

`dataclasses.dataclass(frozen=True, slots=True)` writes and compiles six methods for each
class as it is imported, half a millisecond a class: half of the time in which a command such
as `uncramp list` starts. Here a class costs a twentieth of that. Its `__init__` is written at
the first call; the other methods are shared. A value behaves like one of the standard
library, whose `fields`, `asdict`, `astuple` and `replace` accept it too, and type checkers see a
dataclass. It supports no order, `repr=False`, ClassVar or InitVar: use the standard library's for
those.
"""

from collections.abc import Callable
from operator import attrgetter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_MISSING = object()
_FIELDS = "__lazy_fields__"
_FEW = 50
"""To write an `__init__` out takes about as long as so many calls without it lose."""


class _FieldSpec:
    __slots__ = ("compare", "default", "default_factory", "init", "kw_only")

    def __init__(
        self,
        default: object,
        default_factory: object = _MISSING,
        init: bool = True,
        compare: bool = True,
    ) -> None:
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.compare = compare
        self.kw_only = False


def _field(
    *,
    default: object = _MISSING,
    default_factory: object = _MISSING,
    init: bool = True,
    compare: bool = True,
) -> _FieldSpec:
    """Like `dataclasses.field`, with the options that are used here."""
    return _FieldSpec(default, default_factory, init, compare)


def field_names(of: object) -> tuple[str, ...]:
    """The field names of a dataclass made here, or of one of its values."""
    return tuple(getattr(of, _FIELDS))


def field_values(value: object) -> "dict[str, Any]":
    """The fields of a dataclass made here, by their names; for JSON, if they are plain."""
    return {name: getattr(value, name) for name in field_names(value)}


def field_types(of: type) -> "dict[str, Any]":
    """The types of the fields of a dataclass made here, as they are written."""
    types: dict[str, Any] = {}
    for base in reversed(of.__mro__):
        types |= getattr(base, "__annotations__", {})
    return {name: types[name] for name in field_names(of)}


def given_fields(value: object) -> dict[str, object] | None:
    """The fields whose value is not their default; None for anything not made here."""
    fields = getattr(value, _FIELDS, None)
    if fields is None:
        return None
    found = {}
    for name, field in fields.items():
        own = getattr(value, name)
        default = field.default
        if field.default_factory is not _MISSING:
            default = field.default_factory()
        if default is _MISSING or own != default:
            found[name] = own
    return found


def _replace(value: "Any", /, **changes: object) -> "Any":
    """A copy of the value with `changes`, like `dataclasses.replace`, which is slower to load."""
    for name, field in getattr(value, _FIELDS).items():
        if not field.init:
            if name in changes:
                raise ValueError(f"{name} is not given to __init__, so it cannot be replaced.")
        elif name not in changes:
            changes[name] = getattr(value, name)
    return type(value)(**changes)


def _dataclass(
    *, slots: bool, frozen: bool = False, kw_only: bool = False
) -> Callable[[type], type]:
    """Like `dataclasses.dataclass`, always with slots."""
    if not slots:
        raise TypeError("Only dataclasses with slots are made here.")
    return lambda cls: _made(cls, is_frozen=frozen, kw_only=kw_only)


def _made(cls: type, *, is_frozen: bool, kw_only: bool) -> type:
    inherited: dict[str, _FieldSpec] = {}
    for base in reversed(cls.__mro__[1:]):
        inherited |= base.__dict__.get(_FIELDS, {})
    namespace = dict(cls.__dict__)
    own = {}
    for name in cls.__annotations__:
        default = namespace.pop(name, _MISSING)
        own[name] = default if isinstance(default, _FieldSpec) else _FieldSpec(default)
        own[name].kw_only = kw_only
    fields = inherited | own
    for name in ("__dict__", "__weakref__"):
        namespace.pop(name, None)
    namespace["__slots__"] = tuple([name for name in own if name not in inherited])
    namespace[_FIELDS] = fields
    namespace["__dataclass_fields__"] = _StandardFields()
    namespace["__match_args__"] = tuple(
        [name for name, field in fields.items() if field.init and not field.kw_only]
    )
    methods = _methods([name for name, field in fields.items() if field.compare])
    methods |= _frozen_methods() if is_frozen else {"__hash__": None}
    made = type(cls)(cls.__name__, cls.__bases__, methods | namespace)
    made.__qualname__ = cls.__qualname__
    if "__init__" not in namespace:
        _write_init_if_often_called(made)
    return made


def _methods(compared: list[str]) -> dict[str, object]:
    """`__eq__`, `__hash__` and `__repr__`."""
    parts: Callable[[object], object]
    if compared:
        parts = attrgetter(*compared)
    else:

        def parts(_: object) -> object:
            return ()

    def is_equal(self: object, other: object) -> object:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return parts(self) == parts(other)

    def hashed(self: object) -> int:
        return hash(parts(self))

    return {"__eq__": is_equal, "__hash__": hashed, "__repr__": _repr}


def _repr(self: object) -> str:
    shown = (f"{name}={getattr(self, name)!r}" for name in getattr(self, _FIELDS))
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _frozen_methods() -> dict[str, object]:
    return {
        "__setattr__": _refuse_to_set,
        "__delattr__": _refuse_to_delete,
        # For copying and pickling, which would otherwise set each value.
        "__getstate__": _state,
        "__setstate__": _set_state,
    }


def _refuse_to_set(self: object, name: str, value: object) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: object, name: str) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: object) -> list[object]:
    return [getattr(self, name) for name in getattr(self, _FIELDS)]


def _set_state(self: object, state: list[object]) -> None:
    for name, value in zip(getattr(self, _FIELDS), state, strict=True):
        object.__setattr__(self, name, value)


def _write_init_if_often_called(cls: type) -> None:
    """Give `cls` an `__init__` that sets what it is given, until writing one out pays."""
    calls, parts = 0, None

    def init(self: object, /, *values: object, **named: object) -> None:
        nonlocal calls, parts
        calls, parts = calls + 1, parts or _InitParts(cls)
        filled = parts.filled(values, named) if calls <= _FEW else None
        if filled is None:
            written = _written_init(cls)
            cls.__init__ = written  # type: ignore[misc]
            written(self, *values, **named)
            return
        for name, value in filled.items():
            object.__setattr__(self, name, value)
        if parts.has_more_to_do:
            self.__post_init__()  # type: ignore[attr-defined]

    init.__name__ = "__init__"
    cls.__init__ = init  # type: ignore[misc]


class _InitParts:
    """What the `__init__` of a class takes."""

    def __init__(self, cls: type) -> None:
        taken = {name: field for name, field in getattr(cls, _FIELDS).items() if field.init}
        self._names = taken.keys()
        self._by_place = [name for name, field in taken.items() if not field.kw_only]
        self._defaults = {n: f.default for n, f in taken.items() if f.default is not _MISSING}
        self._factories = {
            name: field.default_factory
            for name, field in taken.items()
            if field.default_factory is not _MISSING
        }
        self.has_more_to_do = hasattr(cls, "__post_init__")

    def filled(
        self, values: tuple[object, ...], named: dict[str, object]
    ) -> dict[str, object] | None:
        """Each field's value; None if these are not the arguments that it takes."""
        given = dict(zip(self._by_place, values, strict=False), **named)
        if len(given) != len(values) + len(named):
            return None
        filled = self._defaults | given
        for name, factory in self._factories.items():
            if name not in filled:
                filled[name] = factory()
        return filled if filled.keys() == self._names else None


def _written_init(cls: type) -> Callable[..., None]:
    """`__init__` written out, as the standard library does: quick to call."""
    known: dict[str, object] = {"_set": object.__setattr__, "_MISSING": _MISSING}
    parameters, body = ["self"], []
    by_keyword: list[str] = []
    for name, field in getattr(cls, _FIELDS).items():
        # __post_init__ sets what __init__ does not take.
        if not field.init:
            continue
        value, default, factory = name, f"_default_{name}", f"_factory_{name}"
        parameter = name
        if field.default_factory is not _MISSING:
            known[factory] = field.default_factory
            parameter = f"{name}=_MISSING"
            value = f"{factory}() if {name} is _MISSING else {name}"
        elif field.default is not _MISSING:
            known[default] = field.default
            parameter = f"{name}={default}"
        (by_keyword if field.kw_only else parameters).append(parameter)
        body.append(f" _set(self, {name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        body.append(" self.__post_init__()")
    if by_keyword:
        parameters += ["*", *by_keyword]
    exec("\n".join([f"def __init__({', '.join(parameters)}):", *(body or [" pass"])]), known)
    init: Callable[..., None] = known["__init__"]  # type: ignore[assignment]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


class _StandardFields:
    """The standard library's description of the fields, made when it is asked for."""

    def __get__(self, _: object, cls: type) -> "Any":
        import dataclasses

        def same(of: _FieldSpec) -> "Any":
            given = {"default": of.default, "default_factory": of.default_factory}
            known: Any = {name: value for name, value in given.items() if value is not _MISSING}
            return dataclasses.field(init=of.init, compare=of.compare, kw_only=of.kw_only, **known)

        types = field_types(cls)
        fields = [(name, types[name], same(of)) for name, of in getattr(cls, _FIELDS).items()]
        made: Any = dataclasses.make_dataclass(cls.__name__, fields)
        # In place of this, so that it is made once.
        cls.__dataclass_fields__ = made.__dataclass_fields__  # type: ignore[attr-defined]
        return made.__dataclass_fields__


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import replace as replace
else:
    dataclass, field, replace = _dataclass, _field, _replace
