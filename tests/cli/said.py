"""What a command returns and writes, and a terminal for one."""

import io
import sys
from collections.abc import Iterable

import pytest

from uncramp.cli.main import main


class Said:
    """What `main` returned and wrote."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *words: str) -> None:
        try:
            self.status: object = main(words)
        except SystemExit as left:
            self.status = left.code
        captured = capsys.readouterr()
        self.out, self.err = captured.out, captured.err
        self.lines = self.out.splitlines()


class Typing(io.StringIO):
    """Standard input of a terminal at which these lines are typed."""

    def isatty(self) -> bool:
        return True


def at_terminal(monkeypatch: pytest.MonkeyPatch, typed: Iterable[str] = ()) -> None:
    """Let standard input and output be a terminal, with lines typed at it."""
    monkeypatch.setattr(sys, "stdin", Typing("".join(f"{line}\n" for line in typed)))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
