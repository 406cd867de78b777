"""The options of `uncramp log` and `uncramp history`. Loads nothing else."""

from uncramp.cli.shared_options import refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser

HISTORY_EPILOG = """\
  uncramp history                        the last runs and cramps
  uncramp history --month                a calendar of this month's nights
  uncramp history --helps                nights with and without the routine
  uncramp history --summary > page.txt   a page for a doctor
  uncramp history export --format csv > history.csv

A night has the date of its evening, and ends at noon. docs/history.md tells how nights are
counted and compared. The history stays on this machine: uncramp where names its file.

Exit status: 0 done, 2 not.
"""

LOG_EPILOG = """\
  uncramp log --leg left --pain 7 --at 03:10 --note "after the hike"
  uncramp log --calm                     no cramp last night

Without options you are asked; every question can be left out with Enter.

Exit status: 0 logged, 2 not.
"""

FIELDS = ("leg", "place", "pain", "at", "lasted", "helped", "note")
"""The options that describe a cramp."""


def add_log_options(parser: "ArgumentParser") -> None:
    """Add the options of `uncramp log`."""
    _add_cramp(parser)
    parser.add_argument("--run", type=_number, metavar="N", help="it came with run N")
    parser.add_argument(
        "--calm", "--no-cramp", action="store_true",
        help="no cramp came: last night, or in the night of --at",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="for programs: what was logged")


def add_history_options(parser: "ArgumentParser") -> None:
    """Add the options of `uncramp history`."""
    from argparse import SUPPRESS

    parser.set_defaults(do="list", number=None)
    parser.add_argument("--routine", metavar="ID", help="only this routine, and how it was used")
    parser.add_argument("--kind", choices=("run", "cramp", "calm"), help="only these")
    parser.add_argument("--since", metavar="DATE", help="from this night on: 2026-11-20")
    parser.add_argument("--until", metavar="DATE", help="up to this night")
    parser.add_argument(
        "--before", type=_number, metavar="N", help="the page of what was before entry N"
    )
    parser.add_argument("--size", type=_number, metavar="N", help="entries of a page: 20")
    parser.add_argument("--deleted", action="store_true", help="what is in the trash")
    parser.add_argument(
        "--month", nargs="?", const="", metavar="YYYY-MM", help="a calendar: this month, or that"
    )
    parser.add_argument("--helps", action="store_true", help="does the evening routine help?")
    parser.add_argument("--summary", action="store_true", help="a page for a doctor")
    parser.add_argument(
        "--weeks", type=_number, metavar="N", help="how far back the page for a doctor goes: 8"
    )
    parser.add_argument(
        "--form", choices=("text", "md", "html"), help="of the page for a doctor: text"
    )
    parser.add_argument("--json", action="store_true", help="for programs: objects")
    doing = parser.add_subparsers(
        dest="do", metavar="show|edit|delete|restore|export|import", parser_class=type(parser)
    )
    show = doing.add_parser("show", help="all of one entry")
    _add_number(show)
    show.add_argument(
        "--json", action="store_true", default=SUPPRESS, help="for programs: an object"
    )
    edit = doing.add_parser("edit", help="change a cramp")
    _add_number(edit)
    _add_cramp(edit)
    delete = doing.add_parser("delete", help="move an entry to the trash, or delete all for good")
    delete.add_argument("number", nargs="?", type=_number, metavar="N", help="its number")
    delete.add_argument("--all", action="store_true", help="the whole history, for good")
    delete.add_argument("--yes", action="store_true", help="without asking")
    _add_number(doing.add_parser("restore", help="bring an entry back from the trash"))
    export = doing.add_parser("export", help="write all of it to standard output")
    export.add_argument("--format", choices=("csv", "json"), default="csv", help="csv")
    taken = doing.add_parser("import", help="take in what export wrote; twice is once")
    taken.add_argument("file", metavar="FILE", help="a file, or - for standard input")


def _add_number(parser: "ArgumentParser") -> None:
    parser.add_argument("number", type=_number, metavar="N", help="its number in the list")


def _add_cramp(parser: "ArgumentParser") -> None:
    parser.add_argument("--leg", choices=("left", "right", "both"), help="which leg")
    parser.add_argument("--place", choices=("calf", "foot", "front"), help="where")
    parser.add_argument("--pain", type=_pain, metavar="0-10", help="how bad")
    parser.add_argument("--at", metavar="TIME", help="when: 03:10, or 2026-11-20 03:10")
    parser.add_argument("--lasted", metavar="TIME", help="how long: 5m, 90s")
    parser.add_argument(
        "--helped",
        action="append",
        metavar="WORD",
        help="what helped: walking, heat",
    )
    parser.add_argument("--note", metavar="TEXT", help="in your own words")


def _number(word: str) -> int:
    if not (word.isascii() and word.isdigit() and 0 < int(word[:12]) <= 10**9):
        raise refusal(f'"{word}" is not a number that can be used. Write one such as 12.')
    return int(word)


def _pain(word: str) -> int:
    if not (word.isascii() and word.isdigit() and int(word[:4]) <= 10):
        raise refusal(f'"{word}" is not from 0 to 10.')
    return int(word)
