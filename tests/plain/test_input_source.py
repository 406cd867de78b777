import os
import signal
import sys
from collections.abc import Iterator

import pytest

from uncramp.plain.input_source import SystemInput
from uncramp.plain.run_input import AskedElsewhere, InputEnded, InputKind, Stopped, Typed


@pytest.fixture
def pipe() -> Iterator[tuple[SystemInput, int]]:
    """A source on a pipe, and the end to write into."""
    reading, writing = os.pipe()
    with os.fdopen(reading, encoding="utf-8") as stdin, SystemInput(stdin) as source:
        yield source, writing
    try:
        os.close(writing)
    except OSError:
        return


def test_a_pipe_gives_lines_and_then_its_end(pipe: tuple[SystemInput, int]) -> None:
    source, writing = pipe
    assert source.kind == "words"
    assert source.wait(0) == ()
    os.write(writing, b"pause\ngo")
    assert source.wait(None) == (Typed("pause"),)
    os.write(writing, b" on")
    assert source.wait(None) == ()
    os.close(writing)
    assert source.wait(None) == (Typed("go on"), InputEnded())
    assert source.kind is InputKind.NOBODY
    assert source.wait(0) == ()


def test_a_signal_wakes_a_wait_without_end(pipe: tuple[SystemInput, int]) -> None:
    source, _ = pipe
    os.kill(os.getpid(), signal.SIGTERM)
    assert source.wait(None) == (Stopped(143),)


def test_signals_are_given_back() -> None:
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    with SystemInput(None):
        assert signal.getsignal(signal.SIGTERM) is not before[0]
    assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == before
    assert signal.set_wakeup_fd(-1) == -1


def test_what_is_ignored_stays_so() -> None:
    if sys.platform == "win32":
        pytest.skip("Windows has no hangup")
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with SystemInput(None) as source:
            os.kill(os.getpid(), signal.SIGHUP)
            assert source.wait(0) == ()
    finally:
        signal.signal(signal.SIGHUP, before)


def test_without_standard_input_there_is_nobody() -> None:
    with SystemInput(None) as source:
        assert source.kind is InputKind.NOBODY
        assert source.wait(0) == ()


class Knocked:
    """Ways in from elsewhere at which somebody knocks, or that want to be looked at in time."""

    def __init__(self, number: int, wait_s: float | None = None) -> None:
        self.number = number
        self.wait_s = wait_s

    def fileno(self) -> int | None:
        return self.number


def test_who_asks_from_elsewhere_is_waited_for_too(pipe: tuple[SystemInput, int]) -> None:
    source, writing = pipe
    reading, knocking = os.pipe()
    source.control = Knocked(reading)  # type: ignore[assignment]
    assert source.wait(0) == ()
    os.write(knocking, b".")
    os.write(writing, b"pause\n")
    assert source.wait(None) == (AskedElsewhere(), Typed("pause"))
    assert os.read(reading, 1)
    source.control = Knocked(reading, 0.0)  # type: ignore[assignment]
    assert source.wait(None) == (AskedElsewhere(),), "what takes too long is looked at"
    os.close(reading)
    os.close(knocking)
