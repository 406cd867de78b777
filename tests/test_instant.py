import importlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from uncramp import instant
from uncramp.system import paths
from uncramp.system.files import put_file


def put(path: str, data: bytes) -> None:
    put_file(Path(path), data)


@pytest.fixture(autouse=True)
def nothing_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    importlib.reload(instant)
    monkeypatch.setattr(os, "isatty", lambda _: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((20, 10)))


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What went to the terminal."""
    chunks: list[bytes] = []
    monkeypatch.setattr(os, "write", lambda _, data: chunks.append(data))
    return chunks


def test_the_words_are_kept_where_the_cache_is() -> None:
    if sys.platform == "win32":
        return
    assert Path(instant.kept_file()) == paths.cache_folder() / "first-words"


def test_kept_words_are_shown_once_in_lines_of_whole_words(written: list[bytes]) -> None:
    instant.keep(["Toes up", "Pull them towards your shin. Keep on."], [], put)
    instant.show_kept()
    instant.show(["Toes up"])
    assert written == [b"\x1b[1mToes up\x1b[m\nPull them towards\nyour shin. Keep on.\n"]


RED = [b"\x1b[31;40m\x1b[K\x1b[1mToes up\x1b[m\x1b[m\n"]
PLAIN = [b"\x1b[1mToes up\x1b[m\n"]


@pytest.mark.parametrize(
    ("hours", "minute", "is_said", "expected"),
    [
        (None, 180, False, PLAIN),
        (None, 180, True, RED),
        ((1320, 360), 180, False, RED),
        ((1320, 360), 720, False, PLAIN),
        ((0, 0), 720, False, RED),
    ],
)
def test_at_night_they_are_red_on_black(
    monkeypatch: pytest.MonkeyPatch,
    written: list[bytes],
    hours: tuple[int, int] | None,
    minute: int,
    is_said: bool,
    expected: list[bytes],
) -> None:
    local = time.struct_time((2026, 11, 21, minute // 60, minute % 60, 0, 5, 325, 0))
    monkeypatch.setattr(time, "localtime", lambda: local)
    instant.keep(["Toes up"], [], put, hours)
    instant.show_kept(is_night=is_said)
    assert written == expected


def test_without_colours_they_are_plain_at_night(
    monkeypatch: pytest.MonkeyPatch, written: list[bytes]
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    instant.show(["Toes up"], is_night=True)
    assert written == PLAIN


def test_a_terminal_of_no_size_is_taken_for_one_of_80(
    monkeypatch: pytest.MonkeyPatch, written: list[bytes]
) -> None:
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((0, 0)))
    instant.show(["Toes up"])
    assert written == [b"\x1b[1mToes up\x1b[m\n"]


def test_words_whose_file_has_changed_come_or_gone_are_not_shown(
    tmp_path: Path, written: list[bytes]
) -> None:
    there, absent = tmp_path / "acute calf.toml", tmp_path / "own.toml"
    there.write_text("one")
    witnesses = [str(there), str(absent)]
    instant.keep(["Old words"], witnesses, put)
    for change in (
        lambda: there.write_text("longer"),
        lambda: absent.write_text("new"),
        lambda: there.unlink(),
    ):
        change()
        instant.show_kept()
        assert written == []
        instant.keep(["Old words"], witnesses, put)
    instant.show_kept()
    assert len(written) == 1


@pytest.mark.parametrize(
    "content",
    [
        "",
        "0.0.1\n-1 -1\n0\nOther version\n",
        "0.1.0\n0\nBefore there were hours\n",
        "0.1.0\n-1 -1\nmany\n",
        "\xff",
    ],
)
def test_what_was_not_kept_by_this_version_is_not_shown(content: str, written: list[bytes]) -> None:
    path = Path(instant.kept_file())
    path.parent.mkdir(parents=True)
    path.write_bytes(content.encode("latin-1"))
    instant.show_kept()
    assert written == []


def test_where_nothing_can_be_kept_nothing_is_said(tmp_path: Path) -> None:
    blocked = Path(instant.kept_file()).parent
    blocked.parent.mkdir(parents=True, exist_ok=True)
    blocked.write_text("a file in the folder's place")
    instant.keep(["Toes up"], [], put)
    instant.show_kept()


def test_nothing_is_loaded_before_the_words_are_shown() -> None:
    """The first words load only modules that a bare interpreter has loaded."""
    look = (
        "import sys; before = set(sys.modules); import uncramp.start; "
        "from uncramp import instant; instant.show_kept(); "
        "print(sorted(set(sys.modules) - before))"
    )
    run = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "['uncramp', 'uncramp.instant', 'uncramp.start']"
