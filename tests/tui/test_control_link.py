"""The full screen is steered from elsewhere as by its keys."""

import json
import socket
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.recording_player import RecordingPlayer
from tests.tui.stage import DRY, ROLL, Time, library, routine
from uncramp.control.hub import ControlHub
from uncramp.control.late_control import LateControl
from uncramp.control.places import SOCKET_SUFFIX, connected, entries
from uncramp.control.server import RunServer
from uncramp.core.plan.plan import Plan, make_plan
from uncramp.core.run.moves import MoveKind
from uncramp.session.conductor import Conductor
from uncramp.tui.app import UncrampApp
from uncramp.tui.base_screen import BaseScreen
from uncramp.tui.run.end_dialog import EndDialog
from uncramp.tui.run.screen import RunScreen

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such sockets")


def told(connection: socket.socket) -> list[dict[str, Any]]:
    return [json.loads(line) for line in connection.recv(1 << 16).splitlines()]


def phases(changes: list[dict[str, Any]]) -> list[str]:
    return [change["status"]["phase"] for change in changes]


async def test_a_run_on_the_screen_answers_and_shows_what_it_does(tmp_path: Path) -> None:
    time, folder, nights = Time(), tmp_path / "runtime" / "uncramp", list[bool]()

    def conductor(of: Plan) -> Conductor:
        made = Conductor(of, time.clocks(), RecordingPlayer())
        server = RunServer(folder, time.clocks().steady)
        made.control = LateControl(lambda: ControlHub(made, (server,), lambda: nights.append(True)))
        return made

    app = UncrampApp(library(tmp_path), make_plan(routine(DRY, ROLL)), conductor)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        (path,) = entries(folder, SOCKET_SUFFIX)
        connection, watching = connected(path, 5.0), connected(path, 5.0)
        assert connection is not None
        assert watching is not None

        async def ask(do: str, program: socket.socket = connection) -> dict[str, object]:
            program.sendall(json.dumps({"do": do}).encode() + b"\n")
            for _ in range(50):
                await pilot.pause(0.01)
                program.setblocking(False)
                try:
                    return told(program)[0]
                except BlockingIOError:
                    continue
                finally:
                    program.settimeout(60.0)
            raise AssertionError("it never answered")

        def shows(kind: type[BaseScreen[Any]]) -> bool:
            return isinstance(app.screen, kind)

        run = app.screen
        assert isinstance(run, RunScreen)
        time.seconds += 2
        assert (await ask("watch", watching))["ok"]
        assert (await ask("pause"))["words"] == "Paused."
        assert phases(told(watching)) == ["paused"]
        assert "PAUSED" in getattr(run.query_one("#state"), "text", "")
        assert (await ask("pause"))["why"] == "not-now"
        await pilot.press("space")
        assert run.conductor.allows(MoveKind.PAUSE)
        assert (await ask("toggle"))["words"] == "Done."
        assert getattr(run.query_one("#name"), "text", "") == "Calf roll"
        await pilot.press("q")
        assert shows(EndDialog)
        assert (await ask("toggle"))["words"] == "Continuing."
        await pilot.pause()
        assert shows(RunScreen), "the question is answered"
        assert run.conductor.allows(MoveKind.PAUSE)
        assert (await ask("louder"))["ok"]
        assert (await ask("night"))["ok"]
        assert nights == [True]
        told(watching)
        time.seconds += 1
        run.tick()
        await pilot.pause()
        assert phases(told(watching)) == ["running"]
        assert (await ask("end"))["words"] == "Ended."
        await pilot.pause()
        connection.close()
        watching.close()
    assert list(folder.iterdir()) == []
