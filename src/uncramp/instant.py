"""The first instruction of the urgent routine, on the terminal before anything else is loaded.

Someone is in pain. Reading the routine and loading the screen takes a good part
of a second; a few lines of text take none. So each `uncramp now` keeps its first
words, with the state of every file that they depend on, and the next one shows
them at once, as plain text that the full screen then covers. Words whose files
have changed since are not shown.

This module is on that path: it imports nothing that the interpreter has not
loaded by itself, and what it cannot do it leaves undone.
"""

import os
import stat
import sys
import time

from uncramp import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_is_shown = False


_LARGEST = 65_536
"""The most bytes of the file of the words."""

_DAY = ("", "")
_NIGHT = ("\x1b[31;40m\x1b[K", "\x1b[m")
"""How a line begins and ends: at night in red, on a line that is erased in black first."""


def is_between(minute: int, begins: int, ends: int) -> bool:
    """Is a minute of the day between two others, even over midnight?

    The same minute twice is the whole day.
    """
    return begins <= minute < ends if begins < ends else minute >= begins or minute < ends


def show_kept(*, is_night: bool = False) -> None:
    """Show the kept words, if they are still valid, on a terminal that can show them.

    They are red on black if it `is_night`, or if it is night at this hour.
    """
    global _is_shown
    if _is_shown or not _is_wanted():
        return
    try:
        version, night, count, *lines = _read(kept_file()).splitlines()
        witnesses, words = lines[: int(count)], lines[int(count) :]
        begins, ends = map(int, night.split())
    except (OSError, ValueError):
        return
    if version == __version__ and all(_holds(witness) for witness in witnesses):
        local = time.localtime()
        minute = local.tm_hour * 60 + local.tm_min
        show(words, is_night=is_night or (begins >= 0 and is_between(minute, begins, ends)))


def show(words: list[str], *, is_night: bool = False) -> None:
    """Show lines of text, the first of them bold, unless words were shown before.

    If it `is_night` they are red on black, unless NO_COLOR asks for no colours.
    """
    global _is_shown
    if _is_shown or not words or not _is_wanted():
        return
    try:
        # A terminal without a size yet gives 0.
        width = os.get_terminal_size(1).columns or 80
        title, *rest = words
        begins, ends = _NIGHT if is_night and not os.environ.get("NO_COLOR") else _DAY
        lines = [f"{begins}\x1b[1m{line}\x1b[m{ends}" for line in _wrapped(title, width)]
        for text in rest:
            lines += [f"{begins}{line}{ends}" for line in _wrapped(text, width)]
        os.write(1, ("\n".join(lines) + "\n").encode(sys.stdout.encoding or "ascii", "replace"))
    except (OSError, LookupError):
        return
    _is_shown = True


def keep(
    words: list[str],
    witnesses: list[str],
    put: "Callable[[str, bytes], object]",
    night: tuple[int, int] | None = None,
) -> None:
    """Keep `words` for the next time, as long as the `witnesses` do not change.

    A witness is the path of a file that the words depend on; one that is not there
    has to stay away. `night` are the minutes of the day between which they are to be
    red on black. `put` writes a file whole or not at all, and may raise OSError; if
    nothing can be kept, nothing is shown next time.
    """
    path = kept_file()
    states = [state_of(witness) for witness in witnesses]
    hours = f"{night[0]} {night[1]}" if night else "-1 -1"
    text = "\n".join([__version__, hours, str(len(states)), *states, *words, ""])
    try:
        if _read(path) == text:
            return
    except (OSError, ValueError):
        pass
    try:
        put(path, text.encode())
    except (OSError, ValueError, RuntimeError):
        return


def _is_wanted() -> bool:
    """Is there a terminal, and not a dumb one?"""
    try:
        return os.isatty(0) and os.isatty(1) and os.environ.get("TERM", "") not in ("", "dumb")
    except OSError:
        return False


def kept_file() -> str:
    """The file of the words, in the folder of `system.paths.cache_folder`.

    The folder is computed here again, because importing that costs more than all the rest.
    """
    home = os.path.expanduser("~")  # noqa: PTH111
    if sys.platform == "darwin":
        folder = f"{home}/Library/Caches"
    elif sys.platform == "win32":
        folder = os.environ.get("LOCALAPPDATA") or f"{home}/AppData/Local"
        return f"{folder}/uncramp/Cache/first-words"
    else:
        folder = os.environ.get("XDG_CACHE_HOME", "").strip() or f"{home}/.cache"
    return f"{folder}/uncramp/first-words"


def _read(path: str) -> str:
    """The text of one of our files. Never waits. Raises OSError or ValueError."""
    # Loading the reader of `system.files` takes too long.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise ValueError
        return os.read(descriptor, _LARGEST).decode()
    finally:
        os.close(descriptor)


def state_of(path: str) -> str:
    """A line that names the file and changes with every version of it."""
    try:
        found = os.stat(path)  # noqa: PTH116
    except OSError:
        return f"- {path}"
    return f"{found.st_mtime_ns}.{found.st_size}.{found.st_ino} {path}"


def _holds(witness: str) -> bool:
    return state_of(witness.partition(" ")[2]) == witness


def _wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` characters, broken between words."""
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) >= width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]
