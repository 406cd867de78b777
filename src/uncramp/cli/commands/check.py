"""`uncramp check`."""

import sys
from collections.abc import Iterator
from pathlib import Path

from uncramp.audio.samples.sound_file import sound_problem
from uncramp.cli.arguments import Arguments
from uncramp.cli.routine_lookup import is_path, is_there, open_library, standard_input
from uncramp.core.text.suggestions import counted
from uncramp.core.toml.problems import Problem, Severity
from uncramp.library.folder import SUFFIX
from uncramp.library.library import Library
from uncramp.plain.json_text import json_array
from uncramp.plain.output import is_coloured, write
from uncramp.plain.problem_lines import problem_fields, problems_text


def check(asked: Arguments) -> int:
    """Write what is wrong with each file. 0: nothing, 1: warnings if strict, 2: errors."""
    library = open_library(sound_problem)
    checked = [file for name in asked.files for file in _checked(library, name)]
    problems = [problem for found in checked for problem in found]
    if asked.json:
        write(json_array(problem_fields(problem) for problem in problems))
    else:
        text = problems_text(problems, colour=is_coloured(sys.stdout))
        write([*text.splitlines(), _summary(len(checked), problems)])
    if any(problem.severity is Severity.ERROR for problem in problems):
        return 2
    return 1 if problems and asked.strict else 0


def _checked(library: Library, name: str) -> Iterator[tuple[Problem, ...]]:
    """The problems of each file that `name` means."""
    if name == "-":
        yield library.read_text(standard_input(), "-").problems
        return
    path = Path(name)
    files = _files_of(path)
    if files is None:
        entry = None if is_path(name) or is_there(path) else library.find(name)
        yield (entry or library.open_path(path)).problems
    elif not files:
        words = f"This folder has no routine, a file whose name ends in {SUFFIX}."
        yield (Problem("no-routines", words, file=name),)
    for file in files or ():
        yield library.open_path(file).problems


def _files_of(folder: Path) -> list[Path] | None:
    """The routines in a folder, sorted; None if it is not a folder, or cannot be read."""
    try:
        names = sorted(folder.iterdir()) if folder.is_dir() else None
    except (OSError, ValueError):
        return None
    if names is None:
        return None
    return [path for path in names if path.suffix == SUFFIX and not path.name.startswith(".")]


def _summary(files: int, problems: list[Problem]) -> str:
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    counts = [counted(errors, "error")] * bool(errors) + [counted(warnings, "warning")] * bool(
        warnings
    )
    return f"{counted(files, 'file')} checked: {', '.join(counts) or 'nothing to fix'}."
