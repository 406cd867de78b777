"""`uncramp bundle` and `uncramp import`: a routine and everything it uses as one file, and back."""

from pathlib import Path

from uncramp.audio.samples.sound_file import sound_problem
from uncramp.cli.arguments import Arguments
from uncramp.cli.routine_lookup import find_routine, is_there, named_file, open_library
from uncramp.core.text.safe_text import shown
from uncramp.library.bundle import BUNDLE_SUFFIX, CannotBundle, bundle_of
from uncramp.library.bundle_import import CannotImport, ThereAlready, put_in, unpacked
from uncramp.plain.output import complain, write
from uncramp.plain.problem_lines import complain_of
from uncramp.system import paths, resources
from uncramp.system.files import CannotWrite, replace_file, write_new_file


def bundle(asked: Arguments) -> int:
    """Write a routine and everything it uses to a file. Returns the exit status."""
    library = open_library()
    entry = find_routine(library, asked)
    if entry is None:
        return 2
    if entry.routine is None:
        return complain_of(entry.errors)
    if entry.file.is_relative_to(resources.bundled_routines()):
        return complain(f"{entry.id} comes with uncramp: everybody who has it has this routine.")
    target = named_file(asked.output or f"{entry.id}{BUNDLE_SUFFIX}")
    try:
        data = bundle_of(entry.routine, entry.file, (library.own,))
        if asked.force and is_there(target):
            replace_file(target, data)
        else:
            write_new_file(target, data)
    except (CannotBundle, CannotWrite) as problem:
        return complain(shown(str(problem)))
    write([f"Written: {target}"])
    return 0


def import_(asked: Arguments) -> int:
    """Put the routine of a bundle into the person's own folder. Returns the exit status."""
    file = named_file(asked.file)
    own = paths.routines_folder()
    try:
        routine_id, files = unpacked(file)
        bundled = resources.bundled_routines()
        # What hides a bundled one already is compared like any other file of the person's.
        hidden = [n for n in files if (bundled / n).is_file() and not (own / n).exists()]
        if hidden and not asked.force:
            raise CannotImport(_hidden_words(hidden))
        done = put_in(own, routine_id, files, _problem_of, may_replace=asked.force)
    except ThereAlready as there:
        names = ", ".join(f'"{shown(name)}"' for name in there.names)
        return complain(
            f"In {own} there is something else already: {names}. "
            "Nothing was imported. Rename it there, or replace it with --force."
        )
    except CannotImport as problem:
        return complain(f"{shown(str(file))}: {problem}. Nothing was imported.")
    write(f"Replaced: {own / name}" for name in done.replaced)
    write(f"Written: {own / name}" for name in done.written)
    if done.same and not (done.written or done.replaced):
        write(["All of it is there already."])
    write([f"uncramp {done.routine_id} runs it."])
    return 0


def _hidden_words(hidden: list[str]) -> str:
    names = ", ".join(f'"{Path(name).stem}"' for name in hidden)
    return f"it would take the place of what uncramp brings: {names}; --force allows that"


def _problem_of(file: Path) -> str | None:
    entry = open_library(sound_problem).open_path(file)
    if entry.routine is not None:
        return None
    first = entry.errors[0]
    where = f", line {first.place.line}" if first.place else ""
    return f'"{file.name}" in it has an error{where}: {shown(first.message).rstrip(".")}'
