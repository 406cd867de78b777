"""A line to type on, on top of another screen."""

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from uncramp.tui.base_screen import Dialog
from uncramp.tui.keys.bindings import bindings_for
from uncramp.tui.widgets.key_line import KeyLine
from uncramp.tui.widgets.typed_line import TypedLine
from uncramp.tui.widgets.words import Words


class PromptDialog(Dialog[str | None]):
    """Asks for a text until a valid one is typed. Its result is the text, or None."""

    PLACE = "prompt"
    BINDINGS = bindings_for("prompt")

    def __init__(
        self,
        title: str,
        suggested: str,
        problem_of: Callable[[str], str | None],
        *,
        takes: str = "",
        take: str = "",
        is_all_chosen: bool = False,
    ) -> None:
        """Ask under `title`, beginning with `suggested`.

        `problem_of` says what is wrong with a text, None for nothing; `takes` says what can be
        typed; `take` is the label of the key that accepts it. With `is_all_chosen` the first
        letter replaces the suggestion.
        """
        super().__init__()
        self._title = title
        self._suggested = suggested
        self._problem_of = problem_of
        self._takes = takes
        self._take = take or title
        self._is_all_chosen = is_all_chosen

    def compose(self) -> ComposeResult:
        """What can be typed, the line for it, the problem with it, and the keys."""
        with Vertical(id="frame", classes="-small") as frame:
            frame.border_title = self._title
            takes = Words(self._takes, id="takes")
            takes.display = bool(self._takes)
            yield takes
            yield TypedLine(self._suggested, id="typed", select_on_focus=self._is_all_chosen)
            yield Words(id="problem")
            yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Give the line the focus."""
        self.query_one(Input).focus()
        self.show_keys(take=self._take)

    @on(Input.Submitted)
    def action_take(self) -> None:
        """Accept the text, if nothing is wrong with it."""
        words = self.query_one(Input).value
        problem = self._problem_of(words)
        if problem is None:
            self.dismiss(words)
        else:
            self.query_one("#problem", Words).show(problem)

    def action_back(self) -> None:
        """Go back without a text."""
        self.dismiss(None)
