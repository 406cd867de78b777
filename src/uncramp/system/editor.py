"""The person's editor: which program it is, and a file opened in it."""

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
"""What a system without VISUAL and EDITOR is looked through for, in this order."""


class NoEditor(Exception):
    """There is no editor to open a file with; the words say what to do."""


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


def open_in(editor: list[str], path: Path) -> int:
    """Open the file and wait for the editor's end. Returns its status; raises NoEditor."""
    try:
        with _interrupts_left_to_editor():
            return subprocess.run([*editor, str(path)], check=False).returncode
    except (OSError, ValueError) as error:
        reason = reason_of(error)
        words = f'The editor "{editor[0]}" does not start: {reason}.'
        raise NoEditor(f"{words} Set another, such as EDITOR=nano. The file is {path}") from None


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
