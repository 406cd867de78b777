"""The command line: names the command, and imports what it needs only then."""

import argparse
import math
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from uncramp import __version__

COMMANDS = {
    "run": "run a routine",
    "now": "a cramp, now: the urgent routine at once",
    "list": "the routines there are",
    "show": "what a routine does, moment by moment",
    "check": "what is wrong with a routine's file",
    "where": "where routines, settings, history and logs live on this machine",
}

SLOWEST, FASTEST = 0.1, 1000.0
"""How much slower or faster than a clock a rehearsal may go."""

_DESCRIPTION = """\
Guides you through a timed routine with countdowns and chimes, while your eyes
are shut and your hands are busy.

  uncramp                opens the library
  uncramp bedtime        runs a routine, by its id or its file
  uncramp now            a cramp, now: no menu, no question
"""

_EPILOG = """\
uncramp COMMAND --help tells more of a command.
"""

_RUN_EPILOG = """\
On a terminal the run fills the screen. With --plain, or where standard output is
no terminal, it is written as lines: one a moment, time first.

Keys of a plain run: Space pauses and goes on, N next, B back, R again, + and -
15 seconds, Enter done, Q ends it, ? names them. Where standard input is no
terminal, each of its lines is a move: done, pause, go on, next, back, again,
more, less, jump N, catch up, end. Where it is closed or has ended, a step that
waits for you ends at its first prompt.

Exit status: 0 finished, 1 ended early, 2 no such routine or a problem with it,
130 Ctrl-C.
"""

_CHECK_EPILOG = "Exit status: 0 nothing to mend, 1 warnings with --strict, 2 errors."


class _Parser(argparse.ArgumentParser):
    """Says in one line what was not understood."""

    def error(self, message: str) -> NoReturn:
        """Leave with status 2."""
        self.exit(2, f"uncramp: {message}\nTry: {self.prog} --help\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Do what `argv` asks, or the command line where it is None. Returns the exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    # `uncramp bedtime` is short for `uncramp run bedtime`.
    is_short = bool(words) and not words[0].startswith("-") and words[0] not in COMMANDS
    asked = _parser().parse_args(["run", *words] if is_short else words)
    # Where the first word may have been meant as either, a slip of it is looked for in both.
    asked.commands = tuple(COMMANDS) if is_short else ()
    return _done(asked)


def _done(asked: argparse.Namespace) -> int:
    from uncramp.plain.output import Gone, leave_output

    try:
        match asked.command:
            case "list" | "show":
                from uncramp.commands import library

                return library.list_(asked) if asked.command == "list" else library.show(asked)
            case "check":
                from uncramp.commands import check

                return check.check(asked)
            case "where":
                from uncramp.commands import where

                return where.where()
            case _:
                from uncramp.commands import run

                commands = {"run": run.run, "now": run.now, None: run.open_library_screen}
                return commands[asked.command](asked)
    except Gone as gone:
        return leave_output(gone)
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    raw = argparse.RawDescriptionHelpFormatter
    parser = _Parser(
        prog="uncramp", description=_DESCRIPTION, epilog=_EPILOG, formatter_class=raw,
        allow_abbrev=False, usage="uncramp [COMMAND | ID | FILE] [options]",
    )  # fmt: skip
    parser.add_argument(
        "--version", action="version", version=f"uncramp {__version__}", help="say the version"
    )
    parser._optionals.title = "options"
    commands = parser.add_subparsers(
        title="commands", dest="command", metavar="COMMAND", parser_class=_Parser, prog="uncramp"
    )

    def command(name: str, **more: Any) -> argparse.ArgumentParser:
        words = COMMANDS[name]
        return commands.add_parser(
            name, help=words, description=f"{words[0].upper()}{words[1:]}.", formatter_class=raw,
            allow_abbrev=False, **more,
        )  # fmt: skip

    run = command("run", epilog=_RUN_EPILOG)
    _add_routine(run)
    _add_run_options(run)
    _add_run_options(command("now"))
    _add_json(command("list"), "an array with an object for each routine")
    show = command("show")
    _add_routine(show)
    _add_side(show)
    _add_json(show, "an object with every span and every cue")
    check = command("check", epilog=_CHECK_EPILOG)
    check.add_argument(
        "files", nargs="+", metavar="FILE", help="a file, a folder of them, or - for standard input"
    )
    check.add_argument("--strict", action="store_true", help="leave with 1 for a warning, too")
    _add_json(check, "an array with an object for each problem")
    command("where")
    return parser


def _add_routine(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("routine", metavar="ID|FILE", help="a routine's id, or a file: ./mine.toml")


def _add_json(parser: argparse.ArgumentParser, what: str) -> None:
    parser.add_argument("--json", action="store_true", help=f"for programs: {what}")


def _add_side(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--side", type=_side, metavar="left|right",
        help="which leg is first, and which one is cramped",
    )  # fmt: skip


def _add_run_options(parser: argparse.ArgumentParser) -> None:
    _add_side(parser)
    parser.add_argument("--plain", action="store_true", help="write lines in place of a screen")
    _add_json(parser, "as --plain, an object a line")
    parser.add_argument(
        "--speed", type=_speed, metavar="N", default=1.0,
        help="a rehearsal: run the clock N times as fast, in silence, with nobody to ask",
    )  # fmt: skip
    parser.add_argument("--sound", action="store_true", help="let a rehearsal be heard")


def _side(word: str) -> str:
    if word.casefold() not in ("left", "right"):
        raise argparse.ArgumentTypeError(f'"{word}" is no side. Write left or right.')
    return word.casefold()


def _speed(word: str) -> float:
    try:
        speed = float(word)
    except ValueError:
        speed = math.nan
    if not SLOWEST <= speed <= FASTEST:
        limits = f"Write a number from {SLOWEST:g} to {FASTEST:g}, such as 20."
        raise argparse.ArgumentTypeError(f'"{word}" is no speed. {limits}')
    return speed
