"""When the speaker process plays a cue, and when not, with a clock that is set by hand."""

import threading
from pathlib import Path

import pytest

from tests.audio.schedule_stage import (
    BEGAN_MS,
    TICK,
    Holding,
    Remembering,
    Stage,
    Stuck,
    Threads,
    Waited,
)
from uncramp.audio.child.bell import Bell
from uncramp.audio.child.clip_store import ClipStore
from uncramp.audio.child.schedule import ANSWER_MS, LEAD_MS, MOST_HELD_BYTES, RING_OUT_MS
from uncramp.audio.messages import (
    Acknowledged,
    Cancel,
    Close,
    FromSpeaker,
    RingBell,
    SetLateness,
    Sounded,
    ToSpeaker,
    Trouble,
    Withdraw,
)
from uncramp.audio.samples.clip import Clip
from uncramp.audio.samples.sound_file import read_clip

GONE = "a.wav cannot be opened: there is no such file or folder."


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


def test_the_bell_is_not_late_by_itself() -> None:
    said: list[FromSpeaker] = []
    playback = Waited(BEGAN_MS, delay_ms=400)
    Bell(said.append).play(read_clip(Path(TICK)), playback)
    assert playback.waited == (BEGAN_MS + 400,)
    assert said == [RingBell()]


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


def test_a_backend_has_time_to_begin_a_sound_that_came_late() -> None:
    slow, other = Stuck("slow"), Remembering("other")
    stage = Threads(slow, other)
    stage.send(stage.cue(-450))
    stage.see(lambda: len(slow.playbacks) == 1)
    stage.pass_ms(ANSWER_MS - 1)
    assert stage.chosen[-1] == "slow"
    assert not other.playbacks
    stage.pass_ms(1)
    stage.see(lambda: len(other.playbacks) == 1)


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
