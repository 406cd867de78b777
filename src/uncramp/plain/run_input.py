"""What a person types during a plain run, and which move it means."""

import re
from enum import StrEnum

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.run.moves import MoveKind
from uncramp.plain import volume_input
from uncramp.session.key_table import KEY_BY_ID, key_words, keys_of_place, typed_as


class InputKind(StrEnum):
    """How a person can answer."""

    KEYS = "keys"
    """A person at a terminal presses keys."""
    WORDS = "words"
    """A person or a program writes lines."""
    NOBODY = "nobody"
    """Nobody can: there is no standard input, or it has ended."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A key, by its character or name, or a line."""

    word: str


@dataclass(frozen=True, slots=True)
class InputEnded:
    """Nothing will be typed any more."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """A signal tells the program to end."""

    status: int
    """The exit status: 128 and the signal's number."""


@dataclass(frozen=True, slots=True)
class AskedElsewhere:
    """Another program asks something of the run."""


Arrival = Typed | InputEnded | Stopped | AskedElsewhere


@dataclass(frozen=True, slots=True)
class MoveRequest:
    """The move that a key or a word means: the first of `kinds` that the run allows."""

    kinds: tuple[MoveKind, ...]
    number: int | None = None
    """For a jump, the step's number, counted from 1."""


WORDS = tuple(
    kind.value.replace("-", " ") + (" N" if kind is MoveKind.JUMP else "")
    for kind in MoveKind
    if kind is not MoveKind.START
)
"""Every word that a line can be."""

_KINDS_OF = {
    "run.pause": (MoveKind.PAUSE, MoveKind.GO_ON),
    "run.hold": (MoveKind.PAUSE, MoveKind.GO_ON),
    "run.next": (MoveKind.NEXT,),
    "run.back": (MoveKind.BACK,),
    "run.again": (MoveKind.AGAIN,),
    "run.more": (MoveKind.MORE,),
    "run.less": (MoveKind.LESS,),
    "run.done": (MoveKind.DONE,),
    "run.still": (MoveKind.STILL,),
    "run.undo": (MoveKind.UNDO,),
    "run.catch-up": (MoveKind.CATCH_UP,),
}
"""The moves of those keys of a run that are moves here, by their ids."""

_KEYS = {typed_as(key): kinds for id_, kinds in _KINDS_OF.items() for key in KEY_BY_ID[id_].keys}
END_KEYS = KEY_BY_ID["run.end"].keys
"""The keys that ask whether to end the run, and then end it."""

_SAME = "equals_sign"
"""The key with plus on it."""

_OTHER_KEYS = ("run.louder", "run.softer", "run.hush", "run.end")


def _keys_help() -> str:
    """The keys of a plain run in words, in the order of the table."""
    words = (
        f"{' or '.join(key_words(key, has_signs=False) for key in known.keys if key != _SAME)}: "
        f"{known.label.lower()}."
        for known in keys_of_place("run")
        if known.id in _KINDS_OF or known.id in _OTHER_KEYS
    )
    return f"Keys: {' '.join(words)}"


KEYS_HELP = _keys_help()
KEEP = "keep"
"""A line that leaves the run, to be resumed later."""
WORDS_HELP = f"Write one of: {', '.join((*WORDS, KEEP, *volume_input.WORDS))}."


def request_of_key(key: str) -> MoveRequest | None:
    """The move that a key means; None for any other key."""
    kinds = _KEYS.get(key.lower())
    return MoveRequest(kinds) if kinds else None


def request_of_line(line: str) -> MoveRequest | None:
    """The move that a line means; None for any other line."""
    # `go-on`, as an object of JSON names it, is `go on`.
    words = re.sub("(?<=[a-z])-(?=[a-z])", " ", line.casefold()).split()
    if len(words) == 2 and words[0] == MoveKind.JUMP and re.fullmatch("[0-9]{1,9}", words[1]):
        return MoveRequest((MoveKind.JUMP,), int(words[1]))
    name = "-".join(words)
    known = {kind.value for kind in MoveKind} - {MoveKind.START, MoveKind.JUMP}
    return MoveRequest((MoveKind(name),)) if name in known else None


_KEY = re.compile(rb"\x1b(?:\[[0-9;]*[A-Za-z~]|O[A-Za-z])|\x1b|[^\x1b]", re.DOTALL)
_HALF_KEY = re.compile(rb"\x1b(?:\[[0-9;]*|O)?\Z")
_NAMED = {
    b"\r": "enter", b"\n": "enter",
    b"\x1b[A": "up", b"\x1bOA": "up",
    b"\x1b[B": "down", b"\x1bOB": "down",
    b"\x1b[C": "right", b"\x1bOC": "right",
    b"\x1b[D": "left", b"\x1bOD": "left",
}  # fmt: skip


def keys_in(data: bytes) -> tuple[list[str], bytes]:
    """The keys in what a terminal sent, and the beginning of an incomplete one.

    Keys that are not a character and have no name here are left out.
    """
    half = _HALF_KEY.search(data)
    rest = half[0] if half else b""
    keys = []
    for match in _KEY.finditer(data[: len(data) - len(rest)]):
        sent = match[0]
        if sent in _NAMED:
            keys.append(_NAMED[sent])
        elif len(sent) == 1 and 0x20 <= sent[0] < 0x7F:
            keys.append(chr(sent[0]))
    return keys, rest


LONGEST_LINE = 1000
"""A longer line is not a word that anybody means."""


def lines_in(data: bytes) -> tuple[list[str], bytes]:
    """The complete lines of the input without empty ones, and the beginning of the next."""
    *whole, rest = data.split(b"\n")
    lines = [line[:LONGEST_LINE].decode("utf-8", "replace").strip() for line in whole]
    return [line for line in lines if line], rest[: LONGEST_LINE + 1]
