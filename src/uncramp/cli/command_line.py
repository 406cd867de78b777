"""The command line as it was typed, read into what it asks."""

from uncramp.cli.arguments import Arguments
from uncramp.cli.command_options import OPTIONS
from uncramp.cli.overview import COMMANDS
from uncramp.cli.usual_options import Unusual, UsualOptions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def parsed(argv: "Sequence[str]") -> Arguments:
    """What `argv` asks for. Raises SystemExit after help or an error, and OutputClosed."""
    words = list(argv)
    is_night = False
    while words and words[0] in ("--night", "--"):
        is_night |= words.pop(0) == "--night"
    # `uncramp bedtime` is short for `uncramp run bedtime`.
    is_short = bool(words) and not words[0].startswith("-") and words[0] not in COMMANDS
    if is_short:
        words = ["run", *words]
    asked = Arguments(command=None, night=is_night)
    if words and words[0] in COMMANDS:
        asked.command = words[0]
        _read(words[0], words[1:], asked)
    elif words:
        from uncramp.cli.parser import leave

        leave(words)
    # If the first word may have been meant as either, search both for a typing error.
    asked.commands = tuple(COMMANDS) if is_short else ()
    return asked


def _read(command: str, words: list[str], asked: Arguments) -> None:
    """Put into `asked` what the words after the command say."""
    try:
        usual = UsualOptions()
        if command in OPTIONS:
            OPTIONS[command](usual)  # type: ignore[arg-type]
        usual.read(words, asked)
    except Unusual:
        from uncramp.cli.parser import parse

        parse(command, words, asked)
