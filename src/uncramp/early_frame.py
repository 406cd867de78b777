"""The first picture of the full screen, on the terminal before anything else is loaded.

Reading a routine and loading the screen takes most of half a second. A picture that was
drawn the last time takes none. So the first picture of a run, and of the library, is kept
with everything it depends on: the command's words, the size and kind of the terminal, the
hours of the night, and the state of every file. The next start shows it at once; the full
screen takes over without changing a cell. A picture that might be out of date is not shown.

This module is on that path: it imports only what is cheap, and gives up on everything that it
cannot do. It checks what it writes to the terminal: only colours, places and characters, from a
file that belongs to this person alone.
"""

import gc
import os
import stat
import sys
import time

from uncramp import __version__, instant

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

FOLDER = "frames"
MOST_KEPT = 40
"""How many pictures are kept, the latest ones."""

_LARGEST = 400_000
"""The most bytes of a picture's file."""

_OPEN, _CLOSE = "\x1b[?1049h\x1b[?25l", "\x1b[?1049l\x1b[?25h"
_SIGTERM = 15

_KINDS = ("day", "night")
_NAMED = frozenset(
    ("TERM", "COLORTERM", "COLORFGBG", "NO_COLOR", "FORCE_COLOR", "TERM_PROGRAM", "LANG", "TZ")
)
_PLACES = frozenset(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"))
_BEGIN = ("TEXTUAL", "LC_", "UNCRAMP_SOUND", "UNCRAMP_THEME")
_ID = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")

_is_up = False
_shown_s: float | None = None
"""When it was shown, by the steady clock, until that is asked for."""
_name = ""
_before: "Any" = None
"""The terminal's modes, as they were."""


def name_of(words: list[str]) -> str:
    """The name of the picture for these command words; empty if none is kept."""
    rest = [word for word in words if word != "--night"]
    if len(words) - len(rest) > 1:
        return ""
    if not rest:
        return "library"
    if rest == ["now"]:
        return "now"
    if len(rest) != 2 or rest[0] != "run":
        return ""
    routine = rest[1]
    is_id = routine and routine[0] != "-" and _ID.issuperset(routine)
    return f"run-{routine}" if is_id else ""


def show(words: list[str]) -> bool:
    """Show the picture for these command words, if it is still valid. Returns whether it was."""
    global _is_up, _name, _shown_s
    _name = name_of(words)
    if not _name or not _is_wanted():
        return False
    try:
        size = _size()
        for kind in _KINDS:
            picture = _kept(kind, size, is_forced="--night" in words)
            if picture:
                break
        else:
            return False
        if not _take_keys():
            return False
        _is_up = True
        os.write(1, (_OPEN + picture).encode())
        _shown_s = time.monotonic()
    except (OSError, ValueError):
        leave()
        return False
    return True


def is_up() -> bool:
    """Is the picture on the terminal, and has nobody taken over yet?"""
    return _is_up


def is_wanted() -> bool:
    """Should the first picture of this command be kept?"""
    return bool(_name)


def shown_for_s() -> float:
    """How long ago the picture was shown, in seconds, the first time; 0 if none was, or again."""
    global _shown_s
    shown_s, _shown_s = _shown_s, None
    return 0.0 if shown_s is None else time.monotonic() - shown_s


def hand_over() -> "Any":
    """Give up the terminal. Returns the modes to leave it with at the end.

    None if no picture was shown.
    """
    global _is_up
    before = _before if _is_up else None
    _is_up = False
    return before


def leave() -> None:
    """Remove the picture, if it is still ours, and restore the terminal."""
    before = hand_over()
    if before is None or sys.platform == "win32":
        return
    gc.enable()
    import termios

    try:
        os.write(1, _CLOSE.encode())
        termios.tcsetattr(0, termios.TCSANOW, before)
    except (OSError, termios.error):
        return


def keep(
    picture: str,
    size: tuple[int, int],
    conditions: "list[str]",
    put: "Callable[[str, bytes], object]",
    *,
    is_night: bool,
    night: tuple[int, int] | None,
) -> bool:
    """Keep the picture of this command for the next time. Returns whether it could be.

    It is for a terminal of `size` columns and rows, and holds as long as `conditions` do, the
    lines that `same`, `there`, `none_in` and `until` give. `night` are the minutes of the day
    between which it is night. `put` writes a file whole or not at all, and may raise OSError.
    """
    if not _name or not is_harmless(picture):
        return False
    hours = f"{night[0]} {night[1]}" if night else "-1 -1"
    head = [__version__, _surroundings(), hours, str(len(conditions)), *conditions]
    if any("\n" in line for line in head):
        return False
    kind = _KINDS[is_night]
    try:
        put(_file(kind, size), "\n".join([*head, picture]).encode())
        _sweep()
    except (OSError, ValueError, RuntimeError):
        return False
    return True


def same(path: str) -> str:
    """The condition that a file stays as it is, or stays away."""
    return f"same {instant.state_of(path)}"


def there(path: str) -> str:
    """The condition that a file is there."""
    return f"there {path}"


def none_in(folder: str, suffix: str) -> str:
    """The condition that a folder has no file whose name ends so, or is not there."""
    return f"none {suffix} {folder}"


def until(epoch_s: float) -> str:
    """The condition that it is no later than that."""
    return f"until {int(epoch_s)}"


def is_harmless(picture: str) -> bool:
    """Does it consist only of colours, places on the screen and characters?"""
    first, *parts = picture.split("\x1b[")
    if first or not parts or not "".join(parts).isprintable():
        return False
    return all(part.lstrip("0123456789;")[:1] in ("m", "H") for part in parts)


def _is_wanted() -> bool:
    """Is there a terminal on which the full screen will open?"""
    encoding = (getattr(sys.stdout, "encoding", None) or "").lower()
    is_known = os.environ.get("TERM", "") not in ("", "dumb", "unknown")
    try:
        is_terminal = os.isatty(0) and os.isatty(1)
    except OSError:
        return False
    return sys.platform != "win32" and is_known and is_terminal and encoding == "utf-8"


def _size() -> tuple[int, int]:
    found = os.get_terminal_size(1)
    return found.columns, found.lines


def _file(kind: str, size: tuple[int, int]) -> str:
    folder = instant.kept_file().rpartition("/")[0]
    return f"{folder}/{FOLDER}/{_name}.{size[0]}x{size[1]}.{kind}"


def _kept(kind: str, size: tuple[int, int], *, is_forced: bool) -> str:
    """The picture with that name, if it is valid now; empty for none."""
    try:
        text = _read(_file(kind, size))
    except (OSError, ValueError):
        return ""
    version, surroundings, hours, count, rest = text.split("\n", 4)
    begins, ends = map(int, hours.split())
    is_night = is_forced
    if begins >= 0 and not is_night:
        local = time.localtime()
        is_night = instant.is_between(local.tm_hour * 60 + local.tm_min, begins, ends)
    if version != __version__ or surroundings != _surroundings() or _KINDS[is_night] != kind:
        return ""
    *conditions, picture = rest.split("\n", int(count))
    return picture if all(map(_holds, conditions)) and is_harmless(picture) else ""


def _read(path: str) -> str:
    """The text of a file that this person owns. Raises OSError or ValueError."""
    if sys.platform == "win32":
        raise ValueError
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    try:
        found = os.fstat(descriptor)
        is_ours = found.st_uid == os.getuid() and not found.st_mode & 0o077
        if not (is_ours and stat.S_ISREG(found.st_mode) and found.st_size <= _LARGEST):
            raise ValueError
        return os.read(descriptor, _LARGEST).decode()
    finally:
        os.close(descriptor)


def _surroundings() -> str:
    """What the environment says about the terminal and about us, in a line."""
    known = (
        f"{name}={value}"
        for name, value in os.environ.items()
        if name in _NAMED or name in _PLACES or name.startswith(_BEGIN)
    )
    return ascii(" ".join(sorted(known)))


def _holds(condition: str) -> bool:
    kind, _, value = condition.partition(" ")
    if kind == "same":
        return instant.state_of(value.partition(" ")[2]) == value
    if kind == "there":
        return os.path.exists(value)  # noqa: PTH110
    if kind == "until":
        return time.time() <= int(value)
    if kind == "none":
        suffix, _, folder = value.partition(" ")
        try:
            return not any(name.endswith(suffix) for name in os.listdir(folder))  # noqa: PTH208
        except FileNotFoundError:
            return True
    return False


def _take_keys() -> bool:
    """Make keys wait unread and unshown for the program. Returns whether that worked."""
    global _before
    if sys.platform == "win32":
        return False
    import termios

    try:
        _before = termios.tcgetattr(0)
        modes = termios.tcgetattr(0)
        modes[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
        # Ctrl-C still ends the program; Ctrl-Z is only a key until the screen can suspend.
        modes[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
        modes[6][termios.VSUSP] = b"\0"
        modes[6][termios.VMIN], modes[6][termios.VTIME] = 1, 0
        termios.tcsetattr(0, termios.TCSANOW, modes)
    except termios.error:
        return False
    import _signal  # type: ignore[import-not-found]  # of C: `signal` loads enum

    def end(*_: object) -> None:
        leave()
        os._exit(128 + _SIGTERM)

    _signal.signal(_SIGTERM, end)
    return True


def _sweep() -> None:
    """Delete the oldest pictures beyond the limit."""
    folder = f"{instant.kept_file().rpartition('/')[0]}/{FOLDER}"
    with os.scandir(folder) as files:
        found = sorted((file.stat().st_mtime_ns, file.path) for file in files)
    for _, path in found[:-MOST_KEPT]:
        os.unlink(path)  # noqa: PTH108
