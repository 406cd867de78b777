"""The alternate screen is opened only when there is something on it."""

import os
from queue import Queue
from types import SimpleNamespace
from typing import Any

import pytest
from textual.events import Key
from textual.message import Message

from uncramp.tui.terminal.driver import ENTERS, LEAVES, Opening, with_fixes
from uncramp.tui.terminal.reading import read_input, without_old_mouse
from uncramp.tui.terminal.wake_event import WakeEvent

FRAME = "\x1b[1;1H\x1b[1mToes up\x1b[0m"
MODES = ("\x1b[?1000h", "\x1b[?25l", "\x1b[>25u", "\x1b[?2026$p")


def written(*data: str) -> list[str]:
    """What is written to the terminal for each of them."""
    opening = Opening()
    return [opening.passed(each) for each in data]


def test_all_is_held_back_in_its_order_until_something_is_drawn() -> None:
    assert written(ENTERS, *MODES, FRAME) == [
        "",
        *("" for _ in MODES),
        "".join((ENTERS, *MODES, FRAME)),
    ]


def test_what_comes_later_is_written_as_it_comes() -> None:
    assert written(ENTERS, FRAME, "\x1b[?2026h", FRAME)[2:] == ["\x1b[?2026h", FRAME]


def test_a_screen_that_is_left_before_anything_is_drawn_leaves_all_modes_as_they_were() -> None:
    assert written(ENTERS, *MODES, "\x1b[<u", LEAVES, "\x1b[?25h")[-2:] == [
        "".join((ENTERS, *MODES, "\x1b[<u", LEAVES)),
        "\x1b[?25h",
    ]


def test_it_is_opened_again_after_it_was_left() -> None:
    assert written(ENTERS, FRAME, LEAVES, ENTERS, FRAME)[2:] == [LEAVES, "", ENTERS + FRAME]


@pytest.mark.parametrize(
    "sent", [b"\xff", b"\xe9", b"\x9bA", b"\x1b[M \xff!", b"\xc3", b"\xed\xa0\x80"]
)
def test_bytes_that_are_no_text_are_passed_over(sent: bytes) -> None:
    """What comes after them is read, and the thread of input lives on."""
    keyboard, terminal = os.pipe()
    found: list[str] = []
    is_over = WakeEvent()

    def handle(event: Message) -> None:
        if isinstance(event, Key):
            found.append(event.key)
        if found[-1:] == ["x"]:
            is_over.set()

    try:
        os.write(terminal, sent + b"qqqx")
        read_input(keyboard, is_over, handle, debug=False)
    finally:
        os.close(keyboard)
        os.close(terminal)
        is_over.close()
    assert found[-1] == "x"


def test_a_click_as_x10_tells_it_is_no_key() -> None:
    """Its button is a byte that would be Space, and the run would pause."""
    click = b"\x1b[M \xff!"
    assert without_old_mouse(b"a" + click + b"b" + click) == (b"ab", b"")
    for cut in range(3, len(click)):
        data, rest = without_old_mouse(b"a" + click[:cut])
        assert (data, rest) == (b"a", click[:cut])
        assert without_old_mouse(rest + click[cut:] + b"b") == (b"b", b"")
    assert without_old_mouse(b"\x1b[<0;10;5M\x1b[A") == (b"\x1b[<0;10;5M\x1b[A", b"")


class StuckDriver:
    """A driver whose terminal takes nothing: its queue is full, and one more would wait."""

    def __init__(self) -> None:
        self._app = SimpleNamespace(
            call_later=lambda do, *a: self.later.append((do, a)),
            refresh=lambda **_: self.drawn.append("app"),
            screen=SimpleNamespace(refresh=lambda **_: self.drawn.append("screen")),
            set_timer=lambda _, do: self.later.append((do, ())),
        )
        self.later: list[tuple[Any, tuple[Any, ...]]] = []
        self.drawn: list[str] = []
        self.queue: Queue[str] = Queue(2)
        self._writer_thread = SimpleNamespace(_queue=self.queue)

    def write(self, data: str) -> None:
        self.queue.put(data, timeout=1)


def test_a_terminal_that_takes_nothing_holds_nobody_up() -> None:
    driver: Any = with_fixes(StuckDriver)()  # type: ignore[arg-type, call-arg]
    for frame in ("one", "two", "three", "four"):
        driver.write(frame)
    assert [driver.queue.get(), driver.queue.get()] == ["one", "two"]
    ((draw, given),) = driver.later
    draw(*given)
    assert driver.drawn == ["app", "screen"]
    driver.write("five")
    assert driver.queue.get() == "five"


def held_by_picture(*data: str) -> Opening:
    """What stands behind an early picture after all of them."""
    opening = Opening(has_picture=True)
    assert [opening.passed(each) for each in data] == [""] * len(data)
    return opening


def test_the_first_frame_behind_an_early_picture_need_not_be_drawn_again() -> None:
    opening = held_by_picture(ENTERS, *MODES, "\x1b[?2026h", FRAME, "\x1b[?2026l")
    assert opening.holds_all
    assert opening.release() == "".join((*MODES, "\x1b[?2026h", FRAME, "\x1b[?2026l"))
    assert opening.passed(FRAME) == FRAME


def test_two_frames_behind_an_early_picture_are_drawn_again_as_one() -> None:
    opening = held_by_picture(ENTERS, *MODES, FRAME, "\x1b[?2026h", FRAME, FRAME)
    assert not opening.holds_all
    assert opening.release() == "".join((*MODES, "\x1b[?2026h"))


def test_a_screen_that_is_left_behind_its_early_picture_draws_nothing_more() -> None:
    opening = held_by_picture(ENTERS, *MODES, FRAME)
    assert opening.passed(LEAVES) == "".join((*MODES, LEAVES))
