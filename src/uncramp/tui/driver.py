"""Where the full screen is drawn: on the terminal, whichever stream leads to it."""

import sys
from typing import Any

from textual.driver import Driver


def on_the_terminal(driver: type[Driver]) -> type[Driver]:
    """The driver, drawing on standard output where standard error goes elsewhere.

    Textual draws on standard error. A person who sends that to a file would
    otherwise see nothing.
    """
    if sys.__stderr__ is not None and sys.__stderr__.isatty():
        return driver

    class OnStandardOutput(driver):  # type: ignore[misc, valid-type]
        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            self._file = sys.__stdout__

    return OnStandardOutput
