"""The favourites: the ids of routines with a star, a line each in a small file."""

from collections.abc import Collection
from pathlib import Path

from uncramp.system.files import put_file
from uncramp.system.os_errors import reason_of
from uncramp.system.routine_file import CannotRead, read_routine_file


def read_favourites(file: Path) -> frozenset[str]:
    """The ids in `file`; empty if there is no file or it cannot be read. Never raises."""
    try:
        text = read_routine_file(file, str(file)).decode("utf-8", "surrogateescape")
    except CannotRead:
        return frozenset()
    return frozenset(line for line in text.split("\n") if line)


def write_favourites(file: Path, ids: Collection[str]) -> str | None:
    """Write the ids into `file`. Returns a sentence for the person if that failed."""
    # A file's name may contain a line break; such a routine cannot be a favourite.
    lines = "".join(f"{routine_id}\n" for routine_id in sorted(ids) if "\n" not in routine_id)
    try:
        put_file(file, lines.encode("utf-8", "surrogateescape"))
    except (OSError, RuntimeError, ValueError) as error:
        reason = reason_of(error)
        return f"The favourite could not be saved in {file}: {reason}."
    return None


def turn_star(file: Path, routine_id: str) -> tuple[frozenset[str], str | None]:
    """Add or remove a favourite. Returns the ids, and a sentence if that failed."""
    ids = read_favourites(file) ^ {routine_id}
    return ids, write_favourites(file, ids)
