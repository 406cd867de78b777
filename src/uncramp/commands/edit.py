"""`uncramp edit`: a routine in the person's editor, and a look at it after."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from uncramp.commands.asking import can_ask, says_yes
from uncramp.commands.library import find_routine, open_library
from uncramp.commands.new import copy_own
from uncramp.library import Entry, Library, Origin
from uncramp.plain.output import complain, is_coloured, write, write_line
from uncramp.plain.problems import problems_text
from uncramp.routine_file import CannotRead
from uncramp.writing.disk import CannotWrite

_EDITORS = ("sensible-editor", "editor", "nano", "micro", "vim", "vi")
"""What a system without VISUAL and EDITOR is looked through for, in this order."""


def edit(asked: Namespace) -> int:
    """Open a routine in the person's editor, then check it. 0: nothing to mend, 2: errors."""
    library = open_library()
    entry = find_routine(library, asked)
    if entry is None:
        return 2
    editor = editor_words(os.environ, sys.platform)
    if not editor:
        return complain(
            f"There is no editor here. Say one, such as EDITOR=nano, or open {entry.file} yourself."
        )
    if shutil.which(editor[0]) is None:
        return complain(
            f'There is no program "{editor[0]}" here. Say another editor, such as EDITOR=nano.'
        )
    try:
        path = _own_file(library, entry)
    except CannotRead as error:
        write_line(problems_text([error.problem]).rstrip("\n"), sys.stderr)
        return 2
    except CannotWrite as error:
        return complain(str(error))
    return _edited(library, path, editor)


def editor_words(environment: Mapping[str, str], platform: str) -> list[str]:
    """The command that opens an editor, and waits for it; [] where there is none.

    VISUAL before EDITOR, as the person set them, with options; then what the platform has.
    """
    for name in ("VISUAL", "EDITOR"):
        words = _split(environment.get(name, ""), platform)
        if words:
            return words
    if platform == "win32":
        return ["notepad"]
    found = next(filter(None, map(shutil.which, _EDITORS)), None)
    if found:
        return [found]
    return ["open", "-W", "-t"] if platform == "darwin" else []


def _split(text: str, platform: str) -> list[str]:
    if platform == "win32":
        # There a backslash is part of a path, and quotes are the only way to have a space in one.
        return [word.strip('"') for word in shlex.split(text, posix=False)]
    try:
        return shlex.split(text)
    except ValueError:  # a quote that nothing closes
        return text.split()


def _own_file(library: Library, entry: Entry) -> Path:
    """The file to edit: the routine's own, or a copy of a bundled one."""
    if entry.origin is not Origin.BUNDLED:
        return entry.file
    path = copy_own(library, entry, entry.id)
    write([f"The bundled routine is copied for you to change: {path}"])
    return path


def _edited(library: Library, path: Path, editor: list[str]) -> int:
    while True:
        try:
            with _interrupts_left_to_editor():
                status = subprocess.run([*editor, str(path)], check=False).returncode
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            words = f'The editor "{editor[0]}" does not start: {reason}.'
            return complain(f"{words} Say another, such as EDITOR=nano. The file is {path}")
        if status:
            complain(f'The editor "{editor[0]}" ended with status {status}.')
        library.reload()
        entry = library.open_path(path)
        if entry.problems:
            text = problems_text(entry.problems, colour=is_coloured(sys.stderr))
            write_line(text.rstrip("\n"), sys.stderr)
        if not entry.errors:
            write([f"{path}: {'it runs all the same' if entry.problems else 'nothing to mend'}."])
            return 0
        if not (can_ask() and says_yes("Go back in?")):
            return 2


@contextmanager
def _interrupts_left_to_editor() -> Iterator[None]:
    """While it is open, Ctrl-C is the editor's alone."""

    def nothing(_signal: int, _frame: FrameType | None) -> None:
        return None

    # Not SIG_IGN: that the editor would inherit.
    before = signal.signal(signal.SIGINT, nothing)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
