"""Every screen at night, in high contrast and without colours, cell by cell."""

from pathlib import Path
from typing import Any

import pytest
from rich.color import Color, ColorSystem
from textual.screen import ModalScreen, Screen

from tests.tui.looks import SCENES, SIZES, Cell, cells, contrast, luminance, screen_classes
from tests.tui.stage import Stage, drawn_when_looked_at, seen, settled
from uncramp.settings import Settings
from uncramp.tui.base_screen import BaseScreen, Dialog
from uncramp.tui.dialogs.cautions_screen import CautionsScreen
from uncramp.tui.dialogs.confirm import ConfirmDialog
from uncramp.tui.dialogs.page import PageOver
from uncramp.tui.dialogs.prompt import PromptDialog
from uncramp.tui.dialogs.search_dialog import SearchDialog
from uncramp.tui.history.cramp_dialog import CrampDialog
from uncramp.tui.history.month_screen import MonthScreen
from uncramp.tui.history.screen import HistoryScreen
from uncramp.tui.library.choices_screen import ChoicesScreen
from uncramp.tui.library.command_screen import CommandScreen
from uncramp.tui.library.points_screen import PointsScreen
from uncramp.tui.library.resume_screen import ResumeScreen
from uncramp.tui.library.routine_screen import RoutineScreen
from uncramp.tui.library.screen import LibraryScreen
from uncramp.tui.run.cramp_screen import NowScreen
from uncramp.tui.run.end_dialog import EndDialog
from uncramp.tui.run.finish import FinishScreen
from uncramp.tui.run.jump import JumpScreen
from uncramp.tui.run.screen import RunScreen
from uncramp.tui.settings.health_screen import PersonScreen
from uncramp.tui.settings.screen import SettingsScreen
from uncramp.tui.settings.theme_screen import ThemeScreen
from uncramp.tui.theme import NIGHT

BRIGHTEST_INK = 0.20
"""Pure red has 0.21, and white 1; 4.5 to 1 on black takes 0.175."""
BRIGHTEST_GROUND = 0.02
MOST_GREEN, MOST_BLUE = 0x30, 0x18
"""Of the light that keeps a person awake there is next to none."""
READABLE, HIGH, SEEN = 4.5, 7.0, 1.3
"""How much contrast there is at least where something is to be read, or only to be seen."""

SHOWN_IN: dict[str, type[Screen[Any]]] = {
    "the first cautions": CautionsScreen,
    "a cramp now": NowScreen,
    "a routine": RoutineScreen,
    "a routine that asks": ConfirmDialog,
    "a run that was cut off": ResumeScreen,
    "a soak": RunScreen,
    "a value to type": PromptDialog,
    "about you": PersonScreen,
    "asked for a name": PromptDialog,
    "asked whether to delete": ConfirmDialog,
    "asked whether to end": EndDialog,
    "the end": FinishScreen,
    "the history": HistoryScreen,
    "the month": MonthScreen,
    "how the cramp was": CrampDialog,
    "the commands": CommandScreen,
    "the library": LibraryScreen,
    "the points": PointsScreen,
    "the settings": SettingsScreen,
    "the themes": ThemeScreen,
    "what may be chosen": ChoicesScreen,
    "when to see a doctor": PageOver,
    "where to jump": JumpScreen,
}
"""A scene of each screen that there is."""

BLACK_OF_16, RED_OF_16 = 0, 1
NIGHT_COLOURS = [
    str(getattr(NIGHT, name))
    for name in ("primary", "secondary", "accent", "foreground", "background", "surface", "panel")
]


def is_bright(cell: Cell) -> bool:
    if cell.ground is None:
        return True
    ink = cell.ground if cell.character.isspace() else cell.ink
    return (
        ink is None
        or luminance(ink) > BRIGHTEST_INK
        or luminance(cell.ground) > BRIGHTEST_GROUND
        or any(part[1] > MOST_GREEN or part[2] > MOST_BLUE for part in (ink, cell.ground))
    )


def is_faint(cell: Cell, least: float) -> bool:
    """Has it less contrast than what is read needs, or what is only seen?"""
    if cell.character.isspace() or cell.ink is None or cell.ground is None:
        return False
    if not cell.character.isalnum():
        least = SEEN if cell.ink != cell.ground else 0
    return contrast(cell.ink, cell.ground) < least


def in_front(on: Stage) -> list[Cell]:
    """The cells of what is to be read now: of a page over another screen, those of the page."""
    screen = on.app.screen
    region = screen.children[0].region if isinstance(screen, ModalScreen) else screen.region
    return list(cells(on, region))


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENES)
async def test_at_night_no_cell_is_bright_and_in_high_contrast_none_is_faint(
    name: str, tmp_path: Path
) -> None:
    on = SCENES[name].staged(tmp_path)
    async with on.app.run_test(size=SIZES[0], notifications=True) as pilot:
        on.app.night.toggle()
        await SCENES[name].played(on, pilot)
        assert type(on.app.screen) is SHOWN_IN.get(name, type(on.app.screen))
        with drawn_when_looked_at():
            for size in SIZES:
                await pilot.resize_terminal(*size)
                await settled(on, pilot)
                assert [cell for cell in cells(on) if is_bright(cell)] == []
                assert [cell for cell in in_front(on) if is_faint(cell, READABLE)] == []
            on.app.night.toggle()
            on.app.use_settings(Settings(theme="contrast"))
            await settled(on, pilot)
            assert on.app.theme == "contrast"
            assert [cell for cell in in_front(on) if is_faint(cell, HIGH)] == []
            for theme in ("ocean", "meadow"):
                on.app.use_settings(Settings(theme=theme))
                await settled(on, pilot)
                assert on.app.theme == theme
                assert [cell for cell in in_front(on) if is_faint(cell, READABLE)] == []


def every_screen() -> set[type[Screen[Any]]]:
    """Every screen that the full screen has."""
    return set(screen_classes()) - {BaseScreen, Dialog, SearchDialog}


def test_every_screen_is_among_the_scenes() -> None:
    # That a scene leads to its screen is seen where it is played.
    assert SHOWN_IN.keys() <= SCENES.keys()
    assert set(SHOWN_IN.values()) == every_screen()


def test_a_terminal_of_sixteen_colours_shows_the_night_in_red_and_black() -> None:
    shown = {
        Color.parse(colour[:7]).downgrade(ColorSystem.STANDARD).number
        for colour in (*NIGHT.variables.values(), *NIGHT_COLOURS)
        if colour.startswith("#")
    }
    assert shown == {BLACK_OF_16, RED_OF_16}


async def test_z_makes_it_night_and_day_again_over_any_page(tmp_path: Path) -> None:
    on = SCENES["asked whether to end"].staged(tmp_path)
    async with on.app.run_test(size=(80, 24), notifications=True) as pilot:
        await SCENES["asked whether to end"].played(on, pilot)
        await pilot.press("z")
        assert on.app.theme == "night"
        assert on.app.night.is_on
        await pilot.press("z")
        assert on.app.theme == "lamplight"
        await pilot.press("f9")
        assert on.app.night.is_on


async def test_where_letters_are_typed_z_is_one_and_f9_makes_it_night(tmp_path: Path) -> None:
    on = SCENES["the library"].staged(tmp_path)
    async with on.app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("z", "f9")
        await pilot.pause()
        assert "Nothing found" in seen(on)
        assert on.app.theme == "night"


@pytest.mark.parametrize(
    ("name", "signs"),
    [
        ("the library", ("▌ Rub", "! 2 problems")),
        # The middle row of the arrow and of the word, which are drawn.
        ("on the left", (" █████    ██    ███   ███     ██ ", "Care: Not on", "left of 0:30")),
        ("on the right", (" ███   ██ ██ ███ █████   ██      █████ ",)),
        ("paused", ("PAUSED",)),
        ("get ready", ("GET READY",)),
        ("an open step", ("so far · press Enter when done",)),
        ("about you", (" yes",)),
        ("asked whether to end", ("End the routine here?",)),
    ],
)
async def test_without_colours_all_is_said_in_characters(
    name: str, signs: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    on = SCENES[name].staged(tmp_path)
    async with on.app.run_test(size=(80, 24), notifications=True) as pilot:
        await SCENES[name].played(on, pilot)
        on.app.night.toggle()
        assert [sign for sign in signs if sign not in seen(on)] == []
        assert {(cell.ink, cell.ground) for cell in cells(on)} == {(None, None)}
