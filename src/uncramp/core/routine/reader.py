"""Reads a routine: from the text of a file to a `Routine`, with all that is wrong told at once.

The order is such that nothing hostile is ever expanded: the size of the file, then
TOML, then the keys, then sums, and only of what is within the limits a routine.
"""

from dataclasses import dataclass, replace
from typing import Any

from uncramp.core.routine.keys import NEWEST_FORMAT, Owner
from uncramp.core.routine.limits import DEEPEST, MOST_USED_BYTES, breaks_limit, limit_words
from uncramp.core.routine.lint import LONG_MS
from uncramp.core.routine.model import Cues, Routine
from uncramp.core.routine.step_reader import Borrowed, Built, Setting, StepReader, with_whole_keys
from uncramp.core.routine.sums import Sums
from uncramp.core.routine.table_reader import fields_of, read_cues
from uncramp.core.text.durations import spoken
from uncramp.core.toml.document import Page, Source, Surroundings, written_or_meant
from uncramp.core.toml.parser import decoded, parsed
from uncramp.core.toml.positions import Path
from uncramp.core.toml.problems import Problem

__all__ = ["Reading", "Source", "Surroundings", "read"]

DEEPEST_EXTRA = 32
"""How many levels deep the writer's own table may be."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of reading a file."""

    routine: Routine | None
    """None where there is an error."""
    problems: tuple[Problem, ...]
    """Sorted by where they stand; warnings among them."""


def read(source: Source, surroundings: Surroundings) -> Reading:
    """Read the routine that `source` holds."""
    page, draft = _read(source, surroundings, (), _Lent(surroundings), Setting(), None)
    problems = tuple(page.problems)
    if draft is None or page.problems.has_errors:
        return Reading(None, problems)
    routine = draft.routine
    if draft.uses:
        routine = replace(routine, items=with_whole_keys(routine.items, routine.cues.finish))
    return Reading(routine, problems)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A routine whose borrowed steps are not yet copied into it."""

    routine: Routine
    sums: Sums
    uses: int
    """How many routines deep it uses others: 0 for none."""


class _Lent:
    """The files that were used so far, each fetched once and read once for each setting."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._sources: dict[tuple[str, str | None], Source | None] = {}
        self.drafts: dict[tuple[Any, ...], tuple[Page, _Draft | None]] = {}
        self._fetched = 0
        self._read = 0

    def fetch(self, routine_id: str, folder: str | None) -> Source | None:
        """The routine of that id, as one in `folder` would use it. Raises _TooMuch."""
        name = (routine_id, folder)
        if name not in self._sources:
            if self._fetched > MOST_USED_BYTES:
                raise _TooMuch
            source = self._sources[name] = self._around.borrow(routine_id, folder)
            self._fetched += len(source.data) if source else 0
        return self._sources[name]

    def count_reading(self, source: Source) -> None:
        """Say that `source` is about to be gone over. Raises _TooMuch."""
        self._read += len(source.data)
        if self._read > MOST_USED_BYTES:
            raise _TooMuch


class _TooMuch(Exception):
    """The files that a routine uses are more than it may."""


def _read(
    source: Source,
    around: Surroundings,
    chain: tuple[Source, ...],
    lent: _Lent,
    place: Setting,
    begins: bool | None,
) -> tuple[Page, _Draft | None]:
    """Read one file: the first, or one used by the last of `chain`.

    `place` is the setting in which its steps stand; `begins` says whether an urgent run
    begins with them, None where that is for the routine itself to say.
    """
    page = Page(source, "", around)
    text = decoded(source.data, page)
    if text is None:
        return page, None
    page.text = text
    document = parsed(page)
    if document is None:
        return page, None
    routine_reader = _RoutineReader(page, (*chain, source), lent)
    return page, routine_reader.read(document, place, begins)


class _RoutineReader:
    """Reads the top of one file, and fetches the routines that it uses."""

    def __init__(self, page: Page, chain: tuple[Source, ...], files: _Lent) -> None:
        self._page = page
        self._chain = chain
        self._files = files
        self._lent: list[Routine] = []
        self._uses = 0

    def read(self, document: dict[str, Any], place: Setting, begins: bool | None) -> _Draft | None:
        page = self._page
        if self._is_for_newer_program(document):
            return None
        found = fields_of(page, document, Owner.ROUTINE, ())
        self._refuse_missing(document)
        self._check_extra(found.get("extra"))
        defaults = fields_of(page, found.get("defaults", {}), Owner.DEFAULTS, ("defaults",))
        cues = read_cues(page, found.get("cues", {}), ("cues",), Cues())
        setting = replace(
            place,
            cues=cues,
            get_ready_ms=defaults.get("get_ready"),
            sides=defaults.get("sides"),
            is_open=defaults.get("open", False),
            kind=defaults.get("kind"),
            depth=0,
        )
        urgent = found.get("urgent", False)
        steps = StepReader(page, self._borrow, starts_at_once=urgent if begins is None else begins)
        built = steps.items(found.get("steps", []), ("steps",), setting)
        sums = sum((b.sums for b in built), Sums())
        self._check_sums(sums, is_used=begins is not None)
        if not built or "title" not in found:
            return None
        routine = self._made(found, cues, built, steps.cautions)
        return _Draft(routine, sums, self._uses)

    def _made(
        self, found: dict[str, Any], cues: Cues, built: tuple[Built, ...], cautions: list[str]
    ) -> Routine:
        lent = self._lent
        return Routine(
            id=self._page.source.id,
            title=found["title"],
            items=tuple(b.item for b in built),
            format=found.get("format", 1),
            summary=found.get("summary"),
            when=found.get("when"),
            cautions=_together(
                found.get("cautions", ()), tuple(cautions), *(r.cautions for r in lent)
            ),
            sources=found.get("sources", ()),
            tags=found.get("tags", ()),
            author=found.get("author"),
            license=found.get("license"),
            language=found.get("language"),
            urgent=found.get("urgent", False),
            unless=_together(found.get("unless", ()), *(r.unless for r in lent)),
            cues=cues,
            extra=found.get("extra", {}),
        )

    def _is_for_newer_program(self, document: dict[str, Any]) -> bool:
        version = document.get("format")
        if not isinstance(version, int) or version <= NEWEST_FORMAT:
            return False
        self._page.error(
            ("format",),
            "newer-format",
            f"was made for a newer version of uncramp. This one reads format "
            f"{NEWEST_FORMAT}. Update uncramp to open it.",
        )
        return True

    def _refuse_missing(self, document: dict[str, Any]) -> None:
        page = self._page
        there = written_or_meant(document, Owner.ROUTINE)
        if "title" not in there:
            page.error(
                (),
                "missing-key",
                'The routine has no title. Write title = "…" in its first line.',
                "title",
            )
        if "steps" not in there:
            page.error(
                (),
                "missing-key",
                "The routine has no steps. Write a line [[steps]] and, below it, "
                'name = "…" and time = "1m".',
                "[[steps]]",
            )

    def _check_extra(self, extra: dict[str, Any] | None) -> None:
        """Refuse a table so deep that whoever goes through it would never come back."""
        level: list[Any] = [extra] if extra else []
        for _ in range(DEEPEST_EXTRA):
            level = [inner for value in level for inner in _within(value)]
        if level:
            self._page.error(
                ("extra",), "too-deep", f"is more than {DEEPEST_EXTRA} levels deep.", at_key=True
            )

    def _check_sums(self, sums: Sums, *, is_used: bool) -> None:
        page = self._page
        if breaks_limit(sums):
            code, message = limit_words(sums, "The routine has")
            if code == "routine-too-long":
                message = message.replace("The routine has", "The routine lasts", 1)
            page.error((), code, message)
        elif sums.length_ms > LONG_MS and not is_used:
            long = spoken(sums.length_ms)
            page.warn((), "long-routine", f"The routine lasts {long}. Is that what you mean?")

    def _borrow(
        self, routine_id: str, path: Path, setting: Setting, begins: bool
    ) -> Borrowed | None:
        try:
            return self._lend(routine_id, path, setting, begins)
        except _TooMuch:
            message = "is too large: all the files that a routine uses may have 1 MiB together."
            self._page.error(path, "uses-too-much", message)
            return None

    def _lend(self, routine_id: str, path: Path, setting: Setting, begins: bool) -> Borrowed | None:
        page, folder = self._page, self._page.source.folder
        source = self._files.fetch(routine_id, folder)
        if source is None:
            ids = page.around.routine_ids(folder)
            page.tell_unknown(
                path,
                "unknown-routine",
                "is not a routine in this folder or in the library",
                routine_id,
                ids,
                "`uncramp list` shows the routines there are.",
            )
            return None
        files = [(s.file, s.id) for s in self._chain]
        if (source.file, source.id) in files:
            ids_round = [s.id for s in self._chain[files.index((source.file, source.id)) :]]
            circle = " -> ".join((*ids_round, source.id))
            page.error(
                path, "circle", f"closes a circle of routines that use each other: {circle}."
            )
            return None
        if len(self._chain) > DEEPEST:
            self._refuse_depth(source, path)
            return None
        return self._read_lent(source, path, setting, begins)

    def _refuse_depth(self, source: Source, path: Path) -> None:
        first = self._chain[0].id
        self._page.error(
            path,
            "used-too-deep",
            f'is more than {DEEPEST} routines away from "{first}", each of them using the next. '
            f"{DEEPEST} is the most.",
        )

    def _read_lent(
        self, source: Source, path: Path, setting: Setting, begins: bool
    ) -> Borrowed | None:
        # All that a borrowed step takes over from outside.
        place = Setting(group_sides=setting.group_sides, is_repeated=setting.is_repeated)
        name = (source.file, source.id, place, begins)
        files = self._files
        if name not in files.drafts:
            files.count_reading(source)
            around = self._page.around
            files.drafts[name] = _read(source, around, self._chain, files, place, begins)
        lent_page, draft = files.drafts[name]
        errors = [p for p in lent_page.problems if p.severity == "error"]
        if draft is None or errors:
            first = errors[0]
            for error in errors:
                if error.code in ("circle", "used-too-deep", "uses-too-much"):
                    self._page.error(path, error.code, error.message)
                    return None
            where = f"{first.file}:{first.place.line}" if first.place else f"{first.file}"
            self._page.error(
                path,
                "used-routine",
                f"has a problem of its own, at {where}. Run `uncramp check {first.file}` to see "
                "what to fix.",
            )
            return None
        if len(self._chain) + draft.uses > DEEPEST:
            self._refuse_depth(source, path)
            return None
        self._uses = max(self._uses, draft.uses + 1)
        self._lent.append(draft.routine)
        return Borrowed(draft.routine.title, draft.routine.items, draft.sums)


def _within(value: Any) -> list[Any]:
    """The tables and lists directly inside of a value."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [entry for entry in inner if isinstance(entry, dict | list)]


def _together(*rows: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for row in rows for word in row))
