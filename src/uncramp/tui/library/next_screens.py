"""What the library opens over itself, loaded when it is first opened: it stands sooner without."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uncramp.library.library import Entry, Library
    from uncramp.tui.dialogs.prompt import PromptDialog
    from uncramp.tui.library.points_screen import PointsScreen
    from uncramp.tui.library.routine_screen import RoutineScreen
    from uncramp.tui.settings.health_screen import PersonScreen


def routine_screen(library: "Library", entry: "Entry", *, is_edited: bool) -> "RoutineScreen":
    """The page of a routine; its file is opened at once if it `is_edited`."""
    from uncramp.tui.library.routine_screen import RoutineScreen

    return RoutineScreen(library, entry, is_edited=is_edited)


def points_screen() -> "PointsScreen":
    """Where each point is."""
    from uncramp.tui.library.points_screen import PointsScreen

    return PointsScreen()


def person_screen() -> "PersonScreen":
    """The questions about the person."""
    from uncramp.tui.settings.health_screen import PersonScreen

    return PersonScreen()


def name_prompt(problem_of: Callable[[str], str | None]) -> "PromptDialog":
    """What a new routine is called; `problem_of` says what is wrong with a name."""
    from uncramp.tui.dialogs.prompt import PromptDialog

    return PromptDialog(
        "New routine", "", problem_of,
        takes="What it is called. Its file then opens in your editor.", take="Write it",
    )  # fmt: skip
