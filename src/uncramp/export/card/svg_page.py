"""A page of a card as SVG: black on white, without external fonts and pictures."""

from collections.abc import Iterator
from html import escape

from uncramp.core.figures.svg import svg_parts
from uncramp.export.card.pages import Page, PrintedFigure, PrintedLine, PrintedRule

_STYLE = """
    text { fill: #000; font-family: Helvetica, Arial, 'Liberation Sans', Arimo, sans-serif; }
    .bold, .name { font-weight: bold; }
    .rule { stroke: #000; stroke-width: .7; }
    .flesh { fill: #eee; stroke: none; }
    .limb { fill: none; stroke: #222; stroke-width: 2; stroke-linejoin: round; }
    .landmark { fill: none; stroke: #555; stroke-width: 1.5; stroke-dasharray: 5 4; }
    .bone { fill: #ddd; stroke: #555; stroke-width: 1.2; }
    .measure { fill: none; stroke: #000; stroke-width: 1.6; }
    .leader { fill: none; stroke: #555; stroke-width: 1; stroke-dasharray: 1.5 3; }
    .hand { fill: #fff; stroke: #000; stroke-width: 2; stroke-linejoin: round; }
    .tool { fill: none; stroke: #000; stroke-width: 5; stroke-linejoin: round; }
    .zone { fill: #999; fill-opacity: .6; stroke: #000; stroke-width: 2; }
    .arrow { fill: #444; stroke: none; }
    .point { fill: #000; stroke: #fff; stroke-width: 2; }
    .figure text { font-size: 14px; }
"""
_MM = 25.4 / 72
_NOT_XML = {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}


def svg_page(page: Page, title: str, language: str) -> str:
    """The page as it is printed; `title` is read out by what cannot show it."""
    width, height = page.width, page.height
    size = f'width="{width * _MM:.6g}mm" height="{height * _MM:.6g}mm"'
    lines = "".join(f"  {line}\n" for item in page.items for line in _item(item))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xml:lang="{escape(language)}" '
        f'{size} viewBox="0 0 {width:g} {height:g}">\n'
        f"  <title>{_text(title)}</title>\n"
        f"  <style>{_STYLE}  </style>\n"
        f'  <rect width="{width:g}" height="{height:g}" fill="#fff"/>\n{lines}</svg>\n'
    )


def _item(item: PrintedLine | PrintedRule | PrintedFigure) -> Iterator[str]:
    match item:
        case PrintedLine(x, y, text, size, width, is_bold):
            bold = ' class="bold"' if is_bold else ""
            # Another font is squeezed into the width of the layout.
            fitted = f' textLength="{width:.2f}" lengthAdjust="spacingAndGlyphs"'
            yield (
                f'<text{bold} x="{x:.2f}" y="{y:.2f}" font-size="{size:g}"'
                f"{fitted if len(text) > 1 else ''}>{_text(text)}</text>"
            )
        case PrintedRule(x, y, width):
            yield (
                f'<line class="rule" x1="{x:.2f}" y1="{y:.2f}" x2="{x + width:.2f}" y2="{y:.2f}"/>'
            )
        case PrintedFigure(x, y, scale, drawing):
            yield f'<g class="figure" transform="translate({x:.2f} {y:.2f}) scale({scale:.4f})">'
            yield f"  <title>{_text(drawing.title)}</title>"
            yield from (f"  {line}" for line in svg_parts(drawing))
            yield "</g>"


def _text(text: str) -> str:
    return escape(text.translate(_NOT_XML))
