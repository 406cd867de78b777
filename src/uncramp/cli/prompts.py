"""Questions on a terminal, for the commands that write files."""

import contextlib
import sys
from collections.abc import Callable
from typing import TypeVar

from uncramp.library.unusable_value import UnusableValue
from uncramp.plain.output import write_line

Answer = TypeVar("Answer")


class NoAnswer(Exception):
    """The person stopped answering: Ctrl-D, or the terminal is gone."""


def can_ask() -> bool:
    """Is there a terminal where somebody can read a question and answer it?"""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def ask(question: str, fit: Callable[[str], Answer]) -> Answer:
    """The answer as `fit` reads it; asks again, with the reason, if that raises UnusableValue.

    Raises NoAnswer if there is none.
    """
    while True:
        try:
            return fit(typed(question))
        except UnusableValue as error:
            write_line(f"  {error.why}", sys.stdout)


def typed(question: str) -> str:
    """The line that the person types after the question. Raises NoAnswer if there is none.

    Bytes that are not text, from other encodings or a mouse, are ignored.
    """
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401 - arrow keys work in answers from now on
    reconfigure = getattr(sys.stdin, "reconfigure", None)
    if reconfigure is not None and sys.stdin.errors != "ignore":
        reconfigure(errors="ignore")
    try:
        return input(question)
    except (EOFError, OSError, ValueError):
        write_line("", sys.stdout)
        raise NoAnswer from None
    except KeyboardInterrupt:
        write_line("", sys.stdout)
        raise


def says_yes(question: str) -> bool:
    """Does the person say yes? Anything but yes and no is asked again; no answer is no."""
    try:
        return ask(f"{question} (y/n) ", _yes_or_no)
    except NoAnswer:
        return False


def _yes_or_no(answer: str) -> bool:
    word = answer.strip().casefold()
    if word in ("y", "yes"):
        return True
    if word in ("n", "no"):
        return False
    raise UnusableValue("Write y or n.")
