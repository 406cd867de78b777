"""Opening the list of commands over a screen, and doing the chosen one."""

from collections.abc import Iterator
from typing import Any

from textual.app import App

from uncramp.session.key_table import KEY_BY_ID, ProgramKey, keys_of_place
from uncramp.settings.writer import CannotSet
from uncramp.tui.base_screen import BaseScreen
from uncramp.tui.keys.bindings import action_of, names_of
from uncramp.tui.library.command_list import (
    LOOK,
    Command,
    CommandKind,
    command_of,
    look_commands,
    routine_commands,
    setting_commands,
)
from uncramp.tui.library.command_screen import CommandScreen
from uncramp.tui.library.screen import LibraryScreen
from uncramp.tui.messages import SettingsChanged, ThemePreviewed
from uncramp.tui.run.screen import RunScreen
from uncramp.tui.settings.screen import SettingsScreen
from uncramp.tui.settings.session_settings import UNSAVED, own_settings

_MOVES = ("up", "down", "page_up", "page_down", "first", "last", "leave")
"""Keys that only move or leave; leaving is listed once, for the whole program."""

_ANYWHERE = ("app.night-anywhere", "app.suspend", "app.leave")


def open_commands(app: App[int]) -> None:
    """List the commands of the screen in front, and of the whole program unless a run goes on."""
    screen = app.screen
    if not isinstance(screen, BaseScreen) or not screen.HAS_COMMANDS:
        return

    async def taken(command: Command | None) -> None:
        screen.post_message(ThemePreviewed(None))
        if command is not None:
            await _follow(app, screen, command)

    screen.open(CommandScreen(tuple(_commands(app, screen))), taken)


def _commands(app: App[int], screen: BaseScreen[Any]) -> Iterator[Command]:
    library = _library_below(app)
    own = own_settings(screen).now()
    if screen is not library:
        yield from _keys_of(screen, CommandKind.HERE)
    if library is not None:
        yield from _keys_of(library, CommandKind.PAGE)
    yield from (
        command_of(CommandKind.PAGE, KEY_BY_ID[id_], names_of(app).get(id_, ""))
        for id_ in _ANYWHERE
    )
    if library is not None:
        yield from routine_commands(library.catalogue.listings)
    yield from look_commands(own)
    if library is not None:
        yield from setting_commands(own)


def _library_below(app: App[int]) -> LibraryScreen | None:
    """The library, if it is open and no run goes on over it."""
    if any(isinstance(screen, RunScreen) for screen in app.screen_stack):
        return None
    return next((s for s in app.screen_stack if isinstance(s, LibraryScreen)), None)


def _keys_of(screen: BaseScreen[Any], kind: CommandKind) -> Iterator[Command]:
    called = names_of(screen)
    for key in keys_of_place(screen.PLACE):
        if _can_be_done(screen, key):
            yield command_of(kind, key, called.get(key.id, ""))


def _can_be_done(screen: BaseScreen[Any], key: ProgramKey) -> bool:
    action = action_of(screen, key.id).partition("(")[0]
    return bool(action) and key.name not in _MOVES and screen.check_action(action, ()) is not False


async def _follow(app: App[int], screen: BaseScreen[Any], command: Command) -> None:
    if command.kind is CommandKind.HERE:
        await screen.run_action(action_of(screen, command.id))
        return
    if command.kind is CommandKind.LOOK:
        _give_look(app, screen, command.id)
        return
    library = _library_below(app)
    if command.id in _ANYWHERE or library is None:
        await app.run_action(action_of(app, command.id))
        return
    while app.screen is not library:
        app.pop_screen()
    match command.kind:
        case CommandKind.ROUTINE:
            library.open_routine(command.id)
        case CommandKind.SETTING:
            library.open(SettingsScreen(own_settings(library), command.id))
        case _:
            await library.run_action(action_of(library, command.id))


def _give_look(app: App[int], screen: BaseScreen[Any], look: str) -> None:
    """Apply a theme from now on, and save it."""
    try:
        own_settings(screen).give(LOOK, look)
    except CannotSet as error:
        app.notify(f"{error} {UNSAVED}", severity="warning", markup=False)
    screen.post_message(SettingsChanged())
