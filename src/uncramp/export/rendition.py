"""A run without any move, performed by the real conductor on a clock that does not wait.

So an audio file contains exactly what a live run plays: the same plan, conductor and voice. Only
the clock and the player are different.
"""

from collections.abc import Callable, Iterator

from uncramp.audio.messages import LATE_MS
from uncramp.audio.player import Player, SoundStatus
from uncramp.audio.volume import Loudness
from uncramp.core.lazy.dataclass import dataclass, replace
from uncramp.core.plan.plan import Plan, Span, SpanKind
from uncramp.core.routine.model import PromptWhen, Sound
from uncramp.core.run.events import CueDue, Event, RunEnded, SpanBegan
from uncramp.core.run.moves import Move, MoveKind
from uncramp.session.conductor import Conductor
from uncramp.session.ports import RunPorts
from uncramp.speech.engine_choice import ClipMaker
from uncramp.speech.voice import Voice
from uncramp.system.clocks import Clocks

STEP_S = 2.0
"""How far the clock moves at a time: less than the conductor's lookahead and than a lapse."""

MARGIN_MS = 15_000
"""How long after its first prompt an open step goes on by default."""

LONGEST_SOUND_MS = 60_000
"""A sound that began longer ago is taken to have ended."""


@dataclass(frozen=True, slots=True)
class PlacedSound:
    """One sound of the file."""

    sound: Sound
    volume: float
    """Amplitude, 0 to 1."""
    at_ms: float
    """From the file's beginning."""
    is_night: bool = False
    instead: str | None = None
    """The bundled sound to play if a person's own cannot be read."""
    until_ms: float | None = None
    """Where it is cut off, from the file's beginning; None if it rings out."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where a span of the plan begins; it lasts until the next one does."""

    span: Span
    at_ms: int
    """From the file's beginning."""

    @property
    def begins_step(self) -> bool:
        """Does a step begin here, on one side, with its get-ready if it has one?"""
        return self.span.kind is not SpanKind.REST and self.span.index == self.span.first_index


@dataclass(frozen=True, slots=True)
class ShownPrompt:
    """Words that are shown from a moment on."""

    words: str
    at_ms: int
    """From the file's beginning."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The end of the run."""

    at_ms: int


RenditionItem = PlacedSound | Stretch | ShownPrompt | Ended


class _Collector:
    """A player that keeps each sound until nothing can take it back."""

    def __init__(self, now_ms: Callable[[], float]) -> None:
        self._now_ms = now_ms
        self._asked: list[PlacedSound] = []

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
        self._asked.append(PlacedSound(sound, volume, steady_ms, is_night, instead))

    def withdraw(self, from_ms: float) -> None:
        self._asked = [one for one in self._asked if one.at_ms < from_ms]

    def cancel(self) -> None:
        now_ms = self._now_ms()
        self._asked = [
            replace(one, until_ms=now_ms if one.until_ms is None else one.until_ms)
            for one in self._asked
            if one.at_ms < now_ms
        ]

    def status(self) -> SoundStatus:
        return SoundStatus(True, "file", "Sound: to a file.")

    def close(self, ring_out: bool = False) -> None:
        """Do nothing."""

    def settled(self, until_ms: float) -> list[PlacedSound]:
        """Take out, in order, the sounds that can no longer be cut off."""
        done = sorted(
            (one for one in self._asked if one.at_ms < until_ms), key=lambda one: one.at_ms
        )
        self._asked = [one for one in self._asked if one.at_ms >= until_ms]
        return done


def rendered(
    plan: Plan,
    *,
    loudness: Loudness | None = None,
    maker: ClipMaker | None = None,
    open_ms: int | None = None,
    is_answered: bool = False,
) -> Iterator[RenditionItem]:
    """Everything that a file of `plan` holds, in the order of its moments.

    Open steps last `open_ms`, or `MARGIN_MS` beyond their first prompt. If it `is_answered`, by
    the buttons of a page, they last until their last prompt, or until they go on by themselves,
    and what comes only on "still" is there. `maker` makes the phrases; nothing is spoken if it is
    None. Stretches come before the sounds of their moment. A sound is given once it can no longer
    be cut off: a minute after its beginning, or at the end.
    """
    clock = _Clock()
    collector = _Collector(lambda: clock.now_s * 1000)
    player: Player = collector
    voice = None
    if maker is not None:
        voice = Voice(maker, player, lambda: clock.now_s * 1000, aside=lambda _: None)
    conductor = Conductor(plan, clock.clocks(), player, loudness=loudness, ports=RunPorts(voice))
    waiting: list[Stretch | ShownPrompt] = []
    end_open_at: float | None = None
    is_still = False

    _make_phrases(voice)
    events: tuple[Event, ...] = conductor.begin()
    while True:
        _make_phrases(voice)
        for event in events:
            match event:
                case SpanBegan():
                    is_left = is_answered and event.span.ends_ms is not None
                    is_still = is_answered and event.span.asks_still
                    end_open_at = None if is_left else _end_of_open(event, open_ms, is_answered)
                    waiting.append(Stretch(event.span, event.at))
                case CueDue() if event.cue.show:
                    waiting.append(ShownPrompt(event.cue.show, event.at))
                case RunEnded():
                    yield from _in_order(waiting, collector.settled(float("inf")))
                    yield Ended(event.at)
                    return
        settled = collector.settled(clock.now_s * 1000 - LONGEST_SOUND_MS)
        if settled:
            ready = [one for one in waiting if one.at_ms <= settled[-1].at_ms]
            waiting = waiting[len(ready) :]
            yield from _in_order(ready, settled)
        due_s = clock.now_s + STEP_S
        if end_open_at is not None and end_open_at / 1000 <= due_s:
            clock.now_s = end_open_at / 1000
            end_open_at = None
            events = conductor.move(Move(MoveKind.STILL if is_still else MoveKind.DONE))
        else:
            clock.now_s = due_s
            events = conductor.tick()


def _make_phrases(voice: Voice | None) -> None:
    """Make every phrase that the voice has planned."""
    while voice is not None and voice.make_next():
        pass


class _Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def clocks(self) -> Clocks:
        return Clocks(lambda: self.now_s, lambda: self.now_s, lambda: self.now_s)


def _end_of_open(event: SpanBegan, open_ms: int | None, is_answered: bool) -> float | None:
    span = event.span
    if not span.is_open:
        return None
    prompt_ms = _last_prompt_ms(span) if is_answered else span.length_ms
    lasts_ms = prompt_ms + MARGIN_MS if open_ms is None else max(open_ms, 1_000)
    if span.ends_ms is not None and span.ends_ms <= lasts_ms:
        return None
    return event.at + lasts_ms


def _last_prompt_ms(span: Span) -> int:
    """When the last of an open step's own prompts comes; the first one if it has no more."""
    prompts = span.step.prompts if span.step else ()
    after = (prompt.ms for prompt in prompts if prompt.when is PromptWhen.AFTER)
    return max(span.length_ms, *after, 0)


def _in_order(
    others: list[Stretch | ShownPrompt], sounds: list[PlacedSound]
) -> Iterator[PlacedSound | Stretch | ShownPrompt]:
    both: list[PlacedSound | Stretch | ShownPrompt] = [*others, *sounds]
    yield from sorted(both, key=lambda one: (one.at_ms, isinstance(one, PlacedSound)))
