"""`uncramp where`."""

from uncramp.cli.arguments import Arguments
from uncramp.plain.line_wrap import Verbatim
from uncramp.plain.output import write
from uncramp.runs.file_names import DATABASE_NAME, FILE_NAME
from uncramp.system import paths, resources


def where(_: Arguments) -> int:
    """Write where the files are on this machine, whether they exist yet or not."""
    places = {
        "your routines": paths.routines_folder(),
        "trash": paths.trash_folder(),
        "settings": paths.settings_file(),
        "history": paths.history_folder() / DATABASE_NAME,
        "runs that ended": paths.history_folder() / FILE_NAME,
        "unfinished runs": paths.unfinished_folder(),
        "logs": paths.logs_folder(),
        "cache": paths.cache_folder(),
        "spoken phrases": paths.spoken_folder(),
        "bundled routines": resources.bundled_routines(),
        "bundled sounds": resources.bundled_sounds(),
    }
    width = max(map(len, places)) + 1
    write(Verbatim(f"{name + ':':<{width}}  {place}") for name, place in places.items())
    return 0
