"""What a run shows outside of its screen: the title of the terminal's window, and notifications.

All of it is written to the terminal and so reaches a person over SSH as well. A
terminal that does not know such a sequence passes over it; where that is not sure,
none is written.
"""

from collections.abc import Mapping

from uncramp.core.run.events import Event, RunEnded, SpanEnd, SpanEnded
from uncramp.core.run.moves import Phase
from uncramp.core.run.view import View
from uncramp.core.text.durations import MINUTE_MS, SECOND_MS
from uncramp.core.text.safe_text import shown

KEEPS_TITLE, GIVES_TITLE_BACK = "\x1b[22;2t", "\x1b]2;\x07\x1b[23;2t"
"""xterm's stack of titles; a terminal without one has none of its own after it."""

NEWS_FROM_MS = 60_000
"""During a step of this length or longer one may well look elsewhere."""

_WITHOUT_TITLE = {"", "dumb", "linux", "unknown", "vt100", "vt220"}
_LONGEST = 120


def title_sequence(words: str) -> str:
    """What sets the title of the window."""
    return f"\x1b]2;{_told(words)}\x07"


def has_title(environment: Mapping[str, str]) -> bool:
    """Is there a window whose title can be set?"""
    return environment.get("TERM", "") not in _WITHOUT_TITLE


def title_of(view: View, routine_title: str) -> str:
    """What the window's title says of a run: how long it still lasts, and what it is.

    Whole minutes, so that it seldom changes; seconds only in the last minute.
    """
    left_ms = view.whole_left_ms
    if view.phase in (Phase.PAUSED, Phase.LAPSED):
        left = "Paused"
    elif left_ms > MINUTE_MS:
        left = f"{-(-left_ms // MINUTE_MS)} min left"
    else:
        left = f"{-(-left_ms // SECOND_MS)} s left"
    return f"{left} · {routine_title}"


def news_of(event: Event) -> str:
    """What somebody who looks elsewhere wants to know of what happened; mostly nothing."""
    match event:
        case SpanEnded(span=span, how=SpanEnd.TIME) if span.length_ms >= NEWS_FROM_MS:
            return f"{span.name.rstrip('.')}: time is up."
        case RunEnded(record=record) if record.is_complete:
            return "Finished."
    return ""


def notification(title: str, words: str, environment: Mapping[str, str]) -> str:
    """What has the terminal show a notification; empty where it is not known to show one.

    OSC 99 is kitty's, OSC 9 iTerm2's, OSC 777 that of rxvt-unicode, which others took over.
    """
    title, words = (_told(text).replace(";", ",") for text in (title, words))
    term, program = environment.get("TERM", ""), environment.get("TERM_PROGRAM", "")
    if environment.get("TMUX") or environment.get("STY"):
        return ""  # what is between would keep it for itself
    if "kitty" in term:
        return f"\x1b]99;;{title}: {words}\x1b\\"
    if program == "iTerm.app" or environment.get("LC_TERMINAL") == "iTerm2":
        return f"\x1b]9;{title}: {words}\x07"
    is_known = term.startswith(("foot", "rxvt-unicode")) or "ghostty" in term
    if is_known or program in ("WezTerm", "ghostty"):
        return f"\x1b]777;notify;{title};{words}\x1b\\"
    return ""


def _told(words: str) -> str:
    return shown(words)[:_LONGEST]
