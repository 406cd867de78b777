"""The settings in a real terminal: changed there, saved at once, and their keys work."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.real.listening import until
from tests.real.terminal import Terminal, assert_restored
from tests.real.test_run_keys import ROUTINE, does
from uncramp.settings import read_settings
from uncramp.system import paths
from uncramp.system.files import private_folder


@contextmanager
def opened(folder: Path, *words: str) -> Iterator[Terminal]:
    (folder / "evening.toml").write_text(ROUTINE, encoding="utf-8")
    terminal = Terminal(["-m", "uncramp", *words], folder)
    try:
        yield terminal
    finally:
        terminal.close()


def test_what_is_changed_on_the_screen_is_kept_at_once(tmp_path: Path) -> None:
    with opened(tmp_path) as terminal:
        terminal.wait_until_it_shows("Cramp now")
        does(
            terminal,
            ("\x1b[17~", "About you"),
            ("\x1b[B", "comes first in a step for each side"),
            ("\x1b[C", "‹ right ›"),
        )
        assert until(lambda: read_settings(paths.settings_file()).first_side == "right")
        does(
            terminal,
            ("\x1b[B", "The time to get ready for each step"),
            ("\r", "0s to 5m"),
            ("8 secs\r", 'Write "8s"'),
            ("\x7f" * 6 + "8s\r", "‹ 8s ›"),
        )
        assert until(lambda: read_settings(paths.settings_file()).get_ready_ms == 8_000)
        does(terminal, ("\x1b[3~", "5s, 10s at a point"))
        assert until(lambda: read_settings(paths.settings_file()).get_ready_ms is None)
        terminal.type("\x03")
        assert terminal.status() == 130
        assert_restored(terminal)


def test_a_run_obeys_the_keys_of_the_person_and_names_them(tmp_path: Path) -> None:
    private_folder(paths.settings_file().parent)
    paths.settings_file().write_text('[keys]\n"run.pause" = "w"\n"run.done" = "f10"\n', "utf-8")
    with opened(tmp_path, "run", "./evening.toml") as terminal:
        terminal.wait_until_it_shows("W Pause")
        does(
            terminal,
            ("w", "PAUSED · W continues"),
            ("w", "W Pause"),
            ("?", "F10"),
            ("\x1b", "left of 20:00"),
        )
        terminal.type("\x03")
        assert terminal.status() == 130
        assert_restored(terminal)
