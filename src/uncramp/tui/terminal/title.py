"""What a run shows outside its screen: the window's title, and notifications.

Both are escape sequences, so they work over SSH too. A terminal that does not know a sequence
ignores it; if that is not certain, none is written.
"""

from collections.abc import Mapping

from uncramp.core.run.events import Event, RunEnded, SpanEnd, SpanEnded
from uncramp.core.run.moves import Phase
from uncramp.core.run.view import View
from uncramp.core.text.durations import MINUTE_MS, SECOND_MS
from uncramp.core.text.safe_text import shown

KEEPS_TITLE, GIVES_TITLE_BACK = "\x1b[22;2t", "\x1b]2;\x07\x1b[23;2t"
"""xterm's stack of titles; a terminal without it loses its own title."""

NEWS_FROM_MS = 60_000
"""During a step this long or longer a person may look elsewhere."""

_WITHOUT_TITLE = {"", "dumb", "linux", "unknown", "vt100", "vt220"}
_LONGEST = 120


def title_sequence(words: str) -> str:
    """The sequence that sets the window's title."""
    return f"\x1b]2;{_harmless(words)}\x07"


def has_title(environment: Mapping[str, str]) -> bool:
    """Does the terminal have a window whose title can be set?"""
    return environment.get("TERM", "") not in _WITHOUT_TITLE


def title_of(view: View, routine_title: str) -> str:
    """The window's title during a run: the time left, and the routine.

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
    """The events that are worth a notification, in words; mostly none."""
    match event:
        case SpanEnded(span=span, how=SpanEnd.TIME) if span.length_ms >= NEWS_FROM_MS:
            return f"{span.name.rstrip('.')}: time is up."
        case RunEnded(record=record) if record.is_complete:
            return "Finished."
    return ""


def notification(title: str, words: str, environment: Mapping[str, str]) -> str:
    """The sequence that makes the terminal show a notification; empty if it may not know one.

    OSC 99 is kitty's, OSC 9 iTerm2's; OSC 777 comes from rxvt-unicode, and others adopted it.
    """
    title, words = (_harmless(text).replace(";", ",") for text in (title, words))
    term, program = environment.get("TERM", ""), environment.get("TERM_PROGRAM", "")
    if environment.get("TMUX") or environment.get("STY"):
        return ""  # tmux and screen would not pass it on
    if "kitty" in term:
        return f"\x1b]99;;{title}: {words}\x1b\\"
    if program == "iTerm.app" or environment.get("LC_TERMINAL") == "iTerm2":
        return f"\x1b]9;{title}: {words}\x07"
    is_known = term.startswith(("foot", "rxvt-unicode")) or "ghostty" in term
    if is_known or program in ("WezTerm", "ghostty"):
        return f"\x1b]777;notify;{title};{words}\x1b\\"
    return ""


def _harmless(words: str) -> str:
    return shown(words)[:_LONGEST]
