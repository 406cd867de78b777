"""The machine's font files with many scripts, for documents that embed a font."""

from collections.abc import Iterator
from pathlib import Path

_FOLDERS = (
    "/usr/share/fonts/truetype/dejavu",
    "/usr/share/fonts/truetype/noto",
    "/usr/share/fonts/truetype/liberation",
    "/usr/share/fonts/TTF",
    "/usr/share/fonts/dejavu-sans-fonts",
    "/usr/share/fonts/google-noto",
    "/System/Library/Fonts/Supplemental",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
_NAMES = (
    ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"),
    ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"),
    ("Arial.ttf", "Arial Bold.ttf"),
    ("arial.ttf", "arialbd.ttf"),
    ("Arial Unicode.ttf", "Arial Unicode.ttf"),
)


def font_files() -> Iterator[tuple[Path, Path]]:
    """The regular and the bold file of each font that this machine has."""
    for folder in map(Path, _FOLDERS):
        for plain, bold in _NAMES:
            if (folder / plain).is_file() and (folder / bold).is_file():
                yield folder / plain, folder / bold
