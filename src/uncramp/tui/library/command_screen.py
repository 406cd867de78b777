"""The list of commands: everything that the program can do, found by typing."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual import on
from textual.events import Mount
from textual.getters import query_one
from textual.widgets import Input

from uncramp.tui.dialogs.search_dialog import SEARCH_ACTIONS, SearchDialog
from uncramp.tui.keys.bindings import bindings_for
from uncramp.tui.library.command_list import Command, CommandFinder, CommandKind
from uncramp.tui.messages import ThemePreviewed
from uncramp.tui.widgets.row_list import Line, RowList
from uncramp.tui.widgets.wrapping import spread

LEAST_NAME = 24
"""How many cells of a name are shown before its key or value is cut."""


class CommandList(RowList[Command | CommandKind]):
    """Commands to choose from, under the headings of their kinds."""

    def can_choose(self, row: Command | CommandKind) -> bool:
        """Can the row be chosen? A heading cannot."""
        return isinstance(row, Command)

    def draw(self, row: Command | CommandKind, line: int, width: int, *, is_chosen: bool) -> Line:
        """One command: its name, and at the right edge its key or what holds."""
        if isinstance(row, CommandKind):
            return self.heading(row.value, width)
        mark = "▌ " if is_chosen else "  "
        room = max(width - cell_len(mark) - 1, 0)
        name, right = spread(row.name, row.right, room, least=LEAST_NAME)
        of_name = self.style("chosen" if is_chosen else "text")
        of_right = self.style("chosen-quiet" if is_chosen else "quiet")
        return [Segment(mark + name, of_name), Segment(right, of_right)], of_name


class CommandScreen(SearchDialog[Command]):
    """Every command, found by its words. Its result is the chosen one."""

    PLACE = "commands"
    BINDINGS = bindings_for("commands", **SEARCH_ACTIONS)
    HEADING = "Commands"
    PLACEHOLDER = "Type what you want"
    NOTHING_FOUND = "Nothing found."

    rows = query_one(CommandList)

    def __init__(self, commands: Sequence[Command]) -> None:
        """List `commands`, grouped by kind."""
        super().__init__()
        self._finder = CommandFinder(commands)
        self._previewed: str | None = None

    def new_list(self) -> CommandList:
        """The commands, grouped by kind until something is typed."""
        return CommandList(id="commands")

    @on(Mount)
    @on(Input.Changed)
    def _seek(self) -> None:
        found = self._finder.found(self.search.value)
        shown = found if self.search.value.strip() else tuple(_under_kinds(found))
        self.rows.show_rows(shown, 0)
        self.message_line.display = not found

    @on(CommandList.Chose)
    def _preview(self) -> None:
        """Show the chosen theme on the whole screen, or the present one for any other row."""
        row = self.rows.chosen_row
        look = None
        if isinstance(row, Command) and row.kind is CommandKind.LOOK:
            look = row.id
        if look != self._previewed:
            self._previewed = look
            self.post_message(ThemePreviewed(look))

    def action_take(self) -> None:
        """Do the chosen command."""
        row = self.rows.chosen_row
        if isinstance(row, Command):
            self.dismiss(row)


def _under_kinds(commands: Sequence[Command]) -> Iterator[Command | CommandKind]:
    before = None
    for command in commands:
        if command.kind is not before:
            before = command.kind
            yield command.kind
        yield command
