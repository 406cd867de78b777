"""The platform's driver of the terminal, with a few fixes."""

import re
import sys
from typing import TYPE_CHECKING, Any

from textual.driver import Driver

from uncramp import early_frame
from uncramp.system.terminal_output import PARTING_S, open_terminal
from uncramp.tui.terminal.reading import read_input
from uncramp.tui.terminal.title import GIVES_TITLE_BACK, KEEPS_TITLE, title_sequence
from uncramp.tui.terminal.wake_event import WakeEvent
from uncramp.tui.terminal.writing import Output

if TYPE_CHECKING:
    from textual.drivers.linux_driver import LinuxDriver as _Base
else:
    _Base = object

ENTERS, LEAVES = "\x1b[?1049h", "\x1b[?1049l"
"""The sequences that open the alternate screen, and close it."""

TRY_AGAIN_S = 0.5
"""How often a blocked terminal is checked until it takes output again."""

_DRAWS = re.compile(r"\x1b\[\d+;\d+H")
"""The sequence that moves the cursor to a place to draw there."""


class Opening:
    """Holds back the opening of a screen until there is something on it.

    Textual opens a blank screen and draws on it once the layout is done, up to a second later.
    Until then the shell's screen, which may show the first words of a routine, is better than
    nothing. Everything is held back together, because some terminals keep modes per screen.
    """

    def __init__(self, *, has_picture: bool = False) -> None:
        """Hold nothing yet. It `has_picture` if our early picture is on the terminal."""
        self._held: list[str] = []
        self.is_open = False
        """Is our screen open, with something on it?"""
        self._has_picture = has_picture
        self._frame_at: int | None = None
        """Where the first frame is in what is held; it is dropped if another one changes it."""
        self._frames = 0

    def passed(self, data: str) -> str:
        """What to write now in place of `data`; empty for nothing yet."""
        if self._has_picture:
            return self._passed_by_picture(data)
        if not self._held and data != ENTERS:
            self.is_open = self.is_open and data != LEAVES
            return data
        self.is_open = False
        self._held.append(data)
        if data != LEAVES and not _DRAWS.search(data):
            return ""
        held, self._held = "".join(self._held), []
        self.is_open = data != LEAVES
        return held

    def _passed_by_picture(self, data: str) -> str:
        # The screen is open already. The first frame draws all of it.
        is_frame = _DRAWS.search(data) is not None
        self._frames += is_frame
        if data == LEAVES or self._frames > 1:
            self._drop_frame()
        if data == LEAVES:
            return self.release() + data
        if is_frame and self._frames == 1:
            self._frame_at = len(self._held)
        if data != ENTERS and (not is_frame or self._frames == 1):
            self._held.append(data)
        return ""

    def _drop_frame(self) -> None:
        if self._frame_at is not None:
            del self._held[self._frame_at]
            self._frame_at = None

    @property
    def holds_all(self) -> bool:
        """Is all that Textual has drawn in what is held, so that nothing need be drawn again?"""
        return self._frame_at is not None

    def release(self) -> str:
        """What was held by the early picture, which Textual's own may cover from now on."""
        held, self._held = "".join(self._held), []
        self._frame_at = None
        self.is_open = self.is_open or self._has_picture
        self._has_picture = False
        return held

    @property
    def has_picture(self) -> bool:
        """Does our early picture still stand there?"""
        return self._has_picture


class DriverFixes(_Base):
    """Goes before a driver, and fixes four cases that Textual does not handle.

    Textual draws on standard error: a person who sends that to a file would see nothing.
    It looks ten times a second whether a key was pressed, and leaves each frame to a thread.
    And after a stop that it did not see coming (SIGSTOP) it would set the terminal up a second
    time when it goes on, so that the program could not be left any more. A terminal that takes
    no output would hold the run and its sound: what it does not take is dropped, and drawn when
    it takes some.
    See also `Opening`, `reading` and `writing`.
    """

    IS_ON_A_KEYBOARD = False
    """Is it Textual's driver for Linux and macOS?"""

    exit_event: WakeEvent

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Take what the driver takes."""
        super().__init__(*arguments, **named)
        if sys.__stderr__ is None or not sys.__stderr__.isatty():
            self._file = sys.__stdout__
        if self.IS_ON_A_KEYBOARD:
            self.exit_event = WakeEvent()
        self._opening = Opening()
        self._output: Output | None = None
        self._title = ""
        self._has_dropped = False

    def show_title(self, words: str) -> None:
        """Give the terminal's window a title; an empty one restores the old title."""
        if words:
            first = "" if self._title else KEEPS_TITLE
            self.write(first + title_sequence(words))
        elif self._title:
            self.write(GIVES_TITLE_BACK)
        self._title = words

    def write(self, data: str) -> None:
        """Write `data`, unless it is held back or the terminal is blocked."""
        passed = self._opening.passed(data)
        if not passed or self._is_stuck():
            return
        if self._output is None:
            super().write(passed)
        else:
            encoding = getattr(self._file, "encoding", None) or "utf-8"
            self._output.write(passed.encode(encoding, "replace"))

    @property
    def has_picture(self) -> bool:
        """Does our early picture still stand there, and Textual's is held back?"""
        return self._opening.has_picture

    def cover_picture(self) -> bool:
        """Let all that is written reach the terminal from now on.

        Returns whether Textual must draw everything again.
        """
        is_all, held = self._opening.holds_all, self._opening.release()
        if held:
            self.write(held)
        return not is_all

    @property
    def takes_cells(self) -> bool:
        """May single cells be written now, beside what Textual draws?"""
        return self._output is not None and self._output.is_through and self._opening.is_open

    def _is_stuck(self) -> bool:
        """Is the terminal blocked? Then this frame is dropped, and everything drawn later."""
        queue = getattr(getattr(self, "_writer_thread", None), "_queue", None)
        is_full = queue is not None and queue.full()
        if self._output is not None:
            is_full = self._output.is_full
        if is_full and not self._has_dropped:
            self._app.call_later(self._draw_all_when_it_takes_some, queue)
        self._has_dropped = self._has_dropped or is_full
        return is_full

    def _draw_all_when_it_takes_some(self, queue: Any) -> None:
        is_through = self._output.is_through if self._output is not None else queue.empty()
        if not is_through:
            self._app.set_timer(TRY_AGAIN_S, lambda: self._draw_all_when_it_takes_some(queue))
            return
        self._has_dropped = False
        self._app.refresh(layout=True)
        self._app.screen.refresh(layout=True)

    def run_input_thread(self) -> None:
        """Read keys until the end is requested."""
        if not self.IS_ON_A_KEYBOARD:
            super().run_input_thread()
            return
        read_input(self.fileno, self.exit_event, self.process_message, debug=self._debug)

    def start_application_mode(self) -> None:
        """Set the terminal up, at the start and after each pause."""
        # After Ctrl+Z, or after an editor, the closed wait starts again.
        if self.IS_ON_A_KEYBOARD and self.exit_event.is_closed:
            self.exit_event = WakeEvent()
        if self.IS_ON_A_KEYBOARD and self._output is None:
            descriptor = open_terminal(self._file)
            self._output = None if descriptor is None else Output(descriptor)
        before = early_frame.hand_over()
        if before is not None:
            self._opening = Opening(has_picture=True)
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if before is not None:
            self.attrs_before = before
        if self._title:
            self.write(KEEPS_TITLE + title_sequence(self._title))

    def stop_application_mode(self) -> None:
        """Give the terminal and its window title back, at the end and for each pause."""
        if self._title:
            self.write(GIVES_TITLE_BACK)
        super().stop_application_mode()

    def close(self) -> None:
        """Write what the terminal still takes, and close what was opened."""
        if self._output is not None:
            self._output.close(PARTING_S)
            self._output = None
        super().close()
        if self.IS_ON_A_KEYBOARD:
            self.exit_event.close()

    def _sigcont_application(self, *arguments: Any) -> None:
        if self._must_signal_resume:
            super()._sigcont_application(*arguments)


def with_fixes(driver: type[Driver]) -> type[Driver]:
    """The driver with `DriverFixes`."""
    # macOS has the same driver as Linux.
    more = {"IS_ON_A_KEYBOARD": driver.__name__ == "LinuxDriver"}
    return type("FixedDriver", (DriverFixes, driver), more)
