"""The parsers of the commands, by argparse: for help, for mistakes, and for unusual words."""

import argparse
from collections.abc import Sequence
from typing import Any, NoReturn

from uncramp import __version__
from uncramp.cli.arguments import Arguments
from uncramp.cli.command_options import OPTIONS
from uncramp.cli.epilogs import EPILOGS
from uncramp.cli.overview import COMMANDS, columns, overview, rows_of
from uncramp.cli.shared_options import ON_OR_OFF
from uncramp.core.text.safe_text import shown
from uncramp.plain.output import complain, write

_MANY_WORDS = ("point", "timer")
"""Commands that take several words, with options between them."""


class _Help(argparse.RawDescriptionHelpFormatter):
    """As wide as the terminal; argparse would load shutil to find out, for each option."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=columns() - 2)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        """Sentences in rows of the width; indented lines, the examples, as they are."""
        rows: list[str] = []
        for paragraph in text.strip("\n").split("\n\n"):
            is_example = paragraph.startswith(" ")
            rows += paragraph.split("\n") if is_example else rows_of(paragraph, width)
            rows.append("")
        return "\n".join(rows)


_PLAIN = (
    (r"^the following arguments are required: (.*)", r"Missing: \1."),
    (r"^unrecognized arguments: ", "Not understood: "),
    (r"^argument ", ""),
    (r": expected (one|at least one) argument$", ": its value is missing."),
    (r": not allowed with argument (.*)", r": it cannot be combined with \1."),
    (r": ignored explicit argument .*", ": it takes no value."),
)
"""argparse's own sentences, and plain ones."""


class _Parser(argparse.ArgumentParser):
    """Reports in one line what was not understood."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**{"formatter_class": _Help, "allow_abbrev": False, **more})
        self.register("action", ON_OR_OFF, argparse.BooleanOptionalAction)

    def add_argument(self, *names: Any, **more: Any) -> argparse.Action:
        """Add an option; the help leaves out one that has no words."""
        return super().add_argument(*names, **{"help": argparse.SUPPRESS, **more})

    def print_help(self, file: Any = None) -> None:
        """Write the help to standard output. Raises OutputClosed."""
        write(self.format_help().splitlines())

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Refuse a word that is none of the choices. argparse's own sentence is no help."""
        if action.choices is None or value in action.choices:
            return
        from uncramp.core.text.suggestions import listed, nearest

        near = nearest(str(value), map(str, action.choices))
        how = f'Did you mean "{near}"?' if near else f"Write {listed(map(str, action.choices))}."
        has_name = bool(action.option_strings)
        raise argparse.ArgumentError(action if has_name else None, f'"{value}" is unknown. {how}')

    def error(self, message: str) -> NoReturn:
        """Leave with status 2."""
        import re

        for its_words, plain in _PLAIN:
            message = re.sub(its_words, plain, message)
        misspelt = re.match(r"Not understood: (--[^ =]+)", message)
        if misspelt:
            from uncramp.core.text.suggestions import nearest

            near = nearest(misspelt[1], self._option_string_actions)
            message += f". Did you mean {near}?" if near else ""
        # What the person typed may hold control characters.
        raise SystemExit(complain(f"{shown(message)}\nTry: {self.prog} --help"))


def parse(command: str, words: Sequence[str], asked: Arguments) -> None:
    """Put into `asked` what the words after the command say.

    Raises SystemExit after help or an error, and OutputClosed. Only the options of that command
    are set up.
    """
    parser = _command_parser(command)
    if command in _MANY_WORDS:
        parser.parse_intermixed_args(words, asked)
    else:
        parser.parse_args(words, asked)


def whole_parser() -> argparse.ArgumentParser:
    """All commands in one parser, for what describes the whole command line."""
    whole = _Parser(prog="uncramp")
    whole.add_argument("--version", action="version", version=__version__, help="show the version")
    whole.add_argument("--night", action="store_true", help="night mode whatever the time")
    commands = whole.add_subparsers(dest="command", parser_class=_Parser)
    for name, words in COMMANDS.items():
        add_options = OPTIONS.get(name)
        command = commands.add_parser(name, help=words, description=words)
        if add_options:
            add_options(command)
    return whole


def leave(words: list[str]) -> NoReturn:
    """Exit with an error, unless it is help or the version."""
    if words[0] in ("--help", "-h"):
        write(overview().splitlines())
    elif words[0] == "--version":
        write([f"uncramp {__version__}"])
    else:
        _Parser(prog="uncramp").error(f"unrecognized arguments: {' '.join(words)}")
    raise SystemExit(0)


def _command_parser(name: str) -> argparse.ArgumentParser:
    words = COMMANDS[name]
    parser = _Parser(
        prog=f"uncramp {name}", description=f"{words[0].upper()}{words[1:]}.",
        epilog=EPILOGS[name],
    )  # fmt: skip
    add_options = OPTIONS.get(name)
    if add_options:
        add_options(parser)
    return parser
