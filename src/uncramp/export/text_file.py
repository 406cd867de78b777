"""Lines of text as a file: all of it or nothing."""

from collections.abc import Iterable
from pathlib import Path

from uncramp.export.draft import drafted


def write_text(
    target: Path, lines: Iterable[str], *, may_replace: bool = False, line_end: str = "\n"
) -> None:
    """Write the lines to `target` as UTF-8. Raises CannotExport; then nothing is left behind."""
    with (
        drafted(target, ".tmp", may_replace=may_replace) as draft,
        draft.open("x", encoding="utf-8", newline=line_end) as file,
    ):
        file.writelines(f"{line}\n" for line in lines)
