"""The person's editor: finding it, and opening a file in it."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from uncramp.system.os_errors import reason_of

_EDITORS = ("sensible-editor", "editor", "nano", "micro", "vim", "vi")
"""The editors to look for, in this order, if VISUAL and EDITOR are not set."""


class NoEditor(Exception):
    """There is no editor to open a file with; the text says what to do."""


def find_editor(file: Path) -> list[str]:
    """The command that opens the person's editor for `file`. Raises NoEditor."""
    editor = editor_words(os.environ, sys.platform)
    if not editor:
        raise NoEditor(
            f"No editor was found. Set one, such as EDITOR=nano, or open {file} yourself."
        )
    if shutil.which(editor[0]) is None:
        raise NoEditor(
            f'There is no program "{editor[0]}" here. Set another editor, such as EDITOR=nano.'
        )
    return editor


def editor_words(environment: Mapping[str, str], platform: str) -> list[str]:
    """The command that opens an editor and waits for it; [] if there is none.

    VISUAL comes first, then EDITOR, each with its options, then the platform's editors.
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
        # On Windows a backslash is part of a path, and only quotes allow a space in one.
        return [word.strip('"') for word in shlex.split(text, posix=False)]
    try:
        return shlex.split(text)
    except ValueError:  # a quote that is not closed
        return text.split()


def open_in(editor: list[str], path: Path) -> int:
    """Open the file and wait for the editor to end. Returns its status. Raises NoEditor."""
    try:
        with _interrupts_left_to_editor():
            return subprocess.run([*editor, str(path)], check=False).returncode
    except (OSError, ValueError) as error:
        reason = reason_of(error)
        words = f'The editor "{editor[0]}" does not start: {reason}.'
        raise NoEditor(f"{words} Set another, such as EDITOR=nano. The file is {path}") from None


@contextmanager
def _interrupts_left_to_editor() -> Iterator[None]:
    """Leave Ctrl-C to the editor while it is open."""

    def nothing(_signal: int, _frame: FrameType | None) -> None:
        return None

    # Not SIG_IGN, which the editor would inherit.
    before = signal.signal(signal.SIGINT, nothing)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
