"""One routine of the library, opened: its steps and cautions, or its problems."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen

from uncramp.core.model import Choices
from uncramp.tui.messages import RoutineStarted
from uncramp.tui.outline import outline_of, problems_page, warnings_page
from uncramp.tui.own import own_settings
from uncramp.tui.screens.choices import ChoicesScreen
from uncramp.tui.screens.details import keys_page
from uncramp.tui.screens.page_over import PageOver
from uncramp.tui.screens.person import answer_now
from uncramp.tui.screens.reading import difference_paragraphs
from uncramp.tui.widgets.key_line import KeyLine, KeyShown
from uncramp.tui.widgets.text_page import Paragraph, TextPage
from uncramp.tui.wrapping import as_title

if TYPE_CHECKING:
    from uncramp.library import Entry


def page_of(entry: "Entry", choices: Choices | None = None) -> tuple[Paragraph, ...]:
    """What there is to read of a routine: for whom what is different, its steps, its problems."""
    if entry.routine is None:
        return problems_page(tuple(entry.problems), str(entry.file))
    page = difference_paragraphs(answer_now(entry.routine, choices))
    page += outline_of(entry.routine) + warnings_page(entry.problems)
    if entry.hides_bundled:
        words = "Yours, in place of the bundled routine of the same id."
        page = (*page, Paragraph(), Paragraph(words))
    return page


class RoutineScreen(Screen[None], inherit_bindings=False):
    """A routine to read before it starts."""

    CSS_PATH = "routine.tcss"
    ALLOW_SELECT = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "start", "Start", id="routine.start", key_display="Enter"),
        Binding("t", "choose", "Times, steps", id="routine.choose", key_display="T"),
        Binding("escape,left,backspace", "back", "Back", id="routine.back", key_display="Esc"),
        Binding("q", "app.leave", "Leave", id="routine.leave", key_display="Q"),
        Binding("question_mark", "keys", "Keys", id="routine.keys", key_display="?"),
    ]

    def __init__(self, entry: "Entry") -> None:
        """Show `entry`."""
        super().__init__()
        self.entry = entry

    def compose(self) -> ComposeResult:
        """A framed page with the routine's title on its frame."""
        with Vertical(id="frame"):
            choices = own_settings(self).now().choices()
            yield TextPage(page_of(self.entry, choices), id="page")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one("#frame").border_title = as_title(self.entry.title)
        self.query_one(TextPage).focus()
        keys = [
            KeyShown("Enter", "Start", "start", 0),
            KeyShown("T", "Times, steps", "choose", 2),
            KeyShown("↑↓", "Read on", "page.scroll_down", 4),
            KeyShown("Esc", "Back", "back", 1),
            KeyShown("Q", "Leave", "app.leave", 3),
        ]
        self.query_one(KeyLine).show(tuple(keys if self._can_run else keys[2:]))

    @property
    def _can_run(self) -> bool:
        return self.entry.routine is not None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A file with problems cannot be started."""
        return action not in ("start", "choose") or self._can_run

    def action_start(self) -> None:
        """Start the routine."""
        if self.entry.routine is not None:
            self.post_message(RoutineStarted(self.entry.routine))

    def action_choose(self) -> None:
        """Change side, times and steps for this time, and start it."""
        routine = self.entry.routine
        if routine is None:
            return

        def start(choices: Choices | None) -> None:
            if choices is not None:
                self.post_message(RoutineStarted(routine, choices))

        self.app.push_screen(ChoicesScreen(routine), start)

    def action_back(self) -> None:
        """Go back to the library."""
        self.app.pop_screen()

    def action_keys(self) -> None:
        """Show the keys of this place."""
        self.app.push_screen(PageOver("Keys", keys_page(self)))
