"""The pages of a card as one PDF, with reportlab, which is an extra.

Western text is printed in Helvetica, which every PDF reader has. For other text one of this
machine's fonts is embedded.
"""

from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from typing import Any
from unicodedata import bidirectional

from uncramp.core.figures.drawing import DrawnDisc, DrawnLine, DrawnName, FigureDrawing
from uncramp.core.lazy.dataclass import dataclass
from uncramp.export.card.pages import Page, PrintedFigure, PrintedLine, PrintedRule
from uncramp.system.fonts import font_files

_FROM_RIGHT = frozenset({"R", "AL"})


@dataclass(frozen=True, slots=True)
class _Pen:
    """How a line is drawn: greys from 0 (black) to 1, or None for none."""

    fill: float | None = None
    stroke: float | None = None
    width: float = 1.0
    dash: tuple[float, ...] = ()


_PENS = {
    "flesh": _Pen(fill=0.93),
    "limb": _Pen(stroke=0.13, width=2),
    "landmark": _Pen(stroke=0.33, width=1.5, dash=(5, 4)),
    "bone": _Pen(fill=0.87, stroke=0.33, width=1.2),
    "measure": _Pen(stroke=0, width=1.6),
    "leader": _Pen(stroke=0.33, dash=(1.5, 3)),
    "hand": _Pen(fill=1, stroke=0, width=2),
    "tool": _Pen(stroke=0, width=5),
    "zone": _Pen(fill=0.75, stroke=0, width=2),
    "arrow": _Pen(fill=0.27),
}
_NAME_SIZE = 14.0


class NoPdf(Exception):
    """reportlab is not installed."""


class NoFont(Exception):
    """No font of this machine can print these letters."""

    def __init__(self, letters: str) -> None:
        """Keep the first few of them."""
        super().__init__(letters)
        self.letters = letters


def pdf_pages(pages: tuple[Page, ...], title: str) -> bytes:
    """The pages as a PDF file. Raises NoPdf, and NoFont where a letter could not be read."""
    try:
        canvases = import_module("reportlab.pdfgen.canvas")
    except ImportError:
        raise NoPdf from None
    written = BytesIO()
    # Without the time of creation: the same card gives the same file.
    canvas = canvases.Canvas(written, invariant=1)
    canvas.setTitle(title)
    canvas.setCreator("uncramp")
    fonts = _fonts("".join(dict.fromkeys("".join(_texts(pages)))))
    for page in pages:
        canvas.setPageSize((page.width, page.height))
        # From here on y goes down, as everywhere else.
        canvas.translate(0, page.height)
        for item in page.items:
            _Writer(canvas, fonts).item(item)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def _texts(pages: tuple[Page, ...]) -> Iterator[str]:
    for page in pages:
        for item in page.items:
            match item:
                case PrintedLine():
                    yield item.text
                case PrintedFigure():
                    yield from (
                        one.text for one in item.drawing.parts if isinstance(one, DrawnName)
                    )


def _fonts(letters: str) -> tuple[str, str]:
    """The names of the regular and the bold font that have all `letters`."""
    try:
        letters.encode("cp1252")
        return "Helvetica", "Helvetica-Bold"
    except UnicodeEncodeError as error:
        missing = letters[error.start : error.start + 5]
    # reportlab writes from left to right and does not join letters.
    turned = [letter for letter in letters if bidirectional(letter) in _FROM_RIGHT]
    if turned:
        raise NoFont("".join(turned[:5]))
    metrics, faces = (
        import_module("reportlab.pdfbase.pdfmetrics"),
        import_module("reportlab.pdfbase.ttfonts"),
    )
    for files in font_files():
        fonts = []
        for name, file in zip(("Card", "Card-Bold"), files, strict=True):
            try:
                fonts.append(faces.TTFont(name, str(file)))
            except (faces.TTFError, OSError):
                break
        if len(fonts) == 2:
            glyphs = fonts[0].face.charToGlyph
            lacking = [letter for letter in letters if ord(letter) not in glyphs]
            if not lacking:
                for font in fonts:
                    metrics.registerFont(font)
                return "Card", "Card-Bold"
            missing = "".join(lacking[:5])
    raise NoFont(missing)


class _Writer:
    """Puts items on a page; y goes down on ours and up on reportlab's."""

    def __init__(self, canvas: Any, fonts: tuple[str, str]) -> None:
        self._canvas = canvas
        self._plain, self._bold = fonts

    def item(self, item: PrintedLine | PrintedRule | PrintedFigure) -> None:
        match item:
            case PrintedLine(x, y, text, size, width, is_bold):
                self._text(text, x, y, size, is_bold=is_bold, fitted=width)
            case PrintedRule(x, y, width):
                self._canvas.setStrokeGray(0)
                self._canvas.setLineWidth(0.7)
                self._canvas.line(x, -y, x + width, -y)
            case PrintedFigure(x, y, scale, drawing):
                self._canvas.saveState()
                self._canvas.translate(x, -y)
                self._canvas.scale(scale, scale)
                self._drawing(drawing)
                self._canvas.restoreState()

    def _text(
        self, text: str, x: float, y: float, size: float, *, is_bold: bool, fitted: float = 0.0
    ) -> None:
        font = self._bold if is_bold else self._plain
        line = self._canvas.beginText(x, -y)
        line.setFont(font, size)
        line.setFillGray(0)
        length = self._canvas.stringWidth(text, font, size)
        if fitted and length > fitted:
            line.setHorizScale(100 * fitted / length)
        line.textOut(text)
        self._canvas.drawText(line)

    def _drawing(self, drawing: FigureDrawing) -> None:
        for part in drawing.parts:
            match part:
                case DrawnLine(style, places, is_closed):
                    self._line(_PENS[style], places, is_closed)
                case DrawnDisc(x, y, radius):
                    self._canvas.setFillGray(0)
                    self._canvas.setStrokeGray(1)
                    self._canvas.setLineWidth(2)
                    self._canvas.circle(x, -y, radius, stroke=1, fill=1)
                case DrawnName(text, x, y, anchor, is_of_mark):
                    font = self._bold if is_of_mark else self._plain
                    length = self._canvas.stringWidth(text, font, _NAME_SIZE)
                    left = x - length * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
                    self._text(text, left, y, _NAME_SIZE, is_bold=is_of_mark)

    def _line(self, pen: _Pen, places: tuple[tuple[float, float], ...], is_closed: bool) -> None:
        path = self._canvas.beginPath()
        (x, y), *others = places
        path.moveTo(x, -y)
        for x, y in others:
            path.lineTo(x, -y)
        if is_closed:
            path.close()
        self._canvas.setFillGray(pen.fill or 0)
        self._canvas.setStrokeGray(pen.stroke or 0)
        self._canvas.setLineWidth(pen.width)
        self._canvas.setLineJoin(1)
        self._canvas.setDash(list(pen.dash))
        self._canvas.drawPath(path, stroke=pen.stroke is not None, fill=pen.fill is not None)
        self._canvas.setDash([])
