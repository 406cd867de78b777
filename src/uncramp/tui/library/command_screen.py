"""The list of commands: everything that the program can do, found by typing."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.getters import query_one
from textual.widgets import Input

from uncramp.tui.base_screen import Dialog
from uncramp.tui.keys.bindings import bindings_for
from uncramp.tui.library.command_list import Command, CommandFinder, CommandKind
from uncramp.tui.widgets.key_line import KeyLine
from uncramp.tui.widgets.row_list import Line, RowList
from uncramp.tui.widgets.words import Words
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


class CommandScreen(Dialog[Command | None]):
    """Every command, found by its words. Its result is the chosen one."""

    PLACE = "commands"
    BINDINGS = bindings_for(
        "commands",
        up="by(-1)", down="by(1)", page_up="pages(-1)", page_down="pages(1)",
        first="by(-1000000)", last="by(1000000)", back="clear_or_close",
    )  # fmt: skip

    search = query_one("#search", Input)
    rows = query_one(CommandList)
    message_line = query_one("#message", Words)

    def __init__(self, commands: Sequence[Command]) -> None:
        """List `commands`, grouped by kind."""
        super().__init__()
        self._finder = CommandFinder(commands)

    def compose(self) -> ComposeResult:
        """The search, the list, and the keys."""
        with Vertical(id="frame") as frame:
            frame.border_title = "Commands"
            field = Input(placeholder="Type what you want", id="search", compact=True)
            field.cursor_blink = False
            yield field
            yield Words("Nothing found. Escape clears the search.", id="message")
            yield CommandList(id="commands")
            yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """List all of them."""
        self.search.focus()
        self.show_keys()
        self._seek()

    @on(Input.Changed)
    def _seek(self) -> None:
        found = self._finder.found(self.search.value)
        shown = found if self.search.value.strip() else tuple(_under_kinds(found))
        self.rows.show_rows(shown, 0)
        self.message_line.display = not found

    @on(Input.Submitted)
    @on(CommandList.Clicked)
    def action_take(self) -> None:
        """Do the chosen command."""
        row = self.rows.chosen_row
        if isinstance(row, Command):
            self.dismiss(row)

    def action_by(self, rows: int) -> None:
        """Choose another command."""
        self.rows.move_by(rows)

    def action_pages(self, pages: int) -> None:
        """Choose a command a page away."""
        self.rows.move_by_pages(pages)

    def action_clear_or_close(self) -> None:
        """Clear the search, or go back if it is empty."""
        if self.search.value:
            self.search.value = ""
        else:
            self.dismiss(None)


def _under_kinds(commands: Sequence[Command]) -> Iterator[Command | CommandKind]:
    before = None
    for command in commands:
        if command.kind is not before:
            before = command.kind
            yield command.kind
        yield command
