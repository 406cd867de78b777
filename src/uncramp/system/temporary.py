"""Folders in the system's temporary folder, and deleting those of killed programs."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

HOUR_S = 3_600


def make_folder(lead: str, *, swept_after_s: float) -> Path:
    """A new folder whose name begins with `lead`, for this person only.

    This person's folders with such a name that are older than `swept_after_s` were left by
    killed programs, and are deleted. Raises OSError if no folder can be created.
    """
    folder = Path(tempfile.mkdtemp(prefix=lead))
    made = folder.stat()
    with contextlib.suppress(OSError), os.scandir(folder.parent) as there:
        for other in there:
            if other.name.startswith(lead) and other.name != folder.name:
                _sweep(other, made, swept_after_s)
    return folder


@contextlib.contextmanager
def temporary_folder(lead: str) -> Iterator[Path]:
    """A folder from `make_folder` for less than an hour; deleted at the end."""
    folder = make_folder(lead, swept_after_s=HOUR_S)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(other: "os.DirEntry[str]", made: os.stat_result, after_s: float) -> None:
    with contextlib.suppress(OSError):
        found = other.stat(follow_symlinks=False)
        is_ours = other.is_dir(follow_symlinks=False) and found.st_uid == made.st_uid
        if is_ours and made.st_mtime - found.st_mtime > after_s:
            shutil.rmtree(other.path, ignore_errors=True)
