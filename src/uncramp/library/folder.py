"""A folder of routines: which files are in it, and the state they are in."""

import os
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

SUFFIX = ".toml"

Stamp = tuple[int, int, int, int]
"""When a file was changed last and when its entry was, in ns, how large it is, its inode."""


def scanned(folder: Path) -> dict[str, Stamp]:
    """Each routine's file in the folder, with its state; nothing, where there is no folder."""
    found: dict[str, Stamp] = {}
    with suppress(OSError), os.scandir(folder) as files:
        for file in files:
            if file.name.endswith(SUFFIX) and not file.name.startswith("."):
                with suppress(OSError):
                    found[file.path] = _stamp(_state(file))
    return found


def stamp_of(path: str) -> Stamp | None:
    """The state of a file; None where it is not there."""
    try:
        return _stamp(Path(path).stat())
    except (OSError, ValueError):
        return None


def _state(file: "os.DirEntry[str]") -> os.stat_result:
    """The state of the file, or of the link that leads nowhere."""
    try:
        return file.stat()
    except OSError:
        return file.stat(follow_symlinks=False)


def _stamp(state: os.stat_result) -> Stamp:
    return (state.st_mtime_ns, state.st_ctime_ns, state.st_size, state.st_ino)


def holds(folder: Path, routine_id: str) -> bool:
    """Does a file of that id stand in the folder?"""
    if not routine_id or routine_id.startswith(".") or Path(routine_id).name != routine_id:
        return False
    return os.path.lexists(folder / f"{routine_id}{SUFFIX}") if "\0" not in routine_id else False


def ids_in(folder: Path) -> Collection[str]:
    """The ids of the files in a folder; none, where there is no such folder."""
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError:
        return ()
    return {
        name.removesuffix(SUFFIX)
        for name in names
        if name.endswith(SUFFIX) and not name.startswith(".")
    }
