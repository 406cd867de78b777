"""The cues that are coming, each started at its moment. Between cues it sleeps."""

import heapq
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from uncramp.audio.child.backend_choice import BackendChooser
from uncramp.audio.child.clip_store import ClipStore
from uncramp.audio.child.cue_playback import CuePlayback, Playing
from uncramp.audio.messages import (
    LATE_MS,
    Acknowledged,
    Cancel,
    Close,
    FromSpeaker,
    Play,
    SetLateness,
    Sounded,
    ToSpeaker,
    Trouble,
    Withdraw,
)
from uncramp.audio.samples.clip import Clip
from uncramp.audio.samples.prepare import ClipRequest
from uncramp.audio.samples.sound_file import CannotDecode
from uncramp.system.clocks import counting_ms, steady_ms

LEAD_MS = 2_200
"""Silence in front of a cue, if there is time: a sleeping device loses its first samples, and a
player must be running, and its pace known, before the sound."""
ANSWER_MS = 300
"""A backend hangs if it has not begun this long after a cue's moment."""
RING_OUT_MS = 8_000
READY_BEFORE_MS = 500
"""A sound file that is not ready this long before its moment gives way to the bundled sound."""
READY_WITHIN_MS = 1_000
"""How long a sound may take to prepare if it was requested at the last moment."""
MOST_HELD_BYTES = 48_000_000
"""The memory limit for the sounds of all coming cues; a minute of sound is 11.5 MB."""
_SILENCE = Clip(48_000, 1, b"")

Say = Callable[[FromSpeaker], None]


@dataclass(frozen=True, slots=True)
class Ready:
    """The sound of a cue is ready; the ticket says which cue's."""

    ticket: int
    clip: Clip


@dataclass(order=True, frozen=True, slots=True)
class _Entry:
    """Something to do at a moment of the steady clock."""

    moment_ms: float
    ticket: int
    cue: Play = field(compare=False)
    what: Callable[[], None] = field(compare=False)
    held: Clip | None = field(compare=False, default=None)


def in_a_thread(work: Callable[[], None]) -> None:
    """Do some work in a thread beside the schedule."""
    threading.Thread(target=work, daemon=True).start()


class Schedule:
    """The cues that are coming, and those that play now."""

    def __init__(
        self,
        order: BackendChooser,
        say: Say,
        clips: ClipStore | None = None,
        now_ms: Callable[[], float] = steady_ms,
        counting_now_ms: Callable[[], float] = counting_ms,
        aside: Callable[[Callable[[], None]], None] = in_a_thread,
    ) -> None:
        """Play with the backends of `order`; `say` sends a message to the program.

        `now_ms` and `counting_now_ms` are the clocks of `messages.Play`; `aside` runs work
        that blocks.
        """
        self._order = order
        self._say = say
        self._clips = clips or ClipStore()
        self._now_ms = now_ms
        self._counting_now_ms = counting_now_ms
        self._aside = aside
        self.inbox: queue.SimpleQueue[ToSpeaker | Ready] = queue.SimpleQueue()
        self._to_do: list[_Entry] = []
        self._tickets = count()
        self._sounding: dict[CuePlayback, None] = {}
        """What plays now or is about to."""
        self._unready: dict[int, Play] = {}
        """Cues whose sounds are still being prepared, by their tickets."""
        self._lateness_ms: dict[str, float] = {}
        self._taken = 0

    def follow(self) -> None:
        """Handle messages, and do each thing at its moment, until a message says to close."""
        is_open = True
        while is_open:
            with suppress(queue.Empty):
                is_open = self._take(self.inbox.get(timeout=self._wait_s()))
            self._do_what_is_due()
        self._ring_out()

    def catch_up(self) -> None:
        """Handle all messages and everything that is due, without waiting."""
        with suppress(queue.Empty):
            while True:
                self._take(self.inbox.get_nowait())
        self._do_what_is_due()

    def cancel(self) -> None:
        """Forget the coming cues and silence what plays."""
        self._to_do.clear()
        self._unready.clear()
        for sounding in tuple(self._sounding):
            sounding.playback.stop()

    def _take(self, message: ToSpeaker | Ready) -> bool:
        """Handle one message. Returns False if it says to close."""
        match message:
            case Ready(ticket, clip):
                self._take_ready(ticket, clip)
                return True
            case Play():
                self._take_cue(message)
            case Cancel():
                self.cancel()
            case Withdraw(from_ms):
                self._withdraw(from_ms)
            case SetLateness(ms):
                self._lateness_ms = dict(ms)
        self._taken += 1
        self._say(Acknowledged(self._taken))
        return not isinstance(message, Close)

    def _withdraw(self, from_ms: float) -> None:
        """Forget the cues from a moment on, even those whose silence already plays."""
        self._keep_to_do(lambda entry: entry.cue.at_ms < from_ms)
        self._keep_unready(lambda cue: cue.at_ms < from_ms)
        for sounding in tuple(self._sounding):
            if sounding.cue.at_ms >= from_ms:
                sounding.playback.stop()

    def _keep_to_do(self, is_kept: Callable[[_Entry], bool]) -> None:
        self._to_do = [entry for entry in self._to_do if is_kept(entry)]
        heapq.heapify(self._to_do)

    def _keep_unready(self, is_kept: Callable[[Play], bool]) -> None:
        self._unready = {at: cue for at, cue in self._unready.items() if is_kept(cue)}

    def _wait_s(self) -> float | None:
        if not self._to_do:
            return None
        return max(0.0, self._to_do[0].moment_ms - self._now_ms()) / 1000

    def _do_what_is_due(self) -> None:
        while self._to_do and self._to_do[0].moment_ms <= self._now_ms():
            heapq.heappop(self._to_do).what()

    def _plan(
        self, moment_ms: float, cue: Play, what: Callable[[], None], held: Clip | None = None
    ) -> None:
        heapq.heappush(self._to_do, _Entry(moment_ms, next(self._tickets), cue, what, held))

    def _take_cue(self, cue: Play) -> None:
        if self._order.is_better_due():
            self._aside(self._order.choose)
        clip = self._clips.find(_request(cue))
        if clip is not None:
            self._plan_cue(cue, clip)
            return
        # It may take long, and other cues must not wait for it.
        ticket = next(self._tickets)
        self._unready[ticket] = cue
        if cue.instead is not None:
            now_ms = self._now_ms()
            soon_ms = min(now_ms + READY_WITHIN_MS, cue.at_ms + READY_BEFORE_MS)
            given_up_ms = max(cue.at_ms - cue.delay_ms - READY_BEFORE_MS, soon_ms)
            self._plan(given_up_ms, cue, lambda: self._give_up(ticket))
        self._aside(lambda: self._make_ready(ticket, cue))

    def _make_ready(self, ticket: int, cue: Play) -> None:
        try:
            clip = self._clips.make(_request(cue), lambda: ticket in self._unready)
        except CannotDecode as problem:
            if ticket not in self._unready:
                return
            self._complain(cue, str(problem))
            clip = self._stand_in(cue)
        if clip is not None:
            self.inbox.put(Ready(ticket, clip))

    def _take_ready(self, ticket: int, clip: Clip) -> None:
        cue = self._unready.pop(ticket, None)
        if cue is not None:
            self._plan_cue(cue, clip)

    def _give_up(self, ticket: int) -> None:
        """Play the bundled sound if a person's own takes too long to prepare."""
        cue = self._unready.pop(ticket, None)
        if cue is not None:
            self._complain(cue, "takes too long to get ready. Cut it to a few seconds.")
            self._plan_cue(cue, self._stand_in(cue))

    def _complain(self, cue: Play, why: str) -> None:
        instead = "" if cue.instead is None else " A bundled sound is played in its place."
        self._say(Trouble(f"{Path(cue.path).name} {why}{instead}"))

    def _stand_in(self, cue: Play) -> Clip:
        """The bundled sound for a cue; silence if there is none."""
        if cue.instead is not None:
            with suppress(CannotDecode):
                clip = self._clips.make(ClipRequest(cue.instead, cue.volume), lambda: True)
                return clip or _SILENCE
        return _SILENCE

    def _plan_cue(self, cue: Play, clip: Clip) -> None:
        if self._held_bytes(clip) > MOST_HELD_BYTES:
            self._complain(cue, "is too long to be played beside so many others. Cut it.")
            clip = self._stand_in(cue)
        begins_ms = cue.at_ms - cue.delay_ms - LEAD_MS
        self._plan(begins_ms, cue, lambda: self._begin(cue, clip), clip)

    def _held_bytes(self, new: Clip) -> int:
        """How much memory the sounds of the coming and the playing cues take."""
        planned = [entry.held for entry in self._to_do if entry.held is not None]
        clips = [new, *planned, *(sounding.clip for sounding in tuple(self._sounding))]
        return sum(len(clip.frames) for clip in {id(clip): clip for clip in clips}.values())

    def _begin(self, cue: Play, clip: Clip) -> None:
        # The machine may have slept since the cue was sent: the steady clock stood still then.
        late_ms = self._now_ms() - cue.at_ms
        if max(late_ms, self._counting_now_ms() - cue.counting_at_ms) > cue.late_ms:
            return
        sounding = CuePlayback(cue, clip, Playing(self._order, self._lateness_ms, self._now_ms))
        self._sounding[sounding] = None
        self._aside(lambda: self._sound(sounding))
        # A cue that is late already has had no time to begin yet.
        self._plan_check(sounding, cue.at_ms + max(late_ms, 0.0) + ANSWER_MS)

    def _sound(self, sounding: CuePlayback) -> None:
        try:
            if sounding.play():
                self._say(Sounded())
        finally:
            self._sounding.pop(sounding, None)

    def _plan_check(self, sounding: CuePlayback, moment_ms: float) -> None:
        check = lambda: self._check(sounding, moment_ms)  # noqa: E731
        self._plan(moment_ms, sounding.cue, check, sounding.clip)

    def _check(self, sounding: CuePlayback, planned_ms: float) -> None:
        """Give up a backend that has not begun by now, and continue with the next one."""
        stuck = sounding.stuck_in()
        if stuck is None:
            return
        now_ms = self._now_ms()
        if now_ms - planned_ms > ANSWER_MS:
            # Not the backend's fault: this process was stopped, or got no time.
            self._plan_check(sounding, now_ms + ANSWER_MS)
            return
        sounding.playback.stop()
        self._sounding.pop(sounding, None)
        self._order.failed(stuck, f"{stuck.name} did not answer")
        self._begin(sounding.cue, sounding.clip)

    def _ring_out(self) -> None:
        """Let what plays, or is about to, finish."""
        now_ms = self._now_ms()
        end_ms, last_ms = now_ms + RING_OUT_MS, now_ms + LATE_MS
        self._keep_to_do(lambda entry: entry.moment_ms <= last_ms)
        self._keep_unready(lambda cue: cue.at_ms - LEAD_MS <= last_ms)
        while (self._to_do or self._sounding or self._unready) and self._now_ms() < end_ms:
            wait_s = self._wait_s()
            with suppress(queue.Empty):
                self._take(self.inbox.get(timeout=0.05 if wait_s is None else min(wait_s, 0.05)))
            self._do_what_is_due()


def _request(cue: Play) -> ClipRequest:
    return ClipRequest(cue.path, cue.volume, cue.begins_softly)
