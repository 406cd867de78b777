"""The platform's driver of the terminal, with three things mended."""

import sys
from typing import Any

from textual.driver import Driver

from uncramp.tui.patience import Patience


def mended(driver: type[Driver]) -> type[Driver]:
    """The driver, drawing on whichever stream leads to the terminal, patient, stopped in peace.

    Textual draws on standard error: a person who sends that to a file would see nothing.
    It looks ten times a second whether a key was pressed. And after a stop that it did
    not see coming (SIGSTOP) it would set the terminal up a second time when it goes on, so
    that the program could not be left any more.
    """
    is_errors_elsewhere = sys.__stderr__ is None or not sys.__stderr__.isatty()
    is_on_a_keyboard = driver.__name__ == "LinuxDriver"  # macOS has the same

    class Mended(driver):  # type: ignore[misc, valid-type]
        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            if is_errors_elsewhere:
                self._file = sys.__stdout__
            if is_on_a_keyboard:
                self.exit_event = Patience(self.fileno)

        def start_application_mode(self) -> None:
            # After Ctrl+Z, or after an editor, what was closed begins again.
            if is_on_a_keyboard and self.exit_event.is_closed:
                self.exit_event = Patience(self.fileno)
            super().start_application_mode()

        def close(self) -> None:
            super().close()
            if is_on_a_keyboard:
                self.exit_event.close()

        def _sigcont_application(self, *arguments: Any) -> None:
            if self._must_signal_resume:
                super()._sigcont_application(*arguments)

    return Mended
