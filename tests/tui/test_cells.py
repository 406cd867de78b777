"""What changes each second is written cell by cell, if nothing else needs drawing."""

import subprocess
import sys

import pyte
import pytest
from textual.app import App, ComposeResult
from textual.drivers.headless_driver import HeadlessDriver
from textual.screen import ModalScreen
from textual.widgets import Static

from uncramp.tui.run.text import Progress
from uncramp.tui.terminal import cells
from uncramp.tui.terminal.cells import CellRun, CellWriter, changed_runs
from uncramp.tui.widgets.bars import Bars, BarsShown, bar_of
from uncramp.tui.widgets.big_time import BigTime, TimeShown

SIZE = 60, 16
BYTES_A_TICK = 700
"""At most, of digits five rows high and two bars, in true colour."""


class Clock(App[None]):
    """A big time and two bars, as on the run screen."""

    CSS = "BigTime { height: 5; margin: 1 2; } Bars { width: 50; } Toast { width: 100%; }"

    def compose(self) -> ComposeResult:
        yield BigTime()
        yield Bars()
        yield Static("other")

    def tell(self, second: int) -> None:
        left = 600 - second
        text = f"{left // 60}:{left % 60:02}".rjust(5)
        self.query_one(BigTime).show(TimeShown(text, "88:88"))
        self.query_one(Bars).show(BarsShown(*(Progress(second * 1000, 600_000),) * 2))

    def drawn(self) -> list[str]:
        """The characters on the screen, as the widgets draw them."""
        rows = [" " * SIZE[0]] * SIZE[1]
        for widget in (self.query_one(BigTime), self.query_one(Bars)):
            x, y, width, height = widget.region
            for at in range(height):
                text = widget.render_line(at).text
                rows[y + at] = " " * x + text.ljust(SIZE[0] - x)[:width].ljust(SIZE[0] - x)
        return rows


class Terminal:
    """What is written, and what stands on the screen after it."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.screen = pyte.Screen(*SIZE)
        self.stream = pyte.Stream(self.screen)

    def take(self, data: str) -> None:
        if data.startswith("\x1b]22;"):
            return  # the shape of the mouse's pointer
        self.written.append(data)
        self.stream.feed(data)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal that takes cells, in place of the one that shows nothing."""
    made = Terminal()
    monkeypatch.setattr(HeadlessDriver, "takes_cells", True, raising=False)
    monkeypatch.setattr(HeadlessDriver, "write", lambda _, data: made.take(data))
    return made


async def test_a_second_writes_its_cells_and_nothing_else(terminal: Terminal) -> None:
    app = Clock()
    async with app.run_test(size=SIZE) as pilot:
        app.tell(0)
        await pilot.pause()
        terminal.stream.feed("\x1b[H" + "\r\n".join(app.drawn()))
        terminal.written.clear()
        for second in range(1, 130):
            app.tell(second)
            assert list(terminal.screen.display) == app.drawn(), second
        assert len("".join(terminal.written)) / 129 < BYTES_A_TICK
        # In the colours that Textual gives it.
        strip = app.query_one(Bars).render_lines(app.query_one(Bars).size.region)[0]
        colours = {segment.style.color for segment in strip if segment.style}
        for colour in colours:
            assert colour is not None
            r, g, b = colour.get_truecolor()
            assert f"38;2;{r};{g};{b}" in "".join(terminal.written)


async def test_what_is_covered_or_not_drawn_yet_is_left_to_textual(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = Clock()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        app.tell(0)
        await pilot.pause()
        app.query_one(Static).update("another")
        app.tell(1)
        assert terminal.written == [], "something else is to be drawn"
        await pilot.pause()
        app.notify("covers it\n" * 14, timeout=60)
        for _ in range(3):
            await pilot.pause()
        app.tell(2)
        assert terminal.written == [], "a toast lies over it"
        app.clear_notifications()
        for _ in range(3):
            await pilot.pause()
        app.tell(3)
        assert terminal.written != [], "free again"
        await pilot.pause()
        await app.push_screen(ModalScreen())
        terminal.written.clear()
        app.screen_stack[0].query_one(BigTime).show(TimeShown("1:00", "88:88"))
        assert terminal.written == [], "another screen is in front"
        await app.pop_screen()
        await pilot.pause()
        monkeypatch.setattr(cells, "is_tried", lambda: False)
        app.tell(4)
        assert terminal.written == [], "not with this version of Textual"


async def test_nothing_is_written_outside_the_widget(terminal: Terminal) -> None:
    # A time that has just got less room would leave cells behind on what is beside it now.
    app = Clock()
    async with app.run_test(size=SIZE) as pilot:
        app.tell(0)
        await pilot.pause()
        terminal.written.clear()
        time = app.query_one(BigTime)
        writer, (width, height) = CellWriter(time), time.size
        for beyond in (CellRun(width - 3, 0, "####", "time"), CellRun(0, height, "#", "time")):
            assert not writer.write((CellRun(0, 0, "#", "time"), beyond))
        assert terminal.written == []
        assert writer.write((CellRun(width - 4, height - 1, "####", "time"),))


def test_runs_are_of_cells_that_differ_and_those_between() -> None:
    assert list(changed_runs("abc", "abc", 0, "ink")) == []
    assert [(run.x, run.text) for run in changed_runs("1:00", "0:59", 0, "ink")] == [(0, "0:59")]
    long = "x" + " " * 20 + "x"
    found = list(changed_runs(long, long.replace("x", "y"), 3, "ink", x=5))
    assert [(run.x, run.y, run.text) for run in found] == [(5, 3, "y"), (26, 3, "y")]


def test_a_bar_shows_how_long_it_is_where_no_colour_does() -> None:
    assert bar_of(0.25, 8) == "██      "
    assert bar_of(0.25, 8, "·") == "██······"
    assert bar_of(0.3, 8, "·") == "██▍·····"
    assert bar_of(1.0, 8, "·") == "█" * 8


def test_the_version_of_textual_is_found_without_a_reader_of_mail() -> None:
    script = (
        "import sys, textual\n"
        "from uncramp.tui.terminal.cells import TRIED, is_tried\n"
        "found = is_tried()\n"
        "print('importlib.metadata' in sys.modules)\n"
        "print(found == textual.__version__.startswith(TRIED))\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == ["False", "True"]
