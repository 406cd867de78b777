"""When the speaker process plays a cue, and when not, with a clock that is set by hand."""

import queue
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from uncramp.audio.child.backend import NoSound, Playback
from uncramp.audio.child.backend_choice import BackendChooser
from uncramp.audio.child.bell import Bell
from uncramp.audio.child.clip_store import ClipStore
from uncramp.audio.child.schedule import ANSWER_MS, LEAD_MS, MOST_HELD_BYTES, RING_OUT_MS, Schedule
from uncramp.audio.messages import (
    Acknowledged,
    Cancel,
    Close,
    FromSpeaker,
    Message,
    Play,
    RingBell,
    SetLateness,
    Sounded,
    ToSpeaker,
    Trouble,
    Withdraw,
)
from uncramp.audio.samples.clip import Clip
from uncramp.audio.samples.prepare import ClipRequest
from uncramp.audio.samples.sound_file import CannotDecode, read_clip

TICK = str(Path(__file__).parents[2] / "sounds" / "bowl" / "tick.wav")
BEGAN_MS = 1_000_000.0
WITHIN_S = 5.0
GONE = "a.wav cannot be opened: there is no such file or folder."


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
        # What was made ready meanwhile came after it.
        self.schedule.catch_up()

    def pass_ms(self, ms: float) -> None:
        self.now_ms += ms
        self.schedule.catch_up()

    def told(self, kind: type[Message]) -> list[Message]:
        return [message for message in self.said if isinstance(message, kind)]


@pytest.mark.parametrize(
    ("ahead_ms", "slept_ms", "is_sounded"),
    [(0, 0, True), (-500, 0, True), (-1_001, 0, False), (0, 1_500, False), (500, 3_600_000, False)],
)
def test_more_than_a_second_late_is_not_sounded_also_after_a_sleep(
    ahead_ms: float, slept_ms: float, is_sounded: bool
) -> None:
    player = Remembering()
    stage = Stage(player)
    cue = stage.cue(ahead_ms)
    stage.slept_ms = slept_ms
    stage.send(cue)
    assert len(player.playbacks) == is_sounded


@pytest.mark.parametrize(("late_ms", "is_sounded"), [(1_400, True), (1_501, False)])
def test_a_sound_that_may_be_later_is_sounded_later(late_ms: float, is_sounded: bool) -> None:
    player = Remembering()
    stage = Stage(player)
    stage.send(stage.cue(-late_ms, late_ms=1_500.0))
    assert len(player.playbacks) == is_sounded


def test_it_is_begun_with_silence_in_front_and_not_before() -> None:
    player = Remembering()
    stage = Stage(player)
    stage.send(stage.cue(LEAD_MS + 100))
    assert not player.playbacks
    stage.pass_ms(99)
    assert not player.playbacks
    stage.pass_ms(1)
    assert len(player.playbacks) == 1


@pytest.mark.parametrize("taken_back", [Cancel(), Withdraw(BEGAN_MS + 60_000)])
def test_what_is_taken_back_before_its_moment_is_not_sounded(taken_back: ToSpeaker) -> None:
    player = Remembering()
    stage = Stage(player)
    stage.send(stage.cue(60_000), taken_back)
    stage.pass_ms(60_000)
    assert not player.playbacks


def test_each_message_is_told_to_be_taken() -> None:
    stage = Stage(Remembering())
    stage.send(SetLateness({}), stage.cue(60_000), Cancel())
    assert stage.told(Acknowledged) == [Acknowledged(1), Acknowledged(2), Acknowledged(3)]


def test_the_next_backend_sounds_what_one_did_not() -> None:
    gone, good = Remembering("gone", fails=True), Remembering("good")
    stage = Stage(gone, good)
    stage.send(stage.cue(0))
    assert (len(gone.playbacks), len(good.playbacks)) == (1, 1)
    assert stage.chosen[-1] == "good"
    assert stage.told(Sounded) == [Sounded()]


def test_a_sound_that_cannot_be_read_is_told() -> None:
    stage = Stage(Remembering())
    stage.send(stage.cue(0, path="/nowhere/a.wav"))
    assert stage.told(Trouble) == [Trouble(GONE)]


def test_a_bundled_sound_stands_in_for_one_that_cannot_be_read() -> None:
    player = Remembering()
    stage = Stage(player)
    stage.send(stage.cue(0, path="/nowhere/a.wav", instead=TICK))
    assert stage.told(Trouble) == [Trouble(f"{GONE} A bundled sound is played in its place.")]
    assert player.clips == [read_clip(Path(TICK))]


def test_a_sound_is_made_as_much_earlier_as_the_speaker_is_late() -> None:
    player = Remembering()
    stage = Stage(player)
    cue = stage.cue(1_000, delay_ms=300)
    stage.send(cue)
    assert player.moments == [cue.at_ms - 300 - read_clip(Path(TICK)).onset_ms]


def test_a_sound_is_made_earlier_by_what_is_known_of_the_backend_that_makes_it() -> None:
    gone, good = Remembering("gone", fails=True), Remembering("good")
    stage = Stage(gone, good)
    cue = stage.cue(1_000)
    stage.send(SetLateness({"gone": 70.0, "good": 40.0}), cue)
    moment = cue.at_ms - read_clip(Path(TICK)).onset_ms
    assert (gone.moments, good.moments) == ([moment - 70], [moment - 40])


class Waited(Playback):
    """A playback that does not wait, and remembers what it would have waited for."""

    waited: tuple[float, ...] = ()

    def wait_until(self, moment_ms: float) -> bool:
        self.waited += (moment_ms,)
        return True


def test_the_bell_is_not_late_by_itself() -> None:
    said: list[FromSpeaker] = []
    playback = Waited(BEGAN_MS, delay_ms=400)
    Bell(said.append).play(read_clip(Path(TICK)), playback)
    assert playback.waited == (BEGAN_MS + 400,)
    assert said == [RingBell()]


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


def test_withdrawn_is_what_comes_later_and_what_stands_on_silence_but_not_what_sounds() -> None:
    player = Holding()
    stage = Threads(player)
    stage.send(*(stage.cue(ahead_ms) for ahead_ms in (-100, 1_000, 60_000)))
    stage.see(lambda: len(player.playbacks) == 2)
    stage.send(Withdraw(stage.now_ms + 500), stage.cue(1_100))
    stage.see(lambda: len(player.playbacks) == 3)
    sounds, withdrawn, again = sorted(player.playbacks, key=lambda playback: playback.at_ms)
    assert (sounds.is_stopped, withdrawn.is_stopped, again.is_stopped) == (False, True, False)
    stage.schedule.cancel()
    assert sounds.is_stopped and again.is_stopped
    stage.pass_ms(60_000)
    assert len(player.playbacks) == 3


class Stuck(Holding):
    """A backend that takes a sound and does not begin."""

    def play(self, clip: Clip, playback: Playback) -> None:
        self.begins = False
        super().play(clip, playback)


def test_a_backend_that_hangs_is_left_and_the_next_one_sounds_it() -> None:
    stuck, good = Stuck("stuck"), Remembering("good")
    stage = Threads(stuck, good)
    stage.send(stage.cue(100))
    stage.see(lambda: len(stuck.playbacks) == 1)
    stage.pass_ms(100 + ANSWER_MS - 1)
    assert not good.playbacks
    stage.pass_ms(1)
    stage.see(lambda: len(good.playbacks) == 1)
    assert stuck.playbacks[0].is_stopped
    assert stage.chosen[-1] == "good"


def test_a_backend_is_not_blamed_for_what_this_process_was_stopped() -> None:
    held = Stuck("held")
    stage = Threads(held, Remembering("bell"))
    stage.send(stage.cue(100))
    stage.see(lambda: len(held.playbacks) == 1)
    stage.pass_ms(100 + 2 * ANSWER_MS + 1)
    assert stage.chosen[-1] == "held"
    held.playbacks[0].has_begun = True
    stage.pass_ms(ANSWER_MS)
    assert stage.chosen[-1] == "held"
    stage.schedule.cancel()


@pytest.mark.parametrize("is_night", [False, True])
def test_a_persons_own_sound_begins_softly_at_night(is_night: bool) -> None:
    player = Remembering()
    stage = Stage(player)
    stage.send(stage.cue(0, begins_softly=is_night))
    day = read_clip(Path(TICK))
    assert len(player.clips[0].frames) == len(day.frames)
    assert (player.clips == [day]) != is_night


def test_what_was_made_ready_is_read_only_once(tmp_path: Path) -> None:
    tick = tmp_path / "tick.wav"
    tick.write_bytes(Path(TICK).read_bytes())
    player = Remembering()
    stage = Stage(player)
    stage.send(stage.cue(0, path=str(tick)))
    tick.unlink()
    stage.send(stage.cue(0, path=str(tick)))
    assert not stage.told(Trouble)
    assert len(player.clips) == 2


def test_nothing_waits_for_a_sound_that_takes_long_to_get_ready() -> None:
    player = Remembering()
    stage = Stage(player)
    stage.is_at_once = False
    stage.send(stage.cue(0, path="/nowhere/slow.ogg"), stage.cue(0))
    slow, quick = stage.aside
    stage.is_at_once = True
    quick()
    stage.schedule.catch_up()
    assert len(player.clips) == 1
    slow()
    stage.schedule.catch_up()
    assert stage.told(Trouble)


SLOW = (
    "slow.ogg takes too long to get ready. Cut it to a few seconds. "
    "A bundled sound is played in its place."
)


def test_the_bundled_sound_is_on_its_moment_where_a_persons_own_is_not_ready() -> None:
    player = Remembering()
    stage = Stage(player)
    stage.is_at_once = False
    cue = stage.cue(3_000, path="/nowhere/slow.ogg", instead=TICK)
    stage.send(cue)
    stage.is_at_once = True
    stage.pass_ms(2_499)
    assert not stage.told(Trouble)
    stage.pass_ms(1)
    assert stage.told(Trouble) == [Trouble(SLOW)]
    assert player.clips == [read_clip(Path(TICK))]
    assert player.moments == [cue.at_ms - player.clips[0].onset_ms]
    # It was given up: its file is no longer opened.
    stage.aside[0]()
    stage.pass_ms(500)
    assert (len(player.clips), len(stage.told(Trouble))) == (1, 1)


@pytest.mark.parametrize("taken_back", [Cancel(), Withdraw(0.0)])
def test_what_is_taken_back_while_it_is_made_ready_is_not_sounded(taken_back: ToSpeaker) -> None:
    player = Remembering()
    stage = Stage(player)
    stage.is_at_once = False
    stage.send(stage.cue(0), taken_back)
    stage.is_at_once = True
    stage.aside[0]()
    stage.pass_ms(0)
    assert not player.playbacks


def test_long_sounds_that_are_to_come_are_bounded_and_the_file_is_blamed() -> None:
    minute = 11_520_000
    clips = ClipStore(
        is_quick=lambda wanted: True,
        here=lambda wanted: Clip(48_000, 2, bytes(4 if wanted.path == TICK else minute)),
        most_bytes=0,
    )
    stage = Stage(Remembering(), clips=clips)
    fit = MOST_HELD_BYTES // minute
    for number in range(fit + 1):
        stage.send(stage.cue(4_000, path=f"/own/{number}.wav", instead=TICK))
    (trouble,) = stage.told(Trouble)
    assert isinstance(trouble, Trouble)
    assert trouble.words.startswith(f"{fit}.wav is too long to be played beside so many others.")


def closed(stage: Stage) -> float:
    """Let it ring out while the clock goes on. Returns how long that took by that clock."""
    stage.schedule.inbox.put(Close())
    began_ms = stage.now_ms
    closing = threading.Thread(target=stage.schedule.follow)
    closing.start()
    while closing.is_alive():
        stage.now_ms += 10
        closing.join(0.001)
    return stage.now_ms - began_ms


def test_closed_it_lets_ring_what_is_near_and_waits_for_nothing_else() -> None:
    player = Remembering()
    stage = Stage(player)
    for ahead_ms in (0.0, 60_000.0):
        stage.schedule.inbox.put(stage.cue(ahead_ms))
    assert closed(stage) < 5_000
    assert len(player.playbacks) == 1


def test_ringing_out_has_its_bounds() -> None:
    player = Holding()
    stage = Threads(player)
    stage.send(stage.cue(-ANSWER_MS))
    stage.see(lambda: len(player.playbacks) == 1)
    assert closed(stage) >= RING_OUT_MS
    assert not player.playbacks[0].is_stopped
    stage.schedule.cancel()


def test_a_store_keeps_no_more_than_its_bytes_and_drops_the_oldest() -> None:
    made: list[str] = []

    def make(wanted: ClipRequest) -> Clip:
        made.append(wanted.path)
        return Clip(48_000, 1, bytes(100))

    store = ClipStore(is_quick=lambda wanted: True, here=make, most_bytes=250)
    for name in ("a", "b", "a", "c", "a", "b"):
        wanted = ClipRequest(name, 1.0)
        if store.find(wanted) is None:
            store.make(wanted, lambda: True)
        assert store.kept_bytes <= 250
    assert made == ["a", "b", "c", "b"]


def test_a_store_makes_one_long_sound_at_a_time_and_none_that_nobody_wants_any_more() -> None:
    begun: queue.SimpleQueue[str] = queue.SimpleQueue()
    may_end = threading.Event()

    def slow(wanted: ClipRequest) -> Clip:
        begun.put(wanted.path)
        assert may_end.wait(WITHIN_S)
        return Clip(48_000, 1, b"\0\0")

    store = ClipStore(is_quick=lambda wanted: False, apart=slow)
    first = threading.Thread(target=store.make, args=(ClipRequest("first", 1.0), lambda: True))
    first.start()
    assert begun.get(timeout=WITHIN_S) == "first"
    found: list[Clip | None] = []
    second = threading.Thread(
        target=lambda: found.append(store.make(ClipRequest("second", 1.0), lambda: False))
    )
    second.start()
    may_end.set()
    for thread in (first, second):
        thread.join(WITHIN_S)
    assert found == [None]
    assert begun.empty()


def test_a_store_hands_on_why_a_sound_cannot_be_made_ready() -> None:
    with pytest.raises(CannotDecode, match="cannot be opened"):
        ClipStore().make(ClipRequest("/nowhere/a.wav", 1.0), lambda: True)
