"""Media keys against a real session bus, pressed by `playerctl`."""

import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.control.stage import SteeredStage
from tests.real.listening import until
from tests.real.session_bus import session_bus
from uncramp.control.hub import ControlHub
from uncramp.control.media_keys import MediaKeys
from uncramp.control.media_player import PLAYER_INTERFACE

WITHIN_S = 60.0

if sys.platform != "linux":
    pytest.skip("MPRIS is of Linux", allow_module_level=True)


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A session bus of this test's own."""
    with session_bus(tmp_path, ("playerctl",)) as daemon:
        yield daemon


@pytest.fixture
def stage(bus: subprocess.Popen[bytes], tmp_path: Path) -> Iterator[SteeredStage]:
    """A run whose only way in is the bus."""
    found = SteeredStage(tmp_path)
    found.hub.close()
    keys = MediaKeys(found.machine.clocks().steady, settles_s=0.0)
    found.hub = ControlHub(found.conductor, (keys,), lambda: None)
    found.hub.open(found.take)
    yield found
    found.close()


def serve_until(stage: SteeredStage, is_done: Callable[[], bool]) -> None:
    end = time.monotonic() + WITHIN_S
    while not is_done():
        assert time.monotonic() < end
        number = stage.hub.fileno()
        if select.select([number] if number is not None else [], [], [], 0.02)[0]:
            stage.hub.serve()


def asked(stage: SteeredStage, *command: str) -> str:
    """What a command says, with the run served meanwhile."""
    asking = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    serve_until(stage, lambda: asking.poll() is not None)
    out, _ = asking.communicate()
    return out.strip()


def playerctl(stage: SteeredStage, *words: str) -> str:
    """What `playerctl` says."""
    return asked(stage, "playerctl", *words)


def property_call(stage: SteeredStage, member: str, *words: str) -> str:
    """What the player answers when a program reads or changes a property of it."""
    player = f"org.mpris.MediaPlayer2.uncramp.instance{os.getpid()}"
    call = ["dbus-send", "--session", "--print-reply", f"--dest={player}"]
    where = ["/org/mpris/MediaPlayer2", f"org.freedesktop.DBus.Properties.{member}"]
    return asked(stage, *call, *where, *words)


@contextmanager
def monitored(folder: Path) -> Iterator[Path]:
    """A file into which each signal of the bus is written, once it is."""
    file, end = folder / "signals.txt", time.monotonic() + WITHIN_S
    with file.open("wb") as written:
        monitor = subprocess.Popen(["dbus-monitor", "--session", "type='signal'"], stdout=written)
    try:
        while "member=Tried" not in file.read_text("utf-8"):
            assert time.monotonic() < end
            subprocess.run(["dbus-send", "--session", "/x", "x.Y.Tried"], check=True)
        yield file
        # It is written a little later than it is sent, and in the same order.
        subprocess.run(["dbus-send", "--session", "/x", "x.Y.Over"], check=True)
        assert until(lambda: "member=Over" in file.read_text("utf-8"), WITHIN_S)
    finally:
        monitor.terminate()
        monitor.wait()


def test_a_desktop_shows_the_run_and_its_keys_steer_it(stage: SteeredStage, tmp_path: Path) -> None:
    serve_until(stage, lambda: playerctl(stage, "--list-all").startswith("uncramp.instance"))
    shown = "{{status}} {{title}} {{album}} {{artist}} {{mpris:length}}"
    stage.pass_s(2)
    told_of = playerctl(stage, "metadata", "--format", shown)
    assert told_of == "Playing Get ready: Rub R Step 1 of 3 5000000"
    assert 2 <= float(playerctl(stage, "position")) < 3
    of = f"string:{PLAYER_INTERFACE}"
    assert "UnknownProperty" in property_call(stage, "Get", of, "string:Shuffle")
    assert "PropertyReadOnly" in property_call(stage, "Set", of, "string:Rate", "variant:double:2")
    assert "boolean false" in property_call(stage, "Get", of, "string:CanSeek")
    with monitored(tmp_path) as file:
        for _ in range(2):
            stage.pass_s(1)  # the time alone is not reported
        playerctl(stage, "play-pause")
        assert playerctl(stage, "status") == "Paused"
        playerctl(stage, "play-pause")
        playerctl(stage, "next")
        playerctl(stage, "previous")
        playerctl(stage, "volume", "0.5")
        assert stage.conductor.loudness.present == 50
        for _ in range(2):
            playerctl(stage, "next")
        # An open step waits: the one button says that it is done, and the run is over.
        assert playerctl(stage, "metadata", "title") == "Hold"
        assert "No player" in playerctl(stage, "metadata", "mpris:length")
        playerctl(stage, "play-pause")
    written = file.read_text("utf-8").rpartition("member=Tried")[2]
    assert stage.conductor.record is not None
    lines = [line for line in written.splitlines() if '"Playing"' in line or '"Paused"' in line]
    assert [line.split('"')[1] for line in lines] == ["Paused", "Playing"], "each is reported once"
    assert written.count('"xesam:title"') == 4, "next, previous, next, next"


def test_where_the_bus_goes_away_the_run_goes_on(
    stage: SteeredStage, bus: subprocess.Popen[bytes]
) -> None:
    serve_until(stage, lambda: playerctl(stage, "--list-all").startswith("uncramp.instance"))
    bus.terminate()
    bus.wait()
    serve_until(stage, lambda: not stage.has_something_to_do())
    stage.pass_s(1)
    assert stage.conductor.view().position_ms == 1_000
    assert not stage.has_something_to_do(), "a bus that is gone wakes nobody"
