"""The early picture is shown only where it is true, harmless and ours."""

import importlib
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from uncramp import early_frame, instant
from uncramp.system.files import put_file

if sys.platform == "win32":
    pytest.skip("no early picture on Windows", allow_module_level=True)

PICTURE = "\x1b[1;1H\x1b[1;38;2;1;2;3mToes up\x1b[0m\x1b[2;1H▂█ é\x1b[0m"
OPENED = ("\x1b[?1049h\x1b[?25l" + PICTURE).encode()
CLOSED = b"\x1b[?1049l\x1b[?25h"


def put(path: str, data: bytes) -> None:
    put_file(Path(path), data)


@pytest.fixture(autouse=True)
def written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[bytes]:
    """What went to a terminal of 20 by 10 cells."""
    importlib.reload(early_frame)
    chunks: list[bytes] = []
    import termios

    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(encoding="UTF-8"))
    monkeypatch.setattr(os, "isatty", lambda _: True)
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((20, 10)))
    monkeypatch.setattr(os, "write", lambda _, data: chunks.append(data))
    monkeypatch.setattr(termios, "tcgetattr", lambda _: [0, 0, 0, 0, 0, 0, [b"\0"] * 32])
    monkeypatch.setattr(termios, "tcsetattr", lambda *_: None)
    monkeypatch.setattr("_signal.signal", lambda *_: None)
    return chunks


def keep(
    words: list[str],
    *conditions: str,
    picture: str = PICTURE,
    is_night: bool = False,
    night: tuple[int, int] | None = None,
) -> bool:
    """Keep a picture as a start by those words does. Was it kept?"""
    early_frame.show(words)
    early_frame.leave()
    return early_frame.keep(picture, (20, 10), [*conditions], put, is_night=is_night, night=night)


def kept_file(words: list[str]) -> Path:
    folder = Path(instant.kept_file()).parent / early_frame.FOLDER
    return folder / f"{early_frame.name_of(words)}.20x10.day"


def test_how_long_it_has_been_seen_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    keep(["now"])
    assert early_frame.shown_for_s() == 0
    seconds = iter((100.0, 100.25))
    monkeypatch.setattr(early_frame, "time", SimpleNamespace(monotonic=lambda: next(seconds)))
    assert early_frame.show(["now"])
    assert (early_frame.shown_for_s(), early_frame.shown_for_s()) == (0.25, 0.0)


@pytest.mark.parametrize("words", [[], ["now"], ["run", "bedtime"], ["run", "warm-soak-2"]])
def test_it_is_shown_in_one_write_and_taken_away_where_nobody_takes_over(
    words: list[str], written: list[bytes]
) -> None:
    assert keep(words)
    assert early_frame.show(words)
    assert early_frame.is_up()
    assert written == [OPENED]
    early_frame.leave()
    early_frame.leave()
    assert written == [OPENED, CLOSED]
    assert stat_of(kept_file(words)) == 0o600


def stat_of(file: Path) -> int:
    return file.stat().st_mode & 0o777


def test_who_takes_over_gets_the_modes_of_the_terminal_and_nothing_is_taken_away(
    written: list[bytes],
) -> None:
    keep([])
    assert early_frame.hand_over() is None
    early_frame.show([])
    assert early_frame.hand_over() is not None
    early_frame.leave()
    assert written == [OPENED]


@pytest.mark.parametrize(
    "words",
    [
        ["list"],
        ["run"],
        ["run", "bedtime", "--mute"],
        ["run", "../../evil"],
        ["run", "Bedtime"],
        ["run", ""],
        ["run", "--plain"],
        ["--night", "--night"],
        ["now", "calf"],
    ],
)
def test_no_other_words_have_one(words: list[str], written: list[bytes]) -> None:
    assert not keep(words)
    assert written == []


@pytest.mark.parametrize(
    "change",
    [
        lambda p: p.setenv("TERM", "dumb"),
        lambda p: p.setenv("TERM", "vt220"),
        lambda p: p.setenv("COLORTERM", "other"),
        lambda p: p.setenv("NO_COLOR", "1"),
        lambda p: p.setenv("UNCRAMP_THEME", "light"),
        lambda p: p.setenv("XDG_DATA_HOME", "/elsewhere"),
        lambda p: p.setattr(os, "get_terminal_size", lambda _: os.terminal_size((21, 10))),
        lambda p: p.setattr(os, "isatty", lambda descriptor: descriptor == 1),
        lambda p: p.setattr(sys, "stdout", SimpleNamespace(encoding="latin-1")),
        lambda p: p.setattr(early_frame, "__version__", "9"),
    ],
)
def test_it_is_not_shown_where_the_terminal_or_the_version_is_another(
    change: Callable[[pytest.MonkeyPatch], None],
    monkeypatch: pytest.MonkeyPatch,
    written: list[bytes],
) -> None:
    keep([])
    change(monkeypatch)
    assert not early_frame.show([])
    assert written == []


def test_it_is_not_shown_where_something_it_shows_has_changed(
    tmp_path: Path, written: list[bytes]
) -> None:
    file, folder = tmp_path / "a file.toml", tmp_path / "unfinished"
    file.write_text("one")
    conditions = (
        early_frame.same(str(file)),
        early_frame.same(str(tmp_path / "absent")),
        early_frame.there(str(file)),
        early_frame.none_in(str(folder), ".json"),
        early_frame.until(time.time() + 3600),
    )
    keep([], *conditions)
    assert early_frame.show([])
    early_frame.leave()
    folder.mkdir()
    (folder / "x.lock").touch()
    assert early_frame.show([])
    early_frame.leave()
    (folder / "x.json").touch()
    assert not early_frame.show([])
    (folder / "x.json").unlink()
    file.write_text("other")
    assert not early_frame.show([])
    for broken in (early_frame.until(1), early_frame.there(str(tmp_path / "no")), "other kind"):
        keep([], broken)
        assert not early_frame.show([])


@pytest.mark.parametrize(
    ("minute", "is_said", "expected"),
    [(180, False, "night"), (720, False, "day"), (720, True, "night")],
)
def test_the_night_has_a_picture_of_its_own(
    monkeypatch: pytest.MonkeyPatch, written: list[bytes], minute: int, is_said: bool, expected: str
) -> None:
    local = time.struct_time((2026, 11, 21, minute // 60, minute % 60, 0, 5, 325, 0))
    monkeypatch.setattr(time, "localtime", lambda: local)
    hours = (1320, 360)
    keep(["now"], picture="\x1b[1;1Hday", night=hours)
    keep(["now"], picture="\x1b[1;1Hnight", is_night=True, night=hours)
    written.clear()
    assert early_frame.show(["now", "--night"] if is_said else ["now"])
    assert written[-1].decode().endswith(f"H{expected}")


def make_pipe(file: Path) -> None:
    """Put a pipe in place of the file: who opens it to read may wait for ever."""
    file.unlink()
    os.mkfifo(file, 0o600)


HARMFUL = [
    "",
    "words",
    "\x1b[1;1Hwords\n",
    "\x1b[1;1H\x07",
    "\x1b[1;1H\x9b31m",
    "\x1b]52;c;aaaa\x07",
    "\x1b[1;1H\x1b]2;title\x1b\\",
    "\x1b[6n",
    "\x1b[?1049l",
    "\x1b[1;1H\x1b",
    "\x1b[1;1H\x1b[2J",
    "\x1b[1;1H\x1bc",
    "\x1b[1;1H\u202e",
]


@pytest.mark.parametrize("picture", HARMFUL)
def test_what_is_more_than_colours_places_and_characters_is_neither_kept_nor_shown(
    picture: str, written: list[bytes]
) -> None:
    assert not keep([], picture=picture)
    keep([])
    file = kept_file([])
    file.write_bytes(file.read_bytes().replace(PICTURE.encode(), picture.encode()))
    assert not early_frame.show([])
    assert written == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file.chmod(0o640),
        lambda file: file.write_bytes(b"\xff\xfe"),
        lambda file: file.write_text("0.1.0\n"),
        lambda file: file.write_bytes(file.read_bytes() + b"x" * 500_000),
        lambda file: file.rename(f"{file}.x") and file.symlink_to(f"{file}.x"),
        make_pipe,
    ],
)
def test_a_file_that_is_not_ours_alone_or_not_whole_is_not_shown(
    spoil: Callable[[Path], object], written: list[bytes]
) -> None:
    keep([])
    spoil(kept_file([]))
    assert not early_frame.show([])
    assert written == []


def test_a_file_of_somebody_else_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, written: list[bytes]
) -> None:
    keep([])
    monkeypatch.setattr(os, "getuid", lambda: 4242)
    assert not early_frame.show([])
    assert written == []


def test_the_oldest_pictures_go() -> None:
    for number in range(early_frame.MOST_KEPT + 5):
        keep(["run", f"r{number}"])
    folder = kept_file([]).parent
    names = {file.name for file in folder.iterdir()}
    assert len(names) == early_frame.MOST_KEPT
    assert f"run-r{early_frame.MOST_KEPT + 4}.20x10.day" in names


def test_where_nothing_can_be_kept_nothing_is() -> None:
    def refuse(_: str, data: bytes) -> None:
        raise OSError

    early_frame.show([])
    assert not early_frame.keep(PICTURE, (20, 10), [], refuse, is_night=False, night=None)
