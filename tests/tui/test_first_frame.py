"""What a screen costs until it stands: counts, because times are the machine's."""

from pathlib import Path

import pytest
from textual.css.stylesheet import Stylesheet

from tests.tui.stage import PRESS, SOAK, routine, stage
from uncramp.core.routine.model import Routine

OF_A_SCREEN = 4
"""Styles that are given to as many nodes at once are given to all of a screen."""


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (45, 15)])
@pytest.mark.parametrize("of", [routine(SOAK, PRESS), None])
async def test_a_screen_is_styled_once_before_it_stands(
    tmp_path: Path, size: tuple[int, int], of: Routine | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its parts are styled as they are made, and once more as it comes to the front."""
    times = []
    style = Stylesheet.update_nodes

    def styled(self: Stylesheet, nodes: list[object], animate: bool = False) -> None:
        found = list(nodes)
        times.append(len(found) >= OF_A_SCREEN)
        style(self, found, animate)  # type: ignore[arg-type]

    monkeypatch.setattr(Stylesheet, "update_nodes", styled)
    on = stage(tmp_path, of)
    async with on.app.run_test(size=size) as pilot:
        await pilot.pause()
        assert sum(times) == 1


@pytest.mark.parametrize("of", [routine(SOAK, PRESS), None])
async def test_the_styles_are_read_again_for_the_theme_alone(
    tmp_path: Path, of: Routine | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A screen with styles that are new to the app has all of them read again."""
    times = []
    reparse = Stylesheet.reparse

    def counted(self: Stylesheet) -> None:
        times.append(len(self.source))
        reparse(self)

    monkeypatch.setattr(Stylesheet, "reparse", counted)
    on = stage(tmp_path, of)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert len(times) <= 1
