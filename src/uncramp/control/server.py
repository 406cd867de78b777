"""The socket of one run: it takes requests, answers them, and sends changes. Never waits."""

import os
import selectors
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from uncramp.control.places import (
    SOCKET_SUFFIX,
    is_of_this_person,
    listening_socket,
    private_runtime_folder,
    wake_waiting,
)
from uncramp.control.protocol import (
    LONGEST_REQUEST,
    ControlCommand,
    Reply,
    WhyNot,
    answer_line,
    command_in,
    status_line,
)
from uncramp.control.run_status import status_of
from uncramp.control.steering import Steering

MOST_CLIENTS = 32
"""The most connections at a time."""
MOST_UNREAD = 65_536
"""A program with more unread bytes than this is dropped."""
HALF_LINE_S = 5.0
"""A program that has not ended a line for this long is dropped."""


class _Client:
    """A connected program."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.taken = b""
        self.unsent = b""
        self.is_watching = False
        self.half_since_s: float | None = None


class RunServer:
    """Answers other programs while a run goes on."""

    def __init__(self, folder: Path, steady: Callable[[], float]) -> None:
        """Put a socket into `folder` when a run opens. `steady` is a clock in seconds."""
        self._folder = folder
        self._steady = steady
        self._steering: Steering | None = None
        self._selector: selectors.BaseSelector | None = None
        self._listening: socket.socket | None = None
        self._path: Path | None = None
        self._clients: dict[int, _Client] = {}
        self._last: dict[str, object] | None = None

    def open(self, steering: Steering, selector: selectors.BaseSelector) -> None:
        """Listen for programs, and notify those that wait for a run. Raises OSError."""
        private_runtime_folder(self._folder)
        self._path = self._folder / f"{os.urandom(2).hex()}{SOCKET_SUFFIX}"
        self._listening = listening_socket(self._path)
        self._steering, self._selector = steering, selector
        selector.register(self._listening, selectors.EVENT_READ, self._accept)
        wake_waiting(self._folder)

    @property
    def wait_s(self) -> float | None:
        """Real seconds until an unfinished line is too old; None if there is none."""
        since = [c.half_since_s for c in self._clients.values() if c.half_since_s is not None]
        return max(min(since) + HALF_LINE_S - self._steady(), 0) if since else None

    def drop_late(self) -> None:
        """Drop the programs that have not ended a line for long."""
        before_s = self._steady() - HALF_LINE_S
        for client in list(self._clients.values()):
            if client.half_since_s is not None and client.half_since_s <= before_s:
                self._drop(client)

    def tell_change(self) -> None:
        """Send the state to programs that watch, if it has changed."""
        watching = [client for client in self._clients.values() if client.is_watching]
        if not watching:
            return
        status = self._status()
        if status != self._last:
            self._last = status
            for client in watching:
                self._send(client, status_line(status))

    def close(self) -> None:
        """The run is over: notify programs that watch, and delete the socket."""
        for client in list(self._clients.values()):
            if client.is_watching:
                self._send(client, status_line(None))
            self._drop(client)
        if self._listening is not None and self._selector is not None:
            self._selector.unregister(self._listening)
            self._listening.close()
        if self._path is not None:
            with suppress(OSError):
                self._path.unlink()
        self._steering = self._selector = self._listening = self._path = self._last = None

    def _status(self) -> dict[str, object] | None:
        if self._steering is None or self._path is None or self._steering.is_over:
            return None
        conductor = self._steering.conductor
        status = status_of(conductor.plan, conductor.view(), self._path.stem)
        return {**status, "volume": conductor.loudness.words}

    def _accept(self, _: int) -> None:
        assert self._listening is not None
        assert self._selector is not None
        try:
            connection, _address = self._listening.accept()
        except OSError:
            return
        if len(self._clients) >= MOST_CLIENTS or not is_of_this_person(connection):
            connection.close()
            return
        connection.setblocking(False)
        client = _Client(connection)
        self._clients[connection.fileno()] = client
        self._selector.register(
            connection, selectors.EVENT_READ, lambda events: self._ready(client, events)
        )

    def _ready(self, client: _Client, events: int) -> None:
        if events & selectors.EVENT_WRITE:
            self._send(client, b"")
        if events & selectors.EVENT_READ and client.connection.fileno() in self._clients:
            self._read(client)

    def _read(self, client: _Client) -> None:
        try:
            data = client.connection.recv(LONGEST_REQUEST)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._drop(client)
            return
        *lines, client.taken = (client.taken + data).split(b"\n")
        for line in lines:
            if client.connection.fileno() in self._clients:
                self._answer(client, line)
        if len(client.taken) > LONGEST_REQUEST:
            words = f"A request has at most {LONGEST_REQUEST:,} bytes."
            self._send(client, answer_line(Reply(words, WhyNot.TOO_LONG), None))
            self._drop(client)
        elif not client.taken:
            client.half_since_s = None
        elif client.half_since_s is None or lines:
            client.half_since_s = self._steady()

    def _answer(self, client: _Client, line: bytes) -> None:
        asked = command_in(line)
        assert self._steering is not None
        if isinstance(asked, Reply):
            self._send(client, answer_line(asked, None))
            return
        answer, status = self._steering.do(asked), self._status()
        if asked is ControlCommand.WATCH and answer.refusal is None:
            client.is_watching, self._last = True, status
        self._send(client, answer_line(answer, status))

    def _send(self, client: _Client, data: bytes) -> None:
        """Send as much as possible; a program that reads nothing is dropped."""
        client.unsent += data
        try:
            sent = client.connection.send(client.unsent) if client.unsent else 0
        except BlockingIOError:
            sent = 0
        except OSError:
            self._drop(client)
            return
        client.unsent = client.unsent[sent:]
        if len(client.unsent) > MOST_UNREAD:
            self._drop(client)
            return
        wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if client.unsent else 0)
        if self._selector is not None:
            key = self._selector.get_key(client.connection)
            if key.events != wanted:
                self._selector.modify(client.connection, wanted, key.data)

    def _drop(self, client: _Client) -> None:
        if self._clients.pop(client.connection.fileno(), None) is None:
            return
        if self._selector is not None:
            self._selector.unregister(client.connection)
        client.connection.close()
