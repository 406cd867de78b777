"""The options of `uncramp export`, `bundle` and `import`."""

from uncramp.cli.shared_options import refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser


def add_export_options(export: "ArgumentParser") -> None:
    """Add the options for the file and its format."""
    export.add_argument(
        "--to", choices=("audio", "phone", "card", "ics", "text", "json"),
        help="sound, a page for a phone, a printable card, a calendar entry, or what show writes; "
        "by default what the ending of FILE names, or sound",
    )  # fmt: skip
    export.add_argument(
        "-o", "--output", metavar="FILE", help="the file; by default the id and .wav, .svg, ..."
    )
    export.add_argument("--force", action="store_true", help="replace the file if it is there")
    add_open_option(export)
    export.add_argument(
        "--paper", choices=("a4", "letter"), default="a4", help="the paper of a card"
    )
    export.add_argument(
        "--at", type=time_of_day, metavar="TIME", help="the hour of a calendar entry, such as 21:30"
    )
    export.add_argument(
        "--days", type=weekdays, default=tuple(range(7)), metavar="DAYS",
        help="its days, such as mon-fri or mon,wed,sat; by default every day",
    )  # fmt: skip


def add_open_option(parser: "ArgumentParser") -> None:
    """Add how long an open step lasts in the sound."""
    parser.add_argument(
        "--open", type=_open_ms, default=None, dest="open_ms", metavar="TIME",
        help="how long a step lasts that waits for you, such as 90s; "
        "by default 15 seconds after its first prompt",
    )  # fmt: skip


def add_share_options(share: "ArgumentParser") -> None:
    """Add where the page is offered."""
    share.add_argument(
        "--address", metavar="IP", help="this machine's address, if it has several networks"
    )
    add_open_option(share)


def add_bundle_options(bundle: "ArgumentParser") -> None:
    """Add the file."""
    bundle.add_argument(
        "-o", "--output", metavar="FILE", help="the file; by default the id and .uncramp"
    )
    bundle.add_argument("--force", action="store_true", help="replace the file if it is there")


def add_import_options(imported: "ArgumentParser") -> None:
    """Add the file, and whether it may replace others."""
    imported.add_argument("file", metavar="FILE", help="a bundle, made by uncramp bundle")
    imported.add_argument(
        "--force", action="store_true", help="replace files of yours that have the same names"
    )


def _open_ms(word: str) -> int:
    from uncramp.core.text.durations import NotALength, parse_length

    try:
        return parse_length(word)
    except NotALength:
        raise refusal(f'"{word}" is not a length of time. Write 90s, 2m or 1:30.') from None


def time_of_day(word: str) -> int:
    """The minute of the day that an option names. Raises ArgumentTypeError."""
    from uncramp.core.text.weekdays import minute_in

    try:
        return minute_in(word)
    except ValueError as problem:
        raise refusal(str(problem)) from None


def weekdays(word: str) -> tuple[int, ...]:
    """The days of the week that an option names. Raises ArgumentTypeError."""
    from uncramp.core.text.weekdays import weekdays_in

    try:
        return weekdays_in(word)
    except ValueError as problem:
        raise refusal(str(problem)) from None
