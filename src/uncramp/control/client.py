"""The client: a program that steers or watches a run."""

import json
import os
import select
import socket
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from uncramp.control.places import (
    SOCKET_SUFFIX,
    WAITING_SUFFIX,
    connected,
    entries,
    listening_socket,
    private_runtime_folder,
)
from uncramp.control.protocol import ControlCommand, request_line

ANSWER_WITHIN_S = 5.0
"""A run that has not answered after this time hangs."""

_LONGEST_ANSWER = 1 << 20

Fields = dict[str, object]


class NoRun(Exception):
    """No run goes on, or not the named one."""


class NoReply(Exception):
    """The run did not answer; the text says why."""


class RunConnection:
    """A connection to one run."""

    def __init__(self, connection: socket.socket) -> None:
        """Use `connection`."""
        self._connection = connection
        self._rest = b""

    def ask(self, command: ControlCommand) -> Fields:
        """The answer to a command. Raises NoReply, or NoRun if the run is over by now."""
        try:
            self._connection.sendall(request_line(command))
        except OSError:
            raise NoRun from None
        answer = self._next(ANSWER_WITHIN_S)
        if answer is None:
            raise NoRun
        return answer

    def changes(self) -> Iterator[Fields]:
        """The states of a watched run, until it is over. Raises NoReply."""
        while (fields := self._next(None)) is not None:
            yield fields

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _next(self, within_s: float | None) -> Fields | None:
        self._connection.settimeout(within_s)
        while b"\n" not in self._rest:
            try:
                data = self._connection.recv(65_536)
            except TimeoutError:
                raise NoReply("The run does not answer.") from None
            except OSError:
                data = b""
            if not data:
                return None
            self._rest += data
            if len(self._rest) > _LONGEST_ANSWER:
                raise NoReply("The run answers something that is not understood.")
        line, _, self._rest = self._rest.partition(b"\n")
        try:
            fields = json.loads(line)
        except (ValueError, RecursionError):
            fields = None
        if not isinstance(fields, dict):
            raise NoReply("The run answers something that is not understood.")
        return fields


def run_ids(folder: Path) -> list[str]:
    """The runs that go on, the latest first."""
    return [path.stem for path in entries(folder, SOCKET_SUFFIX)]


def open_run(folder: Path, run_id: str | None = None) -> RunConnection:
    """A connection to the run with that id, or to the latest. Raises NoRun."""
    for path in entries(folder, SOCKET_SUFFIX):
        if run_id in (None, path.stem):
            connection = connected(path, ANSWER_WITHIN_S)
            if connection is not None:
                return RunConnection(connection)
    raise NoRun


class Waiting:
    """A socket that a beginning run notifies, as a context that deletes it."""

    def __init__(self, folder: Path) -> None:
        """Wait in `folder`. Raises OSError."""
        private_runtime_folder(folder)
        self._path = folder / f"{os.urandom(4).hex()}{WAITING_SUFFIX}"
        self._listening = listening_socket(self._path)

    def __enter__(self) -> "Waiting":
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._path.unlink()
        self._listening.close()

    def wait(self) -> bool:
        """Sleep until a run has begun. False if nobody reads standard output any more."""
        if sys.platform == "win32":
            return False
        watched = select.poll()
        watched.register(self._listening.fileno(), select.POLLIN)
        if sys.stdout is not None:
            with suppress(OSError, ValueError):
                # No events are requested: a closed reader is always reported.
                watched.register(sys.stdout.fileno(), 0)
        ready = [descriptor for descriptor, _ in watched.poll()]
        if self._listening.fileno() not in ready:
            return False
        with suppress(OSError), closing(self._listening.accept()[0]):
            pass
        return True
