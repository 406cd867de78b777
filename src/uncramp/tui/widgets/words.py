"""Words that wrap into the rows they get."""

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from uncramp.core.text.safe_text import plain_line
from uncramp.tui.widgets.wrapping import fits_beside, fitted, shortened, spread


class Words(Widget):
    """Text that is never markup, cut with an ellipsis if it has too few rows."""

    DEFAULT_CSS = """
    Words { height: 1; }
    """

    def __init__(self, text: str = "", *, id: str | None = None) -> None:  # noqa: A002
        """Show `text`; a line break in it stays one."""
        super().__init__(id=id)
        self._text = text

    @property
    def text(self) -> str:
        """The whole text, even if it is shown cut."""
        return self._text

    def show(self, text: str) -> None:
        """Show `text`; draw only if it changed."""
        if text != self._text:
            self._text = text
            self.refresh()

    def render(self) -> Content:
        """The lines that fit."""
        width, rows = self.content_size.width, self.content_size.height
        lines: list[str] = []
        for paragraph in self._text.split("\n"):
            lines += fitted(paragraph, width, rows - len(lines)) if rows > len(lines) else []
        return Content("\n".join(lines))


class Block(Widget):
    """Rows that are already drawn, at the left or the right edge."""

    DEFAULT_CSS = """
    Block { height: auto; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Show nothing yet."""
        super().__init__(id=id)
        self._shown = ("", False)

    @property
    def text(self) -> str:
        """Its rows."""
        return self._shown[0]

    def show(self, text: str, *, is_at_right: bool = False) -> None:
        """Show the rows of `text`; draw only if they changed."""
        if (text, is_at_right) != self._shown:
            self._shown = (text, is_at_right)
            self.refresh()

    def render(self) -> Content:
        """The rows, moved to their edge."""
        text, is_at_right = self._shown
        rows = text.split("\n")
        width = self.content_size.width if is_at_right else 0
        return Content("\n".join(row.rjust(width) for row in rows))


class Ends(Widget):
    """One line with words at its two ends."""

    DEFAULT_CSS = """
    Ends { height: 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Show nothing yet."""
        super().__init__(id=id)
        self._shown = ("", "", 0)

    def show(self, left: str, right: str, *, quiet: int = -1) -> None:
        """Show `left` and `right`; `quiet` is 0 or 1 for the less important one, if any.

        That one is left out if it does not fit whole.
        """
        if (left, right, quiet) != self._shown:
            self._shown = (left, right, quiet)
            self.refresh()

    def render(self) -> Content:
        """Both, as far apart as possible."""
        left, right, quiet = self._shown
        width = self.content_size.width
        if quiet >= 0 and not fits_beside(left, right, width):
            left, right = ("", right) if quiet == 0 else (left, "")
        parts = spread(left, right, width)
        quiet_style = "not bold $foreground-muted"
        return Content.assemble(
            *((part, quiet_style) if at == quiet else part for at, part in enumerate(parts))
        )


class Tails(Widget):
    """Lines that never wrap: each has a tail that stays when the words before it are cut."""

    DEFAULT_CSS = """
    Tails { height: 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Show nothing yet."""
        super().__init__(id=id)
        self._lines: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The whole text, even if it is shown cut."""
        return "\n".join(" ".join(line).rstrip() for line in self._lines)

    def show(self, lines: tuple[tuple[str, str], ...]) -> None:
        """Show the `lines`, each with its tail; draw only if they changed."""
        if lines != self._lines:
            self._lines = lines
            self.refresh()

    def render(self) -> Content:
        """The lines that fit."""
        width, rows = self.content_size.width, self.content_size.height
        return Content("\n".join(_with_tail(*line, width) for line in self._lines[:rows]))


def _with_tail(words: str, tail: str, width: int) -> str:
    words, tail = plain_line(words), plain_line(tail)
    room = width - cell_len(tail) - 1
    if not tail or room < 10:
        return shortened(f"{words} {tail}", width)
    return f"{shortened(words, room)} {tail}"
