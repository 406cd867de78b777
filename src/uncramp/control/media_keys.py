"""Media keys and headset buttons on Linux: the run as a media player on the session bus.

A thread opens the bus some time after the run has begun, because that loads a library
and a bus can hang. From then on all happens where the front end waits.
"""

import os
import selectors
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from uncramp.control.media_player import (
    INTROSPECTION,
    METHODS,
    OBJECT_PATH,
    PLAYER_INTERFACE,
    ROOT_INTERFACE,
    ROOT_PROPERTIES,
    PlayerState,
    Properties,
    changed,
    player_state,
)
from uncramp.control.steering import Steering

if TYPE_CHECKING:
    from jeepney import Message

SETTLES_S = 2.0
"""How long after a run begins the bus is opened, so that the start is undisturbed."""
CONNECT_WITHIN_S = 1.0
JUMP_MS = 1_500
"""A position that differs by more from what a clock would show is reported."""

_BUS = "org.freedesktop.DBus"
_BUS_VARIABLE = "DBUS_SESSION_BUS_ADDRESS"


def has_session_bus() -> bool:
    """Does the environment name the bus of a desktop session?"""
    return sys.platform == "linux" and bool(os.environ.get(_BUS_VARIABLE))


class MediaKeys:
    """Shows the run as a media player, if there is a session bus."""

    def __init__(self, steady: Callable[[], float], settles_s: float = SETTLES_S) -> None:
        """Open the bus `settles_s` after the run. `steady` is a clock in seconds."""
        self._steady = steady
        self._settles_s = settles_s
        self._steering: Steering | None = None
        self._selector: selectors.BaseSelector | None = None
        self._is_closing = threading.Event()
        self._connections: socket.socket | None = None
        """The thread writes to the second when it is connected; the first is waited on."""
        self._bus: socket.socket | None = None
        self._parser: Any = None
        self._serial = 0
        self._state: PlayerState | None = None
        self._state_s = 0.0
        self._looked_at = -1
        """The conductor's `changes` at the last look."""

    def open(self, steering: Steering, selector: selectors.BaseSelector) -> None:
        """Let a thread open the bus. Raises OSError if there is none."""
        if not has_session_bus():
            raise OSError("there is no session bus")
        self._steering, self._selector = steering, selector
        self._is_closing = threading.Event()
        self._connections, tells = socket.socketpair()
        selector.register(self._connections, selectors.EVENT_READ, self._connected)
        thread = threading.Thread(
            target=_connect, args=(tells, self._is_closing, self._settles_s),
            name="media-keys", daemon=True,
        )  # fmt: skip
        try:
            thread.start()
        except RuntimeError:  # no more threads
            tells.close()
            self.close()
            raise OSError("this machine starts no more threads") from None

    wait_s = None
    """Nothing is due at a certain time."""

    def drop_late(self) -> None:
        """Nothing to drop."""

    def tell_change(self) -> None:
        """Tell the bus which properties differ from what it knows."""
        if self._bus is None or self._state is None or self._steering is None:
            return
        if self._looked_at == self._steering.conductor.changes:
            return  # in a second in which nothing happens, there is nothing to tell
        before, before_s = self._state, self._state_s
        after = self._look()
        differ = changed(before.properties, after.properties)
        if differ:
            body: tuple[object, ...] = (PLAYER_INTERFACE, differ, [])
            self._signal("org.freedesktop.DBus.Properties", "PropertiesChanged", "sa{sv}as", body)
        passed_ms = (self._state_s - before_s) * 1000 if before.is_playing else 0
        has_jumped = abs(after.position_ms - before.position_ms - passed_ms) > JUMP_MS
        if after.track == before.track and has_jumped:
            self._signal(PLAYER_INTERFACE, "Seeked", "x", (after.position_ms * 1000,))

    def close(self) -> None:
        """Disconnect from the bus."""
        self._is_closing.set()
        for one in (self._connections, self._bus):
            if one is not None:
                if self._selector is not None:
                    with suppress(KeyError, ValueError):
                        self._selector.unregister(one)
                one.close()
        self._connections = self._bus = self._parser = self._state = None
        self._steering = self._selector = None

    def _connected(self, _: int) -> None:
        """The thread has ended, with the bus or without it."""
        connections, selector = self._connections, self._selector
        if connections is None or selector is None or sys.platform == "win32":
            return
        descriptors: list[int] = []
        with suppress(OSError):
            descriptors = socket.recv_fds(connections, 1, 1)[1]
        selector.unregister(connections)
        connections.close()
        self._connections = None
        if not descriptors:
            return
        from jeepney import Parser

        self._bus, self._parser = socket.socket(fileno=descriptors[0]), Parser()
        self._bus.setblocking(False)
        selector.register(self._bus, selectors.EVENT_READ, self._read)
        self._call("Hello", "", ())
        # 4: fail at once if another program has the name.
        name = f"{ROOT_INTERFACE}.uncramp.instance{os.getpid()}"
        self._call("RequestName", "su", (name, 4))
        self._look()

    def _look(self) -> PlayerState:
        assert self._steering is not None
        conductor = self._steering.conductor
        self._looked_at = conductor.changes
        volume = conductor.loudness.present
        self._state = player_state(conductor.plan, conductor.view(), volume)
        self._state_s = self._steady()
        return self._state

    def _read(self, _: int) -> None:
        try:
            data = self._bus.recv(65_536) if self._bus is not None else b""
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self.close()
            return
        from jeepney import MessageType

        try:
            self._parser.add_data(data)
            while self._parser is not None and (message := self._parser.get_next_message()):
                if message.header.message_type is MessageType.method_call:
                    self._answer(message)
        except Exception:  # whatever a bus sends, the run goes on
            self.close()

    def _answer(self, message: "Message") -> None:
        from jeepney import HeaderFields, new_error, new_method_return

        fields = message.header.fields
        interface, member = fields.get(HeaderFields.interface), fields.get(HeaderFields.member)
        found = self._result(interface, member, message.body)
        if found is None:
            name, words = _refusal(interface, member, message.body)
            self._send(new_error(message, f"{_BUS}.Error.{name}", "s", (words,)))
        else:
            self._send(new_method_return(message, *found))

    def _result(
        self, interface: str | None, member: str | None, body: tuple[Any, ...]
    ) -> tuple[str | None, tuple[object, ...]] | None:
        """The answer to a call, with its signature; None if there is no such call."""
        match interface, member, body:
            case (str(), "Introspect", ()):
                return "s", (INTROSPECTION,)
            case ("org.freedesktop.DBus.Peer", "Ping", ()) | (str(), "Raise" | "Quit", ()):
                return None, ()
            case ("org.freedesktop.DBus.Properties", "GetAll", (str() as of,)):
                return "a{sv}", (self._properties(of),)
            case ("org.freedesktop.DBus.Properties", "Get", (str() as of, str() as name)):
                known = self._properties(of)
                return ("v", (known[name],)) if name in known else None
            case ("org.freedesktop.DBus.Properties", "Set", (_, "Volume", ("d", float() as to))):
                self._set_volume(to)
                return None, ()
            case (_, str() as name, _) if name in METHODS and self._steering is not None:
                command = METHODS[name]
                if command is not None:
                    self._steering.do(command)
                return None, ()
        return None

    def _properties(self, interface: str) -> Properties:
        if interface == ROOT_INTERFACE:
            return ROOT_PROPERTIES
        if interface != PLAYER_INTERFACE or self._steering is None:
            return {}
        position_ms = self._steering.conductor.view().position_ms
        self.tell_change()
        known = self._state.properties if self._state is not None else {}
        return {**known, "Position": ("x", position_ms * 1000)}

    def _set_volume(self, share: float) -> None:
        if self._steering is not None:
            self._steering.set_volume(round(min(max(share, 0.0), 1.0) * 100))

    def _call(self, member: str, signature: str, body: tuple[object, ...]) -> None:
        from jeepney import DBusAddress, new_method_call

        bus = DBusAddress("/org/freedesktop/DBus", _BUS, _BUS)
        self._send(new_method_call(bus, member, signature or None, body))

    def _signal(self, interface: str, name: str, signature: str, body: tuple[object, ...]) -> None:
        from jeepney import DBusAddress, new_signal

        self._send(new_signal(DBusAddress(OBJECT_PATH, None, interface), name, signature, body))

    def _send(self, message: "Message") -> None:
        """Send a message; disconnect from a bus that does not take all of it, because it hangs."""
        self._serial += 1
        data = message.serialise(serial=self._serial)
        try:
            is_taken = self._bus is not None and self._bus.send(data) == len(data)
        except OSError:
            is_taken = False
        if not is_taken:
            self.close()


def _refusal(interface: str | None, member: str | None, body: tuple[Any, ...]) -> tuple[str, str]:
    """The error for a call that has no answer: its name and its message."""
    match interface, member, body:
        case ("org.freedesktop.DBus.Properties", "Get", (str() as of, str() as name)):
            return "UnknownProperty", f"{of} has no {name}"
        case ("org.freedesktop.DBus.Properties", "Set", (str() as of, str() as name, _)):
            return "PropertyReadOnly", f"{name} of {of} cannot be changed"
    return "UnknownMethod", f"{interface}.{member} is not there"


def _connect(tells: socket.socket, is_closing: threading.Event, settles_s: float) -> None:
    """Open the session bus and hand its descriptor over; without a bus, nothing."""
    with tells:
        if is_closing.wait(settles_s) or sys.platform == "win32":
            return
        with suppress(Exception):  # no library, no bus, one that hangs: no media keys
            from jeepney.bus import get_bus
            from jeepney.io.blocking import prep_socket

            with prep_socket(get_bus("SESSION"), timeout=CONNECT_WITHIN_S) as bus:
                socket.send_fds(tells, [b"."], [bus.fileno()])
