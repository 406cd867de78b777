"""The library in a real terminal: an editor has the terminal to itself, Ctrl-C too."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.real.terminal import Terminal, assert_restored
from uncramp.system import paths
from uncramp.system.files import private_folder

ROUTINE = """
title = "Evening of mine"
[[steps]]
name = "Rub"
time = "30s"
"""

EDITOR = """
import sys
from pathlib import Path
try:
    print("EDITOR OPEN", flush=True)
    input()
except KeyboardInterrupt:
    print("EDITOR GOES ON", flush=True)
input()
file = Path(sys.argv[1])
file.write_text(file.read_text("utf-8").replace("30s", "45s"), "utf-8")
"""


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    """The library with one routine of the person's own, whose page is open."""
    own = private_folder(paths.routines_folder())
    (own / "evening.toml").write_text(ROUTINE, encoding="utf-8")
    program = tmp_path / "editor.py"
    program.write_text(EDITOR, encoding="utf-8")
    monkeypatch.setenv("VISUAL", f'{sys.executable} "{program}"')
    terminal = Terminal(["-m", "uncramp"], tmp_path)
    try:
        terminal.wait_until_it_shows("Type to search")
        terminal.type("mine")
        terminal.wait_until_it_shows("▌ Evening of mine")
        terminal.type("\r")
        terminal.wait_until_it_shows("E Edit")
        yield terminal
    finally:
        terminal.close()


def test_an_editor_has_the_terminal_and_the_screen_comes_back_with_what_changed(
    library: Terminal,
) -> None:
    library.wait_until_it_shows("0:30")
    library.type("e")
    library.wait_until_it_shows("EDITOR OPEN")
    assert not library.is_mode_on(1049), "the editor writes on the main screen"
    library.type("\x03")
    library.wait_until_it_shows("EDITOR GOES ON")
    library.type("\r")
    library.wait_until_it_shows("0:45")
    library.type("\x1b")
    library.wait_until_it_shows("Clear the search")
    library.type("\x03")
    assert library.status() == 130, "Ctrl-C is the program's again"
    assert_restored(library)
