"""What the app does between its start and its first picture."""

import gc
from collections.abc import Iterator

import pytest
from textual.app import ComposeResult
from textual.events import Resize
from textual.geometry import Size
from textual.widgets import Static

from uncramp.tui.terminal.base_app import BaseApp


class Counting(Static):
    """A part that counts how often it was told its size."""

    resized = 0

    def on_resize(self) -> None:
        self.resized += 1


class OnePart(BaseApp):
    def compose(self) -> ComposeResult:
        yield Counting("part")

    def on_resize(self, event: Resize) -> None:
        self.sizes = [*getattr(self, "sizes", ()), event.size]


@pytest.fixture
def without_collector() -> Iterator[None]:
    """The collector of garbage is off, as behind an early picture."""
    threshold = gc.get_threshold()
    gc.disable()
    yield
    gc.unfreeze()
    gc.enable()
    gc.set_threshold(*threshold)


async def test_a_size_that_is_known_is_not_laid_out_again_at_the_start() -> None:
    app = OnePart()
    async with app.run_test(size=(40, 12)) as pilot:
        same, other = Size(40, 12), Size(60, 12)
        for size in (same, same, other, other):
            app.post_message(Resize(size, size))
        await pilot.pause()
        assert app.sizes == [same, other]


@pytest.mark.usefixtures("without_collector")
async def test_what_was_loaded_is_not_looked_through_before_the_first_key() -> None:
    app = OnePart()
    async with app.run_test(size=(40, 12)):
        before = [generation["collections"] for generation in gc.get_stats()]
        app.cover_picture()
        assert gc.isenabled()
        assert gc.get_freeze_count() > 10_000
        assert [generation["collections"] for generation in gc.get_stats()] == before
