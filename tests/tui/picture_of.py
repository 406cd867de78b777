"""Draws a screen of the tests: `python -m tests.tui.picture_of "the library" 80x24 [LOOK] [FILE]`.

LOOK is day, paper, night or no-colour. FILE is `screen.svg` in the working folder, or what is
named; a browser shows it.
"""

import asyncio
import os
import sys
import tempfile
from pathlib import Path

from tests.tui.looks import SCENES


async def _drawn(name: str, size: tuple[int, int], look: str, folder: Path) -> str:
    on = SCENES[name].staged(folder)
    async with on.app.run_test(size=size, notifications=True) as pilot:
        await SCENES[name].played(on, pilot)
        if look == "paper":
            on.app.theme = look
        elif look == "night":
            on.app.night.toggle()
        await pilot.pause()
        return on.app.export_screenshot()


def main(name: str, size: str = "80x24", look: str = "day", file: str = "screen.svg") -> None:
    """Draw a scene into a file."""
    columns, _, rows = size.partition("x")
    os.environ["COLORTERM"] = "truecolor"
    if look == "no-colour":
        os.environ["NO_COLOR"] = "1"
    with tempfile.TemporaryDirectory() as home:
        # As in the tests, nothing of the person's own is read or written.
        for word in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME",
                     "XDG_CACHE_HOME"):  # fmt: skip
            os.environ[word] = home
        drawn = asyncio.run(_drawn(name, (int(columns), int(rows)), look, Path(home)))
    Path(file).write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
