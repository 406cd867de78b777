"""A line to type on."""

from textual.widgets import Input

MOST_TYPED = 200
"""How many characters fit: a name, a value, or more words than anybody searches for."""


class TypedLine(Input):
    """A line that takes `MOST_TYPED` characters, and ignores the rest in silence.

    A text that reaches the terminal as single keys may have thousands, and after each of them a
    search would look for all that is there.
    """

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        select_on_focus: bool = True,
        id: str | None = None,  # noqa: A002
    ) -> None:
        """Show `value`, or `placeholder` while it is empty."""
        super().__init__(
            value, placeholder=placeholder, select_on_focus=select_on_focus, compact=True, id=id
        )
        self.cursor_blink = False

    def replace(self, text: str, start: int, end: int) -> None:
        """Put as much of `text` as fits in place of the characters from `start` to `end`."""
        # Textual's own limit refuses all of a long paste, and rings the bell for each key.
        room = MOST_TYPED - len(self.value) + abs(end - start)
        super().replace(text[: max(room, 0)], start, end)
