"""The bundled routines, read like a person's own."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from uncramp.atlas import load_atlas
from uncramp.core.routine.model import Group, Item, Routine, Step
from uncramp.core.routine.points import Atlas
from uncramp.core.routine.reader import Reading, Source, read

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "routines"
IDS = tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


class Bundled:
    """The bundled routines and nothing else."""

    @property
    def atlas(self) -> Atlas:
        return load_atlas()

    @property
    def sounds(self) -> tuple[str, ...]:
        return ()

    def routine_ids(self, folder: str | None, /) -> tuple[str, ...]:
        return IDS

    def borrow(self, routine_id: str, folder: str | None, /) -> Source | None:
        file = FOLDER / f"{routine_id}.toml"
        if not file.exists():
            return None
        return Source(routine_id, file.read_bytes(), str(file), str(FOLDER))

    def sound_problem(self, folder: str, name: str, /) -> str | None:
        return "is not bundled."


@cache
def reading(routine_id: str) -> Reading:
    source = Bundled().borrow(routine_id, None)
    assert source is not None
    return read(source, Bundled())


def routine(routine_id: str) -> Routine:
    found = reading(routine_id).routine
    assert found is not None, reading(routine_id).problems
    return found


def steps(items: tuple[Item, ...]) -> Iterator[Step]:
    for item in items:
        if isinstance(item, Group):
            yield from steps(item.items)
        else:
            yield item
