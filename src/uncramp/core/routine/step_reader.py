"""Reads the steps of a routine: steps, groups, points and borrowed routines."""

from collections.abc import Callable
from typing import Any

from uncramp.core.lazy.dataclass import dataclass, replace
from uncramp.core.routine.field_reader import read_cues, read_fields, read_prompts
from uncramp.core.routine.fields import GroupFields, StepFields
from uncramp.core.routine.keys import LONGEST_NAME, Owner
from uncramp.core.routine.limits import DEEPEST, breaks_limit, limit_words
from uncramp.core.routine.lint import (
    warn_of_get_ready,
    warn_of_group,
    warn_of_points,
    warn_of_prompts,
    warn_of_step,
)
from uncramp.core.routine.model import (
    Cues,
    Group,
    Item,
    Prompt,
    Sides,
    Sound,
    Step,
    rest_before_get_ready,
)
from uncramp.core.routine.points import Point
from uncramp.core.routine.references import RoutineDocument
from uncramp.core.routine.sums import Sums, step_sums
from uncramp.core.routine.unknown_keys import written_or_meant
from uncramp.core.text.durations import MINUTE_MS, SECOND_MS
from uncramp.core.toml.positions import Path, path_text

GET_READY_MS = 5 * SECOND_MS
GET_READY_FOR_POINT_MS = 10 * SECOND_MS
OPEN_MS = MINUTE_MS
"""The first prompt of an open step without a time."""

_USUAL_CUES = Cues()


@dataclass(frozen=True, slots=True)
class Inherited:
    """What a step inherits from the tables around it."""

    cues: Cues = _USUAL_CUES
    get_ready_ms: int | None = None
    sides: Sides | None = None
    """What `[defaults]` says."""
    is_open: bool = False
    kind: str | None = None
    group_sides: Sides | None = None
    """The sides of the nearest group around it that has any."""
    is_repeated: bool = False
    depth: int = 0
    """How many groups are around it."""


@dataclass(frozen=True, slots=True)
class Built:
    """A step or group that was read, with its sums."""

    item: Item
    sums: Sums


@dataclass(frozen=True, slots=True)
class Borrowed:
    """Another routine, read to be used in this one."""

    title: str
    items: tuple[Item, ...]
    sums: Sums


Borrow = Callable[[str, Path, Inherited, bool], Borrowed | None]
"""Reads the routine with an id for a place: its path, its setting, and whether an urgent run
begins there. None if a problem was reported instead."""


class StepReader:
    """Reads the steps of one routine, in order. Keeps what one step passes to the next."""

    def __init__(self, document: RoutineDocument, borrow: Borrow, *, starts_at_once: bool) -> None:
        """Read `document`; a run that `starts_at_once` has no get-ready before its first step."""
        self._document = document
        self._borrow = borrow
        self._starts_at_once = starts_at_once
        self.cautions: list[str] = []
        """The cautions of the groups, which are shown with the routine's."""

    def items(self, tables: list[Any], path: Path, setting: Inherited) -> tuple[Built, ...]:
        """The steps and groups of `tables`; those with a problem are left out."""
        built = [self._item(table, (*path, at), setting) for at, table in enumerate(tables)]
        self._refuse_answers_to_nothing(tables, path, setting)
        return tuple(item for item in built if item)

    def _refuse_answers_to_nothing(self, tables: list[Any], path: Path, setting: Inherited) -> None:
        """Report each step with `on` that does not follow an open one."""
        asks = False
        for at, table in enumerate(tables):
            is_step = isinstance(table, dict) and not {"use", "steps"} & table.keys()
            if not is_step or "on" not in table:
                is_one = is_step and "points" not in table
                asks = is_one and table.get("open", setting.is_open) is not False
            elif not asks:
                self._document.error(
                    (*path, at, "on"),
                    "answer-to-nothing",
                    "is an answer to the open step right before it, and there is none. "
                    "Put this step after one with open = true.",
                    at_key=True,
                )

    def _item(self, table: Any, path: Path, setting: Inherited) -> Built | None:
        if not isinstance(table, dict):
            self._document.error(
                path, "wrong-type", "is not a step. Write each step under a line [[steps]]."
            )
            return None
        if "use" in table:
            return self._used(table, path, setting)
        if "steps" in table:
            return self._group(table, path, setting)
        return self._step(table, path, setting)

    def _begins(self) -> bool:
        """Is this the first step of a run that starts at once? True only at the first call."""
        begins, self._starts_at_once = self._starts_at_once, False
        return begins

    # Groups

    def _group(self, table: dict[str, Any], path: Path, setting: Inherited) -> Built | None:
        document = self._document
        if setting.depth >= DEEPEST:
            document.error(
                path, "too-deep", f"is a group inside {DEEPEST} others, and {DEEPEST} is the most."
            )
            return None
        written = GroupFields(**read_fields(document, table, Owner.GROUP, path))
        warn_of_group(document, written, path, setting.group_sides)
        cues = read_cues(document, written.cues, (*path, "cues"), setting.cues)
        self.cautions += written.cautions
        if written.steps is None:
            return None
        inner = self._inside(written, replace(setting, cues=cues))
        built = self.items(written.steps, (*path, "steps"), inner)
        if not built:
            return None
        group = Group(
            key=path_text(path),
            items=tuple(b.item for b in built),
            name=written.name,
            repeat=written.repeat,
            rest_ms=written.rest,
            sides=written.sides,
            unless=written.unless,
            only=written.only,
        )
        return self._within_limits(group, sum((b.sums for b in built), Sums()), path, table)

    def _inside(self, written: GroupFields, setting: Inherited) -> Inherited:
        return replace(
            setting,
            group_sides=written.sides or setting.group_sides,
            is_repeated=setting.is_repeated or written.repeat > 1,
            depth=setting.depth + 1,
        )

    def _within_limits(
        self, group: Group, inner: Sums, path: Path, table: dict[str, Any]
    ) -> Built | None:
        """The group with its sums; None if it breaks a limit."""
        one_side = inner * group.repeat
        rest_ms = rest_before_get_ready(group.rest_ms, _first_step(group).get_ready_ms)
        rests = group.repeat - 1 if rest_ms else 0
        one_side += Sums(length_ms=rest_ms * rests, spans=rests)
        sums = one_side * _turns(group.sides)
        if not breaks_limit(sums):
            return Built(group, sums)
        at = (*path, "repeat") if "repeat" in table else path
        self._document.error(at, *limit_words(sums, "makes", "makes"))
        return None

    def _used(self, table: dict[str, Any], path: Path, setting: Inherited) -> Built | None:
        document = self._document
        if "steps" in table:
            document.error(
                (*path, "steps"),
                "key-conflict",
                'A step has either "use" or steps of its own. Take one of them out.',
                at_key=True,
                is_sentence=True,
            )
            table = {name: value for name, value in table.items() if name != "steps"}
        written = GroupFields(**read_fields(document, table, Owner.USE, path))
        warn_of_group(document, written, path, setting.group_sides)
        if written.use is None:
            return None
        self.cautions += written.cautions
        inner = self._inside(written, setting)
        borrowed = self._borrow(written.use, (*path, "use"), inner, self._begins())
        if borrowed is None:
            return None
        group = Group(
            key=path_text(path),
            items=borrowed.items,
            name=written.name or borrowed.title,
            repeat=written.repeat,
            rest_ms=written.rest,
            sides=written.sides,
            used=written.use,
            unless=written.unless,
            only=written.only,
        )
        return self._within_limits(group, borrowed.sums, path, table)

    # Steps

    def _step(self, table: dict[str, Any], path: Path, setting: Inherited) -> Built | None:
        document = self._document
        errors_before = document.problems.errors
        written = StepFields(**read_fields(document, table, Owner.STEP, path))
        self._refuse_missing(table, path, setting)
        cues = read_cues(document, written.cues, (*path, "cues"), setting.cues)
        prompts = read_prompts(document, written.prompts, (*path, "prompts"))
        begins = self._begins()
        if document.problems.errors > errors_before:
            return None
        step = self._make_step(written, path, setting, cues, prompts)
        warn_of_step(document, step, written, path, setting.group_sides, setting.is_repeated)
        warn_of_prompts(document, step, path)
        if not begins:
            warn_of_get_ready(document, step, written, path, setting.group_sides)
        warn_of_points(document, written, step.kind, path)
        if begins and written.get_ready:
            document.warn(
                (*path, "get_ready"),
                "get-ready-in-urgent",
                "makes an urgent routine wait before its first step.",
            )
        if begins and written.get_ready is None:
            step = replace(step, get_ready_ms=0, is_get_ready_written=True)
        if written.points:
            return self._point_steps(written, step, path, setting, begins)
        return Built(step, step_sums(step, step.time_ms) * _turns(step.sides))

    def _refuse_missing(self, table: dict[str, Any], path: Path, setting: Inherited) -> None:
        document = self._document
        there = written_or_meant(table, Owner.STEP)
        if not {"name", "point", "points"} & there:
            document.error(path, "missing-key", 'has no name. Write name = "…" below it.', "name")
        if "time" not in there and table.get("open", setting.is_open) is False:
            document.error(
                path,
                "missing-key",
                'has no time. Write time = "1m" below it, or open = true for a step that '
                "lasts until you say so.",
                "time",
            )
        if "point" in table and "points" in table:
            document.error(
                (*path, "points"),
                "key-conflict",
                'A step has either "point" or "points". Take one of them out.',
                at_key=True,
                is_sentence=True,
            )

    def _make_step(
        self,
        written: StepFields,
        path: Path,
        setting: Inherited,
        cues: Cues,
        prompts: tuple[Prompt, ...],
    ) -> Step:
        """The step as in the file; for `points`, without what each point adds."""
        get_ready_ms = written.get_ready
        if get_ready_ms is None:
            get_ready_ms = setting.get_ready_ms
        usual_ms = GET_READY_FOR_POINT_MS if written.has_point else GET_READY_MS
        sides = None if setting.group_sides else setting.sides
        step = Step(
            key=path_text(path),
            name=written.name or "",
            time_ms=written.time or OPEN_MS,
            is_open=setting.is_open if written.open is None else written.open,
            ends_after_ms=written.ends_after,
            get_ready_ms=usual_ms if get_ready_ms is None else get_ready_ms,
            is_get_ready_written=get_ready_ms is not None,
            how=written.how,
            say=written.say,
            say_again=written.say_again,
            kind=written.kind or setting.kind,
            sides=written.sides or sides,
            figure=written.figure,
            limb=self._document.references.atlas.limbs.get(written.figure or ""),
            range_ms=written.range,
            unless=written.unless,
            only=written.only,
            is_if_still=written.on is not None,
            cautions=written.cautions,
            cues=cues,
            prompts=prompts,
        )
        return _at_point(step, written.point) if written.point else step

    def _point_steps(
        self, written: StepFields, step: Step, path: Path, setting: Inherited, begins: bool
    ) -> Built:
        """A group of one step for each point, all on one side and then all on the other."""
        points = written.points
        first = later = replace(step, sides=None)
        if begins and written.get_ready is None:
            usual_ms = setting.get_ready_ms
            later_ms = GET_READY_FOR_POINT_MS if usual_ms is None else usual_ms
            is_written = usual_ms is not None
            later = replace(later, get_ready_ms=later_ms, is_get_ready_written=is_written)
        different = {point.code: point for point in points}
        filled = {code: _at_point(later, point) for code, point in different.items()}
        steps = [replace(_at_point(first, points[0]), key=path_text((*path, "points", 0)))]
        for at, point in enumerate(points[1:], start=1):
            steps.append(replace(filled[point.code], key=path_text((*path, "points", at))))
        time_ms = step.time_ms
        sums = step_sums(first, time_ms) + step_sums(later, time_ms) * (len(points) - 1)
        group = Group(key=step.key, items=tuple(steps), sides=step.sides)
        return Built(group, sums * _turns(step.sides))


def _at_point(step: Step, point: Point) -> Step:
    """The step with what the point adds, unless the step has its own."""
    return replace(
        step,
        name=step.name or point.heading[:LONGEST_NAME],
        how=step.how or point.find or None,
        point=point,
        figure=step.figure or point.figure,
        limb=step.limb or point.limb,
        unless=union(step.unless, point.unless),
        cautions=union(step.cautions, point.cautions),
    )


def _first_step(item: Item) -> Step:
    while isinstance(item, Group):
        item = item.items[0]
    return item


def union(*rows: tuple[str, ...]) -> tuple[str, ...]:
    """The words of all rows in order, each once."""
    return tuple(dict.fromkeys(word for row in rows for word in row))


def _turns(sides: Sides | None) -> int:
    return 2 if sides is Sides.EACH else 1


def with_whole_keys(
    items: tuple[Item, ...], finish: Sound | None, prefix: str = ""
) -> tuple[Item, ...]:
    """The items with unique keys for borrowed steps, ending on the sound of the borrower."""
    return tuple(_with_whole_key(item, finish, prefix) for item in items)


def _with_whole_key(item: Item, finish: Sound | None, prefix: str) -> Item:
    key = prefix + item.key
    if isinstance(item, Group):
        inner = f"{key}.use/" if item.used else prefix
        return replace(item, key=key, items=with_whole_keys(item.items, finish, inner))
    if not prefix:
        return item
    return replace(item, key=key, cues=replace(item.cues, finish=finish))
