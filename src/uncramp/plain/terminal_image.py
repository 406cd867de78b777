"""A picture of where to press as an image, for terminals that can show one.

It needs the extra `uncramp[images]`. Without that, or in a terminal that only shows characters,
there is no image, and the picture in characters is used instead.
"""

from io import BytesIO, StringIO

from uncramp.core.figures.shapes import Figure
from uncramp.core.figures.svg import svg_of
from uncramp.core.routine.model import Side

GROUND = "#16130f"
"""The background of the lines, which are readable on dark and on light."""

PIXELS_A_ROW = 32
"""The size of the image; the terminal's cells decide how large it is shown."""


def image_text(figure: Figure, side: Side, columns: int, rows: int) -> str | None:
    """The sequence that shows `figure` within `columns` by `rows` cells.

    It asks the terminal what it can show and waits for the answer up to 0.2 s. None if the extra
    is not installed or the terminal shows no images.
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
