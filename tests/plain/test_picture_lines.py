import io

import pytest

from uncramp.atlas import find_figure, load_atlas
from uncramp.core.figures.canvas import Charset
from uncramp.core.figures.render import draw
from uncramp.plain.picture_lines import charset_for, picture_lines


def stream(encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding=encoding)


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [
        ("utf-8", Charset.BRAILLE),
        ("gb18030", Charset.BRAILLE),
        ("ascii", Charset.ASCII),
        ("cp437", Charset.ASCII),
        ("latin-1", Charset.ASCII),
    ],
)
def test_the_finest_characters_that_the_stream_can_say(
    monkeypatch: pytest.MonkeyPatch, encoding: str, charset: Charset
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    assert charset_for(stream(encoding)) is charset


@pytest.mark.parametrize("charset", Charset)
def test_without_its_colours_a_picture_is_the_same(charset: Charset) -> None:
    point = load_atlas().find("KD3")
    assert point
    figure = find_figure(point)
    assert figure
    picture = draw(figure, 40, 20, charset=charset)
    assert picture
    plain = list(picture_lines(picture, colour=False))
    coloured = list(picture_lines(picture, colour=True))
    stripped = [
        line.replace("\x1b[2m", "").replace("\x1b[1m", "").replace("\x1b[1;31m", "")
        .replace("\x1b[35m", "").replace("\x1b[0m", "").rstrip()
        for line in coloured
    ]  # fmt: skip
    assert stripped == plain
    assert coloured != plain
