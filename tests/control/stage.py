"""A run that can be steered, on clocks that a test sets, and programs that ask it."""

import json
import select
import selectors
import socket
import threading
from pathlib import Path
from typing import Any

from tests.session.machine import PLAN, Machine
from uncramp.control.hub import ControlHub
from uncramp.control.places import SOCKET_SUFFIX, connected, entries
from uncramp.control.server import RunServer
from uncramp.core.run.events import Event
from uncramp.session.conductor import Conductor


class CountingConductor(Conductor):
    """One that counts how often it is looked at."""

    looks = 0

    def view(self) -> Any:
        self.looks += 1
        return super().view()


class SteeredStage:
    """A run of three steps, the last of them open."""

    def __init__(self, tmp_path: Path) -> None:
        self.machine = Machine()
        self.conductor = CountingConductor(PLAN, self.machine.clocks(), self.machine)
        self.taken: list[Event] = []
        self.nights = 0
        self.connections: list[socket.socket] = []
        self.folder = tmp_path / "runtime" / "uncramp"
        self.server = RunServer(self.folder, self.machine.clocks().steady)
        self.hub = ControlHub(self.conductor, (self.server,), self._night)
        self.conductor.begin()
        self.told = self.hub.open(self.take)

    def _night(self) -> None:
        self.nights += 1

    def take(self, events: tuple[Event, ...]) -> None:
        self.taken += events
        # As a front end does.
        if self.conductor.record is not None:
            self.hub.close()
        else:
            self.hub.tell_change()

    def pass_s(self, seconds: float) -> None:
        self.machine.pass_s(seconds)
        self.take(self.conductor.tick())

    def has_something_to_do(self) -> bool:
        """Would a front end be woken?"""
        number = self.hub.fileno()
        with selectors.DefaultSelector() as selector:
            if number is None:
                return False
            selector.register(number, selectors.EVENT_READ)
            return bool(selector.select(0))

    def serve(self) -> None:
        while self.has_something_to_do():
            self.hub.serve()

    def program(self) -> "AskingProgram":
        """Another program, connected."""
        (path,) = entries(self.folder, SOCKET_SUFFIX)
        connection = connected(path, 5.0)
        assert connection is not None
        self.connections.append(connection)
        self.serve()
        return AskingProgram(self, connection)

    def close(self) -> None:
        """Close the run and all that are connected to it."""
        self.hub.close()
        for connection in self.connections:
            connection.close()


class AskingProgram:
    """What is at the other end."""

    def __init__(self, stage: SteeredStage, connection: socket.socket) -> None:
        self.stage = stage
        self.connection = connection
        self.rest = b""

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)
        self.stage.serve()

    def ask(self, do: object) -> dict[str, Any]:
        self.send(json.dumps({"v": 1, "do": do}).encode() + b"\n")
        (answer,) = self.told()
        return answer

    def told(self) -> list[dict[str, Any]]:
        """Everything that it has received since."""
        self.connection.setblocking(False)
        while True:
            try:
                data = self.connection.recv(1 << 20)
            except (BlockingIOError, ConnectionError):
                break
            finally:
                self.connection.setblocking(True)
            if not data:
                break
            self.rest += data
            self.connection.setblocking(False)
        *lines, self.rest = self.rest.split(b"\n")
        return [json.loads(line) for line in lines]

    def is_dropped(self) -> bool:
        """Is it connected no more?"""
        self.connection.settimeout(0.2)
        try:
            while self.connection.recv(1 << 20):
                pass
        except TimeoutError:
            return False
        except ConnectionError:
            return True
        return True


def open_descriptors() -> int:
    """How many files and sockets this process has open."""
    return len(list(Path("/proc/self/fd").iterdir()))


class ServedStage(SteeredStage):
    """A run that a thread serves, as a front end does."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder.parent.parent)
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def _work(self) -> None:
        while not self._is_over.is_set() and (number := self.hub.fileno()) is not None:
            if select.select([number], [], [], 0.05)[0]:
                self.hub.serve()

    def close(self) -> None:
        self._is_over.set()
        self._thread.join()
        super().close()
