"""What the app does between its start and its first picture."""

import gc
from collections.abc import Iterator

import pytest
from textual.app import ComposeResult
from textual.widgets import Static

from uncramp.tui.terminal.base_app import BaseApp


class OnePart(BaseApp):
    def compose(self) -> ComposeResult:
        yield Static("part")


@pytest.fixture
def without_collector() -> Iterator[None]:
    """The collector of garbage is off, as behind an early picture."""
    threshold = gc.get_threshold()
    gc.disable()
    yield
    gc.unfreeze()
    gc.enable()
    gc.set_threshold(*threshold)


@pytest.mark.usefixtures("without_collector")
async def test_what_was_loaded_is_not_looked_through_before_the_first_key() -> None:
    app = OnePart()
    async with app.run_test(size=(40, 12)):
        before = [generation["collections"] for generation in gc.get_stats()]
        app.cover_picture()
        assert gc.isenabled()
        assert gc.get_freeze_count() > 10_000
        assert [generation["collections"] for generation in gc.get_stats()] == before
