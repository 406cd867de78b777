"""The messages between a run and the programs that steer it: a line of JSON each.

`docs/control.md` describes them.
"""

import json
from enum import StrEnum

from uncramp.core.lazy.dataclass import dataclass

VERSION = 1
"""The version. A newer one may have more fields; programs ignore unknown ones."""

LONGEST_REQUEST = 4_096
"""The most bytes of a request."""


class ControlCommand(StrEnum):
    """What a program can ask of a run."""

    PAUSE = "pause"
    GO_ON = "go-on"
    TOGGLE = "toggle"
    """The obvious thing: continue, done if the step waits, else pause."""
    DONE = "done"
    STILL = "still"
    NEXT = "next"
    BACK = "back"
    AGAIN = "again"
    UNDO = "undo"
    MORE = "more"
    LESS = "less"
    CATCH_UP = "catch-up"
    LOUDER = "louder"
    SOFTER = "softer"
    MUTE = "mute"
    NIGHT = "night"
    END = "end"
    STATUS = "status"
    WATCH = "watch"
    """The status, and again at each visible change."""


class WhyNot(StrEnum):
    """Why a request was not done."""

    NOT_NOW = "not-now"
    """The run does not allow it at this moment."""
    UNKNOWN = "unknown-command"
    NOT_JSON = "not-json"
    NEWER = "newer-version"
    TOO_LONG = "too-long"
    """More than `LONGEST_REQUEST` in a line; the connection is closed."""
    OVER = "over"
    """The run is over."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The result of a request."""

    words: str
    """What happened, or why not, for a person."""
    refusal: WhyNot | None = None
    allowed: tuple[str, ...] = ()
    """What the run allows now, if that was the reason."""


def request_line(command: ControlCommand) -> bytes:
    """The line that asks for `command`."""
    return _line({"v": VERSION, "do": command.value})


def command_in(line: bytes) -> ControlCommand | Reply:
    """The request in a line, or the answer to one that cannot be understood."""
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict):
        return Reply('Write a line such as {"v": 1, "do": "pause"}.', WhyNot.NOT_JSON)
    version, do = fields.get("v", VERSION), fields.get("do")
    if not isinstance(version, int) or version > VERSION:
        words = f"This uncramp understands version {VERSION}. Update it, or ask in that version."
        return Reply(words, WhyNot.NEWER)
    if not isinstance(do, str) or do not in tuple(ControlCommand):
        known = ", ".join(ControlCommand)
        return Reply(f"There is no such command. There are: {known}.", WhyNot.UNKNOWN)
    return ControlCommand(do)


def answer_line(answer: Reply, status: dict[str, object] | None) -> bytes:
    """The line that answers a request."""
    fields: dict[str, object] = {"v": VERSION, "ok": answer.refusal is None, "words": answer.words}
    if answer.refusal is not None:
        fields["why"] = answer.refusal.value
    if answer.refusal is WhyNot.NOT_NOW:
        fields["allowed"] = list(answer.allowed)
    return _line({**fields, "status": status})


def status_line(status: dict[str, object] | None) -> bytes:
    """The line that a watching program gets at a change; None: the run is over."""
    return _line({"v": VERSION, "status": status})


def _line(fields: dict[str, object]) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
