"""No screen changes how another one looks: the rules of each are its own."""

import re
from pathlib import Path

import pytest

from tests.tui.looks import SCENES, Cell, cells
from uncramp import tui
from uncramp.system import paths
from uncramp.tui.library.screen import LibraryScreen

SHEETS = sorted(Path(str(tui.__file__)).parent.rglob("*.tcss"))
LOOKED_AT = ("the points", "a routine", "the settings", "when to see a doctor", "the library")
TOUR = (
    "f1", "escape", "f2", "escape", "f5", "escape", "f6", "enter", "escape", "question_mark",
    "escape", "escape", "enter", "t", "escape", "c", "escape", "enter", "j", "escape", "i",
    "escape", "q", "y", "escape",
)  # fmt: skip
"""From the library through every screen and back: pages, settings, a routine, its run."""


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_rule_begins_with_the_name_of_a_screen_of_ours(sheet: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    depth, heads, start = 0, list[str](), 0
    for at, character in enumerate(text):
        if character == "{":
            if depth == 0:
                heads.append(text[start:at].strip())
            depth += 1
        elif character == "}":
            depth -= 1
            start = at + 1 if depth == 0 else start
    selectors = [selector.strip() for head in heads for selector in head.split(",")]
    assert selectors
    for selector in selectors:
        assert re.match(r"[A-Z]\w+(Screen|Dialog|Panel)\b|Dialog\b", selector), selector


@pytest.mark.parametrize("size", [(40, 12), (80, 24)])
@pytest.mark.parametrize("name", LOOKED_AT)
async def test_a_screen_looks_alike_after_every_other(
    name: str, size: tuple[int, int], tmp_path: Path
) -> None:
    async def picture(folder: Path, *, after_others: bool) -> list[Cell]:
        folder.mkdir()
        paths.settings_file().unlink(missing_ok=True)
        scene = SCENES[name]
        on = scene.staged(folder)
        async with on.app.run_test(size=size, notifications=True) as pilot:
            await pilot.pause()
            if after_others:
                for key in TOUR:
                    await on.press(pilot, key)
                assert isinstance(on.app.screen, LibraryScreen)
                assert len(on.players) == 1
                on.app.clear_notifications()
                await pilot.pause()
            await scene.played(on, pilot)
            return list(cells(on))

    fresh = await picture(tmp_path / "fresh", after_others=False)
    assert await picture(tmp_path / "after", after_others=True) == fresh
