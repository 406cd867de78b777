"""`uncramp edit`: opens a routine in the person's editor, and checks it afterwards."""

from pathlib import Path

from uncramp.audio.samples.sound_file import sound_problem
from uncramp.cli.arguments import Arguments
from uncramp.cli.edit_loop import edited
from uncramp.cli.routine_lookup import find_routine, open_library
from uncramp.core.toml.problems import Problem
from uncramp.library.copying import copy_own
from uncramp.library.library import Entry, Library, Origin
from uncramp.plain.output import complain, write
from uncramp.plain.problem_lines import complain_of
from uncramp.system.editor import NoEditor, find_editor
from uncramp.system.files import CannotWrite
from uncramp.system.routine_file import CannotRead


def edit(asked: Arguments) -> int:
    """Open a routine in the person's editor, then check it. 0: no errors, 2: errors."""
    library = open_library(sound_problem)
    entry = find_routine(library, asked)
    if entry is None:
        return 2
    try:
        editor = find_editor(entry.file)
        path = _own_file(library, entry)
    except NoEditor as error:
        return complain(str(error))
    except CannotRead as error:
        return complain_of([error.problem])
    except CannotWrite as error:
        return complain(str(error))

    def problems() -> tuple[Problem, ...]:
        library.reload()
        return library.open_path(path).problems

    status = edited(path, editor, problems, "it still runs")
    if path != entry.file and _is_same(path, entry.file):
        write(["Nothing was changed. The copy still takes the place of the bundled routine."])
        write(["To have the bundled one again, delete the copy: D on its page in the library."])
    return status


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.read_bytes() == other.read_bytes()
    except OSError:
        return False


def _own_file(library: Library, entry: Entry) -> Path:
    """The file to edit: the routine's own, or a copy of a bundled one."""
    if entry.origin is not Origin.BUNDLED:
        return entry.file
    path = copy_own(library.own, entry.file, entry.id)
    write([f"The bundled routine was copied so that you can change it: {path}"])
    return path
