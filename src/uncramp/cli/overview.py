"""The text of `uncramp --help`: the commands by purpose. Loads nothing else."""

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

GROUPS = {
    "runs": {
        "now": "help with a cramp now: the urgent routine starts immediately",
        "run": "run a routine",
        "timer": "time something without a file: 5m, or 8x20s/10s for rounds",
        "resume": "resume a run that was cut off",
        "ctl": "steer a run from another terminal, a key or a script",
        "status": "say what is going on now, for a status bar",
    },
    "routines": {
        "list": "list the routines",
        "show": "show what a routine does, moment by moment",
        "cautions": "show everything to be careful about in a routine",
        "remind": "have this machine or a calendar remind you of a routine",
        "points": "list the points to press",
        "point": "show where a point is and how to find it, with a picture",
    },
    "your own routines": {
        "new": "write a routine of your own",
        "copy": "copy a routine, so that you can change it",
        "edit": "open a routine in your editor, and check it afterwards",
        "check": "check a routine's file for mistakes",
        "fmt": "tidy a routine's file",
        "schema": "print the JSON Schema of a routine, for editors",
        "trash": "list and restore the routines that you deleted",
    },
    "to take along": {
        "export": "write audio, a page for a phone, a card or a calendar entry",
        "share": "offer the page for a phone on your network, with a QR code",
        "bundle": "write a routine of yours with its sounds to one file, for others",
        "import": "take in a routine that somebody bundled",
    },
    "what you did": {
        "history": "show what you did, what helped, and a page for a doctor",
        "log": "write down a cramp, or that none came",
    },
    "your health": {
        "me": "answer a few questions, so that the routines suit you",
        "safety": "when to see a doctor, and when to stop",
        "evidence": "what is known to help, and what is not",
        "advice": "short pages: causes, prevention, how to lie, foot pain",
    },
    "this machine": {
        "config": "change the settings: colours, night, volumes, voice, keys",
        "doctor": "check whether sound works here, and if not, why",
        "where": "show where routines, settings, history and logs are",
        "completion": "print what a shell needs to complete commands: bash, zsh or fish",
    },
}
"""The commands under the headings of `uncramp --help`, each with what it does."""

COMMANDS = {name: words for group in GROUPS.values() for name, words in group.items()}

USUAL_COLUMNS = 80
"""The width of a terminal that does not report it."""

_DESCRIPTION = (
    "Guides you through a timed routine with countdowns and chimes, while your eyes are shut "
    "and your hands are busy."
)

_EXAMPLES = {
    "uncramp": "opens the library",
    "uncramp bedtime": "runs a routine, by its id or its file",
    "uncramp now": "a cramp, now: no menu, no question",
}

_EPILOG = "uncramp COMMAND --help says more about a command."

_OPTIONS = {
    "-h, --help": "show this help message and exit",
    "--version": "show the version",
    "--night": "night mode whatever the time: red on black, and quiet",
}


def overview() -> str:
    """The help, as wide as the terminal."""
    width = columns() - 2
    lines = ["usage: uncramp [COMMAND | ID | FILE] [options]", ""]
    lines += [*rows_of(_DESCRIPTION, width), "", *_table(_EXAMPLES, width)]
    indent = max(map(len, (*_OPTIONS, *COMMANDS))) + 4
    for title, words in (*GROUPS.items(), ("options", _OPTIONS)):
        lines += ["", f"{title}:", *_table(words, width, indent)]
    return "\n".join([*lines, "", *rows_of(_EPILOG, width)])


def _table(words: dict[str, str], width: int, indent: int = 0) -> "Iterator[str]":
    indent = indent or max(map(len, words)) + 4
    for name, text in words.items():
        yield from rows_of(text, width, f"  {name:<{indent - 2}}")


def rows_of(text: str, width: int, start: str = "") -> "Iterator[str]":
    """The words of `text` after `start`, in rows of `width`; all begin in the same column."""
    line, is_empty = start, True
    for word in text.split():
        if not is_empty and len(line) + 1 + len(word) > width:
            yield line
            line, is_empty = " " * len(start), True
        line += word if is_empty else f" {word}"
        is_empty = False
    yield line


def columns() -> int:
    """How many columns the terminal has; COLUMNS overrides it."""
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal() and int(given):
        return int(given)
    try:
        return os.get_terminal_size(1).columns or USUAL_COLUMNS
    except OSError:
        return USUAL_COLUMNS
