"""A picture of where to press as an image, for terminals that can show one.

Needs the extra `uncramp[images]`; without it, or in a terminal that shows characters
only, there is no image and the picture in characters stands in its place.
"""

from io import BytesIO, StringIO

from uncramp.core.figures.shapes import Figure
from uncramp.core.figures.svg import svg_of
from uncramp.core.routine.model import Side

GROUND = "#16130f"
"""Behind the lines, which are drawn for a dark ground as for a light one."""

PIXELS_A_ROW = 32
"""Of the image that is made; the terminal's own cells decide how large it is shown."""


def image_text(figure: Figure, side: Side, columns: int, rows: int) -> str | None:
    """What makes the terminal show `figure` within `columns` by `rows` cells.

    Asks the terminal what it can show, which takes it up to 0.2 s to leave unanswered.
    None where the extra is not installed or the terminal shows no images.
    """
    try:
        import resvg_py
        from PIL import Image as Pixels
        from rich.console import Console
        from textual_image.renderable import Image, SixelImage, TGPImage
    except ImportError:
        return None
    if not issubclass(Image, SixelImage | TGPImage):
        return None
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg_of(figure, side), height=rows * PIXELS_A_ROW, background=GROUND
    )
    text = StringIO()
    console = Console(file=text, force_terminal=True, width=columns, height=rows)
    console.print(Image(Pixels.open(BytesIO(drawn)), width="auto", height="auto"))
    return text.getvalue()
