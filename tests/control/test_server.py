"""The socket of a run: what it answers, whom it drops, and what it costs."""

import os
import random
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.control.stage import AskingProgram, SteeredStage, open_descriptors
from uncramp.control.places import (
    SOCKET_SUFFIX,
    WAITING_SUFFIX,
    connected,
    entries,
    listening_socket,
)
from uncramp.control.protocol import LONGEST_REQUEST, ControlCommand
from uncramp.control.server import HALF_LINE_S, MOST_CLIENTS, MOST_UNREAD
from uncramp.core.run.events import Paused, RunEnded
from uncramp.core.run.moves import MoveKind, Phase

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such sockets")

FLOOD = int(os.environ.get("UNCRAMP_FLOOD", "1200"))
"""How many requests the flood has; `UNCRAMP_FLOOD=10000` for the whole of it."""


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[SteeredStage]:
    found = SteeredStage(tmp_path)
    yield found
    found.close()


def test_a_command_does_what_a_key_does_and_says_so(stage: SteeredStage) -> None:
    program = stage.program()
    stage.pass_s(2)
    answer = program.ask("pause")
    assert (answer["ok"], answer["words"]) == (True, "Paused.")
    assert (answer["status"]["phase"], answer["status"]["shown_ms"]) == ("paused", 3_000)
    assert isinstance(stage.taken[-1], Paused)
    refused = program.ask("pause")
    assert (refused["ok"], refused["why"]) == (False, "not-now")
    assert refused["allowed"] == sorted(kind.value for kind in stage.conductor.view().allowed)
    assert program.ask("toggle")["words"] == "Continuing."
    assert program.ask("next")["status"]["name"] == "Roll"
    assert program.ask("undo")["status"]["name"] == "Rub"
    assert program.ask("mute")["status"]["volume"] == stage.conductor.loudness.words
    assert stage.conductor.loudness.is_muted
    night = program.ask("night")
    assert night["ok"]
    assert night["words"] == "Day. Muted."
    assert stage.nights == 1


def test_the_end_is_answered_and_then_nobody_is_let_in(stage: SteeredStage) -> None:
    program = stage.program()
    answer = program.ask("end")
    assert (answer["ok"], answer["words"], answer["status"]) == (True, "Ended.", None)
    assert isinstance(stage.taken[-1], RunEnded)
    assert program.is_dropped()
    assert list(stage.folder.iterdir()) == []
    assert stage.hub.fileno() is None


def test_who_watches_gets_a_line_at_each_change_and_none_between(stage: SteeredStage) -> None:
    program = stage.program()
    assert program.ask("watch")["status"]["shown_ms"] == 5_000
    stage.hub.tell_change()
    assert program.told() == []
    for _ in range(3):
        stage.pass_s(1)
        stage.hub.tell_change()
    assert [line["status"]["shown_ms"] for line in program.told()] == [4_000, 3_000, 2_000]
    assert stage.program().ask("pause")["ok"]
    assert [line["status"]["phase"] for line in program.told()] == ["paused"]
    stage.program().ask("end")
    assert [line["status"] for line in program.told()] == [None]


def test_where_nobody_asks_nothing_is_looked_at_and_nobody_is_woken(stage: SteeredStage) -> None:
    before = stage.conductor.looks
    for _ in range(30):
        stage.pass_s(1)
    assert stage.conductor.looks == before
    assert not stage.has_something_to_do()
    assert stage.hub.wait_s is None
    program = stage.program()
    before = stage.conductor.looks
    stage.pass_s(1)
    assert stage.conductor.looks == before, "one that only is connected costs nothing either"
    assert program.told() == []


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"", "not-json"), (b"{", "not-json"), (b"[]", "not-json"), (b"\xff\xfe", "not-json"),
        (b"[" * 4_000, "not-json"), (b'{"do": 3}', "unknown-command"), (b"{}", "unknown-command"),
        (b'{"v": 1, "do": "dance"}', "unknown-command"),
        (b'{"v": 2, "do": "pause"}', "newer-version"),
        (b'{"v": "x", "do": "pause"}', "newer-version"),
    ],
)  # fmt: skip
def test_a_request_that_is_none_is_told_what_is_wrong(
    stage: SteeredStage, line: bytes, why: str
) -> None:
    program = stage.program()
    program.send(line + b"\n")
    (answer,) = program.told()
    assert (answer["ok"], answer["why"]) == (False, why)
    assert program.ask("status")["ok"], "it may ask again"


def test_who_sends_far_too_much_is_dropped(stage: SteeredStage) -> None:
    program = stage.program()
    program.send(b"x" * (LONGEST_REQUEST + 1))
    assert program.is_dropped()
    program = stage.program()
    program.connection.setblocking(False)
    for _ in range(300):
        try:
            program.connection.send(b"x" * 4_096)
        except (BlockingIOError, ConnectionError):
            stage.serve()
    assert stage.program().ask("status")["ok"]


def test_half_a_line_is_waited_for_and_not_for_ever(stage: SteeredStage) -> None:
    program, other = stage.program(), stage.program()
    program.send(b'{"do": ')
    assert stage.hub.wait_s == HALF_LINE_S
    stage.machine.pass_s(HALF_LINE_S - 1)
    program.send(b'"status"}\n{"do"')
    assert len(program.told()) == 1
    assert stage.hub.wait_s == HALF_LINE_S
    stage.machine.pass_s(HALF_LINE_S)
    assert stage.hub.wait_s == 0
    stage.hub.serve()
    assert program.is_dropped()
    assert stage.hub.wait_s is None
    assert other.ask("status")["ok"]


def test_who_reads_nothing_is_dropped_and_the_run_does_not_notice(stage: SteeredStage) -> None:
    program, other = stage.program(), stage.program()
    line, sent = b'{"do": "status"}\n', 0
    program.connection.settimeout(0.5)
    while sent < 4 * MOST_UNREAD:
        try:
            program.connection.sendall(line * 50)
        except (ConnectionError, TimeoutError):
            break
        sent += 50 * len(line)
        stage.serve()
    assert sent < 4 * MOST_UNREAD, "it was never dropped"
    assert other.ask("pause")["ok"]


def test_more_than_a_few_are_turned_away(stage: SteeredStage) -> None:
    programs = [stage.program() for _ in range(MOST_CLIENTS)]
    assert stage.program().is_dropped()
    programs[0].connection.close()
    stage.serve()
    assert stage.program().ask("status")["ok"]


def test_the_flood(stage: SteeredStage) -> None:
    """Random commands of eight programs, some malformed: each answer is true."""
    chance = random.Random(17)
    before = open_descriptors()
    programs = [stage.program() for _ in range(8)]
    odd = (b"\xff\n", b"{}\n", b"\n", b"[1]\n", b'{"do": "x"}\n', b'{"do": "pause"', b"x" * 9_000)
    commands = [
        command
        for command in ControlCommand
        if command not in (ControlCommand.END, ControlCommand.WATCH)
    ]
    for _ in range(FLOOD):
        at = chance.randrange(len(programs))
        program = programs[at]
        if chance.random() < 0.2:
            program.send(chance.choice(odd))
            program.connection.close()
            programs[at] = stage.program()
            continue
        if chance.random() < 0.3:
            stage.pass_s(chance.choice((0.01, 0.7, 4.0, 9.0)))
        phase, command = stage.conductor.run.phase, chance.choice(commands)
        answer = program.ask(command)
        if stage.conductor.record is not None:
            assert answer["status"] is None
            assert answer["ok"] or answer["why"] == "over"
            stage = _again(stage)
            programs = [stage.program() for _ in range(8)]
            continue
        _assert_true(stage, command, answer, phase)
    for program in programs:
        program.connection.close()
    stage.serve()
    assert open_descriptors() == before
    stage.close()


def _again(stage: SteeredStage) -> SteeredStage:
    stage.close()
    return SteeredStage(stage.folder.parent.parent)


def _assert_true(stage: SteeredStage, command: ControlCommand, answer: dict, phase: Phase) -> None:  # type: ignore[type-arg]
    view = stage.conductor.view()
    assert answer["status"]["phase"] == view.phase.value
    assert answer["status"]["name"] == view.span.name
    assert answer["status"]["allowed"] == sorted(kind.value for kind in view.allowed)
    if not answer["ok"]:
        assert answer["why"] == "not-now"
        assert MoveKind(command) not in view.allowed or command is ControlCommand.TOGGLE
    elif command is ControlCommand.PAUSE:
        assert (phase, view.phase) == (Phase.RUNNING, Phase.PAUSED)
    elif command is ControlCommand.GO_ON:
        assert view.phase is Phase.RUNNING


def test_a_folder_that_is_not_safe_is_refused_in_words(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    (tmp_path / "runtime").mkdir(mode=0o700)
    place = tmp_path / "runtime" / "uncramp"
    place.symlink_to(elsewhere)
    assert "must be a folder of your own" in SteeredStage(tmp_path).told
    assert list(elsewhere.iterdir()) == []
    place.unlink()
    place.mkdir()
    place.chmod(0o755)
    assert f"chmod 700 {place}" in SteeredStage(tmp_path).told
    place.chmod(0o700)
    (tmp_path / "runtime").chmod(0o777)
    assert "Others can replace" in SteeredStage(tmp_path).told
    (tmp_path / "runtime").chmod(0o700)
    if sys.platform != "win32" and os.geteuid() == 0:
        os.chown(place, 65_534, 65_534)
        assert "belongs to somebody else" in SteeredStage(tmp_path).told
        os.chown(place, 0, 0)
    stage = SteeredStage(tmp_path)
    assert stage.told == ""
    (socket_file,) = place.iterdir()
    assert socket_file.stat().st_mode & 0o777 == 0o600
    stage.close()


def test_what_a_killed_run_left_is_swept_up(stage: SteeredStage) -> None:
    for name in (f"dead{SOCKET_SUFFIX}", f"dead{WAITING_SUFFIX}"):
        listening_socket(stage.folder / name).close()
    (stage.folder / f"file{SOCKET_SUFFIX}").write_text("no socket")
    assert connected(stage.folder / f"dead{SOCKET_SUFFIX}", 1.0) is None
    assert len(entries(stage.folder, SOCKET_SUFFIX)) == 1
    stage.hub.open(lambda _: None)
    assert entries(stage.folder, WAITING_SUFFIX) == []


def test_a_path_that_is_too_long_for_an_address_is_reached_all_the_same(tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("only there by a descriptor")
    stage = SteeredStage(tmp_path / ("long" * 30))
    assert stage.told == ""
    assert stage.program().ask("status")["ok"]
    stage.close()


def test_another_persons_process_is_not_let_in(
    stage: SteeredStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uncramp.control.server.is_of_this_person", lambda connection: False)
    (path,) = entries(stage.folder, SOCKET_SUFFIX)
    connection = connected(path, 1.0)
    assert connection is not None
    stage.connections.append(connection)
    stage.serve()
    assert AskingProgram(stage, connection).is_dropped()


@pytest.fixture
def open_to_all() -> Iterator[Callable[[Path], None]]:
    """Lets everybody reach a path in the folder for temporary files, until the test is over."""
    before: dict[Path, int] = {}

    def let_in(path: Path) -> None:
        temporary = Path(tempfile.gettempdir())
        for place in (path, *path.parents):
            if place in (temporary, *temporary.parents):
                return
            before[place] = stat.S_IMODE(place.stat().st_mode)
            place.chmod(0o777 if place == path else before[place] | 0o011)

    yield let_in
    for place, mode in before.items():
        place.chmod(mode)


def test_another_persons_process_is_turned_away_by_the_system_s_word(
    stage: SteeredStage, open_to_all: Callable[[Path], None]
) -> None:
    """A folder that lets everybody in is not enough: the process at the other end is looked at."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root can be somebody else")
    (path,) = entries(stage.folder, SOCKET_SUFFIX)
    open_to_all(path)
    words = (
        "import socket, sys\n"
        "s = socket.socket(socket.AF_UNIX); s.settimeout(60); s.connect(sys.argv[1])\n"
        "print(repr(s.recv(100)))\n"
    )
    theirs = subprocess.Popen(
        ["/usr/bin/env", "python3", "-c", words, str(path)],
        user=65_534, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd="/",
        env={"PATH": "/usr/local/bin:/usr/bin:/bin"},
    )  # fmt: skip
    end = time.monotonic() + 60
    while theirs.poll() is None and time.monotonic() < end:
        stage.serve()
        time.sleep(0.01)
    told, _ = theirs.communicate()
    assert told == "b''\n", told
    assert stage.program().ask("status")["ok"]
