"""Where a plain run waits: for the next moment, a key, a line, or a signal. Never polls."""

import contextlib
import os
import select
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Protocol, Self, TextIO

from uncramp.plain.run_input import (
    Arrival,
    AskedElsewhere,
    InputEnded,
    InputKind,
    Stopped,
    Typed,
    keys_in,
    lines_in,
)
from uncramp.session.exit_statuses import STATUS_OF_SIGNAL
from uncramp.session.ports import ControlPort

if sys.platform != "win32":
    import termios
    import tty

BACKGROUND_LOOK_S = 1.0
"""How often a run in the background of a shell checks whether it is in front again."""


class InputSource(Protocol):
    """Where a run waits."""

    @property
    def kind(self) -> InputKind:
        """How a person can answer now."""

    def wait(self, seconds: float | None) -> tuple[Arrival, ...]:
        """Wait `seconds` at most, or for ever. Returns what came, if anything."""


class SystemInput:
    """The standard input and the signals of this process, as a context that restores both."""

    def __init__(self, stdin: TextIO | None) -> None:
        """Read from `stdin`; None if there is none."""
        self._stdin = _descriptor(stdin)
        self.kind = InputKind.NOBODY if self._stdin is None else InputKind.WORDS
        if self._stdin is not None and os.isatty(self._stdin) and sys.platform != "win32":
            # In the background, reading would stop the process.
            self.kind = InputKind.KEYS if _is_in_foreground(self._stdin) else InputKind.NOBODY
        self._is_listening = self.kind is not InputKind.NOBODY
        self._rest = b""
        self.control: ControlPort | None = None
        """The ways in from elsewhere, which are waited on too."""
        self._undo = contextlib.ExitStack()

    def __enter__(self) -> Self:
        """Take the signals, and a terminal's keys one by one."""
        self._woken, writing, self._read_signals = self._wake_up_pair()
        old = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        self._undo.callback(signal.set_wakeup_fd, old)
        for name in (*STATUS_OF_SIGNAL, "SIGCONT"):
            self._take_signal(name)
        if self.kind is InputKind.KEYS:
            self._take_keys()
        if self.kind is InputKind.WORDS and sys.platform == "win32":
            self._stdin = self._copied(self._stdin)
        return self

    def __exit__(self, *_: object) -> None:
        """Restore everything."""
        self._undo.close()

    def wait(self, seconds: float | None) -> tuple[Arrival, ...]:
        """Wait `seconds` at most, or for ever. Returns what came, if anything."""
        if self.kind is InputKind.KEYS and not self._is_listening:
            # In the background of a shell, which may not say when it brings us back.
            self._come_back()
            if not self._is_listening:
                seconds = min(BACKGROUND_LOOK_S, BACKGROUND_LOOK_S if seconds is None else seconds)
        sources: list[int] = [self._woken]
        if self._is_listening and self._stdin is not None:
            sources.append(self._stdin)
        asking = self.control.fileno() if self.control is not None else None
        if self.control is not None and asking is not None:
            sources.append(asking)
            seconds = min(
                (s for s in (seconds, self.control.wait_s) if s is not None), default=None
            )
        ready, _, _ = select.select(sources, (), (), seconds)
        arrivals: list[Arrival] = []
        is_late = self.control is not None and self.control.wait_s is not None and not ready
        if asking in ready or is_late:
            arrivals.append(AskedElsewhere())
        if self._woken in ready:
            arrivals += self._signals()
        if self._stdin in ready and self._is_listening:
            arrivals += self._typed()
        return tuple(arrivals)

    def _wake_up_pair(self) -> tuple[int, int, Callable[[], bytes]]:
        """What becomes readable with a signal, what a signal writes to, and how to read it."""
        if sys.platform == "win32":
            import socket

            ends = socket.socketpair()
            for end in ends:
                end.setblocking(False)
                self._undo.callback(end.close)
            return ends[0].fileno(), ends[1].fileno(), lambda: ends[0].recv(64)
        # `socket` takes longer to load than the run to reach its first line.
        reading, writing = os.pipe()
        for descriptor in (reading, writing):
            os.set_blocking(descriptor, False)
            self._undo.callback(os.close, descriptor)
        return reading, writing, lambda: os.read(reading, 64)

    def _take_signal(self, name: str) -> None:
        number = getattr(signal, name, None)
        # A signal that is ignored stays ignored, for `nohup`.
        if number is None or signal.getsignal(number) is signal.SIG_IGN:
            return
        self._undo.callback(signal.signal, number, signal.signal(number, _only_wake))

    def _signals(self) -> list[Arrival]:
        found: list[Arrival] = []
        for number in self._read_signals():
            name = signal.Signals(number).name
            if name in STATUS_OF_SIGNAL:
                found.append(Stopped(STATUS_OF_SIGNAL[name]))
            elif name == "SIGCONT" and self.kind is InputKind.KEYS:
                self._come_back()
        return found

    def _take_keys(self) -> None:
        if sys.platform != "win32" and self._stdin is not None:
            before = termios.tcgetattr(self._stdin)
            self._undo.callback(_restore, self._stdin, before)
            tty.setcbreak(self._stdin, termios.TCSANOW)

    def _come_back(self) -> None:
        """Set up the terminal again after a stop, when the shell had it."""
        if sys.platform != "win32" and self._stdin is not None:
            self._is_listening = _is_in_foreground(self._stdin)
            if self._is_listening:
                with contextlib.suppress(termios.error):
                    tty.setcbreak(self._stdin, termios.TCSANOW)

    def _typed(self) -> list[Arrival]:
        assert self._stdin is not None
        try:
            data = os.read(self._stdin, 4096)
        except BlockingIOError:
            return []
        except OSError:
            data = b""
        is_keys = self.kind is InputKind.KEYS
        if not data:
            last, _ = lines_in(self._rest + b"\n") if not is_keys else ([], b"")
            self.kind, self._is_listening = InputKind.NOBODY, False
            return [*map(Typed, last), InputEnded()]
        words, self._rest = (keys_in if is_keys else lines_in)(self._rest + data)
        return [Typed(word) for word in words]

    def _copied(self, descriptor: int | None) -> int:
        """A socket with the data of `descriptor`, for systems that cannot wait for that."""
        import socket

        reading, writing = socket.socketpair()
        self._undo.callback(reading.close)

        def copy() -> None:
            with writing, contextlib.suppress(OSError):
                while descriptor is not None and (data := os.read(descriptor, 4096)):
                    writing.sendall(data)

        threading.Thread(target=copy, daemon=True).start()
        return reading.fileno()


def _only_wake(number: int, frame: FrameType | None) -> None:
    """Do nothing: the wake-up descriptor has reported the signal."""


def _descriptor(stdin: TextIO | None) -> int | None:
    try:
        return None if stdin is None or stdin.closed else stdin.fileno()
    except (OSError, ValueError):
        return None


if sys.platform != "win32":

    def _is_in_foreground(terminal: int) -> bool:
        try:
            return os.tcgetpgrp(terminal) == os.getpgrp()
        except OSError:
            return False

    def _restore(terminal: int, settings: list[int | list[bytes | int]]) -> None:
        with contextlib.suppress(termios.error):
            # Set from the background, it would stop the process.
            if _is_in_foreground(terminal):
                termios.tcsetattr(terminal, termios.TCSANOW, settings)
