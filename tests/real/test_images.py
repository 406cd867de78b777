"""A point's picture as an image, in a terminal that says that it can show one."""

import os
import re
import sys

import pexpect  # type: ignore[import-untyped]

ASKS_WHAT_IT_IS = "\x1b[c"
SHOWS_SIXEL = "\x1b[?62;4;22c"
SHOWS_NO_IMAGES = "\x1b[?62;22c"
ASKS_CELL_SIZE = "\x1b[16t"
CELLS_OF_10_BY_20 = "\x1b[6;20;10t"


def asked_for(*words: str) -> pexpect.spawn:
    command = ["-m", "uncramp", "point", *words]
    # These would be believed before the terminal.
    environment = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES")}
    return pexpect.spawn(
        sys.executable, command, dimensions=(50, 100), encoding="utf-8", timeout=60, echo=False,
        env=environment,
    )  # fmt: skip


def test_a_terminal_that_shows_sixel_gets_the_drawing_itself() -> None:
    program = asked_for("taixi")
    program.expect_exact(ASKS_WHAT_IT_IS)
    program.send(SHOWS_SIXEL)
    program.expect_exact(ASKS_CELL_SIZE)
    program.send(CELLS_OF_10_BY_20)
    program.expect(pexpect.EOF)
    text = program.before or ""
    image = re.search(r"\x1bP[0-9;]*q(.*?)\x1b\\", text, re.DOTALL)
    assert image, text[-300:]
    raster = re.match(r'"1;1;(\d+);(\d+)', image[1])
    assert raster, image[1][:40]
    width, height = map(int, raster.groups())
    # As large as 60 columns and 30 rows of such cells allow.
    assert width == 600 or height == 600
    assert width <= 600 and height <= 600
    assert "Put a finger on the peak" in text
    assert "\u28ff" not in text
    assert "⠒" not in text


def test_a_terminal_that_shows_none_gets_characters() -> None:
    program = asked_for("taixi")
    program.expect_exact(ASKS_WHAT_IT_IS)
    program.send(SHOWS_NO_IMAGES)
    program.expect(pexpect.EOF)
    text = program.before or ""
    assert "\x1bP" not in text
    assert "⠒" in text
