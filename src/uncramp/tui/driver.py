"""The platform's driver of the terminal, with two things mended."""

import sys
from typing import Any

from textual.driver import Driver


def mended(driver: type[Driver]) -> type[Driver]:
    """The driver, drawing on the terminal whichever stream leads to it, and stopped in peace.

    Textual draws on standard error: a person who sends that to a file would see nothing.
    And after a stop that it did not see coming (SIGSTOP) it would set the terminal up a
    second time when it goes on, so that the program could not be left any more.
    """
    is_errors_elsewhere = sys.__stderr__ is None or not sys.__stderr__.isatty()

    class Mended(driver):  # type: ignore[misc, valid-type]
        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            if is_errors_elsewhere:
                self._file = sys.__stdout__

        def _sigcont_application(self, *arguments: Any) -> None:
            if self._must_signal_resume:
                super()._sigcont_application(*arguments)

    return Mended
