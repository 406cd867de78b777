"""A folder of routines: its files, and their state."""

import os
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

SUFFIX = ".toml"

Stamp = tuple[int, int, int, int]
"""A file's times of modification and of status change in ns, its size and its inode."""


def scanned(folder: Path) -> dict[str, Stamp]:
    """Each routine's file in the folder, with its state; empty if there is no folder."""
    found: dict[str, Stamp] = {}
    with suppress(OSError), os.scandir(folder) as files:
        for file in files:
            name = file.name
            if name.endswith(SUFFIX) and name[0] != ".":
                try:
                    found[file.path] = _stamp(file.stat())
                except OSError:
                    with suppress(OSError):  # a broken link is there too
                        found[file.path] = _stamp(file.stat(follow_symlinks=False))
    return found


def why_unreadable(folder: Path) -> str | None:
    """Why the files in a folder cannot be listed; None if they can, or if there is no folder."""
    try:
        with os.scandir(folder):
            return None
    except FileNotFoundError:
        return None
    except OSError as error:
        from uncramp.system.os_errors import reason_of

        return reason_of(error)


def stamp_of(path: str) -> Stamp | None:
    """The state of a file; None if it does not exist."""
    try:
        return _stamp(Path(path).stat())
    except (OSError, ValueError):
        return None


def _stamp(state: os.stat_result) -> Stamp:
    return (state.st_mtime_ns, state.st_ctime_ns, state.st_size, state.st_ino)


def holds(folder: Path, routine_id: str) -> bool:
    """Is there a file with that id in the folder?"""
    if not routine_id or routine_id.startswith(".") or Path(routine_id).name != routine_id:
        return False
    return os.path.lexists(folder / f"{routine_id}{SUFFIX}") if "\0" not in routine_id else False


def ids_in(folder: Path) -> Collection[str]:
    """The ids of the files in a folder; empty if there is no such folder."""
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError:
        return ()
    return {
        name.removesuffix(SUFFIX)
        for name in names
        if name.endswith(SUFFIX) and not name.startswith(".")
    }
