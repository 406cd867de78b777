"""In a real terminal the title is set and restored, and notifications are sent."""

import contextlib
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.real.terminal import Terminal, assert_restored
from uncramp.system import paths

QUICK = 'title = "Quick"\n[[steps]]\nname = "Rub"\ntime = "6s"\nget_ready = 0\n'
NEWS = b"\x1b]777;notify;Quick;Finished.\x1b\\"
LOOKS_AWAY, LOOKS_BACK = "\x1b[O", "\x1b[I"

Open = Callable[..., Terminal]


@pytest.fixture
def opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Opens a short run in a terminal that knows notifications."""
    for name in ("TMUX", "STY", "LC_TERMINAL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM_PROGRAM", "WezTerm")
    monkeypatch.setenv("UNCRAMP_SOUND", "none")
    (tmp_path / "quick.toml").write_text(QUICK, encoding="utf-8")
    opened: list[Terminal] = []

    def open_(*words: str) -> Terminal:
        opened.append(Terminal(["-m", "uncramp", "run", "./quick.toml", *words], tmp_path))
        return opened[-1]

    yield open_
    for terminal in opened:
        terminal.close()


def leave(terminal: Terminal) -> None:
    """Leave the page at the end, which hears no key in its first second."""
    terminal.wait_until_it_shows("Any other key leaves")
    while terminal.program.poll() is None:
        terminal.type("x")
        with contextlib.suppress(subprocess.TimeoutExpired):
            terminal.program.wait(0.5)
    assert terminal.status() == 0
    assert_restored(terminal)


def test_the_title_is_set_and_given_back(opens: Open) -> None:
    terminal = opens()
    leave(terminal)
    written = terminal.written
    told = re.findall("\x1b\\]2;(\\d) s left · Quick\x07", written.decode())
    # A busy machine may leave one out.
    assert len(told) > 1 and told == sorted(set(told), reverse=True)
    first = written.index(f"\x1b[22;2t\x1b]2;{told[0]} s left · Quick\x07".encode())
    last = written.index(f"\x1b]2;{told[-1]} s left · Quick\x07".encode())
    assert written.index("\x1b]2;Finished · Quick\x07".encode()) > last > first
    assert written.rindex(b"\x1b]2;\x07\x1b[23;2t") > written.rindex(" · Quick\x07".encode())
    assert NEWS not in written, "who looks at it sees it"


def test_news_comes_to_who_looks_elsewhere(opens: Open) -> None:
    terminal = opens()
    terminal.wait_until_it_stands_at(1, of="0:06")
    terminal.type(LOOKS_AWAY)
    leave(terminal)
    assert terminal.written.count(NEWS) == 1


def test_without_notifications_nothing_of_it_is_written(opens: Open) -> None:
    settings = paths.settings_file()
    settings.parent.mkdir(parents=True)
    settings.write_text("notifications = false\n", encoding="utf-8")
    terminal = opens()
    terminal.wait_until_it_stands_at(1, of="0:06")
    terminal.type(LOOKS_AWAY)
    leave(terminal)
    assert b"\x1b]2;" not in terminal.written
    assert b"\x1b]777" not in terminal.written


@pytest.mark.parametrize("how", ["--plain", "--json"])
def test_lines_have_no_such_thing_among_them(opens: Open, how: str) -> None:
    terminal = opens(how)
    assert terminal.status() == 0
    assert b"\x1b]" not in terminal.written
