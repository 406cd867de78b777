"""The trash: deleted routines are moved to a folder until the person empties it."""

import contextlib
import re
from pathlib import Path

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.lazy.pattern import lazy_pattern
from uncramp.library.folder import SUFFIX
from uncramp.system.files import AlreadyThere, CannotWrite, move_file, private_folder
from uncramp.system.os_errors import reason_of

_NAME = lazy_pattern(r"(?P<id>.+)\.(?P<when>\d{1,15})(?:-\d+)?" + re.escape(SUFFIX), re.DOTALL)


@dataclass(frozen=True, slots=True)
class Deleted:
    """A routine in the trash."""

    routine_id: str
    deleted_s: int
    """The time of deletion, in seconds since the epoch."""
    file: Path
    """Its present path."""


def throw_away(file: Path, trash: Path, now_s: float) -> Deleted:
    """Move a routine's file into the folder `trash`. Raises CannotWrite; then it stays."""
    routine_id = file.name.removesuffix(SUFFIX)
    try:
        private_folder(trash)
        for number in range(1000):
            again = f"-{number}" if number else ""
            place = trash / f"{routine_id}.{int(now_s)}{again}{SUFFIX}"
            with contextlib.suppress(FileExistsError):
                move_file(file, place)
                return Deleted(routine_id, int(now_s), place)
    except OSError as error:
        reason = reason_of(error)
        raise CannotWrite(
            f"{file} cannot be moved to the trash: {reason}. It was not deleted."
        ) from None
    raise CannotWrite(f"{file} cannot be moved to the trash, {trash}. It was not deleted.")


def in_trash(trash: Path) -> tuple[Deleted, ...]:
    """What is in the trash, the latest first. Never raises."""
    try:
        files = sorted(trash.iterdir())
    except OSError:
        return ()
    matches = ((file, _NAME.fullmatch(file.name)) for file in files)
    found = [Deleted(match["id"], int(match["when"]), file) for file, match in matches if match]
    return tuple(sorted(found, key=lambda deleted: -deleted.deleted_s))


def put_back(deleted: Deleted, own: Path) -> Path:
    """Move a routine from the trash back into the folder `own`, never over another.

    Raises AlreadyThere if its id is taken, CannotWrite if it cannot be moved.
    """
    place = own / f"{deleted.routine_id}{SUFFIX}"
    try:
        private_folder(own)
        move_file(deleted.file, place)
    except FileExistsError:
        raise AlreadyThere(f"{place} already exists, and was not overwritten.") from None
    except OSError as error:
        reason = reason_of(error)
        raise CannotWrite(f"{deleted.file} cannot be moved to {place}: {reason}.") from None
    return place


def empty(trash: Path) -> int:
    """Delete everything in the trash for good. Returns how many. Raises CannotWrite at the first
    that cannot be deleted."""
    found = in_trash(trash)
    for deleted in found:
        try:
            if deleted.file.is_dir() and not deleted.file.is_symlink():
                import shutil

                shutil.rmtree(deleted.file)
            else:
                deleted.file.unlink()
        except OSError as error:
            reason = reason_of(error)
            raise CannotWrite(f"{deleted.file} cannot be deleted: {reason}.") from None
    return len(found)
