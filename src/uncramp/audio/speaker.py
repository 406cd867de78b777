"""The program's side of the speaker process: starts it, sends it cues, starts it again.

Nothing here blocks the run or raises into it: what is asked goes into a queue, and a
thread of its own does the rest.
"""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from types import MappingProxyType
from typing import Any

from uncramp.audio.backends import ORDER
from uncramp.audio.player import SoundStatus
from uncramp.audio.status import place_words, status_of
from uncramp.core.routine.model import Sound
from uncramp.system.clocks import counting_ms, steady_ms

SOUND_VARIABLE = "UNCRAMP_SOUND"
"""The environment variable that names one back end, or `none`."""
CLOSE_WITHIN_S = 0.5
RING_OUT_WITHIN_S = 9.0
DEATHS_IN_A_MINUTE = 3
"""So often may the process end by itself before the back end in use is no longer trusted."""


@dataclass(frozen=True, slots=True)
class _Play:
    path: str
    volume: float
    at_ms: float
    counting_at_ms: float
    is_night: bool
    is_ours: bool
    instead: str | None
    delay_ms: int


@dataclass(frozen=True, slots=True)
class _Prepare:
    is_night: bool


@dataclass(frozen=True, slots=True)
class _Withdraw:
    from_ms: float


@dataclass(frozen=True, slots=True)
class _Said:
    process: "subprocess.Popen[bytes]"
    line: bytes


@dataclass(frozen=True, slots=True)
class _Gone:
    process: "subprocess.Popen[bytes]"


@dataclass(frozen=True, slots=True)
class _Cancel:
    pass


@dataclass(frozen=True, slots=True)
class _Close:
    ring_out: bool


_Asked = _Play | _Prepare | _Withdraw | _Cancel | _Close | _Said | _Gone

Launch = Callable[[Sequence[str], Path | None], "subprocess.Popen[bytes]"]


def launched(order: Sequence[str], folder: Path | None) -> "subprocess.Popen[bytes]":
    """Start the speaker process, in a session of its own so that it can be ended with its players.

    What C libraries write on standard error would be drawn over the screen.
    """
    # -P: a file of the same name in the folder where a person stands must not be run instead.
    command = [
        sys.executable,
        "-P",
        "-m",
        "uncramp.audio.child.schedule",
        "--order",
        ",".join(order),
    ]
    if folder is not None:
        command += ["--folder", str(folder)]
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


class Speaker:
    """A player whose sound is made by a process of its own."""

    def __init__(
        self,
        sounds: Mapping[str, Path],
        on_status: Callable[[SoundStatus], None] | None = None,
        order: Sequence[str] = ORDER,
        bell: Callable[[], None] | None = None,
        launch: Launch = launched,
        note: str = "",
        wish: str | None = None,
        delay_ms: int = 0,
        lateness: Mapping[str, float] = MappingProxyType({}),
    ) -> None:
        """Start the process; see `open_speaker`. With an empty `order` there is no sound at all.

        `note` is said after every status; `wish` is the back end that was set;
        `lateness` says by how many milliseconds a back end was found to be late.
        """
        self._note = note
        self._wish = wish
        self._delay_ms = delay_ms
        self._lateness = dict(lateness)
        self._sounded = 0
        self._sounds = dict(sounds)
        self._on_status = on_status
        self._order = list(order)
        self._bell = bell
        self._launch = launch
        self._inbox: queue.SimpleQueue[_Asked] = queue.SimpleQueue()
        self._process: subprocess.Popen[bytes] | None = None
        self._pending: list[_Play] = []
        self._deaths: list[float] = []
        self._back_end: str | None = None
        self._is_closed = False
        self._is_night: bool | None = None
        self._folder: Path | None = None
        self._thread: threading.Thread | None = None
        self._is_choosing = False
        self._status = SoundStatus(False, None, "Sound is off.")
        if self._order:
            self._is_choosing = True
            self._status = SoundStatus(False, None, "Looking for a way to make sound.")
            self._thread = threading.Thread(target=self._follow, name="speaker", daemon=True)
            self._thread.start()

    def play_at(
        self,
        sound: Sound,
        volume: float,
        steady_ms: float,
        *,
        is_night: bool = False,
        instead: str | None = None,
    ) -> None:
        """Have a sound begin at a moment of the steady clock, in milliseconds; see `Player`."""
        if self._thread is None or self._is_closed:
            return
        path = self._path(sound)
        counting_at_ms = counting_ms() + steady_ms - _now_ms()
        self._inbox.put(
            _Play(
                path,
                max(0.0, min(volume, 1.0)),
                steady_ms,
                counting_at_ms,
                is_night,
                is_ours=sound.folder is None,
                instead=str(self._sounds[instead]) if instead in self._sounds else None,
                delay_ms=self._delay_ms,
            )
        )

    def prepare(self, is_night: bool) -> None:
        """Have the bundled sounds ready as they are played by day or at night."""
        if self._thread is not None and not self._is_closed:
            self._inbox.put(_Prepare(is_night))

    def withdraw(self, from_ms: float) -> None:
        """Forget what begins at `from_ms` of the steady clock or later; let ring what sounds."""
        if self._thread is not None and not self._is_closed:
            self._inbox.put(_Withdraw(from_ms))

    def cancel(self) -> None:
        """Forget everything that has not begun, and silence what sounds, within 50 ms."""
        if self._thread is not None and not self._is_closed:
            self._inbox.put(_Cancel())

    def status(self) -> SoundStatus:
        """How sound is being made just now."""
        return self._status

    @property
    def sounded(self) -> int:
        """How many sounds a back end with a device has taken to their end."""
        return self._sounded

    @property
    def is_choosing(self) -> bool:
        """Is a way of making sound still looked for?"""
        return self._is_choosing

    def close(self, ring_out: bool = False) -> None:
        """End the process; with `ring_out` wait for the last sound's end, some seconds at most."""
        if self._is_closed:
            return
        self._is_closed = True
        if self._thread is None:
            return
        self._inbox.put(_Close(ring_out))
        try:
            self._thread.join(RING_OUT_WITHIN_S + 1 if ring_out else CLOSE_WITHIN_S + 1)
        finally:
            # Also when the person loses patience while it rings out.
            if self._process is not None:
                _end(self._process)
            if self._folder is not None:
                rmtree(self._folder, ignore_errors=True)

    def _path(self, sound: Sound) -> str:
        if sound.folder is not None:
            return str(Path(sound.folder) / sound.name)
        return str(self._sounds.get(sound.name, Path(sound.name)))

    def _follow(self) -> None:
        if sys.platform != "linux":
            # Elsewhere a player may need a file; here memory does for one.
            with suppress(OSError):
                self._folder = Path(mkdtemp(prefix="uncramp-sound-"))
        self._start()
        while True:
            match self._inbox.get():
                case _Play() as play:
                    self._pending = [cue for cue in self._pending if cue.at_ms > _now_ms()]
                    self._pending.append(play)
                    self._send({"play": asdict(play)})
                case _Prepare(is_night):
                    self._is_night = is_night
                    self._send_preparation()
                case _Withdraw(from_ms):
                    self._pending = [cue for cue in self._pending if cue.at_ms < from_ms]
                    self._send({"withdraw": from_ms})
                case _Cancel():
                    self._pending.clear()
                    self._send({"cancel": True})
                case _Said(process, line) if process is self._process:
                    self._hear(line)
                case _Gone(process) if process is self._process:
                    self._restart(process)
                case _Close(ring_out):
                    self._finish(ring_out)
                    return
                case _:
                    pass

    def _start(self) -> None:
        try:
            process = self._launch(self._order, self._folder)
        except OSError as problem:
            self._process = None
            reason = f"the speaker process cannot be started: {problem.strerror}"
            self._show(SoundStatus(False, None, f"No sound: {reason}. Watch the screen."))
            return
        self._process = process
        if self._lateness:
            self._send({"lateness": self._lateness})
        threading.Thread(target=self._listen, args=(process,), daemon=True).start()

    def _listen(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stdout is not None
        with suppress(OSError, ValueError):
            for line in process.stdout:
                self._inbox.put(_Said(process, line))
        self._inbox.put(_Gone(process))

    def _send(self, message: Mapping[str, object]) -> None:
        if self._process is None or self._process.stdin is None:
            return
        # When the process is gone, the thread that listens to it notices.
        with suppress(OSError, ValueError):
            self._process.stdin.write(json.dumps(message).encode() + b"\n")
            self._process.stdin.flush()

    def _send_preparation(self) -> None:
        if self._is_night is not None:
            paths = [str(path) for path in self._sounds.values()]
            self._send({"prepare": paths, "is_night": self._is_night})

    def _hear(self, line: bytes) -> None:
        try:
            said: dict[str, Any] = json.loads(line)
        except ValueError:
            return
        if "bell" in said and self._bell is not None:
            with suppress(Exception):
                self._bell()
        if "trouble" in said:
            self._show(SoundStatus(self._status.is_heard, self._back_end, str(said["trouble"])))
        if "back_end" in said:
            self._back_end = str(said["back_end"])
            status = status_of(said, self._wish, self._bell is not None)
            place = "" if self._wish == "bell" else place_words(os.environ, status.is_heard)
            self._show(replace(status, words=f"{status.words} {place}".rstrip()))
        if "sounded" in said:
            self._sounded += 1

    def _show(self, status: SoundStatus) -> None:
        self._is_choosing = False
        status = replace(status, words=f"{status.words} {self._note}".rstrip())
        self._status = status
        if self._on_status is not None:
            with suppress(Exception):
                self._on_status(status)

    def _restart(self, process: "subprocess.Popen[bytes]") -> None:
        _end(process)
        now_ms = _now_ms()
        self._deaths = [moment for moment in self._deaths if moment > now_ms - 60_000]
        self._deaths.append(now_ms)
        if len(self._deaths) >= DEATHS_IN_A_MINUTE:
            self._deaths.clear()
            if self._back_end not in self._order or self._back_end == "bell":
                self._process = None
                words = "No sound: the speaker process ends by itself. Watch the screen."
                self._show(SoundStatus(False, None, words))
                return
            self._order.remove(self._back_end)
        self._start()
        self._send_preparation()
        self._pending = [cue for cue in self._pending if cue.at_ms > now_ms]
        for cue in self._pending:
            self._send({"play": asdict(cue)})

    def _finish(self, ring_out: bool) -> None:
        process = self._process
        if process is None:
            return
        if ring_out:
            self._send({"close": True})
            with suppress(subprocess.TimeoutExpired):
                process.wait(RING_OUT_WITHIN_S)
        _end(process)


def open_speaker(
    sounds: Mapping[str, Path],
    on_status: Callable[[SoundStatus], None] | None = None,
    order: Sequence[str] | None = None,
    bell: Callable[[], None] | None = None,
    back_end: str = "auto",
    delay_ms: int = 0,
    lateness: Mapping[str, float] = MappingProxyType({}),
) -> Speaker:
    """Start a speaker. `sounds` says where the bundled ones lie, by name.

    `on_status` is told whenever the way of making sound changes, from a thread of its
    own; `bell` rings the terminal's bell, likewise. `order` names the back ends to try;
    `back_end` is the one that the person set, which is tried before them, and `delay_ms`
    what their speaker is late by itself: each sound is made that much earlier, and so
    by what `lateness` says of the back end that makes it, in milliseconds. The
    environment variable UNCRAMP_SOUND names a single back end, or `none`, and wins.
    """
    wish = os.environ.get(SOUND_VARIABLE, "").strip()
    if wish == "none":
        return Speaker(sounds, on_status, (), bell)
    known = ", ".join((*ORDER, "none"))
    note, names, chosen = "", list(ORDER if order is None else order), None
    if wish in ORDER:
        names, chosen = [wish], "bell" if wish == "bell" else None
    else:
        if wish:
            note = f'{SOUND_VARIABLE} says "{wish}". Set it to one of: {known}.'
        if back_end != "auto":
            others = [] if back_end == "bell" else [name for name in names if name != back_end]
            names, chosen = [back_end, *others], back_end
    return Speaker(
        sounds,
        on_status,
        names,
        bell,
        note=note,
        wish=chosen,
        delay_ms=delay_ms,
        lateness=lateness,
    )


def _now_ms() -> float:
    return steady_ms()


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the process and every player that it started."""
    # Not yet waited for, it keeps its number, also when it is dead and its players are not.
    if process.returncode is None:
        with suppress(OSError):
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError, ValueError):
                pipe.close()
    with suppress(subprocess.TimeoutExpired):
        process.wait(2)
