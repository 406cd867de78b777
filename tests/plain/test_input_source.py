import os
import signal
import sys
from collections.abc import Iterator

import pytest

from uncramp.plain.input_source import SystemInlet
from uncramp.plain.run_input import InputEnded, InputKind, Stopped, Typed


@pytest.fixture
def pipe() -> Iterator[tuple[SystemInlet, int]]:
    """An inlet on a pipe, and the end to write into."""
    reading, writing = os.pipe()
    with os.fdopen(reading, encoding="utf-8") as stdin, SystemInlet(stdin) as inlet:
        yield inlet, writing
    try:
        os.close(writing)
    except OSError:
        return


def test_a_pipe_gives_lines_and_then_its_end(pipe: tuple[SystemInlet, int]) -> None:
    inlet, writing = pipe
    assert inlet.manner == "words"
    assert inlet.wait(0) == ()
    os.write(writing, b"pause\ngo")
    assert inlet.wait(None) == (Typed("pause"),)
    os.write(writing, b" on")
    assert inlet.wait(None) == ()
    os.close(writing)
    assert inlet.wait(None) == (Typed("go on"), InputEnded())
    assert inlet.manner is InputKind.NOBODY
    assert inlet.wait(0) == ()


def test_a_signal_wakes_a_wait_without_end(pipe: tuple[SystemInlet, int]) -> None:
    inlet, _ = pipe
    os.kill(os.getpid(), signal.SIGTERM)
    assert inlet.wait(None) == (Stopped(143),)


def test_signals_are_given_back() -> None:
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    with SystemInlet(None):
        assert signal.getsignal(signal.SIGTERM) is not before[0]
    assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == before
    assert signal.set_wakeup_fd(-1) == -1


def test_what_is_ignored_stays_so() -> None:
    if sys.platform == "win32":
        pytest.skip("Windows has no hangup")
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with SystemInlet(None) as inlet:
            os.kill(os.getpid(), signal.SIGHUP)
            assert inlet.wait(0) == ()
    finally:
        signal.signal(signal.SIGHUP, before)


def test_without_standard_input_there_is_nobody() -> None:
    with SystemInlet(None) as inlet:
        assert inlet.manner is InputKind.NOBODY
        assert inlet.wait(0) == ()
