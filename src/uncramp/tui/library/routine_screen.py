"""One routine of the library, opened: its steps and cautions, or its problems."""

import os
from typing import TYPE_CHECKING

from textual.app import ComposeResult, SuspendNotSupported
from textual.containers import Vertical

from uncramp.core.routine.keys import LONGEST_NAME
from uncramp.core.routine.model import Choices
from uncramp.library.copying import copy_own, name_problem
from uncramp.library.library import Origin
from uncramp.library.new_routine import checked_name, id_of
from uncramp.library.trash import Deleted
from uncramp.system.editor import NoEditor, find_editor, open_in
from uncramp.system.files import CannotWrite
from uncramp.system.routine_file import CannotRead
from uncramp.tui.base_screen import BaseScreen
from uncramp.tui.dialogs.confirm import ConfirmDialog
from uncramp.tui.dialogs.page import PageOver
from uncramp.tui.dialogs.prompt import PromptDialog
from uncramp.tui.keys.bindings import bindings_for
from uncramp.tui.library.choices_screen import ChoicesScreen
from uncramp.tui.library.routine_text import page_of
from uncramp.tui.messages import RoutineStarted
from uncramp.tui.settings.session_settings import own_data, own_settings
from uncramp.tui.terminal.suspend import left_to_another
from uncramp.tui.widgets.key_line import KeyLine
from uncramp.tui.widgets.routine_list import STAR
from uncramp.tui.widgets.text_page import Look, Paragraph, TextPage
from uncramp.tui.widgets.wrapping import as_title

if TYPE_CHECKING:
    from uncramp.library.library import Entry, Library

_NOT_ALWAYS = ("start", "choose", "delete")

_COPIED_FIRST = (
    "This routine comes with the program.",
    "It is copied into your own folder so that you can change it; your copy replaces it.",
)


class RoutineScreen(BaseScreen[Deleted | None]):
    """A routine to read before it starts. Its result is what was deleted, if anything."""

    CSS_PATH = "routine_screen.tcss"

    PLACE = "routine"
    BINDINGS = bindings_for("routine", leave="app.leave", keys="app.keys")

    def __init__(self, library: "Library", entry: "Entry", *, is_edited: bool = False) -> None:
        """Show `entry` of `library`; with `is_edited` its file is opened in the editor at once."""
        super().__init__()
        self._is_edited = is_edited
        self.library = library
        self.entry = entry

    def compose(self) -> ComposeResult:
        """A framed page with the routine's title on its frame."""
        with Vertical(id="frame"):
            yield TextPage(self._page(), id="page")
        yield KeyLine(id="keys")

    def _page(self) -> tuple[Paragraph, ...]:
        page = page_of(self.entry, own_settings(self).now().choices())
        use = own_data(self).use_of(self.entry.id)
        return (
            (*page, Paragraph(), Paragraph(f"In your history: {use}", Look.QUIET)) if use else page
        )

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(TextPage).focus()
        self._show_around()
        if self._is_edited:
            self.call_after_refresh(self.action_edit)

    def _show_around(self) -> None:
        """The title with its star, and the keys."""
        is_favourite = self.entry.id in own_data(self).favourites()
        star = f"{STAR} " if is_favourite else ""
        has_columns = any(p.starts_column for p in self.query_one(TextPage).paragraphs)
        self.set_class(has_columns, "has-columns")
        self.query_one("#frame").border_title = star + as_title(self.entry.title)
        unable = [name for name in _NOT_ALWAYS if not self.check_action(name, ())]
        self.show_keys(without=" ".join(unable), favourite="No star" if is_favourite else "Star")

    def _open(self, routine_id: str, message: str = "") -> None:
        """Show the routine with that id as its file is now."""
        entry = self.library.find_again(routine_id)
        if entry is None:
            self.dismiss(None)
            return
        self.entry = entry
        self.query_one(TextPage).show(self._page())
        self._show_around()
        if message:
            self.app.notify(message, markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A file with problems cannot be started, and a bundled one not deleted."""
        if action in ("start", "choose"):
            return self.entry.routine is not None
        return action != "delete" or self.entry.origin is Origin.USER

    def action_start(self) -> None:
        """Start the routine."""
        if self.entry.routine is not None:
            self.post_message(RoutineStarted(self, self.entry.routine))

    def action_choose(self) -> None:
        """Change side, times and steps for this time, and start it."""
        routine = self.entry.routine
        if routine is None:
            return

        def start(choices: Choices | None) -> None:
            if choices is not None:
                self.post_message(RoutineStarted(self, routine, choices))

        self.open(ChoicesScreen(routine), start)

    def action_favourite(self) -> None:
        """Add the routine to your favourites, or remove it."""
        _, problem = own_data(self).turn_star(self.entry.id)
        if problem:
            self.app.notify(problem, severity="warning", markup=False)
        self._show_around()

    def action_edit(self) -> None:
        """Open the routine's file in the person's editor, and check it afterwards."""
        try:
            editor = find_editor(self.entry.file)
        except NoEditor as error:
            self.open(PageOver("Edit", (Paragraph(str(error)),)))
            return
        if self.entry.origin is not Origin.BUNDLED:
            self._edit(editor)
            return

        def edit_copy(is_agreed: bool | None) -> None:
            if is_agreed and self._copy(self.entry.id, None):
                self._edit(editor)

        self.open(ConfirmDialog("Edit", _COPIED_FIRST, "Copy and edit it"), edit_copy)

    def _edit(self, editor: list[str]) -> None:
        try:
            with left_to_another(self.app):
                status = open_in(editor, self.entry.file)
        except (NoEditor, SuspendNotSupported) as error:
            self.open(PageOver("Edit", (Paragraph(str(error)),)))
            return
        if not os.path.lexists(self.entry.file):
            words = "The file is no longer there: it was deleted or moved in the editor."
            self.app.notify(words, severity="warning", markup=False)
            self._open(self.entry.id)
            return
        message = f'The editor "{editor[0]}" ended with status {status}.' if status else ""
        self._open(self.entry.id, message)
        if not message and not self.entry.problems:
            self.app.notify("Nothing to fix in the file.", markup=False)

    def action_copy(self) -> None:
        """Copy the routine under another name, into your own folder."""

        def copy(name: str | None) -> None:
            if name is not None:
                title = checked_name(name, "The name")
                if self._copy(id_of(title), title):
                    self.app.notify(f"Copied to {self.entry.file}", markup=False)

        suggested = f"My {self.entry.title[:1].lower()}{self.entry.title[1:]}"

        def problem_of(name: str) -> str | None:
            return name_problem(self.library, name)

        self.open(PromptDialog("Copy", suggested[:LONGEST_NAME], problem_of), copy)

    def _copy(self, routine_id: str, title: str | None) -> bool:
        """Copy it to the person's folder and show the copy. Was it copied?"""
        try:
            copy_own(self.library.own, self.entry.file, routine_id, title)
        except CannotRead as error:
            self.open(PageOver("Copy", (Paragraph(error.problem.message),)))
            return False
        except CannotWrite as error:
            self.open(PageOver("Copy", (Paragraph(str(error)),)))
            return False
        self._open(routine_id)
        return True

    def action_delete(self) -> None:
        """Move your own routine to the trash."""

        def delete(is_agreed: bool | None) -> None:
            if not is_agreed:
                return
            try:
                self.dismiss(own_data(self).throw_away(self.entry.file))
            except CannotWrite as error:
                self.open(PageOver("Delete", (Paragraph(str(error)),)))

        words = [f"Move {self.entry.title} to the trash?", "Ctrl-G in the library restores it."]
        if self.entry.hides_bundled:
            words.append("The bundled one of that id then shows again.")
        self.open(ConfirmDialog("Delete", tuple(words), "Delete it"), delete)

    def action_back(self) -> None:
        """Go back to the library."""
        self.dismiss(None)
