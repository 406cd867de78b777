"""The program's side of the speaker process: sends it cues, and restarts it when it fails.

Nothing here blocks the run or raises into it: requests go into a queue, and a separate thread
does the rest.
"""

import os
import queue
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from uncramp.audio.backends import ORDER
from uncramp.audio.messages import (
    LATE_MS,
    Cancel,
    Chosen,
    Close,
    FromSpeaker,
    Play,
    RingBell,
    SetLateness,
    Sounded,
    ToSpeaker,
    Trouble,
    Withdraw,
)
from uncramp.audio.player import SoundStatus, sound_path
from uncramp.audio.speaker_process import Launch, SpeakerProcess, launched
from uncramp.audio.status import place_words, status_of
from uncramp.core.lazy.dataclass import dataclass, field, replace
from uncramp.core.routine.model import Sound
from uncramp.system import clocks
from uncramp.system.os_errors import reason_of

SOUND_VARIABLE = "UNCRAMP_SOUND"
"""The environment variable that names one backend, or `none`."""
CLOSE_WITHIN_S = 0.5
RING_OUT_WITHIN_S = 9.0
DEATHS_IN_A_MINUTE = 3
"""How often the process may end or hang before its backend is no longer trusted."""
ANSWER_WITHIN_S = 3.0
"""A process that has not taken a message after this time hangs."""
FOLDER_KEPT_S = 48 * 3600.0
"""Longer than any run: an older folder was left by a program that was killed."""
NO_THREAD_WORDS = "No sound: this machine starts no more threads. Watch the screen."
FIRST_ANSWER_WITHIN_S = 15.0
"""The same until its first message: on a busy machine it starts slowly."""


@dataclass(frozen=True, slots=True)
class SpeakerOptions:
    """How a speaker makes sound."""

    order: Sequence[str] = ORDER
    """The backends to try; without any there is no sound."""
    preferred: str | None = None
    """The backend that the person set."""
    note: str = ""
    """A text that follows every status."""
    delay_ms: float = 0.0
    """The delay of the person's speaker: each sound is played that much earlier."""
    lateness_ms: Mapping[str, float] = field(default_factory=dict)
    """How late each backend was measured to be: corrected for in the same way."""
    answer_within_s: float = ANSWER_WITHIN_S
    first_answer_within_s: float = FIRST_ANSWER_WITHIN_S


@dataclass(frozen=True, slots=True)
class _Heard:
    process: SpeakerProcess
    message: FromSpeaker


@dataclass(frozen=True, slots=True)
class _Ended:
    process: SpeakerProcess


@dataclass(frozen=True, slots=True)
class _Finish:
    ring_out: bool


_Asked = Play | Withdraw | Cancel | _Finish | _Heard | _Ended


class Speaker:
    """A player whose sound is made by a separate process."""

    def __init__(
        self,
        sounds: Mapping[str, Path],
        options: SpeakerOptions = SpeakerOptions(),
        on_status: Callable[[SoundStatus], None] | None = None,
        bell: Callable[[], None] | None = None,
        launch: Launch = launched,
    ) -> None:
        """Start the process; see `open_speaker`."""
        self._sounds = dict(sounds)
        self._options = options
        self._on_status = on_status
        self._bell = bell
        self._launch = launch
        self._order = list(options.order)
        self._inbox: queue.SimpleQueue[_Asked] = queue.SimpleQueue()
        self._process: SpeakerProcess | None = None
        self._pending: list[Play] = []
        self._deaths: list[float] = []
        self._silent_s = 0.0
        """How long the process has not answered."""
        self._backend: str | None = None
        self._sounded = 0
        self._is_closed = False
        self._is_choosing = bool(self._order)
        self._folder: Path | None = None
        self._thread: threading.Thread | None = None
        self._status = SoundStatus(False, None, "Sound is off.")
        if self._order:
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
        late_ms: float = LATE_MS,
    ) -> None:
        """Start a sound at a moment of the steady clock, in milliseconds; see `Player`."""
        self._ask(
            Play(
                path=str(sound_path(self._sounds, sound, is_night)),
                volume=max(0.0, min(volume, 1.0)),
                at_ms=steady_ms,
                counting_at_ms=clocks.counting_ms() + steady_ms - clocks.steady_ms(),
                begins_softly=is_night and sound.folder is not None,
                instead=self._bundled(instead, is_night),
                delay_ms=self._options.delay_ms,
                late_ms=late_ms,
            )
        )

    def withdraw(self, from_ms: float) -> None:
        """Forget what begins at or after `from_ms` of the steady clock. What plays goes on."""
        self._ask(Withdraw(from_ms))

    def cancel(self) -> None:
        """Forget everything that has not begun, and silence what plays, within 50 ms."""
        self._ask(Cancel())

    def status(self) -> SoundStatus:
        """How sound is made at present."""
        return self._status

    @property
    def sounded(self) -> int:
        """How many sounds a backend with a device has played to their end."""
        return self._sounded

    @property
    def is_choosing(self) -> bool:
        """Is a backend still being chosen?"""
        return self._is_choosing

    @property
    def pid(self) -> int | None:
        """The id of the speaker process; None if none runs."""
        return self._process.pid if self._process else None

    def close(self, ring_out: bool = False) -> None:
        """End the process; with `ring_out`, wait some seconds for the last sound to end."""
        if self._is_closed:
            return
        self._is_closed = True
        if self._thread is None:
            return
        self._inbox.put(_Finish(ring_out))
        try:
            self._thread.join(RING_OUT_WITHIN_S + 1 if ring_out else CLOSE_WITHIN_S + 1)
        finally:
            # Even if the person presses Ctrl-C while it rings out.
            if self._process is not None:
                self._process.end()
            if self._folder is not None:
                from shutil import rmtree

                rmtree(self._folder, ignore_errors=True)

    def _ask(self, message: Play | Withdraw | Cancel) -> None:
        if self._thread is not None and not self._is_closed:
            self._inbox.put(message)

    def _bundled(self, name: str | None, is_night: bool) -> str | None:
        if name is None or name not in self._sounds:
            return None
        return str(sound_path(self._sounds, Sound(name), is_night))

    def _follow(self) -> None:
        if sys.platform != "linux":
            # On other systems a player may need a file; on Linux it reads from memory.
            from uncramp.system.temporary import make_folder

            with suppress(OSError):
                self._folder = make_folder("uncramp-sound-", swept_after_s=FOLDER_KEPT_S)
        self._start()
        while True:
            match self._next():
                case None:
                    self._hung()
                case Play() as cue:
                    self._pending = [cue for cue in self._pending if cue.at_ms > clocks.steady_ms()]
                    self._pending.append(cue)
                    self._send(cue)
                case Withdraw() as message:
                    self._pending = [cue for cue in self._pending if cue.at_ms < message.from_ms]
                    self._send(message)
                case Cancel() as message:
                    self._pending.clear()
                    self._send(message)
                case _Heard(process, message) if process is self._process:
                    self._hear(process, message)
                case _Ended(process) if process is self._process:
                    self._restart(process)
                case _Finish(ring_out):
                    self._finish(ring_out)
                    return
                case _:
                    pass

    def _next(self) -> _Asked | None:
        """Wait for what comes next; None if the process has not answered for too long."""
        while (process := self._process) is not None and process.is_awaited:
            options = self._options
            limit_s = (
                options.answer_within_s if process.has_spoken else options.first_answer_within_s
            )
            if self._silent_s >= limit_s:
                return None
            # In short steps: while this process itself is stopped, the other one is not
            # to blame for its silence.
            step_s, began_ms = options.answer_within_s / 4, clocks.steady_ms()
            found: _Asked | None = None
            with suppress(queue.Empty):
                found = self._inbox.get(timeout=step_s)
            self._silent_s += min((clocks.steady_ms() - began_ms) / 1000, step_s)
            if found is not None:
                return found
        self._silent_s = 0.0
        return self._inbox.get()

    def _start(self) -> None:
        self._silent_s = 0.0
        try:
            process = SpeakerProcess(self._launch(self._order, self._folder))
        except OSError as problem:
            self._process = None
            reason = f"the speaker process cannot be started: {reason_of(problem)}"
            self._show(SoundStatus(False, None, f"No sound: {reason}. Watch the screen."))
            return
        try:
            process.listen(
                lambda process, message: self._inbox.put(_Heard(process, message)),
                lambda process: self._inbox.put(_Ended(process)),
            )
        except RuntimeError:
            process.end()
            self._process = None
            self._show(SoundStatus(False, None, NO_THREAD_WORDS))
            return
        self._process = process
        if self._options.lateness_ms:
            self._send(SetLateness(self._options.lateness_ms))

    def _send(self, message: ToSpeaker) -> None:
        if self._process is not None:
            self._process.send(message)

    def _hear(self, process: SpeakerProcess, message: FromSpeaker) -> None:
        process.note(message)
        self._silent_s = 0.0
        match message:
            case RingBell() if self._bell is not None:
                with suppress(Exception):
                    self._bell()
            case Trouble(words):
                self._show(SoundStatus(self._status.is_heard, self._backend, words))
            case Chosen():
                self._backend = message.backend
                preferred = self._options.preferred
                status = status_of(message, preferred, self._bell is not None)
                place = "" if preferred == "bell" else place_words(os.environ, status.is_heard)
                self._show(replace(status, words=f"{status.words} {place}".rstrip()))
            case Sounded():
                self._sounded += 1

    def _show(self, status: SoundStatus) -> None:
        self._is_choosing = False
        status = replace(status, words=f"{status.words} {self._options.note}".rstrip())
        self._status = status
        if self._on_status is not None:
            with suppress(Exception):
                self._on_status(status)

    def _hung(self) -> None:
        """Report that the process does not answer, and start another."""
        process = self._process
        assert process is not None
        words = "The speaker process does not answer. It is started again."
        self._show(SoundStatus(False, self._backend, words))
        self._restart(process)

    def _restart(self, process: SpeakerProcess) -> None:
        process.end()
        now_ms = clocks.steady_ms()
        self._deaths = [moment for moment in self._deaths if moment > now_ms - 60_000]
        self._deaths.append(now_ms)
        if len(self._deaths) >= DEATHS_IN_A_MINUTE:
            self._deaths.clear()
            if self._backend not in self._order or self._backend == "bell":
                self._process = None
                words = "No sound: the speaker process ends by itself. Watch the screen."
                self._show(SoundStatus(False, None, words))
                return
            self._order.remove(self._backend)
        self._start()
        self._pending = [cue for cue in self._pending if cue.at_ms > now_ms]
        for cue in self._pending:
            self._send(cue)

    def _finish(self, ring_out: bool) -> None:
        process = self._process
        if process is None:
            return
        if ring_out:
            self._send(Close())
            process.ends_within(RING_OUT_WITHIN_S)
        process.end()


def open_speaker(
    sounds: Mapping[str, Path],
    on_status: Callable[[SoundStatus], None] | None = None,
    order: Sequence[str] | None = None,
    bell: Callable[[], None] | None = None,
    backend: str = "auto",
    delay_ms: float = 0.0,
    lateness: Mapping[str, float] | None = None,
) -> Speaker:
    """Start a speaker. `sounds` are the files of the bundled sounds, by name.

    `on_status` is called with each change of status, in a separate thread; so is `bell`, which
    rings the terminal's bell. `order` names the backends to try; `backend` is the one that the
    person set, which is tried first. Each sound is played earlier by `delay_ms`, the delay of
    the person's speaker, and by the `lateness` of its backend, in milliseconds. The environment
    variable UNCRAMP_SOUND names a single backend, or `none`, and takes precedence.
    """
    preferred = os.environ.get(SOUND_VARIABLE, "").strip()
    if preferred == "none":
        return Speaker(sounds, SpeakerOptions(order=()), on_status, bell)
    known = ", ".join((*ORDER, "none"))
    note, names, chosen = "", list(ORDER if order is None else order), None
    if preferred in ORDER:
        names, chosen = [preferred], "bell" if preferred == "bell" else None
    else:
        if preferred:
            note = f'{SOUND_VARIABLE} says "{preferred}". Set it to one of: {known}.'
        if backend != "auto":
            others = [] if backend == "bell" else [name for name in names if name != backend]
            names, chosen = [backend, *others], backend
    options = SpeakerOptions(names, chosen, note, delay_ms, dict(lateness or {}))
    return Speaker(sounds, options, on_status, bell)
