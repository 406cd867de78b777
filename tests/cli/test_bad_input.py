"""Bytes that are not text, and Ctrl-C at any moment: never a traceback."""

import io
import os
import signal
import subprocess
import sys
import threading

import pytest

from tests.cli.said import Said
from uncramp.cli import prompts
from uncramp.cli.front_end import is_screen
from uncramp.system import paths
from uncramp.system.files import private_folder

ODD = b"\xff\xe9\x9b<\x00"


class TypedBytes(io.TextIOWrapper):
    """A terminal's standard input, with these bytes typed at it."""

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data), encoding="utf-8")

    def isatty(self) -> bool:
        return True


def at_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", TypedBytes(ODD + b"y\n" + ODD * 2 + b"\n" + b"n\n" * 20))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)


def test_bytes_that_are_no_text_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    at_bytes(monkeypatch)
    assert prompts.typed("? ").strip("\0< ") == "y"


@pytest.mark.parametrize(
    "words",
    [("me", "--ask"), ("run", "bedtime-light", "--plain", "--for", "numb-feet")],
)
def test_questions_take_any_bytes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    at_bytes(monkeypatch)
    said = Said(capsys, *words)
    assert (said.status in (0, 1), said.err) == (True, "")


@pytest.mark.parametrize(
    ("term", "encoding", "has_screen"),
    [
        ("xterm", "utf-8", True),
        ("dumb", "utf-8", False),
        ("", "utf-8", False),
        (None, "utf-8", False),
        ("xterm", "latin-1", False),
        ("xterm", "ascii", False),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="its terminals say no TERM")
def test_a_terminal_that_cannot_draw_gets_lines(
    monkeypatch: pytest.MonkeyPatch, term: str | None, encoding: str, has_screen: bool
) -> None:
    if term is None:
        monkeypatch.delenv("TERM", raising=False)
    else:
        monkeypatch.setenv("TERM", term)
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    out.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stdin", TypedBytes(b""))
    monkeypatch.setattr(sys, "stdout", out)
    assert is_screen() is has_screen


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such signal")
def test_ctrl_c_while_the_program_loads_leaves_in_order() -> None:
    # Pressed at the import of the command line, wherever that is in time.
    code = (
        "import sys, os, importlib.abc\n"
        "wanted = sys.argv.pop(1)\n"
        "class Press(importlib.abc.MetaPathFinder):\n"
        "    def find_spec(self, name, path, target=None):\n"
        f"        if name == wanted: os.kill(os.getpid(), {int(signal.SIGINT)})\n"
        "sys.meta_path.insert(0, Press())\n"
        "from uncramp.start import main\n"
        "raise SystemExit(main())\n"
    )
    for name in ("uncramp.cli.main", "uncramp.cli.command_line", "uncramp.cli.commands.list"):
        command = [sys.executable, "-c", code, name, "list"]
        done = subprocess.run(command, capture_output=True, timeout=60)
        assert (done.returncode, done.stderr) == (130, b"")


def _drained(terminal: int) -> threading.Thread:
    def drain() -> None:
        try:
            while os.read(terminal, 65_536):
                pass
        except OSError:
            return

    thread = threading.Thread(target=drain, daemon=True)
    thread.start()
    return thread


def test_odd_bytes_typed_at_a_real_question_are_passed_over() -> None:
    if sys.platform == "win32":
        pytest.skip("Windows has no pseudo-terminals")
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "uncramp", "me", "--ask"],
        stdin=theirs, stdout=theirs, stderr=subprocess.PIPE,
    )  # fmt: skip
    os.close(theirs)
    _drained(ours)
    os.write(ours, (ODD.replace(b"\x00", b"") + b"n\n") + b"n\n" * 10)
    _, err = process.communicate(timeout=60)
    os.close(ours)
    assert (process.returncode, err) == (0, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX closes the streams")
@pytest.mark.parametrize(
    ("words", "streams", "status"),
    [
        (["point", "KD3"], ">&-", 0),
        (["history", "export", "--format", "csv"], "<&- >&- 2>&-", 0),
        (["nonsense"], "2>&-", 2),
    ],
)
def test_a_standard_stream_that_was_closed_is_no_fault(
    words: list[str], streams: str, status: int
) -> None:
    command = ["sh", "-c", f'exec "$@" {streams}', "sh", sys.executable, "-m", "uncramp", *words]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (run.returncode, run.stderr) == (status, "")


@pytest.mark.parametrize(
    "words", [("check",), ("fmt",), ("5",), ("bundle", "mine", "--force", "-o")]
)
def test_a_name_that_no_file_can_have_is_no_fault(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    private_folder(paths.routines_folder()).joinpath("mine.toml").write_text(
        'title = "Mine"\n[[steps]]\nname = "Rub"\ntime = "30s"\n', encoding="utf-8"
    )
    *others, last = words
    long = "5" * 300
    said = Said(capsys, *others, f"{last}{long}") if last == "5" else Said(capsys, *words, long)
    assert said.status == 2
    assert long[:40] in said.err + said.out


def test_what_was_typed_is_written_without_its_control_characters(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = Said(capsys, "me", "\x1b[31m\u202e\0\udcff")
    assert said.status == 2
    assert said.err.startswith(r"uncramp: Not understood: \x1b[31m\u202e\x00\udcff")
