"""The screens that are seldom the first, each loaded when it is first opened.

So a run appears sooner, by the time that the library, the settings and the finish page take to
load. Once it is drawn, `load_all` loads them, so that nobody waits for them later.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeGuard

from textual.app import App
from textual.screen import Screen

from uncramp.advice.cramps import CRAMP_IDS
from uncramp.tui.base_screen import BaseScreen

if TYPE_CHECKING:
    from uncramp.core.run.record import Record
    from uncramp.library.library import Entry, Library
    from uncramp.runs.resume_options import Offer
    from uncramp.session.conductor import Conductor
    from uncramp.session.own_data import OwnData
    from uncramp.settings import OwnSettings
    from uncramp.tui.dialogs.cautions_screen import CautionsScreen
    from uncramp.tui.dialogs.confirm import ConfirmDialog
    from uncramp.tui.history.screen import HistoryScreen
    from uncramp.tui.library.resume_screen import ResumeScreen
    from uncramp.tui.library.screen import LibraryScreen
    from uncramp.tui.run.finish import FinishScreen
    from uncramp.tui.run.screen import RunScreen
    from uncramp.tui.settings.screen import SettingsScreen


def library_screen(library: "Library", problem: str | None, data: "OwnData") -> "LibraryScreen":
    """The list of routines."""
    from uncramp.tui.library.screen import LibraryScreen

    return LibraryScreen(library, problem, data)


def run_screen(conductor: "Conductor", library: "Library") -> "RunScreen":
    """A run; during a cramp it can change to another one, in the library."""
    if conductor.plan.routine.id in CRAMP_IDS:
        from uncramp.tui.run.cramp_screen import NowScreen

        return NowScreen(conductor, library)
    from uncramp.tui.run.screen import RunScreen

    return RunScreen(conductor)


def resume_screen(
    offer: "Offer", now_s: float, steady: "Callable[[], float]", *, is_at_start: bool = False
) -> "ResumeScreen":
    """The question about a run that was cut off."""
    from uncramp.tui.library.resume_screen import ResumeScreen

    return ResumeScreen(offer, now_s, steady, is_at_start=is_at_start)


def start_question(asks: tuple[str, ...]) -> "ConfirmDialog":
    """The question whether to start a routine that asks this person first."""
    from uncramp.tui.dialogs.confirm import ConfirmDialog

    return ConfirmDialog("Start it anyway?", asks, "Start it")


def settings_screen(own: "OwnSettings") -> "SettingsScreen":
    """The settings."""
    from uncramp.tui.settings.screen import SettingsScreen

    return SettingsScreen(own)


def open_commands(app: App[int]) -> None:
    """Open the list of commands over the screen in front."""
    from uncramp.tui.library import command_flow

    command_flow.open_commands(app)


def history_screen(data: "OwnData", library: "Library") -> "HistoryScreen":
    """The history."""
    from uncramp.tui.history.cramp_form import step_names
    from uncramp.tui.history.screen import HistoryScreen

    def steps_of(routine_id: str) -> tuple[str, ...]:
        entry = library.find(routine_id)
        return step_names(entry.routine) if entry and entry.routine else ()

    return HistoryScreen(lambda: data.open_history(library), steps_of)


def finish_screen(
    record: "Record",
    conductor: "Conductor",
    library: "Library",
    data: "OwnData",
    offers: "Sequence[Entry]",
) -> "FinishScreen":
    """The page after a run that has ended."""
    from uncramp.tui.run.after_run import after_run
    from uncramp.tui.run.finish import Finished, FinishScreen

    finished = Finished(record, tuple(offers), after_run(record, conductor, data))
    return FinishScreen(finished, conductor, library)


def cautions_screen(title: str, cautions: Sequence[str]) -> "CautionsScreen":
    """The cautions to read before a first run."""
    from uncramp.tui.dialogs.cautions_screen import CautionsScreen

    return CautionsScreen(title, tuple(cautions))


def is_run(screen: Screen[object]) -> "TypeGuard[RunScreen]":
    """Is it a run?"""
    return isinstance(screen, BaseScreen) and screen.IS_RUN


def is_library(screen: Screen[object]) -> "TypeGuard[LibraryScreen]":
    """Is it the library?"""
    from uncramp.tui.library.screen import LibraryScreen

    return isinstance(screen, LibraryScreen)


def is_finish(screen: Screen[object]) -> "TypeGuard[FinishScreen]":
    """Is it the page after a run?"""
    from uncramp.tui.run.finish import FinishScreen

    return isinstance(screen, FinishScreen)


def load_all() -> None:
    """Load the screens that were not opened yet."""
    import uncramp.tui.history.screen
    import uncramp.tui.library.command_flow
    import uncramp.tui.library.points_screen
    import uncramp.tui.library.routine_screen
    import uncramp.tui.library.screen
    import uncramp.tui.run.cramp_screen
    import uncramp.tui.run.end_dialog
    import uncramp.tui.run.finish
    import uncramp.tui.run.jump
    import uncramp.tui.settings.screen  # noqa: F401
