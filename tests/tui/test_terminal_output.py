"""Output is written at once and in order, and a blocked terminal blocks nothing."""

import os
import pty
import sys
import tty
from collections.abc import Iterator

import pytest

from uncramp.system.terminal_output import open_terminal
from uncramp.tui.terminal.writing import ROOM, Output

if sys.platform == "win32":
    pytest.skip("Windows writes in its own way", allow_module_level=True)


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """The two ends of a terminal: ours, and that of a program in it."""
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    yield ours, theirs
    os.close(ours)
    os.close(theirs)


def opened(theirs: int) -> Output:
    with open(theirs, "w", closefd=False) as stream:
        descriptor = open_terminal(stream)
    assert descriptor is not None
    return Output(descriptor)


def test_it_writes_beside_and_leaves_the_terminal_of_others_waiting_as_before(
    terminal: tuple[int, int],
) -> None:
    ours, theirs = terminal
    output = opened(theirs)
    output.write(b"one")
    assert os.read(ours, 99) == b"one"
    assert os.get_blocking(theirs), "the shell's own terminal is as it was"
    output.close(0)
    output.write(b"nothing more")


def test_what_is_not_taken_comes_later_whole_and_in_order(terminal: tuple[int, int]) -> None:
    ours, theirs = terminal
    output = opened(theirs)
    sent = b"".join(b"%06d" % number for number in range(2 * ROOM // 6))
    for at in range(0, len(sent), 9_999):
        output.write(sent[at : at + 9_999])
    assert output.is_full
    assert not output.is_through
    got = b""
    while len(got) < len(sent):
        got += os.read(ours, 65_536)
    assert got == sent
    output.close(10)
    assert output.is_through


def test_it_is_left_in_time_though_nothing_is_taken(terminal: tuple[int, int]) -> None:
    output = opened(terminal[1])
    output.write(bytes(2 * ROOM))
    output.close(0)
    assert not output.is_through
