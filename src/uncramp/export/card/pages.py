"""The layout of a card: the place and page of each item. Nothing is cut off.

Places and sizes are in points (1/72 inch) from the page's upper left corner.
"""

from collections.abc import Iterable, Iterator
from enum import Enum

from uncramp.core.figures.drawing import FigureDrawing, drawing_of
from uncramp.core.lazy.dataclass import dataclass
from uncramp.export.card.card_content import CardContent, CardPicture, CardStep
from uncramp.export.card.lettering import width_of, wrapped

MARGIN = 42.0
SIZES = (10.0, 9.5, 9.0)
"""Text sizes to try for a single page; with more pages the first size is used."""
MOST_PAGES = 100

_LEADING = 1.28
_TIME_WIDTH = 62.0
_INDENT = 12.0
_GAP = 12.0
_ACROSS = 4
"""The most pictures side by side; one fewer if there is room for larger ones."""
_GRID = (34, 12)
"""The cells of a picture: few, so that its names stay readable when it is small."""


class Paper(Enum):
    """A page's width and height."""

    A4 = (595.28, 841.89)
    LETTER = (612.0, 792.0)


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of text."""

    x: float
    y: float
    """The place of its base line."""
    text: str
    size: float
    width: float
    """Its width in any font."""
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class PrintedRule:
    """A thin line from margin to margin."""

    x: float
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """A drawing, `scale` times as large as in its own units."""

    x: float
    y: float
    scale: float
    drawing: FigureDrawing


Printed = PrintedLine | PrintedRule | PrintedFigure


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that is printed on a page."""

    width: float
    height: float
    items: tuple[Printed, ...]


@dataclass(frozen=True, slots=True)
class _Strip:
    """Items side by side; their places are counted from the strip's upper left corner."""

    height: float
    items: tuple[Printed, ...] = ()


@dataclass(frozen=True, slots=True)
class _Block:
    """Strips that stay on one page if they fit on one."""

    strips: tuple[_Strip, ...]

    @property
    def height(self) -> float:
        return sum(strip.height for strip in self.strips)


class TooManyPages(Exception):
    """The card would have too many pages."""


def laid_out(card: CardContent, paper: Paper) -> tuple[Page, ...]:
    """The card's pages: one if it fits at a readable size. Raises TooManyPages."""
    for size in SIZES:
        pages = tuple(_pages(card, paper, size, _ACROSS))
        if len(pages) == 1:
            break
    else:
        pages = tuple(_pages(card, paper, SIZES[0], _ACROSS))
    larger = tuple(_pages(card, paper, size if len(pages) == 1 else SIZES[0], _ACROSS - 1))
    return _with_feet(larger if len(larger) == len(pages) else pages)


def _pages(card: CardContent, paper: Paper, size: float, across: int) -> Iterator[Page]:
    width, height = paper.value
    bottom = height - MARGIN - 14
    y, count = MARGIN, 0
    items: list[Printed] = []
    for block in _blocks(card, width - 2 * MARGIN, size, across):
        is_whole = y + block.height > bottom and block.height <= bottom - MARGIN
        for at, strip in enumerate(block.strips):
            if (items and y + strip.height > bottom) or (at == 0 and is_whole and items):
                yield Page(width, height, tuple(items))
                items, y, count = [], MARGIN, count + 1
                if count >= MOST_PAGES:
                    raise TooManyPages
            items += [_moved(item, y) for item in strip.items]
            y += strip.height
    yield Page(width, height, tuple(items))


def _moved(item: Printed, down: float) -> Printed:
    match item:
        case PrintedLine(x, y, text, size, width, is_bold):
            return PrintedLine(x, y + down, text, size, width, is_bold)
        case PrintedRule(x, y, width):
            return PrintedRule(x, y + down, width)
        case PrintedFigure(x, y, scale, drawing):
            return PrintedFigure(x, y + down, scale, drawing)


def _with_feet(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    def foot(page: Page, number: int) -> Iterable[Printed]:
        words = "uncramp" if len(pages) == 1 else f"uncramp · page {number} of {len(pages)}"
        width = width_of(words, 8)
        yield PrintedLine(page.width - MARGIN - width, page.height - MARGIN + 6, words, 8, width)

    return tuple(
        Page(page.width, page.height, (*page.items, *foot(page, number)))
        for number, page in enumerate(pages, start=1)
    )


def _blocks(card: CardContent, width: float, size: float, across: int) -> Iterator[_Block]:
    head = [*_text(card.title, 2 * size, width, is_bold=True), *_text(card.facts, size, width)]
    head += [strip for words in card.about for strip in _text(words, size, width)]
    yield from _each(head)
    if card.care:
        yield _Block(tuple(_heading("Take care", size, width)))
        yield from _each(strip for words in card.care for strip in _bullet(words, size, width))
    yield _Block(tuple(_heading("Steps", size, width)))
    for step in card.steps:
        yield _Block(tuple(_step(step, size, width)))
    if card.pictures:
        heading = _heading("Where", size, width)
        rows = list(_picture_rows(card.pictures, size, width, across))
        yield _Block((*heading, rows[0]))
        yield from _each(rows[1:])
    if card.sources:
        sources = [strip for words in card.sources for strip in _bullet(words, size, width)]
        yield _Block((*_heading("Sources", size, width), sources[0]))
        yield from _each(sources[1:])


def _each(strips: Iterable[_Strip]) -> Iterator[_Block]:
    return (_Block((strip,)) for strip in strips)


def _text(
    text: str, size: float, width: float, *, left: float = 0.0, is_bold: bool = False
) -> Iterator[_Strip]:
    for line in wrapped(text, size, width - left, is_bold=is_bold):
        length = width_of(line, size, is_bold=is_bold)
        words = PrintedLine(MARGIN + left, size, line, size, length, is_bold)
        yield _Strip(size * _LEADING, (words,))


def _heading(text: str, size: float, width: float) -> Iterator[_Strip]:
    yield _Strip(size * 0.9)
    yield from _text(text, size * 1.2, width, is_bold=True)
    yield _Strip(size * 0.5, (PrintedRule(MARGIN, 0.0, width),))


def _bullet(text: str, size: float, width: float) -> Iterator[_Strip]:
    for at, strip in enumerate(_text(text, size, width, left=_INDENT)):
        dot = PrintedLine(MARGIN + 2, size, "•", size, width_of("•", size))
        yield _Strip(strip.height, (dot, *strip.items)) if at == 0 else strip


def _step(step: CardStep, size: float, width: float) -> Iterator[_Strip]:
    left = _TIME_WIDTH + min(step.depth, 6) * _INDENT
    small = size * 0.93
    heads = list(_text(step.name, size, width, left=left, is_bold=True))
    for at, strip in enumerate(heads):
        items = list(strip.items)
        if at == 0 and step.time:
            length = width_of(step.time, size, is_bold=True)
            items.append(PrintedLine(MARGIN, size, step.time, size, length, is_bold=True))
        if at == len(heads) - 1 and step.facts:
            name = items[0]
            assert isinstance(name, PrintedLine)
            begins = name.x + name.width + size * 0.8
            length = width_of(step.facts, size)
            if begins + length <= MARGIN + width:
                items.append(PrintedLine(begins, size, step.facts, size, length))
                yield _Strip(strip.height, tuple(items))
                continue
            yield _Strip(strip.height, tuple(items))
            yield from _text(step.facts, size, width, left=left)
            continue
        yield _Strip(strip.height, tuple(items))
    for words in (step.how, step.notes, step.care and f"Care: {step.care}"):
        yield from _text(words, small, width, left=left)
    yield _Strip(size * 0.35)


def _picture_rows(
    pictures: tuple[CardPicture, ...], size: float, width: float, across: int
) -> Iterator[_Strip]:
    cell = (width - (across - 1) * _GAP) / across
    for at in range(0, len(pictures), across):
        items: list[Printed] = []
        height = 0.0
        for column, picture in enumerate(pictures[at : at + across]):
            columns, rows = _GRID
            drawing = drawing_of(picture.figure, picture.side, columns=columns, rows=rows)
            scale = cell / drawing.width
            x, y = MARGIN + column * (cell + _GAP), drawing.height * scale
            items.append(PrintedFigure(x, 0.0, scale, drawing))
            for line in wrapped(picture.words, size * 0.9, cell, is_bold=True):
                y += size * 0.9 * _LEADING
                length = width_of(line, size * 0.9, is_bold=True)
                items.append(PrintedLine(x, y, line, size * 0.9, length, is_bold=True))
            height = max(height, y)
        yield _Strip(height + size, tuple(items))
