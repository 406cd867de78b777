"""When the speaker process sounds a cue, and when not."""

import queue
import threading
from pathlib import Path
from typing import Any

import pytest

from uncramp.audio.child import schedule as process
from uncramp.audio.child.backend import NoSound, Turn
from uncramp.audio.child.backend_choice import Order
from uncramp.audio.child.schedule import Bell, Schedule
from uncramp.audio.samples.clip import Clip
from uncramp.audio.samples.sound_file import read_clip
from uncramp.system.clocks import counting_ms, steady_ms

TICK = str(Path(__file__).parents[2] / "sounds" / "bowl" / "tick.wav")


class Remembering:
    """A back end that has begun at once and plays nothing."""

    def __init__(self, name: str = "remembering", fails: bool = False, hangs: bool = False) -> None:
        self.clips: list[Clip] = []
        self.name = name
        self.fails = fails
        self.hangs = hangs
        self.turns: list[Turn] = []
        self.moments: list[float] = []

    def prove(self) -> None:
        pass

    def play(self, clip: Clip, turn: Turn) -> None:
        self.turns.append(turn)
        self.moments.append(turn.at_ms)
        self.clips.append(clip)
        if self.fails:
            raise NoSound(f"{self.name} is gone")
        turn.has_begun = True
        if self.hangs:
            turn.wait_until(steady_ms() + 60_000)


def followed(*back_ends: Remembering, messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Send messages and the end, and see them done; returns what was said."""
    said: list[dict[str, Any]] = []
    order = Order(back_ends, lambda choice: said.append({"back_end": choice.back_end}))
    order.choose()
    schedule = Schedule(order, said.append)
    for message in [*messages, {"close": True}]:
        schedule.inbox.put(message)
    schedule.follow()
    schedule.cancel()
    return said


def cue(ahead_ms: float, slept_ms: float = 0.0, path: str = TICK, **more: object) -> dict[str, Any]:
    at, counting = steady_ms() + ahead_ms, counting_ms() + ahead_ms - slept_ms
    play = {"path": path, "volume": 1.0, "at_ms": at, "counting_at_ms": counting}
    return {"play": play | more}


@pytest.mark.parametrize(
    ("ahead_ms", "slept_ms", "is_sounded"),
    [(0, 0, True), (-500, 0, True), (-1_001, 0, False), (0, 1_500, False), (500, 3_600_000, False)],
)
def test_more_than_a_second_late_is_not_sounded_also_after_a_sleep(
    ahead_ms: float, slept_ms: float, is_sounded: bool
) -> None:
    player = Remembering()
    followed(player, messages=[cue(ahead_ms, slept_ms)])
    assert len(player.turns) == is_sounded


def test_cancelled_before_its_moment_it_is_not_sounded() -> None:
    player = Remembering()
    followed(player, messages=[cue(60_000), {"cancel": True}])
    assert not player.turns


def test_what_comes_long_after_the_end_is_not_waited_for() -> None:
    player = Remembering()
    followed(player, messages=[cue(60_000)])
    assert not player.turns


def test_ringing_out_has_its_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "RING_OUT_S", 0.1)
    player = Remembering(hangs=True)
    followed(player, messages=[cue(0)])
    assert player.turns[0].is_stopped


def test_the_next_back_end_sounds_what_one_did_not() -> None:
    gone, good = Remembering("gone", fails=True), Remembering("good")
    said = followed(gone, good, messages=[cue(0)])
    assert (len(gone.turns), len(good.turns)) == (1, 1)
    assert said[-2:] == [{"back_end": "good"}, {"sounded": True}]


def test_a_sound_that_cannot_be_read_is_said() -> None:
    said = followed(Remembering(), messages=[cue(0, path="/nowhere/a.wav")])
    assert {"trouble": "a.wav cannot be opened: No such file or directory."} in said


def test_a_bundled_sound_stands_in_for_one_that_cannot_be_read() -> None:
    player = Remembering()
    said = followed(player, messages=[cue(0, path="/nowhere/a.wav", instead=TICK)])
    words = "a.wav cannot be opened: No such file or directory."
    assert {"trouble": f"{words} A bundled sound is played in its place."} in said
    assert player.clips == [read_clip(Path(TICK))]


def test_a_sound_is_made_as_much_earlier_as_the_speaker_is_late(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    player = Remembering()
    message = cue(1_000, delay_ms=300)
    followed(player, messages=[message])
    onset_ms = read_clip(Path(TICK)).onset_ms
    assert player.turns[0].at_ms == message["play"]["at_ms"] - 300 - onset_ms


def test_a_sound_is_made_earlier_by_what_is_known_of_who_makes_it() -> None:
    gone, good = Remembering("gone", fails=True), Remembering("good")
    message = cue(1_000)
    lateness = {"lateness": {"gone": 70.0, "good": 40.0}}
    followed(gone, good, messages=[lateness, message])
    moment = message["play"]["at_ms"] - read_clip(Path(TICK)).onset_ms
    assert good.moments == [moment - 40]
    assert gone.moments == [moment - 70]


def test_the_bell_is_not_late_by_itself() -> None:
    said: list[dict[str, Any]] = []
    turn = Turn(steady_ms() - 400, delay_ms=400)
    waited: list[float] = []

    def wait_until(moment_ms: float) -> bool:
        waited.append(moment_ms)
        return True

    turn.wait_until = wait_until  # type: ignore[method-assign]
    Bell(said.append).play(read_clip(Path(TICK)), turn)
    assert waited == [turn.at_ms + 400]
    assert said == [{"bell": True}]


def test_withdrawn_is_what_comes_later_and_what_stands_on_silence_but_not_what_sounds() -> None:
    player = Remembering(hangs=True)
    order = Order([player], lambda choice: None)
    order.choose()
    schedule = Schedule(order, lambda words: None)
    now = steady_ms()
    for ahead_ms in (-100, 1_000, 60_000):
        schedule.inbox.put(cue(ahead_ms, is_ours=True))
    schedule.inbox.put({"withdraw": now + 500})
    schedule.inbox.put(cue(1_100, is_ours=True, volume=0.25))
    schedule.inbox.put({"close": True})
    closing = threading.Thread(target=schedule.follow)
    closing.start()
    deadline = steady_ms() + 5_000
    while len(player.turns) < 3 and steady_ms() < deadline:
        closing.join(0.005)
    sounds, withdrawn, again = sorted(player.turns, key=lambda turn: turn.at_ms)
    assert (sounds.is_stopped, withdrawn.is_stopped, again.is_stopped) == (False, True, False)
    schedule.cancel()
    closing.join(5)
    assert len(player.turns) == 3


def test_at_night_it_is_the_night_s_sound() -> None:
    player = Remembering()
    messages = [cue(0, is_night=True, is_ours=True), cue(0, is_night=True, is_ours=False)]
    followed(player, messages=messages)
    day = read_clip(Path(TICK))
    longer, as_long = sorted((clip.length_ms for clip in player.clips), reverse=True)
    assert longer == 1.5 * as_long == 1.5 * day.length_ms
    assert day not in player.clips


def test_sounds_are_prepared_when_the_first_ones_are_on_their_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    prepared: queue.SimpleQueue[tuple[list[str], bool]] = queue.SimpleQueue()
    monkeypatch.setattr(process, "PREPARED_AFTER_S", 0.01)
    monkeypatch.setattr(process, "prepare", lambda *asked: prepared.put(asked))
    followed(Remembering(), messages=[{"prepare": [TICK], "is_night": True}])
    assert prepared.get(timeout=5) == ([TICK], True)


def test_what_is_prepared_is_read_only_once(tmp_path: Path) -> None:
    tick = tmp_path / "tick.wav"
    tick.write_bytes(Path(TICK).read_bytes())
    process.prepare([str(tick), str(tmp_path / "none.wav")], True)
    tick.unlink()
    player = Remembering()
    said = followed(player, messages=[cue(0, path=str(tick), is_night=True, is_ours=True)])
    assert not any("trouble" in words for words in said)
    assert len(player.clips) == 1


def test_nothing_waits_for_a_sound_that_takes_long_to_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    may_go_on = threading.Event()

    def slow(path: Path) -> Clip:
        if path.name == "slow.ogg":
            assert may_go_on.wait(5)
        return read_clip(Path(TICK))

    monkeypatch.setattr(process, "read_clip", slow)
    player = Remembering()
    order = Order([player], lambda choice: None)
    order.choose()
    schedule = Schedule(order, lambda words: None)
    own = str(tmp_path / "slow.ogg")
    for message in (cue(0, path=own), cue(0, is_ours=True), {"close": True}):
        schedule.inbox.put(message)
    following = threading.Thread(target=schedule.follow)
    following.start()
    deadline = steady_ms() + 5_000
    while not player.turns and steady_ms() < deadline:
        following.join(0.005)
    assert len(player.turns) == 1
    may_go_on.set()
    following.join(5)
    assert len(player.turns) == 2, "what is read at the end is still sounded"


@pytest.mark.parametrize("told", [{"cancel": True}, {"withdraw": 0.0}])
def test_what_is_taken_back_while_it_is_read_is_not_sounded(
    told: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    was_told = threading.Event()

    def slow(path: Path) -> Clip:
        assert was_told.wait(5)
        return read_clip(Path(TICK))

    monkeypatch.setattr(process, "read_clip", slow)
    player = Remembering()
    order = Order([player], lambda choice: None)
    order.choose()
    schedule = Schedule(order, lambda words: was_told.set())
    schedule.inbox.put(cue(0, path=str(tmp_path / "own.ogg")))
    schedule.inbox.put(told)
    schedule.inbox.put({"close": True})
    following = threading.Thread(target=schedule.follow)
    following.start()
    following.join(5)
    was_told.set()
    assert not player.turns
