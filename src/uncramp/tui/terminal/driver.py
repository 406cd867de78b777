"""The platform's driver of the terminal, with a few fixes."""

import re
import sys
from typing import Any

from textual.driver import Driver

from uncramp.tui.terminal.input_wait import Patience
from uncramp.tui.terminal.patient_file import patient_file
from uncramp.tui.terminal.reading import read_input
from uncramp.tui.terminal.title import GIVES_TITLE_BACK, KEEPS_TITLE, title_sequence

ENTERS, LEAVES = "\x1b[?1049h", "\x1b[?1049l"
"""What opens a blank screen of our own over that of the shell, and what closes it."""

TRY_AGAIN_S = 0.5
"""How often a terminal that took nothing is looked at, until it takes something."""

_DRAWS = re.compile(r"\x1b\[\d+;\d+H")
"""What sets the cursor in a place: to draw there."""


class Opening:
    """Holds back the opening of a screen until there is something on it.

    Textual opens a blank screen and draws on it when it has thought out how, a fifth of
    a second later or a whole one. What the shell's screen showed, the first words of a
    routine among it, is better than nothing for so long. All is held back alike, because
    some terminals keep a mode for each of the two screens.
    """

    def __init__(self) -> None:
        """Hold nothing yet."""
        self._held: list[str] = []

    def passed(self, data: str) -> str:
        """What is to be written now, where `data` would be; empty for nothing yet."""
        if not self._held and data != ENTERS:
            return data
        self._held.append(data)
        if data != LEAVES and not _DRAWS.search(data):
            return ""
        held, self._held = "".join(self._held), []
        return held


def with_fixes(driver: type[Driver]) -> type[Driver]:
    """The driver, drawing on whichever stream leads to the terminal, patient, stopped in peace.

    Textual draws on standard error: a person who sends that to a file would see nothing.
    It looks ten times a second whether a key was pressed. And after a stop that it did
    not see coming (SIGSTOP) it would set the terminal up a second time when it goes on, so
    that the program could not be left any more. A terminal that takes no output would hold
    the run and its sound: what it does not take is dropped, and drawn when it takes some.
    See also `Opening` and `reading`.
    """
    is_errors_elsewhere = sys.__stderr__ is None or not sys.__stderr__.isatty()
    is_on_a_keyboard = driver.__name__ == "LinuxDriver"  # macOS has the same

    class FixedDriver(driver):  # type: ignore[misc, valid-type]
        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            if is_errors_elsewhere:
                self._file = sys.__stdout__
            self._patient = patient_file(self._file) if is_on_a_keyboard else None
            if self._patient is not None:
                self._file = self._patient
            if is_on_a_keyboard:
                self.exit_event = Patience(self.fileno)
            self._opening = Opening()
            self._title = ""
            self._has_dropped = False

        def show_title(self, words: str) -> None:
            """Give the terminal's window a title; an empty one gives back what it had."""
            if words:
                first = "" if self._title else KEEPS_TITLE
                self.write(first + title_sequence(words))
            elif self._title:
                self.write(GIVES_TITLE_BACK)
            self._title = words

        def write(self, data: str) -> None:
            passed = self._opening.passed(data)
            if passed and not self._is_stuck():
                super().write(passed)

        def _is_stuck(self) -> bool:
            """Does the terminal take nothing? Then this frame is dropped, and all drawn later."""
            queue = getattr(getattr(self, "_writer_thread", None), "_queue", None)
            is_full = queue is not None and queue.full()
            if is_full and not self._has_dropped:
                self._app.call_later(self._draw_all_when_it_takes_some, queue)
            self._has_dropped = self._has_dropped or is_full
            return is_full

        def _draw_all_when_it_takes_some(self, queue: Any) -> None:
            if not queue.empty():
                self._app.set_timer(TRY_AGAIN_S, lambda: self._draw_all_when_it_takes_some(queue))
                return
            self._has_dropped = False
            self._app.refresh(layout=True)
            self._app.screen.refresh(layout=True)

        def run_input_thread(self) -> None:
            if not is_on_a_keyboard:
                super().run_input_thread()
                return
            read_input(self.fileno, self.exit_event, self.process_message, debug=self._debug)

        def start_application_mode(self) -> None:
            # After Ctrl+Z, or after an editor, what was closed begins again.
            if is_on_a_keyboard and self.exit_event.is_closed:
                self.exit_event = Patience(self.fileno)
            if self._patient is not None:
                self._patient.enter()
            super().start_application_mode()
            if self._title:
                self.write(KEEPS_TITLE + title_sequence(self._title))

        def stop_application_mode(self) -> None:
            if self._title:
                self.write(GIVES_TITLE_BACK)
            super().stop_application_mode()

        def close(self) -> None:
            if self._patient is not None:
                self._patient.leave()
            super().close()
            if is_on_a_keyboard:
                self.exit_event.close()

        def _sigcont_application(self, *arguments: Any) -> None:
            if self._must_signal_resume:
                super()._sigcont_application(*arguments)

    return FixedDriver
