"""The early picture on a real terminal: there before anything is loaded, and never in the way."""

import os
import sys
import termios
import time
from pathlib import Path

import pyte
import pytest

from tests.real.listening import until
from tests.real.terminal import Terminal

if sys.platform == "win32":
    pytest.skip("no early picture on Windows", allow_module_level=True)

HEAVY = ("textual", "asyncio", "dataclasses", "argparse", "re", "inspect", "typing", "hashlib")

WATCHED = f"""
import os, sys
write, told = os.write, []
def watched(descriptor, data):
    if not told:
        told.append(sorted(set({HEAVY}) & sys.modules.keys()))
        with open("loaded.txt", "w") as file:
            print(told[0], len(data), file=file)
    return write(descriptor, data)
for name in {HEAVY}:
    sys.modules.pop(name, None)
os.write = watched
from uncramp.start import main
sys.exit(main())
"""


class Recorded(pyte.Screen):
    """A screen that remembers what each cell has shown."""

    def __init__(self) -> None:
        self.shown: dict[tuple[int, int], list[str]] = {}
        super().__init__(80, 24)

    def note(self) -> None:
        for y, row in enumerate(self.display):
            for x, character in enumerate(row):
                cell = self.shown.setdefault((x, y), [" "])
                if cell[-1] != character:
                    cell.append(character)

    def flickered(self) -> list[tuple[int, int]]:
        """The cells that showed something, then another thing, and then the first again."""
        return [
            place
            for place, cell in self.shown.items()
            if any(cell[at] in cell[at + 2 :] for at in range(1, len(cell)))
        ]


def record(terminal: Terminal) -> Recorded:
    """What was written, drawn write by write."""
    screen = Recorded()
    stream = pyte.Stream(screen)
    # Each place that the cursor is sent to begins another look.
    for part in terminal.written.decode(errors="replace").split("\x1b[1;1H"):
        stream.feed("\x1b[1;1H" + part)
        screen.note()
    return screen


def start(folder: Path, *, is_watched: bool = False) -> Terminal:
    words = ["-c", WATCHED] if is_watched else ["-m", "uncramp"]
    return Terminal(words, folder)


def test_the_library_is_there_at_once_and_takes_what_is_typed_meanwhile(tmp_path: Path) -> None:
    kept = Path(os.environ["XDG_CACHE_HOME"]) / "uncramp/frames/library.80x24.day"
    first = start(tmp_path)
    try:
        assert until(kept.exists)
        first.type("\x1b")
        assert first.status() == 0
    finally:
        first.close()
    assert kept.stat().st_mode & 0o777 == 0o600

    again = start(tmp_path, is_watched=True)
    try:
        again.wait_until_it_shows("Type to search")
        for key in "swim":
            again.type(key)
        again.wait_until_it_shows("swim")
        again.wait_until_it_shows("Swimming cramp drill")
        assert (tmp_path / "loaded.txt").read_text().startswith("[] ")
        # No key is lost, none doubled, and they are in order.
        again.wait_until_it_shows("│ swim ")
        again.type("\x1b")
        again.wait_until(lambda: not again.shows("│ swim "))
        time.sleep(1)  # sooner, it would be one press of a held key
        again.type("\x1b")
        assert again.status() == 0
        assert termios.tcgetattr(again.slave) == again.settings
    finally:
        again.close()
    assert again.written.count(b"\x1b[?1049h") == again.written.count(b"\x1b[?1049l") == 1
    assert again.written.index(b"ype to search") < 8_000, "it is the first that is written"

    calm = start(tmp_path)
    try:
        calm.wait_until_it_shows("Type to search")
        time.sleep(3)
        calm.type("\x1b")
        calm.status()
    finally:
        calm.close()
    before_leaving, _, _ = calm.written.partition(b"\x1b[?1049l")
    calm.written = before_leaving
    assert record(calm).flickered() == []
