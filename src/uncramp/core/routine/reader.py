"""Reads a routine: from the text of a file to a `Routine`, with all problems reported at once.

Checks run in an order in which nothing hostile is expanded: the size of the file, TOML, the keys,
the sums, and only then a routine is made.
"""

from collections.abc import Mapping
from typing import Any

from uncramp.core.lazy.dataclass import dataclass, replace
from uncramp.core.routine.field_reader import read_cues, read_fields
from uncramp.core.routine.fields import DefaultsFields, RoutineFields, Table
from uncramp.core.routine.keys import NEWEST_FORMAT, Owner
from uncramp.core.routine.limits import DEEPEST, MOST_USED_BYTES, breaks_limit, limit_words
from uncramp.core.routine.lint import LONG_MS
from uncramp.core.routine.model import Cues, Routine
from uncramp.core.routine.references import References, RoutineDocument, Source
from uncramp.core.routine.step_reader import (
    Borrowed,
    Built,
    Inherited,
    StepReader,
    union,
    with_whole_keys,
)
from uncramp.core.routine.sums import Sums
from uncramp.core.routine.unknown_keys import misspelt, written_or_meant
from uncramp.core.text.durations import spoken
from uncramp.core.toml.parser import parse
from uncramp.core.toml.positions import Path
from uncramp.core.toml.problems import Problem

__all__ = ["Reading", "References", "Source", "read"]

DEEPEST_EXTRA = 32
"""How deeply the author's own table may be nested."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The result of reading a file."""

    routine: Routine | None
    """None if there is an error."""
    problems: tuple[Problem, ...]
    """In the order of their places, including warnings."""


def read(source: Source, references: References) -> Reading:
    """Read the routine in `source`."""
    document, draft = _read(source, references, (), _Lent(references), Inherited(), None)
    problems = tuple(document.problems)
    if draft is None or document.problems.has_errors:
        return Reading(None, problems)
    routine = draft.routine
    if draft.uses:
        routine = replace(routine, items=with_whole_keys(routine.items, routine.cues.finish))
    return Reading(routine, problems)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A routine before its borrowed steps are copied into it."""

    routine: Routine
    sums: Sums
    uses: int
    """How deeply it uses other routines: 0 for none."""


class _Lent:
    """The files used so far, each fetched once and read once for each setting."""

    def __init__(self, references: References) -> None:
        self._references = references
        self._sources: dict[tuple[str, str | None], Source | None] = {}
        self.drafts: dict[tuple[Any, ...], tuple[RoutineDocument, _Draft | None]] = {}
        self._fetched = 0
        self._read = 0

    def fetch(self, routine_id: str, folder: str | None) -> Source | None:
        """The routine with that id, as a routine in `folder` would use it. Raises _TooMuch."""
        name = (routine_id, folder)
        if name not in self._sources:
            if self._fetched > MOST_USED_BYTES:
                raise _TooMuch
            source = self._sources[name] = self._references.borrow(routine_id, folder)
            self._fetched += len(source.data) if source else 0
        return self._sources[name]

    def count_reading(self, source: Source) -> None:
        """Count `source` before it is read. Raises _TooMuch."""
        self._read += len(source.data)
        if self._read > MOST_USED_BYTES:
            raise _TooMuch


class _TooMuch(Exception):
    """A routine uses more files than it may."""


def _read(
    source: Source,
    references: References,
    chain: tuple[Source, ...],
    lent: _Lent,
    place: Inherited,
    begins: bool | None,
) -> tuple[RoutineDocument, _Draft | None]:
    """Read one file: the first, or one used by the last of `chain`.

    `place` is the setting in which its steps are read; `begins` says whether an urgent run
    begins with them, None if the routine itself decides.
    """
    document = RoutineDocument(source, references)
    tables = parse(document)
    if tables is None:
        return document, None
    routine_reader = _RoutineReader(document, (*chain, source), lent)
    return document, routine_reader.read(tables, place, begins)


class _RoutineReader:
    """Reads the top of one file, and fetches the routines that it uses."""

    def __init__(self, document: RoutineDocument, chain: tuple[Source, ...], files: _Lent) -> None:
        self._document = document
        self._chain = chain
        self._files = files
        self._lent: list[Routine] = []
        self._uses = 0

    def read(self, tables: Table, place: Inherited, begins: bool | None) -> _Draft | None:
        document = self._document
        if self._is_for_newer_program(tables):
            return None
        written = RoutineFields(**read_fields(document, tables, Owner.ROUTINE, ()))
        self._refuse_missing(tables)
        self._check_extra(written.extra)
        defaults = DefaultsFields(
            **read_fields(document, written.defaults, Owner.DEFAULTS, ("defaults",))
        )
        cues = read_cues(document, written.cues, ("cues",), Cues())
        setting = replace(
            place,
            cues=cues,
            get_ready_ms=defaults.get_ready,
            sides=defaults.sides,
            is_open=defaults.open,
            kind=defaults.kind,
            depth=0,
        )
        starts_at_once = written.urgent if begins is None else begins
        steps = StepReader(document, self._borrow, starts_at_once=starts_at_once)
        built = steps.items(written.steps, ("steps",), setting)
        for name in misspelt(tables, Owner.ROUTINE, "steps"):
            # Nothing of it is used: only its own problems are reported.
            if isinstance(tables[name], list):
                steps.items(tables[name], (name,), setting)
        sums = sum((b.sums for b in built), Sums())
        self._check_sums(sums, is_used=begins is not None)
        if not built or written.title is None:
            return None
        routine = self._made(written, written.title, cues, built, steps.cautions)
        return _Draft(routine, sums, self._uses)

    def _made(
        self,
        written: RoutineFields,
        title: str,
        cues: Cues,
        built: tuple[Built, ...],
        cautions: list[str],
    ) -> Routine:
        lent = self._lent
        return Routine(
            id=self._document.source.id,
            title=title,
            items=tuple(b.item for b in built),
            format=written.format or 1,
            summary=written.summary,
            when=written.when,
            cautions=union(written.cautions, tuple(cautions), *(r.cautions for r in lent)),
            sources=written.sources,
            tags=written.tags,
            author=written.author,
            license=written.license,
            language=written.language,
            urgent=written.urgent,
            unless=union(written.unless, *(r.unless for r in lent)),
            cues=cues,
            extra=written.extra,
        )

    def _is_for_newer_program(self, tables: Table) -> bool:
        version = tables.get("format")
        if not isinstance(version, int) or version <= NEWEST_FORMAT:
            return False
        self._document.error(
            ("format",),
            "newer-format",
            f"was made for a newer version of uncramp. This one reads format "
            f"{NEWEST_FORMAT}. Update uncramp to open it.",
        )
        return True

    def _refuse_missing(self, tables: Table) -> None:
        document = self._document
        there = written_or_meant(tables, Owner.ROUTINE)
        if "title" not in there:
            document.error(
                (),
                "missing-key",
                'The routine has no title. Write title = "…" in its first line.',
                "title",
            )
        if "steps" not in there:
            document.error(
                (),
                "missing-key",
                "The routine has no steps. Write a line [[steps]] and, below it, "
                'name = "…" and time = "1m".',
                "[[steps]]",
            )

    def _check_extra(self, extra: Mapping[str, Any]) -> None:
        """Refuse a table so deep that recursive code could run out of stack."""
        level: list[Any] = [extra]
        for _ in range(DEEPEST_EXTRA):
            level = [inner for value in level for inner in _within(value)]
        if level:
            self._document.error(
                ("extra",), "too-deep", f"is more than {DEEPEST_EXTRA} levels deep.", at_key=True
            )

    def _check_sums(self, sums: Sums, *, is_used: bool) -> None:
        document = self._document
        if breaks_limit(sums):
            code, message = limit_words(sums, "The routine has", "The routine lasts")
            document.error((), code, message)
        elif sums.length_ms > LONG_MS and not is_used:
            long = spoken(sums.length_ms)
            document.warn((), "long-routine", f"The routine lasts {long}. Is that what you mean?")

    def _borrow(
        self, routine_id: str, path: Path, setting: Inherited, begins: bool
    ) -> Borrowed | None:
        try:
            return self._lend(routine_id, path, setting, begins)
        except _TooMuch:
            message = "is too large: all the files that a routine uses may have 1 MiB together."
            self._document.error(path, "uses-too-much", message)
            return None

    def _lend(
        self, routine_id: str, path: Path, setting: Inherited, begins: bool
    ) -> Borrowed | None:
        document, folder = self._document, self._document.source.folder
        source = self._files.fetch(routine_id, folder)
        if source is None:
            ids = document.references.routine_ids(folder)
            document.refuse_unknown(
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
            document.error(
                path, "circle", f"closes a circle of routines that use each other: {circle}."
            )
            return None
        if len(self._chain) > DEEPEST:
            self._refuse_depth(path)
            return None
        return self._read_lent(source, path, setting, begins)

    def _refuse_depth(self, path: Path) -> None:
        first = self._chain[0].id
        self._document.error(
            path,
            "used-too-deep",
            f'is more than {DEEPEST} routines away from "{first}", each of them using the next. '
            f"{DEEPEST} is the most.",
        )

    def _read_lent(
        self, source: Source, path: Path, setting: Inherited, begins: bool
    ) -> Borrowed | None:
        # Everything that a borrowed step inherits from outside.
        place = Inherited(group_sides=setting.group_sides, is_repeated=setting.is_repeated)
        name = (source.file, source.id, place, begins)
        files = self._files
        if name not in files.drafts:
            files.count_reading(source)
            files.drafts[name] = _read(
                source, self._document.references, self._chain, files, place, begins
            )
        lent_page, draft = files.drafts[name]
        errors = [p for p in lent_page.problems if p.severity == "error"]
        if draft is None or errors:
            first = errors[0]
            for error in errors:
                if error.code in ("circle", "used-too-deep", "uses-too-much"):
                    self._document.error(path, error.code, error.message)
                    return None
            where = f"{first.file}:{first.place.line}" if first.place else f"{first.file}"
            self._document.error(
                path,
                "used-routine",
                f"has a problem of its own, at {where}. Run `uncramp check {first.file}` to see "
                "what to fix.",
            )
            return None
        if len(self._chain) + draft.uses > DEEPEST:
            self._refuse_depth(path)
            return None
        self._uses = max(self._uses, draft.uses + 1)
        self._lent.append(draft.routine)
        return Borrowed(draft.routine.title, draft.routine.items, draft.sums)


def _within(value: Any) -> list[Any]:
    """The tables and lists directly inside a value."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [entry for entry in inner if isinstance(entry, dict | list)]
