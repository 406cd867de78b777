"""A file that gets its name only when it is complete, and why it could not be written."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path

from uncramp.system.files import move_file
from uncramp.system.os_errors import reason_of


class ExportFault(Enum):
    """Why there is no file."""

    ENDING = "ending"
    """The ending is unknown; the detail names the known ones."""
    NO_ENCODER = "no-encoder"
    """Only WAV can be written here: there is no ffmpeg and no PyAV."""
    TOO_LONG = "too-long"
    """It is longer than a WAV file can be."""
    THERE_ALREADY = "there-already"
    """A file of that name exists."""
    ENCODER = "encoder"
    """The encoder failed; the detail is what it said last."""
    NO_PDF = "no-pdf"
    """PDF needs an extra that is not installed."""
    NO_FONT = "no-font"
    """No font on this machine has some letters; the detail is the first of them."""
    TOO_MANY_PAGES = "too-many-pages"
    """There would be too many pages."""
    DISK = "disk"
    """The disk refused it; the detail is the system's reason."""


class CannotExport(Exception):
    """There is no file, and nothing was left behind."""

    def __init__(self, why: ExportFault, detail: str = "") -> None:
        """Keep the fault and its detail."""
        super().__init__(f"{why.value}: {detail}")
        self.why = why
        self.detail = detail


@contextmanager
def drafted(target: Path, ending: str, *, may_replace: bool) -> Iterator[Path]:
    """A file to write beside `target`, which gets its name when all of it is written.

    Raises CannotExport; then nothing is left behind.
    """
    draft = target.with_name(f".{target.stem}.{os.getpid()}{ending}")
    try:
        yield draft
        if may_replace:
            draft.replace(target)
        else:
            move_file(draft, target)
    except FileExistsError:
        raise CannotExport(ExportFault.THERE_ALREADY) from None
    except OSError as error:
        raise CannotExport(ExportFault.DISK, reason_of(error)) from None
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def check_free(target: Path, *, may_replace: bool) -> None:
    """Raise CannotExport if a file of that name exists and may not be replaced."""
    if not may_replace and os.path.lexists(target):
        raise CannotExport(ExportFault.THERE_ALREADY)
