"""The window's title and notifications: seldom, in words, and only if the terminal knows them."""

from dataclasses import replace
from typing import Any

import pytest
from textual.driver import Driver

from tests.tui.stage import EVENING
from uncramp.core.plan.plan import make_plan
from uncramp.core.run.events import Event, RunEnded, SpanEnd, SpanEnded
from uncramp.core.run.moves import Phase
from uncramp.core.run.record import Record
from uncramp.core.run.run import Run
from uncramp.tui.terminal.driver import with_fixes
from uncramp.tui.terminal.title import (
    GIVES_TITLE_BACK,
    KEEPS_TITLE,
    has_title,
    news_of,
    notification,
    title_of,
    title_sequence,
)

VIEW = Run(make_plan(EVENING)).view(0)


@pytest.mark.parametrize(
    ("phase", "left_ms", "words"),
    [
        (Phase.RUNNING, 1_200_000, "20 min left · Evening"),
        (Phase.RUNNING, 1_140_001, "20 min left · Evening"),
        (Phase.RUNNING, 60_001, "2 min left · Evening"),
        (Phase.RUNNING, 60_000, "60 s left · Evening"),
        (Phase.RUNNING, 1, "1 s left · Evening"),
        (Phase.PAUSED, 90_000, "Paused · Evening"),
        (Phase.LAPSED, 90_000, "Paused · Evening"),
    ],
)
def test_the_title_says_how_long_it_still_lasts(phase: Phase, left_ms: int, words: str) -> None:
    assert title_of(replace(VIEW, phase=phase, whole_left_ms=left_ms), "Evening") == words


def test_nothing_in_a_title_steers_the_terminal() -> None:
    assert title_sequence("a\x07\x1b[2Jb\x9c") == "\x1b]2;a\\x07\\x1b[2Jb\\x9c\x07"
    assert len(title_sequence("x" * 5_000)) < 200
    told = notification("a;b\x1b", "c;\x07d", {"TERM": "foot"})
    assert told == "\x1b]777;notify;a,b\\x1b;c,\\x07d\x1b\\"


@pytest.mark.parametrize(
    ("environment", "sequence"),
    [
        ({"TERM": "xterm-kitty"}, "\x1b]99;;Evening: Finished.\x1b\\"),
        ({"TERM_PROGRAM": "iTerm.app"}, "\x1b]9;Evening: Finished.\x07"),
        ({"LC_TERMINAL": "iTerm2"}, "\x1b]9;Evening: Finished.\x07"),
        ({"TERM": "foot-extra"}, "\x1b]777;notify;Evening;Finished.\x1b\\"),
        ({"TERM": "rxvt-unicode-256color"}, "\x1b]777;notify;Evening;Finished.\x1b\\"),
        ({"TERM": "xterm-ghostty"}, "\x1b]777;notify;Evening;Finished.\x1b\\"),
        ({"TERM_PROGRAM": "WezTerm"}, "\x1b]777;notify;Evening;Finished.\x1b\\"),
        ({"TERM": "xterm-256color"}, ""),
        ({"TERM": "xterm-256color", "WT_SESSION": "1"}, ""),
        ({"TERM": "linux"}, ""),
        ({"TERM": "foot", "TMUX": "/tmp/tmux"}, ""),
        ({"TERM": "xterm-kitty", "STY": "1.pts"}, ""),
        ({}, ""),
    ],
)
def test_a_notification_is_for_terminals_that_know_it(
    environment: dict[str, str], sequence: str
) -> None:
    assert notification("Evening", "Finished.", environment) == sequence


@pytest.mark.parametrize(
    ("term", "has"), [("xterm-256color", True), ("tmux", True), ("linux", False), ("", False)]
)
def test_only_a_window_has_a_title(term: str, has: bool) -> None:
    assert has_title({"TERM": term}) is has


def test_the_end_of_a_long_step_and_of_all_is_news() -> None:
    long = replace(make_plan(EVENING).span(1), name="Foot soak.", length_ms=60_000)
    record = Record("evening", "Evening", "0", True, 0, 0, 0, 0)
    told: list[tuple[Event, str]] = [
        (SpanEnded(0, 0, long, SpanEnd.TIME), "Foot soak: time is up."),
        (SpanEnded(0, 0, long, SpanEnd.SKIPPED), ""),
        (SpanEnded(0, 0, replace(long, length_ms=59_999), SpanEnd.TIME), ""),
        (RunEnded(0, 0, record), "Finished."),
        (RunEnded(0, 0, replace(record, is_complete=False)), ""),
    ]
    for event, words in told:
        assert news_of(event) == words


class Recorder(Driver):
    """A driver that remembers what was written."""

    def __init__(self) -> None:
        self.written: list[str] = []

    def write(self, data: str) -> None:
        self.written.append(data)

    def start_application_mode(self) -> None:
        self.written.append("start")

    def stop_application_mode(self) -> None:
        self.written.append("stop")

    def disable_input(self) -> None:
        """Nothing to do."""


def test_the_title_is_given_back_at_the_end_and_while_the_shell_has_the_terminal() -> None:
    made: Any = with_fixes(Recorder)
    driver = made()
    driver.start_application_mode()
    driver.show_title("20 min left")
    driver.show_title("19 min left")
    driver.stop_application_mode()
    driver.start_application_mode()
    driver.show_title("")
    driver.show_title("")
    driver.stop_application_mode()
    assert driver.written == [
        "start",
        KEEPS_TITLE + title_sequence("20 min left"),
        title_sequence("19 min left"),
        GIVES_TITLE_BACK,
        "stop",
        "start",
        KEEPS_TITLE + title_sequence("19 min left"),
        GIVES_TITLE_BACK,
        "stop",
    ]
