"""The speaker process, `python -m uncramp.audio.child.schedule`: plays cues at their moments.

Standard input has one JSON object a line: a cue to play, `cancel`, or `close`. Standard
output has one a line too: which back end is used, and each stroke of the bell. It
ends when its standard input does. Between cues it is asleep.
"""

import argparse
import heapq
import json
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any

from uncramp.audio.backends import ORDER
from uncramp.audio.child.backend import BackEnd, NoSound, Turn
from uncramp.audio.child.backend_choice import Choice, Order
from uncramp.audio.child.library_backends import (
    MiniaudioBackEnd,
    WinsoundBackEnd,
    has_miniaudio,
    has_winsound,
)
from uncramp.audio.child.program_backends import library_programs, system_programs
from uncramp.audio.samples.clip import Clip
from uncramp.audio.samples.night_filter import at_night, begun_softly
from uncramp.audio.samples.sound_file import CannotDecode, read_clip
from uncramp.system.clocks import counting_ms, steady_ms

LATE_MS = 1_000
"""A cue that would be later than this is not sounded."""
LEAD_MS = 2_200
"""Silence in front of a cue, where it comes in time: a sleeping device swallows some, and a
player has to be up, and its pace known, before the sound."""
GIVEN_UP_MS = 100
"""A sound that broke off later than this after its moment is not begun again."""
ANSWER_MS = 300
"""A back end that has not begun so long after a cue's moment is taken to hang."""
PREPARED_AFTER_S = 4.0
"""When the first sounds are on their way, those that a key may call for are made ready."""
RING_OUT_S = 8.0
_PR_SET_PDEATHSIG = 1

Say = Callable[[dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Cue:
    """A sound to play, as it was sent."""

    path: str
    volume: float
    at_ms: float
    counting_at_ms: float
    is_night: bool = False
    is_ours: bool = False
    """Is it a bundled one?"""
    instead: str | None = None
    """The file of the bundled one that is played where this cannot be read."""
    delay_ms: float = 0.0
    """How late the person's speaker is by itself."""


@lru_cache(maxsize=64)
def _read(path: str) -> Clip | CannotDecode:
    try:
        return read_clip(Path(path))
    except CannotDecode as problem:
        return problem


@lru_cache(maxsize=64)
def loaded(path: str, is_night: bool, is_ours: bool) -> Clip:
    """Read a sound, once. Raises CannotDecode."""
    clip = _read(path)
    if isinstance(clip, CannotDecode):
        raise clip
    if not is_night:
        return clip
    return at_night(clip) if is_ours else begun_softly(clip)


@lru_cache(maxsize=32)
def at_volume(path: str, is_night: bool, is_ours: bool, volume: float) -> Clip:
    """Read a sound at a volume, once. Raises CannotDecode."""
    return loaded(path, is_night, is_ours).softened(volume)


def prepare(paths: list[str], is_night: bool) -> None:
    """Have bundled sounds read before they are wanted."""
    for path in paths:
        with suppress(CannotDecode):
            loaded(path, is_night, True)


class Bell:
    """The terminal's bell, which the other process rings; it has no other way to fail."""

    name = "bell"

    def __init__(self, say: Say) -> None:
        """Have it rung by saying so."""
        self._say = say

    def prove(self) -> None:
        """Nothing to prove."""

    def play(self, clip: Clip, turn: Turn) -> None:
        """Wait for the moment and ring."""
        if turn.wait_until(turn.at_ms + turn.delay_ms):
            turn.has_begun = True
            self._say({"bell": True})


class Schedule:
    """Cues to come, and those that sound."""

    def __init__(self, order: Order, say: Say) -> None:
        """Play by `order`; `say` reaches the other process."""
        self._order = order
        self._say = say
        self.inbox: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        self._to_do: list[tuple[float, int, float, Callable[[], None]]] = []
        """When, which came first, the moment of the cue that it is for, and what."""
        self._tickets = count()
        self._turns: dict[Turn, float] = {}
        """What sounds or is about to, with the moment of its cue."""
        self._unread: dict[int, Cue] = {}
        """Cues whose sounds are still being read, by their tickets."""
        self._lateness: dict[str, float] = {}
        """How late each back end was found to be by itself."""

    def follow(self) -> None:
        """Do what is sent, and each thing at its moment, until told to close."""
        while True:
            try:
                message = self.inbox.get(timeout=self._wait_s())
            except queue.Empty:
                message = {}
            if "play" in message:
                self._take(Cue(**message["play"]))
            elif "read" in message:
                self._take_read(*message["read"])
            elif "cancel" in message:
                self.cancel()
            elif "withdraw" in message:
                self._withdraw(message["withdraw"])
            elif "lateness" in message:
                self._lateness = message["lateness"]
            elif "prepare" in message:
                asked = (message["prepare"], message["is_night"])
                later = threading.Timer(PREPARED_AFTER_S, prepare, asked)
                later.daemon = True
                later.start()
            elif "close" in message:
                self._ring_out()
                return
            self._do_what_is_due()

    def cancel(self) -> None:
        """Forget what is to come and silence what sounds."""
        self._to_do.clear()
        self._unread.clear()
        for turn in tuple(self._turns):
            turn.stop()

    def _withdraw(self, from_ms: float) -> None:
        """Forget the cues of a moment or later, those that stand on silence among them."""
        self._to_do = [entry for entry in self._to_do if entry[2] < from_ms]
        heapq.heapify(self._to_do)
        unread = self._unread.items()
        self._unread = {ticket: cue for ticket, cue in unread if cue.at_ms < from_ms}
        for turn, at_ms in tuple(self._turns.items()):
            if at_ms >= from_ms:
                turn.stop()

    def _wait_s(self) -> float | None:
        if not self._to_do:
            return None
        return max(0.0, self._to_do[0][0] - steady_ms()) / 1000

    def _do_what_is_due(self) -> None:
        while self._to_do and self._to_do[0][0] <= steady_ms():
            heapq.heappop(self._to_do)[3]()

    def _plan(self, moment_ms: float, cue: Cue, what: Callable[[], None]) -> None:
        heapq.heappush(self._to_do, (moment_ms, next(self._tickets), cue.at_ms, what))

    def _take(self, cue: Cue) -> None:
        if self._order.is_better_due():
            threading.Thread(target=self._order.choose, daemon=True).start()
        if cue.is_ours:
            self._plan_cue(cue, self._clip(cue))
            return
        # It may take long to decode, and others are not to wait for it.
        ticket = next(self._tickets)
        self._unread[ticket] = cue
        threading.Thread(target=self._read_apart, args=(ticket, cue), daemon=True).start()

    def _read_apart(self, ticket: int, cue: Cue) -> None:
        self.inbox.put({"read": (ticket, self._clip(cue))})

    def _take_read(self, ticket: int, clip: Clip) -> None:
        cue = self._unread.pop(ticket, None)
        if cue is not None:
            self._plan_cue(cue, clip)

    def _plan_cue(self, cue: Cue, clip: Clip) -> None:
        self._plan(cue.at_ms - cue.delay_ms - LEAD_MS, cue, lambda: self._begin(cue, clip))

    def _clip(self, cue: Cue) -> Clip:
        """What to play; nothing at all where neither it nor what stands in for it can be read."""
        try:
            return at_volume(cue.path, cue.is_night, cue.is_ours, cue.volume)
        except CannotDecode as problem:
            mend = "" if cue.instead is None else " A bundled sound is played in its place."
            self._say({"trouble": f"{Path(cue.path).name} {problem}{mend}"})
        if cue.instead is not None:
            with suppress(CannotDecode):
                return at_volume(cue.instead, cue.is_night, True, cue.volume)
        return Clip(48_000, 1, b"")

    def _begin(self, cue: Cue, clip: Clip, back_ends: tuple[BackEnd, ...] | None = None) -> None:
        # The machine may have slept since the cue was sent: the steady clock stood still then.
        if max(steady_ms() - cue.at_ms, counting_ms() - cue.counting_at_ms) > LATE_MS:
            return
        turn = Turn(cue.at_ms - cue.delay_ms - clip.onset_ms, delay_ms=cue.delay_ms)
        self._turns[turn] = cue.at_ms
        sounding = Sounding(cue, clip, turn, self._order, self._lateness)
        threading.Thread(target=self._sound, args=(sounding,), daemon=True).start()
        self._plan(cue.at_ms + ANSWER_MS, cue, lambda: self._check(sounding))

    def _sound(self, sounding: "Sounding") -> None:
        try:
            if sounding.play():
                self._say({"sounded": True})
        finally:
            self._turns.pop(sounding.turn, None)

    def _check(self, sounding: "Sounding") -> None:
        """Leave a back end behind that has not begun by now, and go on with the next one."""
        stuck = sounding.stuck_in()
        if stuck is None:
            return
        sounding.turn.stop()
        self._turns.pop(sounding.turn, None)
        self._order.failed(stuck, f"{stuck.name} did not answer")
        self._begin(sounding.cue, sounding.clip)

    def _ring_out(self) -> None:
        """Let what sounds, or is just about to, come to its end."""
        end_ms = steady_ms() + RING_OUT_S * 1000
        last_ms = steady_ms() + LATE_MS
        self._to_do = [entry for entry in self._to_do if entry[0] <= last_ms]
        heapq.heapify(self._to_do)
        unread = self._unread.items()
        self._unread = {ticket: cue for ticket, cue in unread if cue.at_ms - LEAD_MS <= last_ms}
        while (self._to_do or self._turns or self._unread) and steady_ms() < end_ms:
            wait_s = self._wait_s()
            with suppress(queue.Empty):
                message = self.inbox.get(timeout=0.05 if wait_s is None else min(wait_s, 0.05))
                if "read" in message:
                    self._take_read(*message["read"])
            self._do_what_is_due()


class Sounding:
    """One cue on its way through the order of back ends."""

    def __init__(
        self, cue: Cue, clip: Clip, turn: Turn, order: Order, lateness: Mapping[str, float]
    ) -> None:
        """Sound `clip` at the turn's moment, sooner by the lateness of what plays it."""
        self._moment_ms = turn.at_ms
        self._lateness = lateness
        self.cue = cue
        self.clip = clip
        self.turn = turn
        self._order = order
        self._in: BackEnd | None = None

    def stuck_in(self) -> BackEnd | None:
        """Say which back end should have begun and has not."""
        if self.turn.has_begun or self.turn.is_stopped:
            return None
        return self._in

    def play(self) -> bool:
        """Play by the back end that is used, and by the next ones while it is not too late.

        Says whether one with a device took all of it.
        """
        if not self._order.wait((self.cue.at_ms + LATE_MS - steady_ms()) / 1000):
            return False
        for back_end in self._order.from_used():
            if not self.clip.frames and back_end.name != "bell":
                continue
            self._in = back_end
            self.turn.at_ms = self._moment_ms - self._lateness.get(back_end.name, 0.0)
            try:
                back_end.play(self.clip, self.turn)
                return back_end.name != "bell" and not self.turn.is_stopped
            except NoSound as problem:
                why = str(problem)
            except Exception as problem:  # whatever a library throws must not end the sound
                why = f"{back_end.name}: {problem}"
            if self.turn.is_stopped:
                return False
            self._order.failed(back_end, why)
            late_ms = steady_ms() - self.cue.at_ms
            # What was heard in part is not begun again.
            if late_ms > LATE_MS or (self.turn.has_begun and late_ms > GIVEN_UP_MS):
                return False
            self.turn.has_begun = False
        return False


def back_ends(names: list[str], folder: Path | None, say: Say) -> list[BackEnd]:
    """Find what this machine has of the named back ends, in that order, and the bell."""
    found: dict[str, BackEnd] = {**library_programs(folder), **system_programs(folder)}
    if has_miniaudio():
        found["miniaudio"] = MiniaudioBackEnd()
    if has_winsound():
        found["winsound"] = WinsoundBackEnd()
    return [*(found[name] for name in names if name in found), Bell(say)]


def main() -> None:
    """Play what standard input sends, until it ends."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--order", default=",".join(ORDER))
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    say = _voice()
    _end_with_parent()

    def tell(choice: Choice) -> None:
        say(
            {
                "back_end": choice.back_end,
                "reasons": choice.reasons,
                "tried": choice.tried,
                "not_here": not_here,
            }
        )

    names = arguments.order.split(",")
    found = back_ends(names, arguments.folder, say)
    not_here = sorted({*names} - {back_end.name for back_end in found}, key=names.index)
    order = Order(found, tell)
    threading.Thread(target=order.choose, daemon=True).start()
    schedule = Schedule(order, say)
    threading.Thread(target=_listen, args=(schedule,), daemon=True).start()
    schedule.follow()
    _leave(schedule)


def _voice() -> Say:
    """Take standard output for ourselves, so that no library writes between the lines."""
    out = os.fdopen(os.dup(1), "w", buffering=1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    lock = threading.Lock()

    def say(words: dict[str, Any]) -> None:
        with lock, suppress(OSError):
            out.write(json.dumps(words) + "\n")

    return say


def _end_with_parent() -> None:
    """Have Linux end us with our parent, even where another process keeps our input open."""
    if sys.platform != "linux":
        return
    # Alone in our session, we take our players with us.
    signal.signal(signal.SIGTERM, lambda number, frame: os.killpg(0, signal.SIGKILL))
    with suppress(OSError, AttributeError):
        prctl: Any = import_module("ctypes").CDLL(None).prctl
        prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _listen(schedule: Schedule) -> None:
    for line in sys.stdin.buffer:
        message = json.loads(line)
        if "cancel" in message:
            # Now, not after whatever the schedule is doing.
            schedule.cancel()
        schedule.inbox.put(message)
    _leave(schedule)


def _leave(schedule: Schedule) -> None:
    schedule.cancel()
    # At once: no thread of a sound library may hold up the end.
    os._exit(0)


if __name__ == "__main__":
    main()
