"""Lines of text as a file: all of it or nothing."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from uncramp.export.audio_file import CannotExport, ExportFault, move_to_free_name


def write_text(target: Path, lines: Iterable[str], *, may_replace: bool = False) -> None:
    """Write the lines to `target` as UTF-8. Raises CannotExport; then nothing is left behind."""
    draft = target.with_name(f".{target.stem}.{os.getpid()}.tmp")
    try:
        with draft.open("x", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in lines)
        if may_replace:
            draft.replace(target)
        else:
            move_to_free_name(draft, target)
    except FileExistsError:
        raise CannotExport(ExportFault.THERE_ALREADY) from None
    except OSError as error:
        raise CannotExport(ExportFault.DISK, error.strerror or str(error)) from None
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
