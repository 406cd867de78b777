"""No screen changes how another one looks: the rules of each are its own."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from rich.style import Style
from textual.pilot import Pilot
from textual.screen import Screen

from tests.content.bundled import routine as bundled
from tests.recording_player import RecordingPlayer
from tests.tui.looks import FILES
from tests.tui.stage import Stage, Time, drawn_when_looked_at, settled, stage
from tests.tui.test_resume_screen import of_now
from uncramp import tui
from uncramp.core.plan.plan import make_plan
from uncramp.core.routine.points import Atlas
from uncramp.library.library import Library
from uncramp.session.conductor import Conductor
from uncramp.tui.dialogs.cautions_screen import CautionsScreen
from uncramp.tui.library.resume_screen import ResumeScreen
from uncramp.tui.library.screen import LibraryScreen
from uncramp.tui.run.cramp_screen import NowScreen
from uncramp.tui.run.screen import RunScreen
from uncramp.tui.settings.theme_screen import ThemeScreen

SHEETS = sorted(Path(str(tui.__file__)).parent.rglob("*.tcss"))
IN_PAIN = make_plan(bundled("acute-calf"))
LIBRARY = Library(Path("nowhere"), Path("nowhere"), Atlas([]), ())

Opening = tuple[str, ...] | Callable[[], Screen[Any]]

SCREENS: dict[str, Opening] = {
    "safety": ("f1",), "points": ("f2",), "evidence": ("f3",), "advice": ("f4",),
    "about you": ("f5",), "settings": ("f6",), "history": ("f7",), "month": ("f7", "m"),
    "keys": ("question_mark",), "commands": ("ctrl+p",),
    "a routine": ("enter",), "its choices": ("enter", "t"), "a name": ("enter", "c"),
    "to delete": ("enter", "d"),
    "a run": ("enter", "enter"), "a step": ("enter", "enter", "i"),
    "to jump": ("enter", "enter", "j"), "to end": ("enter", "enter", "q"),
    "the end": ("enter", "enter", "n", "n", "n"),
    "themes": lambda: ThemeScreen("auto", is_night=False),
    "cautions": lambda: CautionsScreen("Bath", ("Not too hot.",)),
    "cut off": lambda: ResumeScreen(of_now().offer, 100.0),
    "now": lambda: NowScreen(Conductor(IN_PAIN, Time().clocks(), RecordingPlayer()), LIBRARY),
}  # fmt: skip
"""Every screen, and how it is opened from the library: by its keys, or as it is."""

SIZES = [(80, 24), (40, 12), (200, 50)]

Lines = list[list[tuple[str, Style | None]]]
Pictures = dict[tuple[int, int], Lines]
"""What a screen looks like, by the size of the terminal."""


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


async def pictures(pilot: Pilot[int], on: Stage) -> Pictures:
    """The screen in front at every size."""
    found: Pictures = {}
    with drawn_when_looked_at():
        for size in SIZES:
            if size != SIZES[0]:
                await pilot.resize_terminal(*size)
            lines = await settled(on, pilot)
            found[size] = [[(s.text, s.style) for s in strip.simplify()] for strip in lines]
    return found


async def visited(on: Stage, pilot: Pilot[int], name: str) -> Pictures:
    """Open a screen from the library, look at it, and go back."""
    opening = SCREENS[name]
    if isinstance(opening, tuple):
        await on.press(pilot, *opening)
    else:
        on.app.push_screen(opening())
        await pilot.pause()
    assert not isinstance(on.app.screen, LibraryScreen), name
    found = await pictures(pilot, on)
    while not isinstance(on.app.screen, LibraryScreen):
        if isinstance(on.app.screen, NowScreen):
            on.app.pop_screen()
            await pilot.pause()
        else:
            is_run = isinstance(on.app.screen, RunScreen)
            await on.press(pilot, *("qy" if is_run else ("escape",)))
    on.app.clear_notifications()
    await pilot.resize_terminal(*SIZES[0])
    return found


async def tour(folder: Path, names: Iterable[str], *, ends: bool = True) -> dict[str, Pictures]:
    """Open one screen after the other and look at each, and where it `ends` at the library."""
    folder.mkdir()
    on = stage(folder, None, files=FILES)
    noon_s = on.time.wall()
    # Each run says when it ends: it is always the same noon.
    on.time.wall = lambda: noon_s  # type: ignore[method-assign]
    async with on.app.run_test(size=SIZES[0], notifications=True) as pilot:
        await pilot.pause()
        found = {name: await visited(on, pilot, name) for name in names}
        return {**found, "library": await pictures(pilot, on)} if ends else found


@pytest.mark.slow
@pytest.mark.timeout(240)
async def test_a_screen_looks_alike_before_and_after_every_other(tmp_path: Path) -> None:
    """In one order a screen comes after some, in the other after all the others."""
    there = await tour(tmp_path / "there", SCREENS)
    back = await tour(tmp_path / "back", reversed(SCREENS))
    assert [name for name in there if there[name] != back[name]] == []
    for number, name in enumerate(SCREENS):
        fresh = await tour(tmp_path / str(number), (name,), ends=False)
        assert fresh[name] == there[name], name
