"""Plain runs as processes: pipes, a terminal, signals, and how they end."""

import os
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pexpect  # type: ignore[import-untyped]
import pytest

from tests.real.listening import until
from uncramp.runs.file_names import FILE_NAME
from uncramp.system import paths

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden"
QUICK = 'title = "Quick"\n[[steps]]\nname = "Rub"\ntime = "{time}"\nget_ready = 0\n'
COMMAND = [sys.executable, "-m", "uncramp"]
WITHIN_S = 60


@pytest.fixture(autouse=True)
def _silence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNCRAMP_SOUND", "none")


@pytest.fixture
def minute(tmp_path: Path) -> Path:
    """A routine of one minute, whose step opens with a line at once."""
    file = tmp_path / "minute.toml"
    file.write_text(QUICK.format(time="1m"), encoding="utf-8")
    return file


def ran(*words: str, text: str = "", encoding: str = "utf-8") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *words],
        input=text,
        capture_output=True,
        encoding=encoding,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        timeout=WITHIN_S,
        check=False,
    )


class Running:
    """A plain run in a pipe."""

    def __init__(self, *words: str, stdin: int | None = subprocess.PIPE) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, "run", *words],
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def read_to(self, words: str) -> str:
        """The first line with the words in it; each line must come at its moment."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if words in line:
                return line.rstrip("\n")
        raise AssertionError(f"no line has {words}: {self.process.communicate()}")

    def ask(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def ended(self) -> tuple[int, str, str]:
        out, err = self.process.communicate(timeout=WITHIN_S)
        return self.process.returncode, out, err


@pytest.fixture
def started() -> Iterator[list[Running]]:
    runs: list[Running] = []
    yield runs
    for run in runs:
        run.process.kill()
        run.process.communicate()


@pytest.mark.parametrize("routine_id", ["bedtime", "acute-calf", "calf-rub"])
def test_a_rehearsal_agrees_with_the_golden_timeline_to_the_line(routine_id: str) -> None:
    told = ran("run", routine_id, "--plain", "--speed", "600")
    assert (told.returncode, told.stderr) == (0, "")
    golden = (GOLDEN / f"{routine_id}.txt").read_text(encoding="utf-8")
    # The first line of an urgent routine is its instruction; the page has a summary first.
    start = told.stdout.index(golden.split("\n", 1)[0])
    assert told.stdout[start:] == golden


def test_without_a_terminal_a_run_is_plain_by_itself(minute: Path) -> None:
    told = ran(str(minute), "--speed", "600")
    assert told.returncode == 0
    assert told.stdout.splitlines()[-1] == " 1:00  Finished: Quick. 1 of 1 step done, 1 minute."


def test_a_script_drives_it_through_a_pipe(minute: Path, started: list[Running]) -> None:
    run = Running(str(minute))
    started.append(run)
    run.read_to("Begin: Rub")
    run.ask("pause")
    assert run.read_to("Paused").endswith("Paused. Write go on to continue.")
    run.ask("hop")
    assert '"hop" is not a word I know.' in run.read_to("hop")
    run.ask("end")
    status, out, err = run.ended()
    assert (status, err) == (1, "")
    assert out.startswith(" 0:0")
    assert "of 1:00. 0 of 1 step done." in out
    history = (paths.history_folder() / FILE_NAME).read_text(encoding="utf-8")
    assert history.count("\n") == 1


def test_a_rehearsal_leaves_no_history(minute: Path) -> None:
    assert ran("run", str(minute), "--plain", "--speed", "600").returncode == 0
    assert not paths.history_folder().exists()


def test_input_that_is_closed_is_nobody(minute: Path) -> None:
    minute.write_text(QUICK.format(time="1s") + "open = true\n", encoding="utf-8")
    for redirection in ("<&-", "</dev/null"):
        told = subprocess.run(
            ["sh", "-c", f'exec "$@" {redirection}', "sh", *COMMAND, str(minute)],
            capture_output=True, encoding="utf-8", timeout=WITHIN_S, check=False,
        )  # fmt: skip
        assert (told.returncode, told.stderr) == (0, "")
        assert told.stdout.splitlines()[-2] == " 0:01  Ended at its first prompt: Rub."


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_ends_it_in_order(
    minute: Path, started: list[Running], number: signal.Signals, status: int
) -> None:
    run = Running(str(minute))
    started.append(run)
    run.read_to("Begin: Rub")
    run.process.send_signal(number)
    left, out, err = run.ended()
    assert (left, err) == (status, "")
    assert out.endswith("uncramp resume continues from there.\n")


def test_a_broken_pipe_ends_it_quietly(minute: Path, started: list[Running]) -> None:
    minute.write_text(QUICK.format(time="2s"), encoding="utf-8")
    run = Running(str(minute))
    started.append(run)
    run.read_to("Begin: Rub")
    assert run.process.stdout is not None
    run.process.stdout.close()
    assert run.process.wait(WITHIN_S) == 1
    assert run.process.stderr is not None
    assert run.process.stderr.read() == ""


def test_a_reader_who_had_enough_of_a_list_is_no_trouble() -> None:
    told = subprocess.run(
        ["sh", "-c", '"$@" | head -n 1', "sh", *COMMAND, "show", "bedtime"],
        capture_output=True, encoding="utf-8", timeout=WITHIN_S, check=False,
    )  # fmt: skip
    assert told.stdout == "Strong bedtime routine\n"
    assert told.stderr == ""


def test_a_stream_of_few_letters_gets_what_it_can_hold() -> None:
    told = ran("show", "bedtime", encoding="ascii")
    assert (told.returncode, told.stderr) == (0, "")
    assert "38 to 40 degrees C (100 to 104 degrees F)" in told.stdout


class Terminal:
    """A plain run on its own terminal."""

    def __init__(self, *words: str) -> None:
        self.child = pexpect.spawn(
            COMMAND[0], [*COMMAND[1:], "run", *words, "--plain"], encoding="utf-8",
            timeout=WITHIN_S, dimensions=(24, 200), echo=True,
        )  # fmt: skip
        self.before = self.modes()

    def modes(self) -> list[int | list[bytes | int]]:
        return termios.tcgetattr(self.child.child_fd)

    def ended(self) -> int | None:
        self.child.expect(pexpect.EOF)
        self.child.wait()
        status: int | None = self.child.exitstatus
        return status


@pytest.fixture
def terminal(minute: Path) -> Iterator[Terminal]:
    on = Terminal(str(minute))
    yield on
    on.child.close(force=True)


def test_the_keys_of_a_terminal_are_moves(terminal: Terminal) -> None:
    child = terminal.child
    child.expect("Begin: Rub, 1 minute.")
    child.send(" ")
    child.expect("Paused. Press Space to continue.")
    child.send(" ")
    child.expect("Continuing.")
    child.send("+")
    child.expect("Now 1 minute 15 seconds long.")
    child.send("\x1b[D")
    child.expect("Left before its end: Rub.")
    child.send("q")
    child.expect("End the run")
    child.send("q")
    child.expect("0 of 1 step done.")
    assert terminal.ended() == 1


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_the_terminal_is_given_back_as_it_was(minute: Path, number: int, status: int) -> None:
    # A shell that outlives the run, so that its terminal can be looked at.
    ours, theirs = os.openpty()
    before = termios.tcgetattr(theirs)
    shell = (
        "import os, subprocess, sys, signal\n"
        "signal.signal(signal.SIGINT, signal.SIG_DFL)\n"
        "os.setsid(); import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n"
        "os.execvp(sys.argv[1], sys.argv[1:])\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", shell, *COMMAND, "run", str(minute), "--plain"],
        stdin=theirs, stdout=theirs, stderr=theirs,
    )  # fmt: skip
    try:
        seen = read_from(ours, b"Begin: Rub")
        during = termios.tcgetattr(theirs)
        assert not during[3] & termios.ICANON
        assert not during[3] & termios.ECHO
        process.send_signal(number)
        assert process.wait(WITHIN_S) == status
        assert termios.tcgetattr(theirs) == before
        read_from(ours, b"Saved here: uncramp resume", seen)
    finally:
        process.kill()
        process.wait()
        os.close(ours)
        os.close(theirs)


def read_from(terminal: int, words: bytes, seen: bytes = b"") -> bytes:
    """What is written, until these words are among it: they may come in several reads."""
    while words not in seen:
        assert select.select([terminal], [], [], WITHIN_S)[0], seen
        seen += os.read(terminal, 4096)
    return seen


def test_ctrl_c_on_a_terminal(terminal: Terminal) -> None:
    terminal.child.expect("Begin: Rub")
    terminal.child.sendintr()
    terminal.child.expect("Saved here: uncramp resume continues from there.")
    assert terminal.ended() == 130


def test_waiting_costs_next_to_nothing(minute: Path, started: list[Running]) -> None:
    run = Running(str(minute))
    started.append(run)
    run.read_to("Begin: Rub")
    run.ask("pause")
    run.read_to("Paused")
    assert until(lambda: _is_calm(run.process.pid), WITHIN_S), "once the pause is saved"
    before = _cpu_ticks(run.process.pid)
    time.sleep(1.5)
    assert _cpu_ticks(run.process.pid) - before <= 1


def _is_calm(pid: int) -> bool:
    """Does half a second pass in which it does nothing?"""
    before = _cpu_ticks(pid)
    time.sleep(0.5)
    return _cpu_ticks(pid) == before


def _cpu_ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def test_a_shell_can_stop_it_and_take_it_to_the_background_and_back(minute: Path) -> None:
    shell = pexpect.spawn(
        "sh", ["-i"], encoding="utf-8", timeout=WITHIN_S, dimensions=(24, 200),
        env={**os.environ, "PS1": "ready> "},
    )  # fmt: skip
    try:
        shell.expect("ready> ")
        shell.sendline(f"{' '.join(COMMAND)} {minute} --plain")
        shell.expect("Begin")
        shell.sendcontrol("z")
        shell.expect("Stopped")
        shell.sendline("bg")
        shell.expect("uncramp.*ready> ")
        shell.sendline("echo typed''text")
        shell.expect("typedtext")
        shell.sendline("fg")
        shell.expect("--plain")
        # In front again, a key is heard; it was paused if it stood still for long.
        shell.send("q")
        shell.expect("End the run")
        shell.send("q")
        shell.expect("0 of 1 step done.")
        shell.sendline("stty -a | tr ' ;' '\\n' | grep -x -e icanon -e -icanon")
        shell.expect("[^-]icanon\r")
    finally:
        shell.close(force=True)
