"""A page of text that scrolls, drawn line by line so that its length does not matter."""

from enum import StrEnum
from itertools import zip_longest
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from uncramp.core.lazy.dataclass import dataclass, replace
from uncramp.tui.widgets.wrapping import shortened, wrapped


class Look(StrEnum):
    """What a paragraph looks like."""

    PLAIN = "plain"
    QUIET = "quiet"
    HEADING = "heading"
    STRONG = "strong"
    CARE = "care"
    CODE = "code"
    """A line of a file."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text that wraps, with something at the right edge of its first line."""

    text: str = ""
    look: Look = Look.PLAIN
    right: str = ""
    indent: int = 0
    hang: int = 0
    """How much its second and later lines are indented."""
    answer: str = ""
    """On a page with answers: the id of the answer."""
    starts_column: bool = False
    """On a very wide page: it and what follows are beside what comes before."""


@dataclass(frozen=True, slots=True)
class _Line:
    text: str = ""
    look: Look = Look.PLAIN
    right: str = ""
    answer: str = ""
    beside: "_Line | None" = None
    """The line of the second column, if there is one."""


TWO_COLUMNS_FROM = 140
"""From this many columns on a page can have two beside each other."""
BETWEEN = 4
"""The blank columns between them."""


class TextPage(ScrollView, can_focus=True):
    """Paragraphs, wrapped to the width."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"page--{look}" for look in Look}

    DEFAULT_CSS = """
    TextPage {
        height: 1fr;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        & > .page--plain { color: $foreground; }
        & > .page--quiet { color: $text-muted; }
        & > .page--heading { color: $primary; text-style: bold; }
        & > .page--strong { color: $foreground; text-style: bold; }
        & > .page--care { color: $text-warning; }
        & > .page--code { color: $text-accent; }
    }
    """

    def __init__(self, paragraphs: tuple[Paragraph, ...] = (), *, id: str | None = None) -> None:  # noqa: A002
        """Show `paragraphs`."""
        super().__init__(id=id)
        self._paragraphs = paragraphs
        self.lines: list[_Line] = []
        """The lines that are drawn, at the present width."""
        self._laid_out_for = -1

    def show(self, paragraphs: tuple[Paragraph, ...], *, from_top: bool = True) -> None:
        """Show `paragraphs` from the beginning, or from where the page is scrolled to."""
        self._paragraphs = paragraphs
        self._laid_out_for = -1
        self._lay_out()
        if from_top:
            self.scroll_home(animate=False)

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs that it shows."""
        return self._paragraphs

    @property
    def text(self) -> str:
        """The whole text, as written."""
        return "\n".join(f"{p.text}  {p.right}".rstrip() for p in self._paragraphs)

    def rows_at(self, width: int) -> int:
        """How many rows the whole text takes at `width` columns."""
        return len(_laid_out(self._paragraphs, width))

    def on_resize(self) -> None:
        """Wrap again."""
        self._lay_out()

    def render_line(self, y: int) -> Strip:
        """One visible line."""
        width = self.scrollable_content_region.width
        if width != self._laid_out_for:
            # A scrollbar has appeared or gone since; that is not a resize.
            self.call_later(self._lay_out)
        at = y + self.scroll_offset.y
        if at >= len(self.lines):
            return Strip.blank(width, self.rich_style)
        line = self.lines[at]
        if line.beside is None:
            return self._drawn(line, width)
        each = _column(width)
        left = self._drawn(line, each).adjust_cell_length(width - each, self.rich_style)
        return Strip.join([left, self._drawn(line.beside, each)])

    def _drawn(self, line: _Line, width: int) -> Strip:
        style = self.get_component_rich_style(f"page--{line.look}")
        gap = max(width - cell_len(line.text) - cell_len(line.right), 0)
        strip = Strip([Segment(line.text + " " * gap + line.right, style)])
        return strip.adjust_cell_length(width, style)

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        if width < 1 or width == self._laid_out_for:
            return
        self._laid_out_for = width
        self.lines = _laid_out(self._paragraphs, width)
        self.virtual_size = Size(width, len(self.lines))
        self.refresh()


def _laid_out(paragraphs: tuple[Paragraph, ...], width: int) -> list[_Line]:
    """The lines at `width` columns; in two columns if there is room and a second one."""
    second = next((at for at, p in enumerate(paragraphs) if p.starts_column), None)
    if second is None or width < TWO_COLUMNS_FROM:
        return [line for p in paragraphs for line in _lines_of(p, width)]
    each = _column(width)
    left, right = (
        [line for p in column for line in _lines_of(p, each)]
        for column in (paragraphs[:second], paragraphs[second:])
    )
    both = zip_longest(left, right, fillvalue=_Line())
    return [replace(line, beside=beside) for line, beside in both]


def _column(width: int) -> int:
    return (width - BETWEEN) // 2


def _lines_of(paragraph: Paragraph, width: int) -> list[_Line]:
    look, indent = paragraph.look, min(paragraph.indent, width // 4)
    if look is Look.CODE:
        return [_Line(" " * indent + shortened(paragraph.text, width - indent), look)]
    beside = cell_len(paragraph.right) + 2 if paragraph.right else 0
    if beside > width // 2:
        over = wrapped(paragraph.right, width - indent - 2)
        first = _lines_of(replace(paragraph, right="", indent=indent), width)
        return [*first, *(_Line(" " * (indent + 2) + text, Look.QUIET) for text in over)]
    texts = wrapped(paragraph.text, width - indent - paragraph.hang - beside) or [""]
    return [
        _Line(
            " " * (indent + (paragraph.hang if at else 0)) + text,
            look,
            "" if at else paragraph.right,
            paragraph.answer,
        )
        for at, text in enumerate(texts)
    ]
