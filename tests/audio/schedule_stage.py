"""A stage for the schedule of the speaker process, and backends that play nothing."""

import threading
from collections.abc import Callable
from pathlib import Path

from uncramp.audio.child.backend import NoSound, Playback
from uncramp.audio.child.backend_choice import BackendChooser
from uncramp.audio.child.clip_store import ClipStore
from uncramp.audio.child.schedule import Schedule
from uncramp.audio.messages import (
    FromSpeaker,
    Message,
    Play,
    ToSpeaker,
)
from uncramp.audio.samples.clip import Clip

TICK = str(Path(__file__).parents[2] / "sounds" / "bowl" / "tick.wav")


BEGAN_MS = 1_000_000.0


WITHIN_S = 5.0


class Remembering:
    """A backend that has begun at once and plays nothing."""

    def __init__(self, name: str = "remembering", fails: bool = False, begins: bool = True) -> None:
        self.name = name
        self.fails = fails
        self.begins = begins
        self.clips: list[Clip] = []
        self.playbacks: list[Playback] = []
        self.moments: list[float] = []

    def prove(self) -> None:
        pass

    def play(self, clip: Clip, playback: Playback) -> None:
        self.playbacks.append(playback)
        self.moments.append(playback.at_ms)
        self.clips.append(clip)
        if self.fails:
            raise NoSound(f"{self.name} is gone")
        playback.has_begun = self.begins


class Stage:
    """A schedule with its clocks; blocking work is done at once, or when released."""

    def __init__(self, *backends: Remembering, clips: ClipStore | None = None) -> None:
        self.now_ms = BEGAN_MS
        self.slept_ms = 0.0
        self.said: list[FromSpeaker] = []
        self.chosen: list[str] = []
        self.aside: list[Callable[[], None]] = []
        self.is_at_once = True
        order = BackendChooser(
            backends, lambda choice: self.chosen.append(choice.backend), self.now
        )
        order.choose()
        self.schedule = Schedule(
            order,
            self.said.append,
            clips,
            self.now,
            lambda: self.now_ms + self.slept_ms,
            self.do_aside,
        )

    def now(self) -> float:
        return self.now_ms

    def do_aside(self, work: Callable[[], None]) -> None:
        if self.is_at_once:
            work()
        else:
            self.aside.append(work)

    def cue(self, ahead_ms: float, path: str = TICK, **more: object) -> Play:
        at = self.now_ms + ahead_ms
        return Play(path, 1.0, at, at + self.slept_ms, **more)  # type: ignore[arg-type]

    def send(self, *messages: ToSpeaker) -> None:
        for message in messages:
            self.schedule.inbox.put(message)
        self.schedule.catch_up()
        # What was prepared meanwhile came after it.
        self.schedule.catch_up()

    def pass_ms(self, ms: float) -> None:
        self.now_ms += ms
        self.schedule.catch_up()

    def told(self, kind: type[Message]) -> list[Message]:
        return [message for message in self.said if isinstance(message, kind)]


class Waited(Playback):
    """A playback that does not wait, and remembers what it would have waited for."""

    waited: tuple[float, ...] = ()

    def wait_until(self, moment_ms: float) -> bool:
        self.waited += (moment_ms,)
        return True


class Holding(Remembering):
    """A backend that plays until it is stopped."""

    def play(self, clip: Clip, playback: Playback) -> None:
        super().play(clip, playback)
        over = threading.Event()
        playback.when_stopped(over.set)
        over.wait(60)


class Threads(Stage):
    """A stage on which blocking work runs in threads."""

    def do_aside(self, work: Callable[[], None]) -> None:
        threading.Thread(target=work, daemon=True).start()

    def see(self, is_true: Callable[[], bool]) -> None:
        """Wait until the threads have got this far."""
        for _ in range(500):
            self.schedule.catch_up()
            if is_true():
                return
            threading.Event().wait(0.01)
        raise AssertionError


class Stuck(Holding):
    """A backend that takes a sound and does not begin."""

    def play(self, clip: Clip, playback: Playback) -> None:
        self.begins = False
        super().play(clip, playback)
