"""The command line: finds the command, and imports only what that needs."""

import sys

from uncramp import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from uncramp.cli.arguments import Arguments

_PLACES = {
    "list": "list.list_",
    "cautions": "show.cautions",
    "point": "points.point",
    "safety": "advice.safety",
    "evidence": "advice.evidence",
    "copy": "new.copy",
    "import": "bundle.import_",
}
"""The module and function of commands that differ from `name.name`."""
INTERRUPTED = 130


def main(argv: "Sequence[str] | None" = None) -> int:
    """Do what `argv` asks, or the command line where it is None. Returns the exit status."""
    words = sys.argv[1:] if argv is None else list(argv)
    # These two do not need the parser.
    if words == ["--version"]:
        return _print(f"uncramp {__version__}")
    if words in (["--help"], ["-h"]):
        from uncramp.cli.overview import overview

        return _print(overview())
    from uncramp.cli.command_line import parsed
    from uncramp.plain.output import OutputClosed, discard_output

    try:
        asked = parsed(words)
        return command_function(asked.command)(asked)
    except OutputClosed as closed:
        return discard_output(closed)
    except KeyboardInterrupt:
        return INTERRUPTED


def command_function(name: str | None) -> "Callable[[Arguments], int]":
    """The function of the command; None means the library. Loads its module."""
    from importlib import import_module

    name = name or "home"
    module, _, function = _PLACES.get(name, f"{name}.{name}").partition(".")
    found: Callable[[Arguments], int]
    found = getattr(import_module(f"uncramp.cli.commands.{module}"), function)
    return found


def _print(text: str) -> int:
    try:
        print(text, flush=True)
    except (OSError, ValueError) as error:
        # The reader, such as `head`, has closed the pipe, or the disk is full.
        from uncramp.plain.output import discard_output, output_closed_by

        return discard_output(output_closed_by(error))
    return 0
