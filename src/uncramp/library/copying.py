"""Copies a routine's file into the person's own folder, never over another."""

from pathlib import Path

from uncramp.library.folder import SUFFIX
from uncramp.library.new_routine import (
    NewRoutine,
    NewStep,
    checked_id,
    checked_name,
    file_text,
    id_of,
)
from uncramp.library.retitle import with_title
from uncramp.library.unusable_value import UnusableValue
from uncramp.system.files import CannotWrite, private_folder, write_new_file
from uncramp.system.os_errors import reason_of
from uncramp.system.routine_file import read_routine_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from uncramp.library.library import Library


def name_problem(library: "Library", name: str) -> str | None:
    """Why a new routine cannot have that name; None if it can."""
    try:
        routine_id = id_of(checked_name(name, "The name"))
        if not routine_id:
            return "The name needs a letter from a to z, or a digit, for the file's name."
        checked_id(routine_id)
    except UnusableValue as error:
        return str(error)
    if library.find_again(routine_id):
        return f'There is a routine "{routine_id}" already. Write another name.'
    return None


def new_own(own: Path, title: str) -> str:
    """Write a new routine with one step to be changed, and return its id.

    `title` is one that `name_problem` finds nothing wrong with. Raises CannotWrite.
    """
    title = checked_name(title, "The name")
    routine = NewRoutine(id_of(title), title, (NewStep("First step", 60_000),))
    write_own(own, routine.id, file_text(routine).encode())
    return routine.id


def copy_own(own: Path, file: Path, routine_id: str, title: str | None = None) -> Path:
    """Copy a routine's file to the folder `own`, byte for byte except for a new title, if any.

    Raises CannotRead if it cannot be read, and CannotWrite if the copy cannot be written.
    """
    data = read_routine_file(file, str(file))
    return write_own(own, routine_id, data if title is None else with_title(data, title))


def write_own(own: Path, routine_id: str, data: bytes) -> Path:
    """Write a file into the folder `own`. Raises CannotWrite, of which AlreadyThere is one."""
    try:
        private_folder(own)
    except OSError as error:
        reason = reason_of(error)
        raise CannotWrite(f"The folder {own} cannot be created: {reason}.") from None
    path = own / f"{routine_id}{SUFFIX}"
    write_new_file(path, data)
    return path
